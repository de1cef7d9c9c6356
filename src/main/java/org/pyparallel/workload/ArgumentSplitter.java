package org.pyparallel.workload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Hands out the records that lists of words make, in UTF-8, each word NUL-terminated.
///
/// A record is found by its number, so that of all combinations only those of one piece exist at a
/// time.
final class ArgumentSplitter implements Splitter {
  /// How shards get their name in messages.
  static final String NAME = "<args>";

  /// Arguments are usually few, and each takes long.
  static final ItemCut.Bounds BOUNDS = new ItemCut.Bounds(1, 1 << 12);

  /// Each word of each list, encoded and terminated.
  private final byte[][][] words;

  /// How many records come before the next word of each list has its turn.
  private final long[] strides;

  private final long count;

  /// Null where pieces are measured in bytes.
  private final @Nullable ItemCut cut;

  private final long block;
  private long index;
  private long piece;

  /// @throws PyParallelException.Usage if there are too many combinations
  ArgumentSplitter(RunPlan plan, Input.Arguments arguments) {
    words = arguments.sources().stream().map(ArgumentSplitter::encoded).toArray(byte[][][]::new);
    strides = new long[words.length];
    count = arguments.linked() ? longest() : combinations();
    boolean bySize = plan.sharding() instanceof Sharding.Block;
    block = plan.sharding() instanceof Sharding.Block(long bytes) ? bytes : Long.MAX_VALUE;
    cut = bySize ? null : ItemCut.of(plan, count, BOUNDS);
  }

  private static byte[][] encoded(List<String> list) {
    byte[][] encoded = new byte[list.size()][];
    for (int i = 0; i < encoded.length; i++) {
      // What is no character, half of a surrogate pair, becomes a question mark.
      encoded[i] = (list.get(i) + '\0').getBytes(StandardCharsets.UTF_8);
    }
    return encoded;
  }

  private long longest() {
    long longest = 0;
    for (int i = 0; i < words.length; i++) {
      if (words[i].length == 0) {
        return 0;
      }
      strides[i] = 1;
      longest = Math.max(longest, words[i].length);
    }
    return longest;
  }

  private long combinations() {
    for (byte[][] list : words) {
      if (list.length == 0) {
        return 0;
      }
    }
    long product = 1;
    for (int i = words.length - 1; i >= 0; i--) {
      strides[i] = product;
      if (product > Long.MAX_VALUE / words[i].length) {
        throw new PyParallelException.Usage(
            "the lists of arguments have more than "
                + Long.MAX_VALUE
                + " combinations: leave a list out");
      }
      product *= words[i].length;
    }
    return product;
  }

  /// How many records there are.
  long count() {
    return count;
  }

  /// How many pieces there are, where that is known.
  OptionalLong pieces() {
    return cut == null ? OptionalLong.empty() : OptionalLong.of(cut.pieces(count));
  }

  @Override
  public @Nullable Piece next() {
    if (index == count) {
      return null;
    }
    long first = index;
    long end = cut == null ? count : first + Math.min(cut.size(piece++), count - first);
    var text = new ByteArrayOutputStream();
    try {
      while (index < end && text.size() < block) {
        write(index++, text);
      }
      ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray()).asReadOnlyBuffer();
      return new Piece(first, first, new ShardData.Bytes(bytes));
    } catch (OutOfMemoryError e) {
      throw InputFailures.streamBroke(NAME, 0, e);
    }
  }

  private void write(long record, ByteArrayOutputStream text) {
    for (int i = 0; i < words.length; i++) {
      byte[][] list = words[i];
      text.writeBytes(list[(int) (record / strides[i] % list.length)]);
    }
  }

  @Override
  public void close() {
    // Nothing is open, and the source does not ask again.
  }
}
