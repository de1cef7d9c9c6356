package org.pyparallel.interpreter.graalpy;

import java.util.List;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardResult;

/// What it means when a call into a context does not return: the driver catches every exception of
/// the script, so these are about the context itself.
final class Failures {
  private static final String MEMORY_ERROR = "MemoryError";
  private static final String OUT_OF_MEMORY = "out of memory (raise the JVM's -Xmx)";

  private Failures() {}

  /// How the shard ended, where the run can go on.
  ///
  /// @throws PyParallelException.RuntimeFailed where it cannot
  static ShardResult result(PolyglotException e) {
    if (isLimit(e) || isRefusal(e)) {
      return new ShardResult.Failed(0, 0, List.of(limit(e)));
    }
    if (e.isInterrupted() || e.isCancelled()) {
      return new ShardResult.Interrupted();
    }
    if (e.isResourceExhausted() || isMemoryError(e)) {
      return exhausted();
    }
    throw exception(e);
  }

  /// Whether the context was closed because the script did more than it may.
  static boolean isLimit(PolyglotException e) {
    return e.isResourceExhausted() && e.isCancelled();
  }

  /// Whether the engine refused something in a way that Python cannot catch.
  private static boolean isRefusal(PolyglotException e) {
    String message = e.getMessage();
    return e.isInternalError()
        && message != null
        && (message.startsWith("java.lang.SecurityException: ")
            || message.contains("UnsupportedPosixFeatureException: "));
  }

  /// In words for the user.
  private static PythonError limit(PolyglotException e) {
    String type = "PermissionError";
    String message;
    if (isLimit(e)) {
      type = "StatementLimit";
      message = "too many statements (--max-statements): " + e.getMessage();
    } else {
      String reason = String.valueOf(e.getMessage());
      message = "not available to scripts: " + reason.substring(reason.indexOf(": ") + 2);
    }
    return new PythonError(-1, type, message, List.of(), type + ": " + message);
  }

  /// The script asked for more memory than there is; what it held is free again.
  static ShardResult exhausted() {
    PythonError error =
        new PythonError(
            -1, MEMORY_ERROR, OUT_OF_MEMORY, List.of(), MEMORY_ERROR + ": " + OUT_OF_MEMORY);
    return new ShardResult.Failed(0, 0, List.of(error));
  }

  /// What a console answers, where it can be used on.
  static List<String> answer(PolyglotException e) {
    if (e.isInterrupted() || e.isCancelled()) {
      return List.of("interrupted");
    }
    if (e.isResourceExhausted() || isMemoryError(e)) {
      return exhaustedAnswer();
    }
    String type = type(e);
    String name = type == null ? "SystemError" : type;
    if (name.equals("KeyboardInterrupt")) {
      return List.of("interrupted");
    }
    String message = String.valueOf(e.getMessage());
    return List.of("error", name, message, name + ": " + message);
  }

  /// What a console answers whose code asked for more memory than there is.
  static List<String> exhaustedAnswer() {
    return List.of("error", MEMORY_ERROR, OUT_OF_MEMORY, MEMORY_ERROR + ": " + OUT_OF_MEMORY);
  }

  /// Python's own, met by the driver while it dealt with the script's.
  private static boolean isMemoryError(PolyglotException e) {
    return MEMORY_ERROR.equals(type(e));
  }

  /// The name of the Python exception's class; null where it is none.
  private static @Nullable String type(PolyglotException e) {
    Value exception = e.isGuestException() ? e.getGuestObject() : null;
    Value type = exception == null ? null : exception.getMetaObject();
    return type == null ? null : type.getMetaSimpleName();
  }

  /// What to throw where no context could be opened.
  static RuntimeException opening(Throwable e) {
    return switch (e) {
      case PolyglotException broken -> exception(broken);
      case RuntimeException other -> other;
      case Error other -> throw other;
      default -> new PyParallelException.RuntimeFailed("GraalPy cannot start: " + e, e);
    };
  }

  /// What to tell the user where the context is of no more use.
  static PyParallelException exception(PolyglotException e) {
    if (isLimit(e) || isRefusal(e)) {
      return new PyParallelException.ScriptFailed(limit(e));
    }
    if (e.isExit()) {
      return new PyParallelException.RuntimeFailed(
          "the script ended its interpreter, as os._exit("
              + e.getExitStatus()
              + ") does; use sys.exit, which ends a shard only");
    }
    return new PyParallelException.RuntimeFailed("GraalPy failed: " + e.getMessage(), e);
  }
}
