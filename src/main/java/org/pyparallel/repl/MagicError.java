package org.pyparallel.repl;

/// A magic cannot go on. The message is one line for the user; empty where the user knows already.
class MagicError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MagicError(String message) {
    super(message, null, false, false);
  }

  /// The message.
  String text() {
    return String.valueOf(getMessage());
  }

  /// It was not typed as it wants to be: its usage is shown.
  static final class Usage extends MagicError {
    private static final long serialVersionUID = 1L;

    Usage() {
      super("");
    }
  }
}
