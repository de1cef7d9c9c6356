package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;
import org.pyparallel.interpreter.cpython.CPythonRuntime;
import org.pyparallel.job.RuntimeName;

/// Runs over a thousand inputs that nobody should have to read: each ends, with a status of ours
/// and no trace of ours, and how the input is cut changes neither the results nor what failed.
class HostileInputProperties {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern FAILED = Pattern.compile("(\\d[\\d,]*) of [\\d,]+ records? failed");
  private static Path folder;

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("pyparallel-hostile");
    // A table with a large header and many rows would give gigabytes.
    Files.writeString(
        folder.resolve("s.py"),
        """
        import json, zlib

        def process(record):
            text = json.dumps(record)
            if len(str(record)) % 13 == 0:
                1 // 0
            return text if len(text) < 500 else f"{len(text)} {zlib.crc32(text.encode())}"
        """);
  }

  @AfterContainer
  static void end() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /// A file and how it is to be read.
  record Hostile(String name, byte[] content, List<String> options) {
    @Override
    public String toString() {
      String text =
          new String(content, 0, Math.min(content.length, 400), StandardCharsets.ISO_8859_1);
      return options + " " + name + " of " + content.length + " bytes: " + text;
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.BOUNDED)
  void cuttingChangesNothing(@ForAll("hostile") Hostile hostile, @ForAll long seed)
      throws IOException {
    Files.write(folder.resolve(hostile.name), hostile.content);
    Random random = new Random(seed);
    Result whole = run(hostile, List.of("-j", "1", "--block", "64M"));
    Result cut =
        run(
            hostile,
            List.of("-j", "3", "--block", Integer.toString(1 + random.nextInt(64)), "--numbered"));

    if (hostile.options.contains("json") && whole.status != 0) {
      // In what is no JSON, nobody can tell where the next value begins.
      assertThat(cut.status).isEqualTo(whole.status);
    } else {
      assertThat(cut).isEqualTo(whole);
    }
    if (hostile.options.contains("lines")) {
      long results = whole.stdout.lines().count();
      assertThat(results + whole.failed).isEqualTo(lines(hostile.content));
    }
  }

  private record Result(int status, String stdout, long failed) {}

  private static Result run(Hostile hostile, List<String> more) {
    Shell shell = new Shell(folder);
    shell.runtimes.put(RuntimeName.CPYTHON, () -> new CPythonRuntime(home()));
    shell.home = Optional.of(home());
    List<String> words = new ArrayList<>(List.of("run", "s.py", hostile.name));
    words.addAll(hostile.options);
    words.addAll(more);
    int status =
        Assertions.assertTimeoutPreemptively(LIMIT, () -> shell.type(words.toArray(String[]::new)));
    assertThat(status).as(shell.stderr()).isIn(0, 1, 3);
    assertThat(shell.stderr())
        .doesNotContain("at org.pyparallel", "internal error", "_driver.py", "_records.py")
        .hasSizeLessThan(200_000);
    Matcher failed = FAILED.matcher(shell.stderr());
    long count = failed.find() ? Long.parseLong(failed.group(1).replace(",", "")) : 0;
    return new Result(status, shell.stdout(), count);
  }

  private static Path home() {
    return Path.of(System.getProperty("pyparallel.home"));
  }

  /// A byte order mark alone is no line.
  private static long lines(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00ef\u00bb\u00bf")) {
      text = text.substring(3);
    }
    long ends = text.chars().filter(c -> c == '\n').count();
    return text.isEmpty() || text.endsWith("\n") ? ends : ends + 1;
  }

  @Provide
  Arbitrary<Hostile> hostile() {
    Arbitrary<List<String>> options =
        Arbitraries.of(
            List.of("--format", "lines"),
            List.of("--format", "lines", "--encoding-errors", "replace"),
            List.of("--format", "jsonl"),
            List.of("--format", "values"),
            List.of("--format", "json"),
            List.of("--format", "csv"),
            List.of("--format", "csv", "--no-header"),
            List.of("--format", "tsv"),
            List.of("--format", "null"),
            List.of("--recsep", "\\n\\n"),
            List.of("--recsep", "ab"),
            List.of("--recstart", "[a-z]"));
    Arbitrary<byte[]> content = pieces().list().ofMaxSize(60).map(HostileInputProperties::joined);
    Arbitrary<Boolean> packed =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, Arbitraries.just(false)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(true)));
    return Combinators.combine(options, content, packed, Arbitraries.integers().between(0, 40))
        .as(HostileInputProperties::make);
  }

  private static Hostile make(List<String> options, byte[] content, boolean packed, int lost) {
    if (!packed) {
      return new Hostile("in.dat", content, options);
    }
    byte[] zipped = gzip(content);
    byte[] broken = java.util.Arrays.copyOf(zipped, Math.max(0, zipped.length - lost));
    return new Hostile("in.dat.gz", broken, withoutLines(options));
  }

  /// How many lines there are cannot be told from broken bytes.
  private static List<String> withoutLines(List<String> options) {
    return options.contains("lines") ? List.of("--format", "values") : options;
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static Arbitrary<byte[]> pieces() {
    Arbitrary<byte[]> known =
        Arbitraries.of(
                "\n",
                "\n",
                "\n",
                "\r\n",
                "\r",
                "\0",
                "\"",
                "\"\"",
                "\\",
                ",",
                "\t",
                "[",
                "]",
                "{",
                "}",
                ":",
                "1",
                "-",
                "e9",
                "null",
                "NaN",
                "Infinity",
                "\"a\"",
                "\"\\ud800\"",
                "{\"a\":1}",
                "{\"a\":",
                "[1,2]",
                "a,b\n",
                "\"a\nb\",c\n",
                "ab",
                "\n\n",
                "\u00a0",
                "\u2028",
                "\u0085",
                "\ufeff",
                "\ud83d\ude00",
                "1e999",
                "[".repeat(3000),
                "9".repeat(5000),
                "x".repeat(70_000),
                "\"" + "y\n".repeat(3000) + "\"",
                "{\"a\":".repeat(2000))
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(12);
    return Arbitraries.oneOf(known, known, known, bytes);
  }

  private static byte[] joined(List<byte[]> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
