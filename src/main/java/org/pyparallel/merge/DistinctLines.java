package org.pyparallel.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.pyparallel.job.PyParallelException.OutputFailed;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

/// Passes each line on where it first occurs, as the result it stands for (see `_distinct.py`).
///
/// Of the lines a hash of 128 bits is remembered. That two of a thousand million different lines
/// have the same one is less likely than one in 10^20.
final class DistinctLines extends MergingSink {
  /// What is remembered at most, in bytes.
  private static final long MOST_BYTES = 512L << 20;

  private static final int CAPACITY = 64 << 10;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  // Odd, with about as many ones as zeros: the first bits behind the point of the golden ratio and
  // of
  // the square root of three.
  private static final long FACTOR_A = 0x9E37_79B9_7F4A_7C15L;
  private static final long FACTOR_B = 0xBB67_AE85_84CA_A73BL;

  private final SeenHashes seen;
  private WideBuffer memory = new WideBuffer(CAPACITY);

  /// What was put in, and what of it is the start of a line whose end is yet to come.
  private int end;

  private long written;
  private long hashA;
  private long hashB;

  DistinctLines(ResultSink next) {
    this(next, new SeenHashes(MOST_BYTES));
  }

  DistinctLines(ResultSink next, SeenHashes seen) {
    super(next);
    this.seen = seen;
  }

  @Override
  public void write(Shard shard, ByteBuffer chunk) throws IOException {
    while (chunk.hasRemaining()) {
      if (end == memory.capacity()) {
        grow();
      }
      int size = Math.min(chunk.remaining(), memory.capacity() - end);
      memory.bytes().put(end, chunk, chunk.position(), size);
      chunk.position(chunk.position() + size);
      int from = end;
      end += size;
      passLines(shard, from);
    }
  }

  private void grow() {
    WideBuffer larger = new WideBuffer(Math.multiplyExact(memory.capacity(), 2));
    larger.bytes().put(0, memory.bytes(), 0, end);
    memory = larger;
  }

  /// @param searched so much holds no line feed
  private void passLines(Shard shard, int searched) throws IOException {
    int line = 0;
    int kept = 0; // from here to `line` everything is to be passed on
    int lineFeed = memory.lineFeed(searched, end);
    while (lineFeed >= 0) {
      boolean escaped = hash(line, lineFeed);
      boolean isNew = isNew();
      if (!isNew || escaped) {
        pass(shard, kept, line);
        kept = lineFeed + 1;
        if (isNew) {
          passEscaped(shard, line, lineFeed);
        }
      }
      line = lineFeed + 1;
      lineFeed = line < end ? memory.lineFeed(line, end) : -1;
    }
    pass(shard, kept, line);
    if (line > 0) {
      ByteBuffer rest = memory.bytes().duplicate().limit(end).position(line);
      end -= line;
      memory.bytes().duplicate().put(rest);
    }
  }

  private boolean isNew() {
    int added = seen.add(hashA, hashB);
    if (added < 0) {
      throw new OutputFailed(
          "--unique cannot remember more than "
              + seen.size()
              + " different results: use --sort --unique, which has no such limit");
    }
    return added > 0;
  }

  private void pass(Shard shard, int start, int stop) throws IOException {
    if (stop > start) {
      written += stop - start;
      next.write(shard, memory.bytes().slice(start, stop - start));
    }
  }

  private void passEscaped(Shard shard, int start, int stop) throws IOException {
    byte[] plain = new byte[stop - start + 1];
    int size = 0;
    for (int i = start; i < stop; i++) {
      byte value = memory.bytes().get(i);
      if (value == 0) {
        i++;
        value = memory.bytes().get(i) == 'n' ? (byte) '\n' : 0;
      }
      plain[size++] = value;
    }
    plain[size++] = '\n';
    written += size;
    next.write(shard, ByteBuffer.wrap(plain, 0, size));
  }

  /// Computes the hash of a line.
  ///
  /// Two sums over its words, each step of which loses nothing of the sum or the word; then what is
  /// known of one is mixed into the other.
  ///
  /// @return whether it holds a zero byte
  private boolean hash(int start, int stop) {
    long a = FACTOR_B ^ (stop - start);
    long b = FACTOR_A;
    long zeros = 0;
    int i = start;
    for (; i <= stop - Long.BYTES; i += Long.BYTES) {
      long word = memory.word(i);
      zeros |= (word - ONES) & ~word;
      a = (a ^ word) * FACTOR_A;
      a ^= a >>> 32;
      b = (Long.rotateLeft(b, 29) + word) * FACTOR_B;
      b ^= b >>> 31;
    }
    if (i < stop) {
      long word = memory.word(i, stop);
      long filled = word | -1L >>> ((stop - i) * Byte.SIZE);
      zeros |= (filled - ONES) & ~filled;
      a = (a ^ word) * FACTOR_A;
      a ^= a >>> 32;
      b = (Long.rotateLeft(b, 29) + word) * FACTOR_B;
      b ^= b >>> 31;
    }
    a = finish(a + Long.rotateLeft(b, 17));
    b = finish(b ^ a);
    hashA = a;
    hashB = b;
    return (zeros & HIGH_BITS) != 0;
  }

  private static long finish(long sum) {
    long mixed = (sum ^ sum >>> 33) * FACTOR_B;
    mixed = (mixed ^ mixed >>> 29) * FACTOR_A;
    return mixed ^ mixed >>> 32;
  }

  @Override
  public void endOfShard(ShardReport report) throws IOException {
    if (end > 0 && report.result() instanceof ShardResult.Finished) {
      write(report.shard(), ByteBuffer.wrap(new byte[] {'\n'}));
    }
    end = 0; // a shard that broke off may leave a torn line
    super.endOfShard(report);
  }

  @Override
  public OptionalLong written() {
    return OptionalLong.of(written);
  }
}
