package org.pyparallel.interpreter;

import java.nio.ByteBuffer;

/// Takes a shard's output while it is being made.
@FunctionalInterface
public interface ShardOutput {
  /// Takes the next bytes. Blocks while the merge stage is behind; called on the owner's thread.
  ///
  /// @param chunk the bytes between position and limit; only valid during the call
  /// @return false when nobody wants any more output: the interpreter then ends the shard as
  ///   interrupted
  boolean write(ByteBuffer chunk);

  /// Sees the shard's bytes before the script does; not called for a shard that has none, and only
  /// sure to be called in a run with a journal. Owner's thread.
  ///
  /// @param bytes between position and limit, in one piece or several; only valid during the call
  default void loaded(ByteBuffer bytes) {}

  /// Takes records that failed, as whole lines of JSON. As [#write] in all else.
  default boolean reject(ByteBuffer chunk) {
    return true;
  }

  /// Whether somebody would take over what the shard has left. Any answer is only a hint; asked now
  /// and then, on the owner's thread.
  default boolean wanted() {
    return false;
  }

  /// Gives away what comes behind a cut. Owner's thread.
  ///
  /// @return whether it was taken over: the shard ends at the cut then, and its result says so
  default boolean give(ShardCut cut) {
    return false;
  }

  /// Learns how the script spends its time, at the end of a shard. Owner's thread.
  ///
  /// @param percent how much of its time functions take that are written in C, 0 to 100
  /// @return whether it is to be found out for further shards, which costs a little time
  default boolean sampled(int percent) {
    return false;
  }
}
