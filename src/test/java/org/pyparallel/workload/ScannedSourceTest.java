package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Tables, JSON, records and groups, from files and streams.
@Timeout(30)
class ScannedSourceTest {
  private static final Sharding EACH = new Sharding.Records(1);

  private final Path folder;

  ScannedSourceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  // ---- tables ---------------------------------------------------------------------------------

  @Test
  void everyShardOfATableHasItsHeader() throws IOException {
    List<Shard> shards =
        Shards.drain(
            open(
                Format.CSV,
                EACH,
                file("a", "\u00ef\u00bb\u00bf\n\r\nid,\"the\nname\"\r\n1,\"x\ny\"\r\n2,z"),
                file("b", "k\n"),
                file("c", "k\n7\n")));

    assertThat(shards)
        .extracting(Shard::source, Shard::offset, Shard::firstRecord, Shard::preamble, Shards::text)
        .containsExactly(
            tuple(name("a"), 21L, 0L, "id,\"the\nname\"", "1,\"x\ny\"\r\n"),
            tuple(name("a"), 30L, 1L, "id,\"the\nname\"", "2,z"),
            tuple(name("c"), 2L, 0L, "k", "7\n"));
    assertThat(shards).extracting(Shard::firstLine).containsExactly(4L, -1L, 1L);
    assertThat(shards.getFirst().data()).isInstanceOf(ShardData.FileRange.class);
  }

  @Test
  void aTableMayHaveNoHeader() throws IOException {
    var options =
        new FormatOptions('\t', false, Optional.empty(), Optional.empty(), Optional.empty(), 1);
    var plan = plan(files(file("a", "1\t\"\n\"\n2")), Format.TSV, options, EACH);

    assertThat(Shards.drain(ShardSources.open(plan, InputStream.nullInputStream())))
        .extracting(Shards::text, Shard::preamble)
        .containsExactly(tuple("1\t\"\n\"\n", ""), tuple("2", ""));
  }

  @Test
  void aTableWithOldLineEndsIsNotAllHeader() throws IOException {
    assertThat(Shards.drain(open(Format.CSV, EACH, file("a", "a,b\r1,2\r"))))
        .extracting(Shard::preamble, Shards::text)
        .containsExactly(tuple("a,b", "1,2\r"));
  }

  @Test
  void anUnclosedQuoteMakesTheRestOneRow() throws IOException {
    assertThat(cut(Format.CSV, new Sharding.Block(1), file("a", "k\n1\n\"2\n3\n4\n")))
        .containsExactly("1\n", "\"2\n3\n4\n");
  }

  @Test
  void aQuoteWithinAFieldIsACharacter() throws IOException {
    assertThat(cut(Format.CSV, EACH, file("a", "k\n5\" pipe\n6\"\n\"a\"b\"\n7\n")))
        .containsExactly("5\" pipe\n", "6\"\n", "\"a\"b\"\n", "7\n");
  }

  @Test
  void emptyTablesHaveNoShards() throws IOException {
    assertThat(cut(Format.CSV, EACH, file("a", ""), file("b", "a,b"), file("c", "\n\r\n")))
        .isEmpty();
    assertThat(fromStream(Format.CSV, EACH, "a,b\r\n")).isEmpty();
    assertThat(fromStream(Format.CSV, EACH, "")).isEmpty();
  }

  @Test
  void aRowLargerThanMemoryIsPassedOver() throws IOException {
    Path file = folder.resolve("large");
    long length = 300L << 20;
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.writeBytes("k\n1\n\"");
      sparse.seek(length);
      sparse.writeBytes("\"\n3\n");
    }

