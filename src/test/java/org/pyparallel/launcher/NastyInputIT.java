package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Inputs that are hard to cut, read as a plain loop of Python reads them, however they are cut.
class NastyInputIT {
  /// Reads a whole file the plain way and prints one JSON value per record.
  private static final String ORACLE =
      """
      import csv, io, json, re, sys

      form, path, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
      data = open(path, "rb").read()

      def tables(delimiter, header):
          text = data.decode("utf-8-sig")
          lines = io.StringIO(text, newline="")
          if header:
              return csv.DictReader(lines, delimiter=delimiter)
          return (row for row in csv.reader(lines, delimiter=delimiter) if row)

      def values(text):
          scan, at = json.JSONDecoder().raw_decode, 0
          text = text.lstrip("\\ufeff")
          while (at := re.compile(r"\\s*").match(text, at).end()) < len(text):
              value, at = scan(text, at)
              yield from value if isinstance(value, list) else [value]

      def started(pattern):
          record = []
          for line in data.split(b"\\n")[: -1 if data.endswith(b"\\n") else None]:
              if re.match(pattern.encode(), line) and record:
                  yield b"\\n".join(record).decode()
                  record = []
              record.append(line)
          if record:
              yield b"\\n".join(record).decode()

      def separated(separator):
          records = data.split(separator.encode().decode("unicode_escape").encode("latin-1"))
          return (r.decode() for r in (records if records[-1] else records[:-1]))

      for record in {
          "csv": lambda: tables(",", True),
          "lists": lambda: tables(",", False),
          "tsv": lambda: tables("\\t", True),
          "json": lambda: values(data.decode()),
          "start": lambda: started(*rest),
          "sep": lambda: separated(*rest),
      }[form]():
          print(json.dumps([record], ensure_ascii=False, separators=(",", ":")))
      """;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  /// @param reading the oracle's name of the format and what else it must know
  /// @param options ours
  record Nasty(String name, String content, List<String> reading, List<String> options) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Nasty> inputs() {
    List<Nasty> all = new ArrayList<>();
    String quotes =
        "id,\"the\nname\",note\r\n"
            + "1,\"a, b\",plain\n"
            + "2,\"line\nend \"\"quoted\"\"\r\nand more\",\"\"\n"
            + "\n"
            + "3,5\" disk,\"closed\"open\"\n"
            + "4,\"\n\n\n,\n\",\"x\"\r\n"
            + "5,über,\u2028 no line end\n"
            + "6,short\n"
            + "7,\"\"\"\",last without an end";
    all.add(csv("quoted fields", quotes));
    all.add(csv("a mark before the header", "\ufeff" + quotes));
    all.add(csv("carriage returns end rows", "a,b\r1,2\r3,\"4\r5\"\r6,7\r"));
    all.add(csv("only a header", "a,b\n"));
    all.add(csv("one column", "a\n" + "1\n2\n\"\n\"\n".repeat(40)));
    all.add(csv("long quoted field", "a,b\n1,\"" + "x,\n".repeat(5_000) + "\"\n2,3\n"));
    all.add(csv("empty", ""));
    all.add(lists("no header", quotes));
    all.add(tsv("tabs", "a\tb\n1\t\"x\ty\"\n2\t\"\n\"\n3,4\t5\n"));
    String array =
        "[ {\"a\": \"]},[{\"} , [1, [2, 3]],\n \"\\\\\\\"\", \"ü\\u00fc\", -1.5e3, null,"
            + "true,{},[], \"\" ,{\"n\":{\"m\":[{}]}}\n]";
    all.add(json("an array", array));
    all.add(json("arrays and values", array + "\n7 8\n\"x\"{\"b\":1}[9]\n[]" + array));
    all.add(json("lines", "{\"a\":1}\n{\"a\":2}\n\n{\"a\":[1,\n2]}\n"));
    all.add(json("a mark and blanks", "\ufeff \n\t" + array + "  \n"));
    all.add(json("only an empty array", "[ ]\n"));
    all.add(json("one long string", "[\"" + "[,]{}\\\"".repeat(4_000) + "\",1]"));
    all.add(separated("blank lines", "a\nb\n\n\nc\n\n\n\n\nd\n\n", "\\n\\n"));
    all.add(separated("a long separator", "one<==>two<==<==>three<==", "<==>"));
    all.add(separated("overlapping separators", "aaaaabaaab", "aa"));
    all.add(separated("a byte that is no text", "a\0b\0\0c", "\\0"));
    all.add(
        started(
            "log records",
            "before the first\n2026-01-01 start\n  at a\n\n  at b\n2026-01-02 x\n2026\n",
            "\\d{4}-\\d\\d-\\d\\d "));
    all.add(started("sequences", ">a one\nACGT\nAC\n>b\n>c two\nGGG", ">"));
    return all.stream();
  }

  private static Nasty csv(String name, String content) {
    return new Nasty("csv: " + name, content, List.of("csv"), List.of("--format", "csv"));
  }

  private static Nasty lists(String name, String content) {
    return new Nasty(
        "csv: " + name, content, List.of("lists"), List.of("--format", "csv", "--no-header"));
  }

  private static Nasty tsv(String name, String content) {
    return new Nasty("tsv: " + name, content, List.of("tsv"), List.of("--format", "tsv"));
  }

  private static Nasty json(String name, String content) {
    return new Nasty("json: " + name, content, List.of("json"), List.of("--format", "json"));
  }

  private static Nasty separated(String name, String content, String separator) {
    return new Nasty(
        "recsep: " + name, content, List.of("sep", separator), List.of("--recsep", separator));
  }

  private static Nasty started(String name, String content, String regex) {
    return new Nasty(
        "recstart: " + name, content, List.of("start", regex), List.of("--recstart", regex));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void isReadAsByAPlainLoop(Nasty nasty) throws IOException {
    byte[] content = nasty.content().getBytes(StandardCharsets.UTF_8);
    pyparallel.write("in.dat", content);
    pyparallel.write("in.dat.gz", compressed(content));
    pyparallel.write("oracle.py", ORACLE);
    List<String> oracle = new ArrayList<>(Launcher.python("oracle.py"));
    oracle.add(nasty.reading().getFirst());
    oracle.add("in.dat");
    oracle.addAll(nasty.reading().subList(1, nasty.reading().size()));
    String expected = pyparallel.run(new byte[0], oracle).isClean().text();

    assertThat(records(nasty, "in.dat", "-j1")).isEqualTo(expected);
    assertThat(records(nasty, "in.dat", "-j3", "--block", "1")).isEqualTo(expected);
    assertThat(records(nasty, "in.dat", "-j2", "-N1", "--numbered")).isEqualTo(expected);
    assertThat(records(nasty, "in.dat", "-j2", "--shards", "3")).isEqualTo(expected);
    assertThat(records(nasty, "in.dat.gz", "-j2", "--block", "7")).isEqualTo(expected);
    assertThat(records(nasty, "-", "-j2", "--block", "20")).isEqualTo(expected);
  }

  private String records(Nasty nasty, String input, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("map", "[x]", "--output-format", "jsonl"));
    words.addAll(nasty.options());
    words.addAll(List.of(options));
    words.add(input);
    byte[] stdin =
        input.equals("-") ? nasty.content().getBytes(StandardCharsets.UTF_8) : new byte[0];
    return pyparallel.run(stdin, words.toArray(new String[0])).isClean().text();
  }

  private static byte[] compressed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
