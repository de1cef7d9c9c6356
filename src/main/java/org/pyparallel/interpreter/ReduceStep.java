package org.pyparallel.interpreter;

import java.nio.ByteBuffer;

/// What is done with the partial result that an interpreter holds in a run that reduces.
///
/// A shard leaves the fold of its results in place of output. That is taken out, or combined with
/// one that another interpreter took, until one is left, which is written.
public sealed interface ReduceStep {
  /// Sends the partial result, in a form for other interpreters of the same runtime; nothing where
  /// there is none. It is then forgotten.
  record Take() implements ReduceStep {}

  /// Combines the partial result with one from elsewhere. Where that fails, the earlier of the two
  /// is kept.
  ///
  /// @param taken what [Take] sent, between position and limit; not empty
  /// @param side where it belongs
  /// @param place which two are combined, for the message when that fails
  record Combine(ByteBuffer taken, Side side, String place) implements ReduceStep {}

  /// Sends the result as output. What there is without any results is the reduction's to say.
  record Write() implements ReduceStep {}

  /// On which side of the interpreter's own partial result another one stands.
  enum Side {
    EARLIER,
    LATER
  }

  /// What the Python driver calls it.
  default String label() {
    return switch (this) {
      case Take() -> "take";
      case Combine combine -> combine.side() == Side.EARLIER ? "earlier" : "later";
      case Write() -> "write";
    };
  }
}
