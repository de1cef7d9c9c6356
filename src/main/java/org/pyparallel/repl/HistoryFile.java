package org.pyparallel.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/// Where entries are remembered across sessions: in the folder for state of the XDG base directory
/// specification. For nobody else to read.
final class HistoryFile {
  private static final String NAME = "repl_history";

  private HistoryFile() {}

  /// The file, made if need be.
  ///
  /// @param variables the environment variables
  /// @return empty where there can be none: a session does without
  static Optional<Path> in(Map<String, String> variables) {
    String state = variables.getOrDefault("XDG_STATE_HOME", "");
    String home = variables.getOrDefault("HOME", "");
    if (!state.startsWith("/")) { // the specification has relative ones ignored
      if (home.isEmpty()) {
        return Optional.empty();
      }
      state = home + "/.local/state";
    }
    try {
      Path file = Path.of(state, "pyparallel", NAME);
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.isWritable(file) ? Optional.of(file) : Optional.empty();
    } catch (IOException | InvalidPathException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }
}
