package org.pyparallel.job;

/// A run that cannot start or go on, in words for the user: what is wrong, where, and what to do.
public abstract sealed class PyParallelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PyParallelException(String message) {
    super(message);
  }

  PyParallelException(String message, Throwable cause) {
    super(message, cause);
  }

  /// The command line or a file named on it is wrong.
  public static final class Usage extends PyParallelException {
    private static final long serialVersionUID = 1L;

    public Usage(String message) {
      super(message);
    }
  }

  /// The script cannot be loaded or its `setup()` failed: no shard can run.
  public static final class ScriptFailed extends PyParallelException {
    private static final long serialVersionUID = 1L;
    private final transient PythonError error;

    public ScriptFailed(PythonError error) {
      super(error.type() + ": " + error.message());
      this.error = error;
    }

    /// What Python said.
    public PythonError error() {
      return error;
    }
  }

  /// A runtime cannot be started on this machine or broke while running.
  public static final class RuntimeFailed extends PyParallelException {
    private static final long serialVersionUID = 1L;

    public RuntimeFailed(String message) {
      super(message);
    }

    public RuntimeFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The input could not be read on to its end.
  public static final class InputFailed extends PyParallelException {
    private static final long serialVersionUID = 1L;

    public InputFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// The script's results do not go together in one output.
  public static final class ResultsDiffer extends PyParallelException {
    private static final long serialVersionUID = 1L;

    public ResultsDiffer(String message) {
      super(message);
    }
  }

  /// The results could not be written (a full disk, a vanished folder).
  public static final class OutputFailed extends PyParallelException {
    private static final long serialVersionUID = 1L;

    public OutputFailed(String message) {
      super(message);
    }

    public OutputFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
