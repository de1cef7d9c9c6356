package org.pyparallel.workload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pyparallel.job.Format;

/// Finds the places where a record ends, which are the places where an input may be cut.
///
/// A record ends with its last byte, the terminator. All positions are absolute indexes into the
/// buffer; its position, limit and mark stay as they are. The buffer must be little-endian, since
/// eight bytes are looked at in one go. Nothing is allocated. Safe for use by several threads.
sealed interface RecordEnds {
  /// Line feeds.
  RecordEnds LINES = new AtByte((byte) '\n');

  /// Where records of this format end.
  ///
  /// @param format one that needs no scan, see [RecordScan]
  static RecordEnds of(Format format) {
    if (format.needsScan()) {
      throw new IllegalArgumentException("no byte tells where a record of " + format + " ends");
    }
    return format.terminator().isPresent()
        ? new AtByte((byte) format.terminator().getAsInt())
        : new Anywhere();
  }

  /// A buffer that [#nth], [#last] and [#count] can search, over the whole of `bytes`.
  static ByteBuffer searchable(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The index of the last byte of the `n`th record that ends in `[from, to)`.
  ///
  /// @param n from 1
  /// @return the index, or `-1 - missing` where only `n - missing` records end
  int nth(ByteBuffer buffer, int from, int to, int n);

  /// The index of the last byte of the last record that ends in `[from, to)`, or -1.
  int last(ByteBuffer buffer, int from, int to);

  /// How many records end in `[from, to)`.
  int count(ByteBuffer buffer, int from, int to);

  /// Every byte is the end of something: the input may be cut anywhere.
  record Anywhere() implements RecordEnds {
    @Override
    public int nth(ByteBuffer buffer, int from, int to, int n) {
      int there = Math.max(0, to - from);
      return n <= there ? from + n - 1 : -1 - (n - there);
    }

    @Override
    public int last(ByteBuffer buffer, int from, int to) {
      return from < to ? to - 1 : -1;
    }

    @Override
    public int count(ByteBuffer buffer, int from, int to) {
      return Math.max(0, to - from);
    }
  }

  /// One byte value ends a record.
  record AtByte(byte terminator) implements RecordEnds {
    @Override
    public int nth(ByteBuffer buffer, int from, int to, int n) {
      long pattern = EightBytes.of(terminator);
      int missing = n;
      int at = from;
      for (; at <= to - Long.BYTES; at += Long.BYTES) {
        long hits = EightBytes.equal(buffer.getLong(at), pattern);
        int found = Long.bitCount(hits);
        if (found >= missing) {
          return at + byteOfHit(hits, missing);
        }
        missing -= found;
      }
      for (; at < to; at++) {
        if (buffer.get(at) == terminator && --missing == 0) {
          return at;
        }
      }
      return -1 - missing;
    }

    @Override
    public int last(ByteBuffer buffer, int from, int to) {
      long pattern = EightBytes.of(terminator);
      int end = to;
      for (; end - Long.BYTES >= from; end -= Long.BYTES) {
        long hits = EightBytes.equal(buffer.getLong(end - Long.BYTES), pattern);
        if (hits != 0) {
          return end - 1 - Long.numberOfLeadingZeros(hits) / Byte.SIZE;
        }
      }
      while (--end >= from) {
        if (buffer.get(end) == terminator) {
          return end;
        }
      }
      return -1;
    }

    @Override
    public int count(ByteBuffer buffer, int from, int to) {
      return nth(buffer, from, to, Integer.MAX_VALUE) - Integer.MIN_VALUE;
    }

    private static int byteOfHit(long hits, int n) {
      long rest = hits;
      for (int i = 1; i < n; i++) {
        rest &= rest - 1;
      }
      return EightBytes.first(rest);
    }
  }
}
