package org.pyparallel.interpreter;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

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

  /// Keeps the partial result of a shard for [HandIn] or [Write], beside what comes later, where it
  /// does not matter what it is combined with first: counts, say. Of the shards of an interpreter
  /// the earlier ones come first. One that does not [Interpreter#keepsPartials] is to hand it in.
  ///
  /// Sends [#KEPT]; nothing where there is no partial result; and where it is held on to, because
  /// it is not of that kind, `other`, or [#NEVER] if this reduction has nothing of that kind.
  ///
  /// @param shard the number of the shard, at least 0
  record Keep(long shard) implements ReduceStep {}

  /// Sends all that was kept, in a form for other interpreters of the same runtime; nothing where
  /// nothing was. It is then forgotten.
  record HandIn() implements ReduceStep {}

  /// Takes what another interpreter kept.
  ///
  /// @param handedIn what [HandIn] sent, between position and limit; not empty
  record Receive(ByteBuffer handedIn) implements ReduceStep {}

  /// Sends the result as output, of the partial result and all that was kept. What there is without
  /// any results is the reduction's to say.
  record Write() implements ReduceStep {}

  /// What [Keep] sends.
  String KEPT = "kept";

  /// What [Keep] sends.
  String NEVER = "never";

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
      case Keep _ -> "keep";
      case HandIn() -> "hand_in";
      case Receive _ -> "receive";
      case Write() -> "write";
    };
  }

  /// What the Python driver is told about the place.
  default String place() {
    return switch (this) {
      case Combine combine -> combine.place();
      case Keep keep -> Long.toString(keep.shard());
      case Take(), HandIn(), Receive _, Write() -> "";
    };
  }

  /// What the Python driver is given, between position and limit; null for nothing.
  default @Nullable ByteBuffer data() {
    return switch (this) {
      case Combine combine -> combine.taken();
      case Receive receive -> receive.handedIn();
      case Take(), Keep _, HandIn(), Write() -> null;
    };
  }
}
