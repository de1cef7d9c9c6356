package org.pyparallel.interpreter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The output of a shard that may have to be run again from its start: knows whether any of it has
/// left, and keeps it from leaving for a while.
///
/// Holds [#MOST_BYTES] at most; what comes then lets all of it go. So does a part of the shard that
/// somebody takes over, which could not be taken back. For one thread.
final class RecallableOutput implements ShardOutput {
  static final int MOST_BYTES = 1 << 20;

  private final ShardOutput target;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean holding;
  private boolean left;
  private int size;

  /// A copy of a chunk.
  private record Piece(ByteBuffer bytes, boolean rejected) {}

  /// @param holding whether to hold anything back
  RecallableOutput(ShardOutput target, boolean holding) {
    this.target = target;
    this.holding = holding;
  }

  @Override
  public boolean write(ByteBuffer chunk) {
    return pass(chunk, false);
  }

  @Override
  public boolean reject(ByteBuffer chunk) {
    return pass(chunk, true);
  }

  private boolean pass(ByteBuffer chunk, boolean rejected) {
    if (holding && size + chunk.remaining() <= MOST_BYTES) {
      size += chunk.remaining();
      pieces.add(new Piece(ByteBuffer.allocate(chunk.remaining()).put(chunk).flip(), rejected));
      return true;
    }
    return release() && send(chunk, rejected);
  }

  private boolean send(ByteBuffer chunk, boolean rejected) {
    left = true;
    return rejected ? target.reject(chunk) : target.write(chunk);
  }

  @Override
  public void loaded(ByteBuffer bytes) {
    target.loaded(bytes);
  }

  @Override
  public boolean wanted() {
    return target.wanted();
  }

  @Override
  public boolean give(ShardCut cut) {
    boolean given = release() && target.give(cut);
    left |= given;
    return given;
  }

  @Override
  public boolean sampled(int percent) {
    return target.sampled(percent);
  }

  /// Lets go of what was held back, and holds nothing back any more.
  ///
  /// @return false when nobody wants any more output
  boolean release() {
    holding = false;
    boolean wanted = true;
    for (Piece piece : pieces) {
      wanted = wanted && send(piece.bytes(), piece.rejected());
    }
    pieces.clear();
    size = 0;
    return wanted;
  }

  /// Whether something has left that cannot be taken back.
  boolean hasLeft() {
    return left;
  }

  /// The output for another attempt, of which nothing has left: what was held back is dropped, and
  /// the shard's bytes are not shown a second time.
  ShardOutput again() {
    pieces.clear();
    return new Again(target);
  }

  private record Again(ShardOutput target) implements ShardOutput {
    @Override
    public boolean write(ByteBuffer chunk) {
      return target.write(chunk);
    }

    @Override
    public boolean reject(ByteBuffer chunk) {
      return target.reject(chunk);
    }

    @Override
    public boolean wanted() {
      return target.wanted();
    }

    @Override
    public boolean give(ShardCut cut) {
      return target.give(cut);
    }
  }
}
