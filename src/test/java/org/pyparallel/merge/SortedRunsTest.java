package org.pyparallel.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pyparallel.job.PyParallelException.OutputFailed;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.merge.SortedResults.Entry;

class SortedRunsTest {
  /// Memory for next to nothing, so that most of it goes through files, and these through others.
  private static final SortedRuns.Limits TINY = new SortedRuns.Limits(4_000, 1_500, 3, 2);

  @TempDir Path folder;

  private final CollectingSink sink = new CollectingSink();

  private SortedRuns runs(boolean descending, boolean distinct, SortedRuns.Limits limits) {
    return new SortedRuns(
        sink, SortedResults.sort(descending, distinct), new TemporaryRuns(folder), limits);
  }

  private static ShardReport report(int shard, ShardResult result) {
    Duration none = Duration.ZERO;
    return new ShardReport(Shards.shard(shard), result, 0, none, none, none, 0);
  }

  private static void end(ResultSink runs, int shard) throws IOException {
    runs.endOfShard(report(shard, new ShardResult.Finished(1, 0, List.of())));
  }

  private static void send(ResultSink runs, int shard, byte[] bytes, Random random)
      throws IOException {
    for (int start = 0; start < bytes.length; ) {
      int size =
          Math.min(bytes.length - start, 1 + random.nextInt(random.nextInt(5) == 0 ? 5 : 999));
      runs.write(
          Shards.shard(shard), ByteBuffer.wrap(bytes, start, size).slice().asReadOnlyBuffer());
      start += size;
    }
    end(runs, shard);
  }

  private static byte[] run(String... lines) {
    return SortedResults.encoded(Stream.of(lines).map(Entry::text).toList());
  }

  @ParameterizedTest
  @CsvSource({"false,false", "true,false", "false,true", "true,true"})
  void linesComeInTheirOrderWhateverTheLimits(boolean descending, boolean distinct)
      throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      SortedResults results = SortedResults.random(random, descending, distinct);
      var limits =
          random.nextBoolean()
              ? SortedRuns.Limits.ORDINARY
              : new SortedRuns.Limits(
                  500 + random.nextInt(9_000),
                  100 + random.nextInt(400),
                  2 + random.nextInt(9),
                  2 + random.nextInt(3));
      CollectingSink collected = new CollectingSink();
      try (SortedRuns runs =
          new SortedRuns(collected, results.sort(), new TemporaryRuns(folder), limits)) {
        List<byte[]> sent = results.sent();
        for (int shard = 0; shard < sent.size(); shard++) {
          send(runs, shard, sent.get(shard), random);
        }
        assertThat(collected.bytes()).isEmpty();
        runs.complete(() -> false);

        assertThat(collected.text()).describedAs("seed %d", seed).isEqualTo(results.lines());
        assertThat(runs.written()).hasValue(collected.bytes().length);
        assertThat(collected.ended()).hasSize(sent.size());
      }
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void chunksEndWithALine() throws IOException {
    byte[][] chunks = new byte[1][];
    ResultSink next =
        new CollectingSink() {
          @Override
          public synchronized void write(Shard shard, ByteBuffer chunk) throws IOException {
            chunks[0] = new byte[chunk.remaining()];
            chunk.duplicate().get(chunks[0]);
            assertThat(chunk.get(chunk.limit() - 1)).isEqualTo((byte) '\n');
            super.write(shard, chunk);
          }
        };
    var runs =
        new SortedRuns(
            next,
            SortedResults.sort(false, false),
            new TemporaryRuns(folder),
            SortedRuns.Limits.ORDINARY);
    String[] lines =
        IntStream.range(100_000, 200_000).mapToObj(Integer::toString).toArray(String[]::new);
    runs.write(Shards.shard(0), ByteBuffer.wrap(run(lines)));
    end(runs, 0);
    runs.complete(() -> false);
    assertThat(chunks[0]).hasSizeLessThan(700_000);
  }

  @Test
  void aLineLargerThanAllBuffersIsWhole() throws IOException {
    String line = "0123456789".repeat(100_000);
    try (SortedRuns runs = runs(false, false, TINY)) {
      runs.write(Shards.shard(0), ByteBuffer.wrap(run("b")));
      runs.write(Shards.shard(0), ByteBuffer.wrap(run(line)));
      runs.write(Shards.shard(0), ByteBuffer.wrap(run("a")));
      runs.complete(() -> false);
    }
    assertThat(sink.text()).isEqualTo(line + "\na\nb\n");
  }

