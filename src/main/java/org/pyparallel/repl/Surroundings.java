package org.pyparallel.repl;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/// The world around a shell.
///
/// @param stdin standard input
/// @param stdout standard output, in UTF-8, not buffered; stays open
/// @param stderr standard error, likewise
/// @param columns how wide the terminal is, or 0 where unknown
/// @param palette whether to colour
/// @param variables the environment variables
/// @param directory what the names of files are relative to
public record Surroundings(
    InputStream stdin,
    OutputStream stdout,
    OutputStream stderr,
    int columns,
    Palette palette,
    Map<String, String> variables,
    Path directory) {
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  FileWords files() {
    return new FileWords(directory, variables.getOrDefault("HOME", ""));
  }

  StreamScreen screen(Runnable onClosed) {
    int width = columns == 0 ? USUAL_COLUMNS : Math.max(FEWEST_COLUMNS, columns);
    return new StreamScreen(stdout, stderr, width, onClosed);
  }
}
