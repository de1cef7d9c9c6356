package org.pyparallel.repl;

import java.io.IOException;

/// Makes the shell that suits what is at the other end.
public final class Shells {
  private Shells() {}

  /// What is at the other end.
  public enum Kind {
    /// Somebody at a terminal that can move its cursor.
    EDITOR,
    /// Somebody at a terminal that cannot.
    LINES,
    /// Nobody.
    PIPE
  }

  /// Opens one. Where the terminal turns out not to be one that lines can be edited on, there is
  /// none of that.
  public static Shell open(Kind kind, Surroundings surroundings) {
    return switch (kind) {
      case EDITOR -> editor(surroundings);
      case LINES -> new LineShell(surroundings);
      case PIPE -> new PipedShell(surroundings);
    };
  }

  private static Shell editor(Surroundings surroundings) {
    try {
      return EditedShell.ofProcess(surroundings);
    } catch (IOException | IllegalStateException _) {
      return new LineShell(surroundings);
    }
  }
}
