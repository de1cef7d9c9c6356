package org.pyparallel.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was asked of `repl`.
///
/// @param workers how many interpreters to begin with
/// @param python which they are
/// @param script a file to run first
/// @param quiet whether not to greet
/// @param color when to colour
record ReplOptions(
    WorkerCount workers,
    PythonChoice python,
    Optional<String> script,
    boolean quiet,
    ColorMode color) {
  /// @param defaults the user's own default options, or null
  /// @throws CommandLineError if a value is out of range or options exclude each other
  static ReplOptions read(Arguments line, @Nullable Arguments defaults) {
    if (!line.rest().isEmpty()) {
      throw line.error("unexpected argument '" + line.rest().getFirst() + "'");
    }
    if (defaults != null && defaults.has(PythonFlags.SANDBOX.longName())) {
      throw defaults.error("there is no sandbox in a session: leave --sandbox out, or use run");
    }
    OptionValues values = new OptionValues(line, defaults);
    OptionValue color = values.of(OutputFlags.COLOR);
    return new ReplOptions(
        WorkerCount.of(values.of(WorkFlags.WORKERS)),
        new PythonOptionsReader(values).read(),
        values.text(ReplFlags.SCRIPT),
        values.has(OutputFlags.QUIET),
        color == null ? ColorMode.AUTO : color.choice(ColorMode.values()));
  }
}
