package org.pyparallel.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PyParallelException.OutputFailed;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

class DistinctLinesTest {
  private final CollectingSink sink = new CollectingSink();
  private final DistinctLines distinct = new DistinctLines(sink);

  private static void end(ResultSink to, int shard, ShardResult result) throws IOException {
    Duration none = Duration.ZERO;
    to.endOfShard(new ShardReport(Shards.shard(shard), result, 0, none, none, none, 0));
  }

  private static void end(ResultSink to, int shard) throws IOException {
    end(to, shard, new ShardResult.Finished(1, 0, List.of()));
  }

  private void send(int shard, String text) throws IOException {
    distinct.write(Shards.shard(shard), UTF_8.encode(text));
  }

  private static List<String> lines(Random random, int count, int different) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = random.nextInt(different);
      lines.add("x".repeat(number % 37) + number + "y".repeat(number % 11));
    }
    return lines;
  }

  @Test
  void eachLinePassesWhereItFirstOccurs() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      CollectingSink collected = new CollectingSink();
      DistinctLines sinkUnderTest = new DistinctLines(collected);
      List<String> all = new ArrayList<>();
      for (int shard = 0; shard < 5; shard++) {
        List<String> lines = lines(random, random.nextInt(400), 1 + random.nextInt(500));
        all.addAll(lines);
        byte[] bytes =
            lines.isEmpty() ? new byte[0] : (String.join("\n", lines) + "\n").getBytes(UTF_8);
        for (int start = 0; start < bytes.length; ) {
          int size = Math.min(bytes.length - start, 1 + random.nextInt(700));
          sinkUnderTest.write(Shards.shard(shard), ByteBuffer.wrap(bytes, start, size).slice());
          start += size;
        }
        end(sinkUnderTest, shard);
      }
      Set<String> expected = new LinkedHashSet<>(all);
      String text = expected.isEmpty() ? "" : String.join("\n", expected) + "\n";

      assertThat(collected.text()).describedAs("seed %d", seed).isEqualTo(text);
      assertThat(sinkUnderTest.written()).hasValue(collected.bytes().length);
    }
  }

  @Test
  void manyDifferentLinesAreRemembered() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400_000; i++) {
      text.append(i).append('\n');
    }
    send(0, text.toString());
    end(distinct, 0);
    send(1, text.toString() + "last\n");
    end(distinct, 1);

    assertThat(sink.text()).isEqualTo(text + "last\n");
  }

  @Test
  void resultsOfSeveralLinesAreWholeAgain() throws IOException {
    send(0, "a\na\0nb\na\0nb\n\0\60\nc\n");
    send(0, "a\0nb\nb\n");

    assertThat(sink.text()).isEqualTo("a\na\nb\n\0\nc\nb\n");
  }

  @Test
  void aLineOfAnyLengthIsRemembered() throws IOException {
    String line = "0123456789".repeat(50_000);
    send(0, line + "\n" + line + "x\n" + line + "\n");

    assertThat(sink.text()).isEqualTo(line + "\n" + line + "x\n");
  }

  @Test
  void linesOfOtherLengthsDiffer() throws IOException {
    send(0, "\0\60\n\0\60\0\60\n\na\naa\n\n");

    assertThat(sink.text()).isEqualTo("\0\n\0\0\n\na\naa\n");
  }

  @Test
  void aTornLineIsPassedOnOnlyByAShardThatFinished() throws IOException {
    send(0, "a\ntorn");
    end(distinct, 0);
    send(1, "a\nlost");
    end(distinct, 1, new ShardResult.Failed(0, 0, List.of()));
    send(2, "torn\nb\n");
    end(distinct, 2);

    assertThat(sink.text()).isEqualTo("a\ntorn\nb\n");
  }

  @Test
  void theLimitIsToldWithTheRemedy() {
    DistinctLines small = new DistinctLines(sink, new SeenHashes(1));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append(i).append('\n');
    }
    assertThatThrownBy(() -> small.write(Shards.shard(0), UTF_8.encode(text.toString())))
        .isInstanceOf(OutputFailed.class)
        .hasMessage(
            "--unique cannot remember more than 49152 different results: use --sort --unique, which"
                + " has no such limit");
  }

  @Test
  void hashesAreFoundAgainHoweverManyShareTheirFirstBits() {
    SeenHashes seen = new SeenHashes(64 << 20);
    Random random = new Random(1);
    for (int round = 0; round < 2; round++) {
      random.setSeed(1);
      for (int i = 0; i < 30_000; i++) {
        // The first bits are those of few hashes.
        long high = random.nextLong() >>> 12;
        assertThat(seen.add(high, i % 3 == 0 ? 0 : random.nextLong())).isEqualTo(1 - round);
      }
    }
    assertThat(seen.size()).isEqualTo(30_000);
    assertThat(seen.add(0, 0)).isOne();
    assertThat(seen.add(0, 0)).isZero();
  }
}
