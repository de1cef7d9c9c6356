package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

@Timeout(30)
class FileSourceTest {
  private static final int WORKERS = 2;

  private final Path folder;

  FileSourceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anEmptyFileHasNoShards() throws IOException {
    ShardSource source = open(Format.LINES, new Sharding.Adaptive(), file("a", ""));

    assertThat(source.totalBytes()).hasValue(0);
    assertThat(source.shardCount()).hasValue(0);
    assertThat(Shards.drain(source)).isEmpty();
  }

  @Test
  void emptyFilesAreStepppedOver() throws IOException {
    ShardSource source =
        open(
            Format.LINES,
            new Sharding.Block(100),
            file("a", ""),
            file("b", ""),
            file("c", "1\n"),
            file("d", ""),
            file("e", "2\n"),
            file("f", ""));

    assertThat(source.shardCount()).hasValue(2);
    assertThat(Shards.drain(source))
        .extracting(Shard::index, Shard::source, Shard::offset, Shard::firstRecord, Shards::text)
        .containsExactly(tuple(0L, name("c"), 0L, 0L, "1\n"), tuple(1L, name("e"), 0L, 0L, "2\n"));
  }

  @Test
  void theSameFileTwiceIsReadTwice() throws IOException {
    Path file = file("a", "1\n2\n");

    assertThat(cut(Format.LINES, new Sharding.Block(1), file, file))
        .containsExactly("1\n", "2\n", "1\n", "2\n");
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    assertThat(cut(Format.LINES, new Sharding.Block(1), file("a", "1\n\n3")))
        .containsExactly("1\n", "\n", "3");
    assertThat(cut(Format.LINES, new Sharding.Records(2), file("a", "1\n\n3")))
        .containsExactly("1\n\n", "3");
  }

  @Test
  void blocksAreRoundedUpToTheNextLineEnd() throws IOException {
    Path file = file("a", "aa\nbb\ncc\n");

    assertThat(cut(Format.LINES, new Sharding.Block(3), file))
        .containsExactly("aa\n", "bb\n", "cc\n");
    assertThat(cut(Format.LINES, new Sharding.Block(4), file)).containsExactly("aa\nbb\n", "cc\n");
  }

  @Test
  void bytesAreLeftAsTheyAre() throws IOException {
    String windows = "\u00ef\u00bb\u00bf1\r\n2\r\n";
    String notUtf8 = "\u00ff\u00fe\n\u00c3\n";

    assertThat(cut(Format.LINES, new Sharding.Block(1), file("a", windows)))
        .containsExactly("\u00ef\u00bb\u00bf1\r\n", "2\r\n");
    assertThat(cut(Format.LINES, new Sharding.Block(1), file("b", notUtf8)))
        .containsExactly("\u00ff\u00fe\n", "\u00c3\n");
  }

  @Test
  void bytesAreCutAnywhereInAKnownNumber() throws IOException {
    ShardSource source = open(Format.BYTES, new Sharding.Block(4), file("a", "0123456789"));

    assertThat(source.shardCount()).hasValue(3);
    List<Shard> shards = Shards.drain(source);
    assertThat(Shards.texts(shards)).containsExactly("0123", "4567", "89");
    assertThat(shards).extracting(Shard::firstRecord).containsExactly(0L, -1L, -1L);
  }

  @Test
  void anAdaptiveBlockIsASmallPartOfAWorkersShare() throws IOException {
    Path file = file("a", "0123456\n".repeat(640));

    assertThat(cut(Format.LINES, new Sharding.Adaptive(), file))
        .hasSizeBetween(32 * WORKERS, 35 * WORKERS);
  }

  @Test
  void aCountIsKeptOverSeveralFiles() throws IOException {
    Path large = file("a", "1\n".repeat(90));
    Path small = file("b", "1\n".repeat(10));

    assertThat(cut(Format.LINES, new Sharding.Count(10), large, small)).hasSize(10);
    assertThat(cut(Format.LINES, new Sharding.Count(2), large, small)).hasSize(2);
    assertThat(cut(Format.LINES, new Sharding.Count(1), large, small)).hasSize(2);
  }

  @Test
  void recordsAreCountedPerFile() throws IOException {
    List<Shard> shards =
        Shards.drain(
            open(
                Format.LINES,
                new Sharding.Records(2),
                file("a", "1\n2\n3\n"),
                file("b", "4\n5\n")));

    assertThat(Shards.texts(shards)).containsExactly("1\n2\n", "3\n", "4\n5\n");
    assertThat(shards).extracting(Shard::firstRecord).containsExactly(0L, 2L, 0L);
  }

  @Test
  void aLineOf200MegabytesIsOneShard() throws IOException {
    Path file = folder.resolve("long");
    long length = 200L << 20;
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.writeBytes("first\n");
      sparse.seek(length);
      sparse.writeBytes("\nlast");
    }

