package org.pyparallel.interpreter;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RuntimeName;

/// A runtime with another one behind it, for scripts whose extension modules refuse the first.
///
/// All interpreters are the first runtime's until one of them meets a module that refuses it. From
/// then on new ones are the second's, and those already open move over, see [FallbackInterpreter]:
/// the run ends up on one runtime. Nothing of the second is made before that.
///
/// Name, availability and the way to warm up are the first's. Any thread.
public final class FallbackRuntime implements Runtime {
  private final Runtime first;
  private final Supplier<Runtime> second;
  private final Consumer<String> notices;
  private @Nullable Runtime opened;
  private volatile @Nullable Runtime current;

  /// @param second gives the other runtime, at most once; both run CPython, so that what one has
  ///   reduced the other can go on with
  /// @param notices told once which module made the run move, on the thread of whoever met it
  public FallbackRuntime(Runtime first, Supplier<Runtime> second, Consumer<String> notices) {
    this.first = first;
    this.second = second;
    this.notices = notices;
  }

  @Override
  public RuntimeName name() {
    return first.name();
  }

  @Override
  public Availability availability() {
    return first.availability();
  }

  @Override
  public String version() {
    return first.version();
  }

  @Override
  public Console console(ConsoleConfig config, ConsoleOutput output) {
    return first.console(config, output);
  }

  @Override
  public boolean warmsUp() {
    return first.warmsUp();
  }

  @Override
  public Interpreter open(InterpreterConfig config) {
    Runtime moved = current;
    if (moved != null) {
      return moved.open(config);
    }
    FallbackInterpreter interpreter = new FallbackInterpreter(this, config);
    interpreter.open(first);
    return interpreter;
  }

  /// The second runtime, where the run has moved over to it.
  @Nullable Runtime moved() {
    return current;
  }

  /// Moves the run over to the second runtime, unless it is there already.
  synchronized Runtime moveOver(ExtensionRefused reason) {
    Runtime moved = opened;
    if (moved == null) {
      moved = second.get();
      opened = moved;
      notices.accept(
          reason.title()
              + " does not support subinterpreters: using a process per worker instead (--runtime "
              + moved.name().label()
              + ")");
      current = moved;
    }
    return moved;
  }

  @Override
  public void close() {
    Runtime moved = moved();
    try {
      first.close();
    } finally {
      if (moved != null) {
        moved.close();
      }
    }
  }
}
