package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

class DividedShardTest {
  private static final Path FILE = Path.of("in");

  @Test
  void aByteRange() {
    Shard shard = shard(1000, 10, 20, new ShardData.FileRange(FILE, 1000, 50));

    DividedShard divided = DividedShard.of(shard, new ShardCut(3, 4, 30, 0), false);

    assertThat(divided.head())
        .isEqualTo(shard(1000, 10, 20, new ShardData.FileRange(FILE, 1000, 30)));
    assertThat(divided.tail())
        .isEqualTo(shard(1030, 13, 24, new ShardData.FileRange(FILE, 1030, 20)));
  }

  @Test
  void bytesInTheMiddleOfABuffer() {
    ByteBuffer buffer = ByteBuffer.wrap("..a\nb\nc\n..".getBytes(UTF_8)).position(2).limit(8);
    Shard shard = shard(0, -1, -1, new ShardData.Bytes(buffer.asReadOnlyBuffer()));

    DividedShard divided = DividedShard.of(shard, new ShardCut(2, 2, 4, 0), false);

    assertThat(text(divided.head())).isEqualTo("a\nb\n");
    assertThat(text(divided.tail())).isEqualTo("c\n");
    assertThat(divided.tail().offset()).isEqualTo(4);
    assertThat(divided.tail().firstRecord()).isEqualTo(-1);
    assertThat(divided.tail().firstLine()).isEqualTo(-1);
  }

  @Test
  void itemsThatAreCounted() {
    ByteBuffer names = ByteBuffer.wrap("one\0two\0three\0".getBytes(UTF_8));

    DividedShard divided =
        DividedShard.of(shard(7, 7, 0, new ShardData.Bytes(names)), new ShardCut(2, 0, 8, 0), true);

    assertThat(text(divided.tail())).isEqualTo("three\0");
    assertThat(divided.tail().offset()).isEqualTo(9);
    assertThat(divided.tail().firstRecord()).isEqualTo(9);
  }

  @Test
  void integers() {
    Shard shard = shard(5, 5, 0, new ShardData.Range(100, 10, -3));

    DividedShard divided = DividedShard.of(shard, new ShardCut(4, 0, 4, 0), true);

    assertThat(divided.head().data()).isEqualTo(new ShardData.Range(100, 4, -3));
    assertThat(divided.tail().data()).isEqualTo(new ShardData.Range(88, 6, -3));
    assertThat(divided.tail().offset()).isEqualTo(9);
  }

  @Test
  void neitherPartIsEmpty() {
    Shard shard = shard(0, 0, 0, new ShardData.FileRange(FILE, 0, 50));

    for (long offset : new long[] {0, 50}) {
      assertThatThrownBy(() -> DividedShard.of(shard, new ShardCut(1, 1, offset, 0), false))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Shard shard(long offset, long record, long line, ShardData data) {
    return new Shard(3, "in", offset, record, line, "head", data);
  }

  private static String text(Shard shard) {
    return UTF_8.decode(((ShardData.Bytes) shard.data()).buffer().duplicate()).toString();
  }
}
