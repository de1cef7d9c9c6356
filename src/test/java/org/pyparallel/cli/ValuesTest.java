package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.Input;

/// The small languages of the command line: worker counts, sizes, quoted words.
class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "8, 8",
    "1024, 1024",
    "50%, 2",
    "100%, 4",
    "150%, 6",
    "1%, 1",
    "+1, 5",
    "+0, 4",
    "-1, 3",
    "-4, 1",
    "-100, 1",
    "+1024, 1024"
  })
  void workerCountsOnFourCores(String text, int expected) {
    assertThat(WorkerCount.parse(text).resolve(4)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "1025",
        "0%",
        "%",
        "+",
        "-",
        "x",
        "1.5",
        " 1",
        "99999999999999999999",
        "--1",
        "٣"
      })
  void wrongWorkerCounts(String text) {
    assertThat(WorkerCount.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "4096, 4096",
    "1k, 1000",
    "1K, 1024",
    "2m, 2000000",
    "4M, 4194304",
    "1g, 1000000000",
    "1G, 1073741824"
  })
  void sizes(String text, long expected) {
    assertThat(ByteSize.parse(text, 1, 1 << 30)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "K", "-1", "1.5M", "1T", "2G", "1073741825", "1 K", "1KB"})
  void wrongSizes(String text) {
    assertThat(ByteSize.parse(text, 1, 1 << 30)).isEqualTo(WholeNumber.NONE);
  }

  @Test
  void sizesAreWithinTheirLimits() {
    assertThat(ByteSize.parse("2T", 1 << 20, 1L << 50)).isEqualTo(2L << 40);
    assertThat(ByteSize.parse("3t", 1 << 20, 1L << 50)).isEqualTo(3_000_000_000_000L);
    assertThat(ByteSize.parse("1023K", 1 << 20, 1L << 50)).isEqualTo(WholeNumber.NONE);
    assertThat(ByteSize.parse("1025T", 1 << 20, 1L << 50)).isEqualTo(WholeNumber.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10000",
    "1.5, 1500",
    ".5, 500",
    "5., 5000",
    "500ms, 500",
    "0.001, 1",
    "10s, 10000",
    "5m, 300000",
    "0.5m, 30000",
    "2h, 7200000",
    "1d, 86400000",
    "10000d, 864000000000"
  })
  void times(String text, long millis) {
    assertThat(TimeSpan.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "+1",
        "1e3",
        "s",
        ".",
        ".s",
        "1.2.3",
        "10 s",
        "10S",
        "5min",
        "1h30m",
        "0.0009",
        "10001d",
        "99999999999999999999999999999999999",
        "٣"
      })
  void wrongTimes(String text) {
    assertThat(TimeSpan.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "007, 7",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, -1",
    "9999999999999999999, -1",
    "10000000000000000000, -1",
    "'', -1",
    "-1, -1"
  })
  void wholeNumbers(String text, long expected) {
    assertThat(WholeNumber.parse(text)).isEqualTo(expected);
  }

  @Test
  void wordsAreSplitAsByAShell() {
    assertThat(ShellWords.split(" a  'b c'\t\"d 'e'\"\nf\\ g h'i'j '' # k\nl#m \"n\\\"o\\p\" q\\"))
        .containsExactly("a", "b c", "d 'e'", "f g", "hij", "", "l#m", "n\"o\\p", "q\\");
  }

  @Test
  void openQuotesAreLocated() {
    assertThatThrownBy(() -> ShellWords.split("a 'b"))
        .hasMessage("the quote opened at column 3 is never closed");
    assertThatThrownBy(() -> ShellWords.split("a\nb \"c"))
        .hasMessage("the quote opened at line 2, column 3 is never closed");
  }

  @ParameterizedTest
  @CsvSource({
    "1..10, 1, 10, 1",
    "10..1, 10, 1, -1",
    "5..5, 5, 5, 1",
    "5..5..-3, 5, 5, -3",
    "0..10..3, 0, 9, 3",
    "10..0..-4, 10, 2, -4",
    "1..2..5, 1, 1, 5",
    "-3..3..2, -3, 3, 2",
    "+1..1_000_000, 1, 1000000, 1",
    "0..1e9, 0, 1000000000, 1",
    "2.5e3..1E+4..5e2, 2500, 10000, 500",
    "100e-1..20, 10, 20, 1",
    "-9223372036854775808..9223372036854775807..9223372036854775807, -9223372036854775808,"
        + " 9223372036854775806, 9223372036854775807",
    "9223372036854775807..-9223372036854775808..-9223372036854775808, 9223372036854775807, -1,"
        + " -9223372036854775808"
  })
  void ranges(String text, long first, long last, long step) {
    assertThat(IntegerRange.parse(text)).isEqualTo(new Input.Range(first, last, step));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|must be the first and the last number, as in 1..100, and perhaps a step, as in"
            + " 0..100..10",
        "1-5|must be the first and the last number, as in 1..100, and perhaps a step, as in"
            + " 0..100..10",
        "1..|'' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "..5|'' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1...5|'.5' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1..5.0|'5.0' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1..2..3..4|'3..4' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "a..z|'a' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1_..5|'1_' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1__0..5|'1__0' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "--1..5|'--1' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1..e5|'e5' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1..1e|'1e' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1..٣|'٣' is no whole number; write one as 100, -5, 1_000_000 or 1e9",
        "1..2.55e1|'2.55e1' is no whole number from -2^63 to 2^63 - 1",
        "0..1e19|'1e19' is no whole number from -2^63 to 2^63 - 1",
        "0..1e999999999999|'1e999999999999' is no whole number from -2^63 to 2^63 - 1",
        "0..9223372036854775808|'9223372036854775808' is no whole number from -2^63 to 2^63 - 1",
        "1..10..0|the step must not be 0: it would never end",
        "1..10..-1|the step leads away from 10: leave out its -",
        "10..1..1|the step leads away from 1: put a - before it",
        "-9223372036854775808..9223372036854775807|holds more numbers than can be counted (2^63)",
        "0..9223372036854775807|holds more numbers than can be counted (2^63)"
      })
  void wrongRanges(String text, String message) {
    assertThatThrownBy(() -> IntegerRange.parse(text)).hasMessage(message);
  }

  @Test
  void bytesAreWrittenAsUtf8AndEscapes() {
    assertThat(ByteString.parse("a\\n\\t\\r\\0\\x1e\\xFF\\\\é"))
        .isEqualTo("a\n\t\r\0\u001e\u00ff\\\u00c3\u00a9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "\\q", "\\x", "\\x1", "\\xg0", "\\N"})
  void wrongEscapes(String text) {
    assertThatThrownBy(() -> ByteString.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "_", "_x1", "words", "été", "名前", "Class", "match"})
  void pythonNames(String text) {
    assertThat(PythonName.isName(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1x", "a-b", "a b", "a.b", "class", "None", "x\u0001", "x\u007f"})
  void wrongPythonNames(String text) {
    assertThat(PythonName.isName(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "i, true",
    "'f\"{i}\"', true",
    "'x[i]+1', true",
    "'(i, x)', true",
    "int(x), false",
    "x.i, false",
    "'if i2 else _i', false",
    "iéi, false",
    "'[i for i in x]', true"
  })
  void wordsInSourceAreFoundUnlessTheyArePartOfOthers(String source, boolean found) {
    assertThat(PythonName.mentions(source, "i")).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum", "uniq", "top:3", "merge-dict", "collect-by:a b", "histogram"})
  void builtInReductions(String text) {
    assertThat(Reduction.problem(text, false)).isNull();
  }

  @Test
  void functionsReduceOnlyWhereThereIsAScript() {
    assertThat(Reduction.problem("longest", true)).isNull();
    assertThat(Reduction.problem("longest", false)).startsWith("must be one of sum, count, ");
  }

  @Test
  void terminalsAreListedByDescriptor() {
    assertThat(Environment.Stream.parse("")).isEmpty();
    assertThat(Environment.Stream.parse("02"))
        .containsExactly(Environment.Stream.STDIN, Environment.Stream.STDERR);
  }
}