  @Test
  void aShardThatBreaksOffLosesItsTornRunAlone() throws IOException {
    try (SortedRuns runs = runs(false, false, SortedRuns.Limits.ORDINARY)) {
      runs.write(Shards.shard(0), ByteBuffer.wrap(run("b", "d")));
      byte[] torn = run("a", "c");
      runs.write(Shards.shard(0), ByteBuffer.wrap(torn, 0, torn.length - 2).slice());
      runs.endOfShard(report(0, new ShardResult.Failed(0, 0, List.of())));
      runs.write(Shards.shard(1), ByteBuffer.wrap(run("a")));
      end(runs, 1);
      runs.complete(() -> false);
    }
    assertThat(sink.text()).isEqualTo("a\nb\nd\n");
  }

  @Test
  void nothingIsWrittenForNothing() throws IOException {
    try (SortedRuns runs = runs(false, false, TINY)) {
      runs.complete(() -> false);
      assertThat(runs.written()).hasValue(0);
    }
    assertThat(sink.bytes()).isEmpty();
  }

  @Test
  void aRunThatIsStoppedWritesNoMore() throws IOException {
    try (SortedRuns runs = runs(false, false, SortedRuns.Limits.ORDINARY)) {
      runs.write(Shards.shard(0), ByteBuffer.wrap(run("a", "b", "c")));
      AtomicInteger asked = new AtomicInteger();
      runs.complete(() -> asked.incrementAndGet() > 2);
    }
    assertThat(sink.text()).isEqualTo("a\nb\n");
  }

  @Test
  void filesHaveNoNameWhileTheyAreOpen() throws IOException {
    try (SortedRuns runs = runs(false, false, TINY)) {
      for (int shard = 0; shard < 20; shard++) {
        runs.write(Shards.shard(shard), ByteBuffer.wrap(run("x".repeat(500))));
        end(runs, shard);
      }
      if (Files.exists(Path.of("/proc"))) {
        assertThat(folder).isEmptyDirectory();
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aSinkThatFailsLeavesNoFiles() throws IOException {
    ResultSink failing =
        new CollectingSink() {
          @Override
          public synchronized void write(Shard shard, ByteBuffer chunk) throws IOException {
            throw new IOException("no space left");
          }
        };
    try (SortedRuns runs =
        new SortedRuns(
            failing, SortedResults.sort(false, false), new TemporaryRuns(folder), TINY)) {
      for (int shard = 0; shard < 20; shard++) {
        runs.write(Shards.shard(shard), ByteBuffer.wrap(run("x".repeat(500))));
      }
      assertThatThrownBy(() -> runs.complete(() -> false)).hasMessage("no space left");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotThereIsNamedWithTheRemedy() throws IOException {
    Path missing = folder.resolve("gone");
    try (SortedRuns runs =
        new SortedRuns(sink, SortedResults.sort(false, false), new TemporaryRuns(missing), TINY)) {
      assertThatThrownBy(
              () -> {
                for (int shard = 0; shard < 20; shard++) {
                  runs.write(Shards.shard(shard), ByteBuffer.wrap(run("x".repeat(500))));
                }
              })
          .isInstanceOf(OutputFailed.class)
          .hasMessage(
              "cannot sort in the temporary folder '"
                  + missing
                  + "': there is no such folder; make room there, or set TMPDIR to a folder with"
                  + " more of it");
    }
  }

  @Test
  void aFullDiskIsNamedWithTheRemedy() throws IOException {
    try (TemporaryRuns files = new TemporaryRuns(folder);
        FileChannel full =
            FileChannel.open(Path.of("/dev/full"), java.nio.file.StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> files.write(full, ByteBuffer.wrap(UTF_8.encode("x").array())))
          .isInstanceOf(OutputFailed.class)
          .hasMessageStartingWith("cannot sort in the temporary folder '" + folder + "': ")
          .hasMessageEndingWith("; make room there, or set TMPDIR to a folder with more of it");
    }
  }

  @Test
  void runsThatAreManyGoThroughFilesOfSeveralLevels() throws IOException {
    List<String> lines = IntStream.range(0, 3_000).mapToObj(i -> "line " + i * 7 % 3_000).toList();
    try (SortedRuns runs = runs(false, false, TINY)) {
      for (int shard = 0; shard < lines.size(); shard++) {
        runs.write(Shards.shard(shard), ByteBuffer.wrap(run(lines.get(shard))));
      }
      runs.complete(() -> false);
    }
    assertThat(sink.text()).isEqualTo(String.join("\n", lines.stream().sorted().toList()) + "\n");
  }
}
