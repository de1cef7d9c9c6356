package org.pyparallel.pool;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.RangeReader;
import org.pyparallel.job.ShardData;
import org.pyparallel.pool.Bisection.Part;

/// Looks for record ends in a shard, a piece at a time, however large it is. Used by one thread at
/// a time; keeps no file open.
final class PartScan {
  private static final int PIECE = 64 << 10;

  private final ShardData data;
  private final byte terminator;
  private final int width;

  /// @param data bytes
  /// @param terminator ends what a record is made of
  /// @param width how many of these end a record
  PartScan(ShardData data, byte terminator, int width) {
    this.data = data;
    this.terminator = terminator;
    this.width = width;
  }

  /// Takes bytes one after the other.
  @FunctionalInterface
  private interface Visitor {
    /// @param position of the byte in the shard
    /// @return whether it wants more
    boolean visit(long position, byte value);
  }

  private void visit(long from, long to, Visitor visitor) throws IOException {
    try (RangeReader files = new RangeReader()) {
      for (long start = from; start < to; start += PIECE) {
        ByteBuffer piece = read(files, start, (int) Math.min(PIECE, to - start));
        for (int i = 0; i < piece.limit(); i++) {
          if (!visitor.visit(start + i, piece.get(i))) {
            return;
          }
        }
      }
    }
  }

  private ByteBuffer read(RangeReader files, long start, int size) throws IOException {
    return switch (data) {
      case ShardData.Bytes(ByteBuffer buffer) ->
          buffer.slice(buffer.position() + (int) start, size);
      case ShardData.FileRange range -> {
        ByteBuffer piece = ByteBuffer.allocate(size);
        files.read(range.file(), range.offset() + start, piece);
        yield piece.flip();
      }
      case ShardData.Range _, ShardData.Nothing _ ->
          throw new IllegalArgumentException("there are no bytes");
    };
  }

  /// What comes before the record end nearest to the middle of a part.
  ///
  /// @return null where the part is a single record
  @Nullable Part firstHalf(Part part) throws IOException {
    Halving halving = new Halving(part);
    visit(part.from(), part.to() - 1, halving); // what ends the part is no place to cut it
    if (halving.after == null) {
      return halving.before;
    }
    long middle = halving.middle;
    Part before = halving.before;
    return before != null && middle - before.to() < halving.after.to() - middle
        ? before
        : halving.after;
  }

  /// The part behind the first half of one.
  Part rest(Part part, Part first) throws IOException {
    long[] lineFeeds = new long[1];
    visit(
        first.from(),
        first.to(),
        (_, value) -> {
          lineFeeds[0] += value == '\n' ? 1 : 0;
          return true;
        });
    long records = first.records() + records(first);
    return new Part(first.to(), part.to(), records, first.lines() + lineFeeds[0]);
  }

  /// How many records a part holds, at least 1.
  long records(Part part) throws IOException {
    long[] ends = new long[1];
    byte[] last = {terminator};
    visit(
        part.from(),
        part.to(),
        (_, value) -> {
          ends[0] += value == terminator ? 1 : 0;
          last[0] = value;
          return true;
        });
    long pieces = ends[0] + (last[0] == terminator ? 0 : 1);
    return Math.max(1, (pieces + width - 1) / width);
  }

  /// A part's bytes without what ends its last record.
  byte[] bytes(Part part) throws IOException {
    byte[] bytes = new byte[(int) (part.to() - part.from())];
    visit(
        part.from(),
        part.to(),
        (position, value) -> {
          bytes[(int) (position - part.from())] = value;
          return true;
        });
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == terminator) {
      end--;
      if (terminator == '\n' && end > 0 && bytes[end - 1] == '\r') {
        end--;
      }
    }
    return java.util.Arrays.copyOf(bytes, end);
  }

  /// Remembers the last record end before the middle, and the first one from there on.
  private final class Halving implements Visitor {
    private final Part part;
    private final long middle;
    private int missing = width;
    private @Nullable Part before;
    private @Nullable Part after;

    Halving(Part part) {
      this.part = part;
      this.middle = part.from() + (part.to() - part.from()) / 2;
    }

    @Override
    public boolean visit(long position, byte value) {
      if (value != terminator || --missing > 0) {
        return true;
      }
      missing = width;
      Part half = new Part(part.from(), position + 1, part.records(), part.lines());
      if (half.to() < middle) {
        before = half;
        return true;
      }
      after = half;
      return false;
    }
  }
}
