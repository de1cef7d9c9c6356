package org.pyparallel.interpreter;

/// A console's interpreter is gone. The message says why, for the user.
public final class ConsoleDied extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConsoleDied(String message) {
    super(message);
  }
}
