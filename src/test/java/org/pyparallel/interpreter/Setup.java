package org.pyparallel.interpreter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Script;

/// A script and how to open it; every `with` and flag gives a changed copy.
record Setup(
    Runtime runtime,
    Path script,
    Optional<String> call,
    List<String> arguments,
    boolean runOnce,
    Format format,
    EncodingErrors errors,
    boolean jsonValues) {
  static Setup of(Runtime runtime, Path folder, String source) {
    try {
      Path script = Files.writeString(folder.resolve("script.py"), source);
      return new Setup(
          runtime,
          script,
          Optional.empty(),
          List.of(),
          false,
          Format.LINES,
          EncodingErrors.STRICT,
          false);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Setup format(Format changed) {
    return new Setup(runtime, script, call, arguments, runOnce, changed, errors, jsonValues);
  }

  Setup errors(EncodingErrors changed) {
    return new Setup(runtime, script, call, arguments, runOnce, format, changed, jsonValues);
  }

  Setup call(String changed) {
    return new Setup(
        runtime, script, Optional.of(changed), arguments, runOnce, format, errors, jsonValues);
  }

  Setup arguments(String... changed) {
    return new Setup(runtime, script, call, List.of(changed), runOnce, format, errors, jsonValues);
  }

  Setup json() {
    return new Setup(runtime, script, call, arguments, runOnce, format, errors, true);
  }

  Setup once() {
    return new Setup(runtime, script, call, arguments, true, format, errors, jsonValues);
  }

  Session open() {
    return open(new StringBuffer());
  }

  Session open(StringBuffer diagnostics) {
    InterpreterConfig config =
        new InterpreterConfig(
            new Script(script, call, arguments),
            runOnce,
            format,
            errors,
            jsonValues,
            1,
            2,
            OptionalLong.of(7),
            diagnostics::append);
    return Session.open(runtime, config, diagnostics);
  }
}
