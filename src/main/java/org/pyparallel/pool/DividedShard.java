package org.pyparallel.pool;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// A shard in two parts, which share its index and preamble.
record DividedShard(Shard head, Shard tail) {
  /// @param counted whether offsets of the shard's source are in records, not in bytes
  /// @throws IllegalArgumentException if there is nothing before the cut or behind it
  static DividedShard of(Shard shard, ShardCut cut, boolean counted) {
    long offset = cut.offset();
    if (offset < 1 || offset >= shard.length()) {
      throw new IllegalArgumentException("cannot cut " + shard + " at " + offset);
    }
    Shard head =
        new Shard(
            shard.index(),
            shard.source(),
            shard.offset(),
            shard.firstRecord(),
            shard.firstLine(),
            shard.preamble(),
            part(shard.data(), 0, offset));
    Shard tail =
        new Shard(
            shard.index(),
            shard.source(),
            shard.offset() + (counted ? cut.records() : offset),
            sum(shard.firstRecord(), cut.records()),
            sum(shard.firstLine(), cut.lines()),
            shard.preamble(),
            part(shard.data(), offset, shard.length()));
    return new DividedShard(head, tail);
  }

  private static long sum(long before, long more) {
    return before < 0 ? -1 : before + more;
  }

  /// A part of a shard's data.
  ///
  /// @param start where it begins, from 0, in what [ShardData#length] counts
  /// @param end where it ends, exclusive
  static ShardData part(ShardData data, long start, long end) {
    return switch (data) {
      case ShardData.FileRange(Path file, long offset, _) ->
          new ShardData.FileRange(file, offset + start, end - start);
      case ShardData.Bytes(ByteBuffer buffer) ->
          new ShardData.Bytes(buffer.slice(buffer.position() + (int) start, (int) (end - start)));
      case ShardData.Range(long first, _, long step) ->
          new ShardData.Range(first + start * step, end - start, step);
      case ShardData.Nothing() -> throw new IllegalArgumentException("nothing cannot be cut");
    };
  }
}