    assertThat(Shards.drain(open(Format.LINES, new Sharding.Block(6), file)))
        .extracting(Shard::offset, Shard::length)
        .containsExactly(tuple(0L, 6L), tuple(6L, length + 1 - 6), tuple(length + 1, 4L));
  }

  @Test
  void aFileThatShrankGivesTheRangeItHad() throws IOException {
    Path file = file("a", "1\n2\n3\n");
    ShardSource source = open(Format.LINES, new Sharding.Block(1), file);
    assertThat(Shards.text(source.next())).isEqualTo("1\n");
    Files.writeString(file, "");

    // What was probed before is still known; what was not reads as the end of the file.
    long end = 2;
    for (Shard shard = source.next(); shard != null; shard = source.next()) {
      assertThat(shard.offset()).isEqualTo(end);
      end += shard.length();
    }
    assertThat(end).isEqualTo(6);
  }

  @Test
  void whatIsAppendedLaterIsNotRead() throws IOException {
    Path file = file("a", "1\n2");
    ShardSource source = open(Format.LINES, new Sharding.Block(1), file);
    Files.writeString(file, "1\n2222\n3\n");

    assertThat(Shards.texts(Shards.drain(source))).containsExactly("1\n", "2");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> open(Format.LINES, new Sharding.Adaptive(), folder.resolve("nope")))
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessage(
            "cannot read "
                + name("nope")
                + ": no such file; check the name and the working directory");
  }

  @Test
  void aFolderIsNoInput() {
    assertThatThrownBy(() -> open(Format.LINES, new Sharding.Adaptive(), folder))
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessage(
            "cannot read "
                + folder
                + ": it is a folder; name the files in it, or give their names with --format files");
  }

  @Test
  void aFileThatVanishesWhileItIsCutIsNamed() throws IOException {
    Path file = file("a", "1\n2\n");
    ShardSource source = open(Format.LINES, new Sharding.Block(1), file);
    Files.delete(file);

    assertThatThrownBy(source::next)
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessageStartingWith("cannot read " + file + ": no such file");
  }

  @Test
  void nothingComesAfterClose() throws IOException {
    ShardSource source = open(Format.LINES, new Sharding.Block(1), file("a", "1\n2\n3\n"));
    assertThat(source.next()).isNotNull();
    source.close();
    source.close();

    assertThat(source.next()).isNull();
  }

  @Test
  void anInterruptedWorkerDoesNotCloseTheFileForTheOthers() throws IOException {
    ShardSource source =
        open(Format.LINES, new Sharding.Block(10_000), file("a", "0123456\n".repeat(10_000)));
    Thread.currentThread().interrupt();
    Shard first = source.next();
    boolean stillInterrupted = Thread.interrupted();

    assertThat(first).isNotNull();
    assertThat(stillInterrupted).isTrue();
    assertThat(Shards.drain(source)).hasSize(7);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatHidesItsSizeIsReadAsAStream() throws IOException {
    Path status = Path.of("/proc/self/status");
    ShardSource source = open(Format.LINES, new Sharding.Block(1 << 20), status);

    assertThat(source.totalBytes()).isEmpty();
    assertThat(source.shardCount()).isEmpty();
    Shard shard = Shards.drain(source).getFirst();
    assertThat(shard.source()).isEqualTo(status.toString());
    assertThat(shard.data()).isInstanceOf(ShardData.Bytes.class);
    assertThat(Shards.text(shard)).startsWith("Name:");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFifoIsReadBetweenFiles() throws Exception {
    Path fifo = folder.resolve("fifo");
    Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).start();
    assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              try (var out = Files.newOutputStream(fifo)) {
                out.write("2\n3\n4".getBytes(ISO_8859_1));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    List<Shard> shards =
        Shards.drain(
            open(Format.LINES, new Sharding.Records(2), file("a", "1\n"), fifo, file("b", "5\n")));
    writer.join();

    assertThat(Shards.texts(shards)).containsExactly("1\n", "2\n3\n", "4", "5\n");
    assertThat(shards)
        .extracting(Shard::source)
        .containsExactly(name("a"), name("fifo"), name("fifo"), name("b"));
    assertThat(shards).extracting(Shard::firstRecord).containsExactly(0L, 0L, 2L, 0L);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFifoNobodyWritesToCanBeClosed() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    ShardSource source = open(Format.LINES, new Sharding.Adaptive(), fifo);
    Thread closer = Thread.startVirtualThread(source::close);

    assertThat(source.next()).isNull();
    closer.join();
    // Lets the reader's thread come back from opening the FIFO.
    Files.newOutputStream(fifo).close();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFifoHasNoSizeToDivide() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> open(Format.LINES, new Sharding.Count(3), fifo))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining(fifo + " is a stream: use --block or -N");
  }

  private static ShardSource open(Format format, Sharding sharding, Path... files) {
    var plan = Plans.plan(new Input.Files(List.of(files)), format, sharding, WORKERS);
    return ShardSources.open(plan, InputStream.nullInputStream());
  }

  private static List<String> cut(Format format, Sharding sharding, Path... files) {
    return Shards.texts(Shards.drain(open(format, sharding, files)));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, ISO_8859_1);
  }

  private String name(String file) {
    return folder.resolve(file).toString();
  }
}
