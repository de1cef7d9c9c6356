package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

@Timeout(30)
class StreamSourceTest {
  private static final int WORKERS = 2;

  @Test
  void anEmptyStreamHasNoShards() {
    ShardSource source = open(new Sharding.Adaptive(), InputStream.nullInputStream());

    assertThat(source.totalBytes()).isEmpty();
    assertThat(source.shardCount()).isEmpty();
    assertThat(Shards.drain(source)).isEmpty();
    assertThat(source.next()).isNull();
  }

  @Test
  void bytesAreLeftAsTheyAre() {
    byte[] odd = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '1', '\r', '\n', (byte) 0xff, '\n', '2'};
    List<Shard> shards = Shards.drain(open(new Sharding.Records(1), new ByteArrayInputStream(odd)));

    assertThat(Shards.texts(shards)).containsExactly("\u00ef\u00bb\u00bf1\r\n", "\u00ff\n", "2");
    assertThat(shards).extracting(Shard::firstRecord).containsExactly(0L, 1L, 2L);
  }

  @Test
  void blocksAreRoundedUpToTheNextLineEnd() {
    assertThat(cut(new Sharding.Block(3), "aa\nbb\ncc\n")).containsExactly("aa\n", "bb\n", "cc\n");
    assertThat(cut(new Sharding.Block(4), "aa\nbb\ncc\n")).containsExactly("aa\nbb\n", "cc\n");
  }

  @Test
  void aShortStreamKeepsAllWorkersBusy() {
    String thousand =
        IntStream.rangeClosed(1, 1000).mapToObj(i -> i + "\n").collect(Collectors.joining());

    assertThat(cut(new Sharding.Adaptive(), thousand)).hasSizeBetween(4 * WORKERS - 1, 4 * WORKERS);
  }

  @Test
  void dataIsReadOnlyAndStaysAsItIs() {
    ShardSource source =
        open(
            new Sharding.Block(1),
            new ByteArrayInputStream("1\n2\n".repeat(100_000).getBytes(UTF_8)));
    Shard first = source.next();
    List<Shard> rest = Shards.drain(source);

    assertThat(rest).hasSize(199_999);
    assertThat(Shards.text(first)).isEqualTo("1\n");
    assertThat(first).isNotNull();
    assertThat(first.data())
        .isInstanceOfSatisfying(
            ShardData.Bytes.class, bytes -> assertThat(bytes.buffer().isReadOnly()).isTrue());
  }

  @Test
  void aSlowStreamIsHandedOutAsItComesWithoutTheUnfinishedLine() {
    var feed = new Feed();
    ShardSource source = open(new Sharding.Adaptive(), feed);
    feed.write("1\n2\n3");
    assertThat(Shards.text(source.next())).isEqualTo("1\n2\n");
    feed.write("3\n");
    assertThat(Shards.text(source.next())).isEqualTo("33\n");
    feed.write("4");
    feed.end();

    Shard last = source.next();
    assertThat(Shards.text(last)).isEqualTo("4");
    assertThat(last).isNotNull();
    assertThat(last.firstRecord()).isEqualTo(3);
    assertThat(source.next()).isNull();
  }

  @Test
  void aCountOfRecordsIsKeptHoweverSlowTheyCome() throws InterruptedException {
    var feed = new Feed();
    ShardSource source = open(new Sharding.Records(2), feed);
    feed.write("1\n");
    Thread.sleep(2 * BlockCut.FLUSH_AFTER.toMillis());
    feed.write("2\n3\n");
    feed.end();

    assertThat(Shards.texts(Shards.drain(source))).containsExactly("1\n2\n", "3\n");
  }

  @Test
  void anEndlessStreamIsNotReadFarAhead() throws InterruptedException {
    long block = 1 << 20;
    var read = new AtomicLong();
    byte[] lines = "0123456\n".repeat(8 << 10).getBytes(UTF_8);
    var endless =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            // Reads are whole lines long here, since all sizes are powers of two.
            int count = Math.min(length, lines.length);
            System.arraycopy(lines, 0, buffer, offset, count);
            read.addAndGet(count);
            return count;
          }
        };
    long farthest = 0;
    long taken = 0;
    try (ShardSource source = open(new Sharding.Block(block), endless)) {
      while (taken < 500L << 20) {
        if (taken % (50 * block) == 0) {
          Thread.sleep(20);
        }
        farthest = Math.max(farthest, read.get() - taken);
        Shard shard = source.next();
        assertThat(shard).isNotNull();
        assertThat(shard.firstRecord()).isEqualTo(taken / 8);
        taken += shard.length();
      }
    }

    assertThat(farthest).isBetween(2 * block, 2 * block + ReadAhead.READ);
  }

  @Test
  void aLineLongerThanWhatIsReadAheadIsOneShard() {
    byte[] content = new byte[50 << 20];
    Arrays.fill(content, (byte) 'x');
    content[5] = '\n';
    content[content.length - 2] = '\n';

    assertThat(Shards.drain(open(new Sharding.Block(6), new ByteArrayInputStream(content))))
        .extracting(Shard::length)
        .containsExactly(6L, content.length - 7L, 1L);
  }

  @Test
  void closeWakesWhoWaitsForAStuckStream() throws InterruptedException {
    var feed = new Feed();
    ShardSource source = open(new Sharding.Adaptive(), feed);
    feed.write("no line end");
    List<Thread> waiting =
        IntStream.range(0, 3)
            .mapToObj(_ -> Thread.ofVirtual().start(() -> assertThat(source.next()).isNull()))
            .toList();
    Thread.sleep(20);
    source.close();

    for (Thread thread : waiting) {
      assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
    }
    assertThat(source.next()).isNull();
  }

  @Test
  void whatCameBeforeAReadErrorIsHandedOutFirst() {
    var feed = new Feed();
    ShardSource source = open(new Sharding.Block(4), feed);
    feed.write("aa\nbb\ncc\nd");
    feed.fail("the cable is out");

    assertThat(Shards.text(source.next())).isEqualTo("aa\nbb\n");
    assertThat(Shards.text(source.next())).isEqualTo("cc\n");
    assertThat(source.goesOn()).isTrue();
    assertThatThrownBy(source::next)
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessage(
            "cannot read <stdin> on after byte 10: the cable is out; check what it is read from");
    assertThat(source.goesOn()).isFalse();
    assertThat(source.next()).isNull();
  }

  @Test
  void aReadErrorEndsACountOfRecords() {
    var feed = new Feed();
    ShardSource source = open(new Sharding.Records(5), feed);
    feed.write("1\n2\n3");
    feed.fail("the cable is out");

    assertThat(Shards.text(source.next())).isEqualTo("1\n2\n");
    assertThatThrownBy(source::next).isInstanceOf(PyParallelException.InputFailed.class);
  }

  @Test
  void anInterruptedWorkerWaitsOnAndStaysInterrupted() {
    var feed = new Feed();
    ShardSource source = open(new Sharding.Adaptive(), feed);
    Thread.currentThread().interrupt();
    Thread.startVirtualThread(
        () -> {
          feed.write("1\n");
          feed.end();
        });
    Shard shard = source.next();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Shards.text(shard)).isEqualTo("1\n");
  }

  @Test
  void standardInputIsNotClosed() {
    var closed = new AtomicBoolean();
    var stdin =
        new ByteArrayInputStream("1\n".getBytes(UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    Shards.drain(open(new Sharding.Adaptive(), stdin));

    assertThat(closed).isFalse();
  }

  @Test
  void aStreamHasNoSizeToDivide() {
    assertThatThrownBy(() -> open(new Sharding.Count(3), InputStream.nullInputStream()))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(
            "--shards needs input files, whose size is known, and <stdin> is a stream:"
                + " use --block or -N");
  }

  @Test
  void bytesHaveNoRecordsToCount() {
    var plan = Plans.plan(new Input.Stdin(), Format.BYTES, new Sharding.Records(3), WORKERS);

    assertThatThrownBy(() -> ShardSources.open(plan, InputStream.nullInputStream()))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage("-N counts records, and --format bytes has none: use --block or --shards");
  }

  private static ShardSource open(Sharding sharding, InputStream stdin) {
    return ShardSources.open(Plans.plan(new Input.Stdin(), Format.LINES, sharding, WORKERS), stdin);
  }

  private static List<String> cut(Sharding sharding, String content) {
    return Shards.texts(
        Shards.drain(open(sharding, new ByteArrayInputStream(content.getBytes(UTF_8)))));
  }
}
