package org.pyparallel.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Share;

/// From names on the command line to paths.
final class FileNames {
  private FileNames() {}

  /// @throws PyParallelException.Usage if the name can be none of a file
  static Path path(Environment environment, String name) {
    try {
      return environment.resolve(name);
    } catch (InvalidPathException e) {
      throw new PyParallelException.Usage("'" + name + "' is no file name: " + e.getReason());
    }
  }

  /// @throws PyParallelException.Usage if the file to share is missing or unfit
  static Share share(Environment environment, ShareOption option) {
    Path file = path(environment, option.file());
    String problem = null;
    if (!Files.exists(file)) {
      problem = "no such file";
    } else if (!Files.isRegularFile(file)) {
      problem = "not a regular file: save what is to be shared in one";
    } else if (!Files.isReadable(file)) {
      problem = "permission denied; make it readable (chmod +r)";
    }
    if (problem != null) {
      throw new PyParallelException.Usage(
          "cannot share " + option.file() + " as " + option.name() + ": " + problem);
    }
    return new Share(option.name(), file.toAbsolutePath());
  }
}
