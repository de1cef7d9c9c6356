package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.Sharding;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/// Files that are read through because their name says that they are compressed.
@Timeout(60)
class CompressedFilesTest {
  private static final int WORKERS = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "a.gz, GZIP, a",
    "dir/a.csv.GZ, GZIP, dir/a.csv",
    "a.bz2, BZIP2, a",
    "a.Xz, XZ, a",
    "a.jsonl.zst, ZSTD, a.jsonl",
    "a.tgz,, a.tgz",
    "a.gz.txt,, a.gz.txt",
    "gz,, gz"
  })
  void theNameSaysHowAFileIsCompressed(String name, Compression compression, String content) {
    assertThat(Compression.of(name)).isEqualTo(compression);
    assertThat(Compression.contentName(name)).isEqualTo(content);
  }

  @ParameterizedTest
  @EnumSource
  void allMembersAreRead(Compression compression) throws IOException {
    Path file = archive("a", compression, Archives.of(compression, "1\n2", "", "\n3\n", "4"));
    ShardSource source = open(new Sharding.Records(2), file);

    assertThat(source.totalBytes()).isEmpty();
    assertThat(source.shardCount()).isEmpty();
    assertThat(Shards.drain(source))
        .extracting(Shard::source, Shard::offset, Shard::firstRecord, Shards::text)
        .containsExactly(
            tuple(file.toString(), 0L, 0L, "1\n2\n"), tuple(file.toString(), 4L, 2L, "3\n4"));
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyMemberIsAnEmptyInput(Compression compression) throws IOException {
    Path file = archive("a", compression, Archives.of(compression, ""));

    assertThat(Shards.drain(open(new Sharding.Adaptive(), file))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void largeFilesAreReadWhole(Compression compression) throws IOException {
    byte[] content = numbers(1, 400_000).getBytes(ISO_8859_1);
    Path file =
        archive(
            "a",
            compression,
            Archives.joined(Archives.of(compression, content), Archives.of(compression, content)));
    List<Shard> shards = Shards.drain(open(new Sharding.Adaptive(), file));

    assertThat(Shards.concatenated(shards)).isEqualTo(Archives.joined(content, content));
  }

  @Test
  void plainAndCompressedFilesStandInOneInput() throws IOException {
    Path plain = Files.writeString(folder.resolve("a.txt"), "1\n2\n");
    Path gz = archive("b", Compression.GZIP, Archives.of(Compression.GZIP, "3\n"));
    Path tgz = Files.writeString(folder.resolve("c.tgz"), "4\n");
    List<Shard> shards = Shards.drain(open(new Sharding.Block(100), plain, gz, tgz, gz));

    assertThat(Shards.texts(shards)).containsExactly("1\n2\n", "3\n", "4\n", "3\n");
    assertThat(shards).extracting(Shard::index).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void namesOfCompressedFilesAreJustNames() {
    var plan =
        Plans.plan(
            new Input.Files(List.of(Path.of("a.gz"))),
            Format.FILES,
            new Sharding.Adaptive(),
            WORKERS);
    ShardSource source = ShardSources.open(plan, InputStream.nullInputStream());

    assertThat(Shards.texts(Shards.drain(source))).containsExactly("a.gz\0");
  }

  @Test
  void skippableFramesAreSkipped() throws IOException {
    byte[] frames =
        Archives.joined(
            Archives.skippableFrame("first"),
            Archives.of(Compression.ZSTD, "1\n"),
            Archives.skippableFrame(""),
            Archives.of(Compression.ZSTD, "2\n"),
            Archives.skippableFrame("last"));
    Path file = archive("a", Compression.ZSTD, frames);

    assertThat(text(Shards.drain(open(new Sharding.Adaptive(), file)))).isEqualTo("1\n2\n");
  }

  @Test
  void whatFollowsTheLastGzipMemberIsPassedOver() throws IOException {
    byte[] one = Archives.of(Compression.GZIP, "1\n");
    byte[] two = Archives.of(Compression.GZIP, "2\n");
    byte[] zeros = new byte[20_000];

    assertThat(readGzip(one, zeros)).isEqualTo("1\n");
    assertThat(readGzip(one, zeros, two)).isEqualTo("1\n2\n");
    assertThat(readGzip(one, "signed".getBytes(ISO_8859_1), two)).isEqualTo("1\n");
    assertThat(readGzip(one, new byte[] {0x1f, 0x20})).isEqualTo("1\n");
  }

  private String readGzip(byte[]... parts) throws IOException {
    Path file = archive("a", Compression.GZIP, Archives.joined(parts));
    return text(Shards.drain(open(new Sharding.Adaptive(), file)));
  }

  @Test
  void allFieldsOfAGzipHeaderArePassed() throws IOException {
    var archive = new ByteArrayOutputStream();
    archive.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0x1f, 1, 2, 3, 4, 0, 3});
    archive.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
    archive.writeBytes("name\0comment\0".getBytes(ISO_8859_1));
    archive.writeBytes(new byte[] {7, 7});
    byte[] content = "1\n".getBytes(ISO_8859_1);
    archive.writeBytes(deflated(content));
    var checksum = new CRC32();
    checksum.update(content);
    for (long number : new long[] {checksum.getValue(), content.length}) {
      for (int shift = 0; shift < 32; shift += 8) {
        archive.write((int) (number >> shift));
      }
    }
    byte[] full = archive.toByteArray();

    assertThat(readGzip(full, full)).isEqualTo("1\n1\n");
  }

  private static byte[] deflated(byte[] content) {
    try (var deflater = new Deflater(9, true)) {
      deflater.setInput(content);
      deflater.finish();
      byte[] target = new byte[100];
      return Arrays.copyOf(target, deflater.deflate(target));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCameBeforeTheEndOfACutFileIsUsed(Compression compression) throws IOException {
    byte[] whole = Archives.of(compression, "1\n2\n3\n4");
    Path file = archive("a", compression, Arrays.copyOf(whole, whole.length - 3));
    ShardSource source = open(new Sharding.Block(100), file);

    // All that was compressed is there, and only what would prove it is not.
    assertThat(Shards.text(source.next())).isEqualTo("1\n2\n3\n");
    assertThatThrownBy(source::next)
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessage(
            "cannot read %s: it ends too early, at byte %d (byte 7 when decompressed); check it"
                + " with '%s -t' and copy it again",
            file, whole.length - 3, compression.label());
    assertThat(source.next()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void cutAnywhereAFileGivesWhatItCanAndIsNamed(Compression compression) throws IOException {
    List<byte[]> members = new ArrayList<>();
    for (String text : List.of("1\n22\n", "333\n44", "44\n5\n")) {
      members.add(Archives.of(compression, text));
    }
    List<String> atEnds = List.of("", "1\n22\n", "1\n22\n333\n", "1\n22\n333\n4444\n5\n");
    byte[] whole = Archives.joined(members.toArray(byte[][]::new));
    int before = 0;
    int end = 0;
    for (int length = 0; length <= whole.length; length++) {
      if (before < members.size() && length == end + members.get(before).length) {
        end = length;
        before++;
      }
      Path file = archive("a", compression, Arrays.copyOf(whole, length));
      var shards = new ArrayList<Shard>();
      List<String> errors = drain(open(new Sharding.Block(4), file), shards);
      boolean isWhole = length == end && length > 0;

      assertThat(text(shards)).describedAs("%d bytes", length).startsWith(atEnds.get(before));
      assertThat(atEnds.getLast()).startsWith(text(shards));
      if (isWhole) {
        assertThat(errors).describedAs("%d bytes", length).isEmpty();
      } else {
        assertThat(errors).describedAs("%d bytes", length).hasSize(1);
        assertThat(errors.getFirst())
            .startsWith("cannot read " + file + ": it ")
            .containsAnyOf("ends too early, at byte " + length + " ", "it is empty");
        assertThat(text(shards)).matches("(?s)|.*\n");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsNamed(Compression compression) throws IOException {
    byte[] first = Archives.of(compression, "1\n2\n");
    for (int part = 1; part < 8; part++) {
      byte[] second = Archives.of(compression, numbers(1, 1000));
      second[second.length * part / 8] ^= 0x40;
      Path file = archive("a", compression, Archives.joined(first, second));
      var shards = new ArrayList<Shard>();
      List<String> errors = drain(open(new Sharding.Adaptive(), file), shards);

      assertThat(text(shards)).startsWith("1\n2\n");
      assertThat(errors).hasSize(1);
      assertThat(errors.getFirst())
          .startsWith("cannot read " + file + ": it ")
          .contains(" (byte ")
          .endsWith("; check it with '" + compression.label() + " -t' and copy it again");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrongByteAnywhereNeverHangsNorInvents(Compression compression) throws IOException {
    String content = "1\n22\n333\n4444\n";
    byte[] whole = Archives.of(compression, content);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0xff;
      Path file = archive("a", compression, damaged);
      var shards = new ArrayList<Shard>();
      List<String> errors = drain(open(new Sharding.Adaptive(), file), shards);

      if (errors.isEmpty()) { // the byte tells nothing, such as the time in a gzip header
        assertThat(text(shards)).isEqualTo(content);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsNotCompressedIsToldSo(Compression compression) throws IOException {
    Path file = archive("a", compression, "1\n2\n3\n4\n".getBytes(ISO_8859_1));

    assertThatThrownBy(open(new Sharding.Adaptive(), file)::next)
        .hasMessage(
            "cannot read %s: it is not compressed with %s, whatever its name says; rename it",
            file, compression.label());
  }

  @Test
  void aFileThatIsCompressedOtherwiseIsToldSo() throws IOException {
    Path file = archive("a", Compression.GZIP, Archives.of(Compression.ZSTD, "1\n"));

    assertThatThrownBy(open(new Sharding.Adaptive(), file)::next)
        .hasMessage(
            "cannot read %s: it is not compressed with gzip but with zstd, whatever its name says;"
                + " rename it",
            file);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyFileIsNotCompressed(Compression compression) throws IOException {
    Path file = archive("a", compression, new byte[0]);

    assertThatThrownBy(open(new Sharding.Adaptive(), file)::next)
        .hasMessage(
            "cannot read %s: it is empty, which no %s file is; copy it again",
            file, compression.label());
  }

  @Test
  void anXzFileThatTakesTooMuchMemoryIsToldSo() throws IOException {
    var archive = new ByteArrayOutputStream();
    var options = new LZMA2Options(0);
    options.setDictSize(256 << 20);
    // A decoder is to refuse by the header alone.
    try (var out = new XZOutputStream(archive, new LZMA2Options(0))) {
      out.write("1\n".getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = archive.toByteArray();
    setDictionary(bytes, options.getDictSize());
    Path file = archive("a", Compression.XZ, bytes);

    assertThatThrownBy(open(new Sharding.Adaptive(), file)::next)
        .hasMessage(
            "cannot read %s: to decompress it takes 256 MiB of memory, more than the 128 MiB there"
                + " are for a file; decompress it outside: xz -dc FILE | pyparallel ...",
            file);
  }

  /// Writes the size of the dictionary into the header of the first block (behind the 12 bytes of
  /// the stream's), whose last four bytes are its checksum.
  private static void setDictionary(byte[] xz, int size) {
    int start = 12;
    int length = (xz[start] + 1) * 4;
    int bits = 31 - Integer.numberOfLeadingZeros(size);
    xz[start + 4] = (byte) ((bits - 12) * 2);
    var checksum = new CRC32();
    checksum.update(xz, start, length - 4);
    for (int i = 0; i < 4; i++) {
      xz[start + length - 4 + i] = (byte) (checksum.getValue() >> 8 * i);
    }
  }

  @Test
  void shardsByNumberNeedAKnownSize() throws IOException {
    Path file = archive("a", Compression.GZIP, Archives.of(Compression.GZIP, "1\n"));

    assertThatThrownBy(() -> open(new Sharding.Count(3), file))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(
            "--shards needs input files, whose size is known, and %s is compressed: use --block"
                + " or -N",
            file);
  }

  @Test
  void threeBrokenFilesOfFiveAreAllReported() throws IOException {
    byte[] whole = Archives.of(Compression.GZIP, "1\n2\n");
    byte[] cut = Arrays.copyOf(whole, whole.length - 2);
    Path vanished = archive("4", Compression.GZIP, whole);
    ShardSource source =
        open(
            new Sharding.Adaptive(),
            archive("1", Compression.GZIP, cut),
            archive("2", Compression.GZIP, whole),
            archive("3", Compression.XZ, whole),
            Files.writeString(folder.resolve("plain"), "plain\n"),
            vanished);
    Files.delete(vanished);
    var shards = new ArrayList<Shard>();
    List<String> errors = drain(source, shards);

    assertThat(text(shards)).isEqualTo("1\n2\n1\n2\nplain\n");
    assertThat(shards).extracting(Shard::index).isSorted();
    assertThat(errors)
        .extracting(message -> message.replace(folder.toString(), "").replaceAll("[:,;].*", ""))
        .containsExactly("cannot read /1.gz", "cannot read /3.xz", "cannot read /4.gz");
  }

  @Test
  void theNextFilesAreReadAhead() throws IOException, InterruptedException {
    Path[] files = new Path[10];
    for (int i = 0; i < files.length; i++) {
      files[i] = archive("a" + i, Compression.GZIP, Archives.of(Compression.GZIP, i + "\n"));
    }
    try (ShardSource source = open(new Sharding.Adaptive(), files)) {
      for (int i = 0; i < 1 + WORKERS; i++) {
        awaitReaderOf(files[i]);
        Files.delete(files[i]);
      }
      for (int i = 0; i < 1 + WORKERS; i++) {
        assertThat(Shards.text(source.next())).isEqualTo(i + "\n");
      }
    }
    awaitNoReader();
  }

  private void awaitNoReader() throws InterruptedException {
    while (!readers().isEmpty()) {
      Thread.sleep(1);
    }
  }

  private void awaitReaderOf(Path file) throws InterruptedException {
    // The file is small: its reader is done when it has ended.
    while (readers().contains("read " + file)) {
      Thread.sleep(1);
    }
  }

  @Test
  void closingEndsAllReaders() throws IOException, InterruptedException {
    byte[] large = Archives.of(Compression.GZIP, new byte[10 << 20]);
    Path[] files = new Path[5];
    for (int i = 0; i < files.length; i++) {
      files[i] = archive("a" + i, Compression.GZIP, large);
    }
    ShardSource source = open(new Sharding.Block(10), files);
    assertThat(readers()).hasSize(1 + WORKERS);
    source.close();

    awaitNoReader();
    assertThat(source.next()).isNull();
    assertThat(source.goesOn()).isFalse();
  }

  private List<String> readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("read " + folder))
        .toList();
  }

  private static List<String> drain(ShardSource source, List<Shard> shards) {
    var errors = new ArrayList<String>();
    try (source) {
      while (true) {
        try {
          Shard shard = source.next();
          if (shard == null) {
            return errors;
          }
          shards.add(shard);
        } catch (PyParallelException.InputFailed e) {
          errors.add(e.getMessage());
        }
      }
    }
  }

  private static String text(List<Shard> shards) {
    return shards.stream().map(Shards::text).collect(Collectors.joining());
  }

  private static String numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  private Path archive(String name, Compression compression, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name + Archives.suffix(compression)), bytes);
  }

  private static ShardSource open(Sharding sharding, Path... files) {
    var input = new Input.Files(Stream.of(files).toList());
    return ShardSources.open(
        Plans.plan(input, Format.LINES, sharding, WORKERS), InputStream.nullInputStream());
  }
}