    assertThat(Shards.drain(open(Format.CSV, EACH, file)))
        .extracting(Shard::offset, Shard::length)
        .containsExactly(tuple(2L, 2L), tuple(4L, length - 2), tuple(length + 2, 2L));
  }

  @Test
  void aCountOfShardsIsKept() throws IOException {
    Path file = file("a", "k\n" + "\"1\n\"\n".repeat(1000));

    assertThat(cut(Format.CSV, new Sharding.Count(4), file)).hasSize(4);
    assertThat(open(Format.CSV, new Sharding.Count(4), file).totalBytes()).hasValue(5002);
  }

  @Test
  void aDelimiterIsNoQuote() {
    var options =
        new FormatOptions('"', true, Optional.empty(), Optional.empty(), Optional.empty(), 1);

    assertThatThrownBy(() -> open(plan(new Input.Stdin(), Format.CSV, options, EACH), ""))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageStartingWith("the delimiter of a table is one ASCII character");
  }

  // ---- JSON -----------------------------------------------------------------------------------

  @Test
  void elementsOfAnArrayAreRecords() throws IOException {
    List<Shard> shards =
        Shards.drain(
            open(Format.JSON, EACH, file("a", "[1, \"],\\\"\",\n{\"a\":[2,3]}]\n 4 [] [5]")));

    assertThat(shards)
        .extracting(Shard::preamble, Shards::text)
        .containsExactly(
            tuple("", "[1,"),
            tuple("[", " \"],\\\"\","),
            tuple("[", "\n{\"a\":[2,3]}]\n"),
            tuple("", " 4 "),
            tuple("", "[] [5]"));
  }

  @Test
  void anArrayThatDoesNotEndIsNoticed() throws IOException {
    for (ShardSource source :
        List.of(
            open(Format.JSON, EACH, file("a", "[1,\n{\"a")),
            open(plan(new Input.Stdin(), Format.JSON, EACH), "[1,\n{\"a"))) {
      assertThat(Shards.text(source.next())).isEqualTo("[1,");
      assertThat(Shards.text(source.next())).isEqualTo("\n{\"a");
      assertThatThrownBy(source::next)
          .isInstanceOf(PyParallelException.InputFailed.class)
          .hasMessageEndingWith(
              " ends after byte 7, but the array does not end; check whether it is cut off");
    }
  }

  @Test
  void anEmptyArrayIsNoRecord() throws IOException {
    assertThat(cut(Format.JSON, EACH, file("a", "[ ]\n"))).containsExactly("[ ]\n");
    assertThat(cut(Format.JSON, EACH, file("b", "[][1]\n[]2\n")))
        .containsExactly("[][1]\n", "[]2\n");
  }

  // ---- records --------------------------------------------------------------------------------

  @Test
  void aSeparatorIsFoundFromTheStart() throws IOException {
    assertThat(cutRecords("\n\n", "a\n\n\nb\n\n\n\n")).containsExactly("a\n\n", "\nb\n\n", "\n\n");
    assertThat(cutRecords("aab", "aaabaab")).containsExactly("aaab", "aab");
    assertThat(cutRecords(";", "a;;b")).containsExactly("a;", ";", "b");
  }

  @Test
  void recordsBeginWhereALineSaysSo() throws IOException {
    var options =
        new FormatOptions(
            ',', false, Optional.empty(), Optional.of("\\d\\d:"), Optional.empty(), 1);
    Path file = file("a", "head\n10: a\n more 11:\n11: b\r\n12: c");
    RunPlan plan = plan(files(file), Format.RECORDS, options, EACH);

    assertThat(Shards.texts(Shards.drain(ShardSources.open(plan, InputStream.nullInputStream()))))
        .containsExactly("head\n", "10: a\n more 11:\n", "11: b\r\n", "12: c");
  }

  @Test
  void recordsNeedOneRule() {
    assertThatThrownBy(() -> open(plan(new Input.Stdin(), Format.RECORDS, EACH), ""))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining("either what ends a record or how its first line begins");
  }

  // ---- groups ---------------------------------------------------------------------------------

  @Test
  void groupsStayTogether() throws IOException {
    assertThat(cutGroups(Format.LINES, "1", "a 1\na 2\nb\nb\n\na\n"))
        .containsExactly("a 1\na 2\n", "b\nb\n", "\n", "a\n");
    assertThat(cutGroups(Format.LINES, ':', "2", "1:a:x\n2:a\r\n3::a\n4:\"b:a\"\n5:\"b:\n"))
        .containsExactly("1:a:x\n2:a\r\n", "3::a\n", "4:\"b:a\"\n5:\"b:\n");
    assertThat(
            cutGroups(
                Format.JSONL, "k", "{\"k\": 1}\n\n{\"x\":\"\\\"k\",\"k\":1}\n{\"k\":[1,2]}\n3\n"))
        .containsExactly("{\"k\": 1}\n\n{\"x\":\"\\\"k\",\"k\":1}\n", "{\"k\":[1,2]}\n", "3\n");
    assertThat(cutGroups(Format.CSV, "k", "\"k\",n\na,1\na,2\n\"a\",3\n"))
        .containsExactly("a,1\na,2\n", "\"a\",3\n");
    assertThat(cutGroups(Format.CSV, "2", "k,n\na,1\nb,1\nc,2"))
        .containsExactly("a,1\nb,1\n", "c,2");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws IOException {
    Path file = file("a", "id,\"the \"\"name\"\"\"\n1,2\n");
    ShardSource source =
        ShardSources.open(
            plan(files(file), Format.CSV, grouped("nope"), EACH), InputStream.nullInputStream());

    assertThatThrownBy(source::next)
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessage(
            "cannot group the rows of "
                + file
                + " by 'nope': its columns are 'id', 'the \"name\"'");
  }

  @Test
  void groupsNeedFields() {
    assertThatThrownBy(() -> open(plan(new Input.Stdin(), Format.TEXT, grouped("1"), EACH), ""))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(
            "--group-by needs records with fields, and --format text has none: use lines, jsonl, csv"
                + " or tsv");
    assertThatThrownBy(() -> open(plan(new Input.Stdin(), Format.LINES, grouped("name"), EACH), ""))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(
            "--group-by 'name' names a field, and there are no names in lines: give the field's"
                + " number, from 1");
  }

  // ---- streams --------------------------------------------------------------------------------

  @Test
  void aSlowTableIsHandedOutRowByRow() {
    var feed = new Feed();
    ShardSource source =
        ShardSources.open(plan(new Input.Stdin(), Format.CSV, new Sharding.Adaptive()), feed);
    feed.write("a,b\n1,2\n3,\"4\n");
    assertThat(Shards.text(source.next())).isEqualTo("1,2\n");
    feed.write("5\"\n6");
    assertThat(Shards.text(source.next())).isEqualTo("3,\"4\n5\"\n");
    feed.end();
    assertThat(Shards.text(source.next())).isEqualTo("6");
    assertThat(source.next()).isNull();
  }

  @Test
  void wholeRecordsBeforeAReadErrorAreHandedOut() {
    for (Sharding sharding : List.of(new Sharding.Block(1 << 20), new Sharding.Records(9))) {
      var feed = new Feed();
      ShardSource source = ShardSources.open(plan(new Input.Stdin(), Format.JSON, sharding), feed);
      feed.write("[1,2,3");
      feed.fail("the cable is out");

      Shard shard = source.next();
      assertThat(Shards.text(shard)).isEqualTo("[1,2,");
      assertThatThrownBy(source::next)
          .isInstanceOf(PyParallelException.InputFailed.class)
          .hasMessageContaining("on after byte 6: the cable is out");
    }
  }

  @Test
  void wholeRecordsOfABrokenGroupAreHandedOut() {
    var feed = new Feed();
    ShardSource source =
        ShardSources.open(plan(new Input.Stdin(), Format.LINES, grouped(' ', "1"), EACH), feed);
    feed.write("a\nb\nb\nb");
    feed.fail("the cable is out");

    assertThat(Shards.text(source.next())).isEqualTo("a\n");
    assertThat(Shards.text(source.next())).isEqualTo("b\nb\n");
    assertThatThrownBy(source::next).isInstanceOf(PyParallelException.InputFailed.class);
  }

  @Test
  void aBrokenHeaderIsNoTable() {
    var feed = new Feed();
    ShardSource source = ShardSources.open(plan(new Input.Stdin(), Format.CSV, EACH), feed);
    feed.write("a,b");
    feed.fail("the cable is out");

    assertThatThrownBy(source::next).isInstanceOf(PyParallelException.InputFailed.class);
  }

  // ---- how ------------------------------------------------------------------------------------

  private List<String> cutRecords(String separator, String text) throws IOException {
    var options =
        new FormatOptions(
            ',', false, Optional.of(separator), Optional.empty(), Optional.empty(), 1);
    var plan = plan(files(file("records", text)), Format.RECORDS, options, EACH);
    return Shards.texts(Shards.drain(ShardSources.open(plan, InputStream.nullInputStream())));
  }

  private List<String> cutGroups(Format format, String key, String text) throws IOException {
    return cutGroups(format, FormatOptions.of(format).delimiter(), key, text);
  }

  private List<String> cutGroups(Format format, char delimiter, String key, String text)
      throws IOException {
    RunPlan plan = plan(files(file("groups", text)), format, grouped(delimiter, key), EACH);
    return Shards.texts(Shards.drain(ShardSources.open(plan, InputStream.nullInputStream())));
  }

  private static FormatOptions grouped(String key) {
    return grouped(',', key);
  }

  private static FormatOptions grouped(char delimiter, String key) {
    return new FormatOptions(
        delimiter, true, Optional.empty(), Optional.empty(), Optional.of(key), 1);
  }

  private static RunPlan plan(Input input, Format format, Sharding sharding) {
    return plan(input, format, FormatOptions.of(format), sharding);
  }

  private static RunPlan plan(
      Input input, Format format, FormatOptions options, Sharding sharding) {
    return Plans.plan(input, format, options, false, sharding, 2, new Merging.Join());
  }

  private static ShardSource open(RunPlan plan, String stdin) {
    return ShardSources.open(plan, new ByteArrayInputStream(stdin.getBytes(UTF_8)));
  }

  private static ShardSource open(Format format, Sharding sharding, Path... files) {
    return open(plan(files(files), format, sharding), "");
  }

  private static List<String> cut(Format format, Sharding sharding, Path... files) {
    return Shards.texts(Shards.drain(open(format, sharding, files)));
  }

  private static List<String> fromStream(Format format, Sharding sharding, String text) {
    return Shards.texts(Shards.drain(open(plan(new Input.Stdin(), format, sharding), text)));
  }

  private static Input files(Path... files) {
    return new Input.Files(List.of(files));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, ISO_8859_1);
  }

  private String name(String file) {
    return folder.resolve(file).toString();
  }
}
