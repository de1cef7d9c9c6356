package org.pyparallel.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Turns what was said about Python into a [PythonChoice].
///
/// A default gives way to what was typed, as everywhere, with one exception: a sandbox never does,
/// since whoever made it a default relies on it.
final class PythonOptionsReader {
  private final OptionValues values;

  PythonOptionsReader(OptionValues values) {
    this.values = values;
  }

  /// @throws CommandLineError if a value is out of range or options exclude each other
  PythonChoice read() {
    OptionValue sandbox = values.of(PythonFlags.SANDBOX);
    OptionValue runtime = values.of(WorkFlags.RUNTIME);
    OptionValue executable = values.of(PythonFlags.PYTHON);
    OptionValue venv = values.of(PythonFlags.VENV);
    OptionValue other = venv;
    venv = OptionValue.unless(venv, executable);
    executable = OptionValue.unless(executable, other);
    if (sandbox != null) {
      executable = outsideOf(sandbox, executable);
      runtime = runtimeFor(sandbox, RuntimeChoice.GRAALPY, runtime);
    } else if (executable != null) {
      if (isDefault(executable) && isTyped(runtime) && isGraalPy(runtime)) {
        executable = null; // meant for other runs
      } else {
        runtime = runtimeOf(executable, runtime);
      }
    } else if (venv != null && venv.typed() && isDefault(runtime)) {
      runtime = fits(runtime, RuntimeChoice.CPYTHON) ? null : runtime;
    }
    return new PythonChoice(
        choice(sandbox, runtime),
        executable == null
            ? Optional.empty()
            : Optional.of(
                new PythonChoice.Program(
                    executable.nonEmpty(), isDefault(executable) && isTyped(runtime))),
        venv == null ? Optional.empty() : Optional.of(venv.nonEmpty()),
        path(),
        seed(),
        sandbox(sandbox));
  }

  private static RuntimeChoice choice(
      @Nullable OptionValue sandbox, @Nullable OptionValue runtime) {
    if (sandbox != null) {
      return RuntimeChoice.GRAALPY;
    }
    return runtime == null ? RuntimeChoice.AUTO : chosen(runtime);
  }

  private static RuntimeChoice chosen(OptionValue runtime) {
    return runtime.choice(RuntimeChoice.values());
  }

  private static boolean isTyped(@Nullable OptionValue value) {
    return value != null && value.typed();
  }

  private static boolean isDefault(@Nullable OptionValue value) {
    return value != null && !value.typed();
  }

  /// Whether a runtime is the one that is needed, or leaves the choice to us.
  private static boolean fits(@Nullable OptionValue runtime, RuntimeChoice needed) {
    return runtime == null || chosen(runtime) == RuntimeChoice.AUTO || chosen(runtime) == needed;
  }

  private static boolean isGraalPy(@Nullable OptionValue runtime) {
    return runtime != null && chosen(runtime) == RuntimeChoice.GRAALPY;
  }

  /// What is left of what was said about the runtime beside a Python program. A default gives way
  /// unless it is certain to take any program.
  private static @Nullable OptionValue runtimeOf(
      OptionValue executable, @Nullable OptionValue runtime) {
    if (executable.typed() && isDefault(runtime)) {
      return fits(runtime, RuntimeChoice.PROCESS) ? runtime : null;
    }
    if (isGraalPy(runtime)) {
      throw executable
          .source()
          .error(
              executable.option().longName()
                  + " needs --runtime cpython or process, not graalpy, which is a Python of its own:"
                  + " leave one of them out");
    }
    return runtime;
  }

  /// What is left of what was said about the runtime beside an option that needs a certain one.
  private static @Nullable OptionValue runtimeFor(
      OptionValue option, RuntimeChoice needed, @Nullable OptionValue runtime) {
    if (runtime == null || fits(runtime, needed)) {
      return runtime;
    }
    if (option.typed() && !runtime.typed()) {
      return null;
    }
    String label = needed.runtime().label();
    throw option
        .source()
        .error(
            option.option().longName()
                + " needs --runtime "
                + label
                + ", not "
                + runtime.text()
                + ": say "
                + label
                + ", or leave one of them out");
  }

  /// No process can be kept in the sandbox.
  private static @Nullable OptionValue outsideOf(
      OptionValue sandbox, @Nullable OptionValue executable) {
    if (executable == null || (sandbox.typed() && !executable.typed())) {
      return null;
    }
    throw sandbox.source().exclusive(PythonFlags.SANDBOX.longName(), PythonFlags.PYTHON.longName());
  }

  private List<String> path() {
    List<String> folders = new ArrayList<>();
    for (OptionValue value : values.all(PythonFlags.PYTHON_PATH)) {
      String text = value.nonEmpty();
      int start = 0;
      while (start <= text.length()) {
        int colon = text.indexOf(File.pathSeparatorChar, start);
        int end = colon < 0 ? text.length() : colon;
        if (end == start) {
          throw value.error("one of the folders has no name: is a variable in it unset?");
        }
        folders.add(text.substring(start, end));
        start = end + 1;
      }
    }
    return folders;
  }

  private OptionalLong seed() {
    OptionValue value = values.of(PythonFlags.SEED);
    if (value == null) {
      return OptionalLong.empty();
    }
    long seed = WholeNumber.parse(value.text());
    if (seed == WholeNumber.NONE) {
      throw value.error("must be a whole number from 0 to ".concat(Long.toString(Long.MAX_VALUE)));
    }
    return OptionalLong.of(seed);
  }

  private Optional<PythonChoice.SandboxChoice> sandbox(@Nullable OptionValue sandbox) {
    if (sandbox == null) {
      rejectPermissions();
      return Optional.empty();
    }
    return Optional.of(
        new PythonChoice.SandboxChoice(
            names(PythonFlags.ALLOW_READ),
            names(PythonFlags.ALLOW_WRITE),
            values.has(PythonFlags.ALLOW_NET),
            values.has(PythonFlags.ALLOW_ENV),
            values.number(PythonFlags.MAX_STATEMENTS, 1, Long.MAX_VALUE)));
  }

  /// Refuses permissions that nobody needs: whoever gives them believes that there is a sandbox.
  private void rejectPermissions() {
    for (RunOption option : PythonFlags.permissions()) {
      if (isTyped(values.of(option))) {
        throw values
            .line()
            .error(
                option.longName() + " is for scripts in a sandbox: add --sandbox, or leave it out");
      }
    }
  }

  private List<String> names(RunOption option) {
    List<String> names = new ArrayList<>();
    for (OptionValue value : values.all(option)) {
      names.add(value.nonEmpty());
    }
    return names;
  }
}
