package org.pyparallel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;

/// Finds the inputs named on the command line.
///
/// Anything that can be read will do, a FIFO or `/dev/fd/63` too.
///
/// A name that is no file but has `*`, `?`, `[` or `{` in it is a pattern, for those who quote it
/// because the shell's list would be too long.
final class InputFiles {
  private final Environment environment;
  private final boolean namesOnly;

  /// @param namesOnly whether the paths themselves are the records, so that they need to exist but
  ///   not to be readable files
  InputFiles(Environment environment, boolean namesOnly) {
    this.environment = environment;
    this.namesOnly = namesOnly;
  }

  /// The input that the words stand for, files in the order of the words.
  ///
  /// @throws PyParallelException.Usage if a file is missing or unfit
  Input find(List<String> words) {
    if (words.isEmpty()) {
      return environment.isTerminal(Environment.Stream.STDIN)
          ? new Input.None()
          : new Input.Stdin();
    }
    if (words.contains("-")) {
      if (words.size() > 1) {
        throw new PyParallelException.Usage(
            "'-' stands for standard input and must be the only input: pipe the files in instead"
                + " (cat FILE... | pyparallel run SCRIPT)");
      }
      return new Input.Stdin();
    }
    List<Path> files = new ArrayList<>(words.size());
    for (String word : words) {
      add(word, files);
    }
    return new Input.Files(files);
  }

  private void add(String word, List<Path> files) {
    if (word.isEmpty()) {
      throw new PyParallelException.Usage(
          "an input's name is empty: is a variable in the command unset?");
    }
    Path file;
    try {
      file = environment.resolve(word);
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!namesOnly) {
        check(word, file, attributes);
      }
    } catch (NoSuchFileException e) {
      if (!Glob.isPattern(word)) {
        throw new PyParallelException.Usage("no such input: " + word);
      }
      files.addAll(matches(word));
      return;
    } catch (IOException e) {
      throw new PyParallelException.Usage(
          "cannot read the input " + word + ": " + FileProblem.of(e));
    } catch (InvalidPathException e) {
      throw new PyParallelException.Usage("'" + word + "' is no file name: " + e.getReason());
    }
    files.add(file);
  }

  private List<Path> matches(String pattern) {
    List<Path> found = new Glob(environment.workingDirectory(), pattern).files();
    if (found.isEmpty()) {
      throw new PyParallelException.Usage("no file matches " + pattern);
    }
    return found;
  }

  private static void check(String word, Path file, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      String folder = word.endsWith("/") ? word : word + "/";
      throw new PyParallelException.Usage(
          "the input " + word + " is a directory: name the files in it, as in '" + folder + "**'");
    }
    if (!Files.isReadable(file)) {
      throw new PyParallelException.Usage(
          "cannot read the input " + word + ": permission denied; make it readable (chmod +r)");
    }
  }
}
