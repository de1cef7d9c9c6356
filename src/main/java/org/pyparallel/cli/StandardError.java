package org.pyparallel.cli;

import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.pyparallel.report.Colour;
import org.pyparallel.report.Terminal;

/// Finds out what standard error is, and what it can show.
final class StandardError {
  private static final int DEFAULT_COLUMNS = 80;

  private StandardError() {}

  /// Whether somebody reads it while it is written, on something that can move its cursor.
  static boolean isInteractive(Environment environment) {
    return environment.isTerminal(Environment.Stream.STDERR)
        && !environment.variable("TERM").equals("dumb");
  }

  /// The one who writes there for the time of a run.
  static Terminal terminal(Environment environment, ColorMode color) {
    return new Terminal(
        environment.stderr(),
        StandardCharsets.UTF_8,
        isInteractive(environment) ? Terminal.Kind.INTERACTIVE : Terminal.Kind.PLAIN,
        color.useColor(environment, Environment.Stream.STDERR) ? Colour.ALWAYS : Colour.NEVER,
        new Columns(environment.columns() == 0 ? DEFAULT_COLUMNS : environment.columns()));
  }

  private record Columns(int getAsInt) implements IntSupplier {}
}
