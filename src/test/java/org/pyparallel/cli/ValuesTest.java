package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(ByteSize.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "K", "-1", "1.5M", "1T", "2G", "1073741825", "1 K", "1KB"})
  void wrongSizes(String text) {
    assertThat(ByteSize.parse(text)).isEqualTo(WholeNumber.NONE);
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

  @Test
  void terminalsAreListedByDescriptor() {
    assertThat(Environment.Stream.parse("")).isEmpty();
    assertThat(Environment.Stream.parse("02"))
        .containsExactly(Environment.Stream.STDIN, Environment.Stream.STDERR);
  }
}
