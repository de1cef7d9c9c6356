package org.pyparallel.job;

/// A Python expression that stands for a whole script.
///
/// @param kind what its value means
/// @param expression one expression, as typed
public record OneLiner(Kind kind, String expression) {
  /// What the value of an expression means.
  public enum Kind {
    /// It is the record's result.
    MAP,
    /// Where it is true, the record itself is the result.
    FILTER,
    /// It is two results, `a` and `b`, made one.
    REDUCE
  }
}
