package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.PyParallelException;

class RecordStartTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "\\d{4}-\\d\\d ~ 2024-01 x",
        "From: ~ From: me",
        "(?i)from ~ FROM me",
        "(?x) a \\ b # comment ~ a b",
        "[^\\s#?]+\\t? ~ x",
        "(?:INFO|WARN)(?!ING)\\b ~ WARN x",
        "\\[\\x41[a-c\\]-] ~ [A]",
        "a{2,}?b$ ~ aaab",
        "(gr\u00fc\u00df)+ ~ gr\u00fc\u00df dich",
      })
  void theCommonSyntaxIsUnderstood(String pattern, String line) {
    assertThat(matches(pattern, line)).isTrue();
    assertThat(matches(pattern, "?" + line)).isFalse();
  }

  @Test
  void aLineIsItsBytes() {
    assertThat(matches("^.{4}$", "gr\u00fc")).isTrue();
    assertThat(matches("\\w", "\u00fc")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?P<n>a)",
        "(?<n>a)",
        "(?P=n)",
        "(?'n'a)",
        "(?>a)",
        "(?<=a)b",
        "(?<!a)b",
        "(?#x)",
        "(?(1)a)",
        "(?m)a",
        "(?u)a",
        "(?a)a",
        "(?i:a)",
        "(?-i)a",
        "a(?i)",
        "(?)a",
        "\\Qa\\E",
        "\\h",
        "\\H",
        "\\R",
        "\\X",
        "\\pL",
        "\\P{L}",
        "\\G",
        "\\K",
        "\\N",
        "\\Z",
        "\\z",
        "\\B",
        "\\v",
        "\\V",
        "\\e",
        "\\u00e9",
        "\\U0001f600",
        "\\x{41}",
        "\\x4",
        "\\cA",
        "\\k<n>",
        "(a)\\1",
        "\\0",
        "\\012",
        "\\",
        "\\\u00e9",
        "[[:alpha:]]",
        "[a[b]]",
        "[a&&b]",
        "[a--b]",
        "[a~~b]",
        "[a||b]",
        "[]a]",
        "[^]a]",
        "[\\b]",
        "[\\d-z]",
        "[a-\\d]",
        "[a-b-c]",
        "[a",
        "[\u00e4]",
        "[\\p{L}]",
        "[z-a]",
        "*a",
        "a**",
        "a++",
        "a?+",
        "a{2}{3}",
        "a{2}+",
        "{2}",
        "a{",
        "a{,2}",
        "a{x}",
        "a{3,2}",
        "a{10000}",
        "^*",
        "$+",
        "\\b?",
        "(?=a)*",
        "\u00e4*",
        "(|*)",
        "(?x)a *",
        "(?x)[ a]",
        "(?x)[#]",
        "(a",
        "a)",
        "a\u0000"
      })
  void whatIsReadInTwoWaysIsRefused(String pattern) {
    assertThatThrownBy(() -> RecordStart.of(latin1(pattern)))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageStartingWith("the pattern for the start of a record, '" + pattern + "', has ");
  }

  @Test
  void aRefusalNamesThePlaceAndTheRemedy() {
    assertThatThrownBy(() -> RecordStart.of(latin1("\u00fc(?P<n>a)")))
        .hasMessage(
            "the pattern for the start of a record, '\u00fc(?P<n>a)', has a named group at character"
                + " 2: use (...), (?:...), (?=...) or (?!...)");
    assertThatThrownBy(() -> RecordStart.of("a\\Z"))
        .hasMessage(
            "the pattern for the start of a record, 'a\\Z', has \\Z at character 2: Java and Python"
                + " agree on \\d \\w \\s \\D \\W \\S \\A \\b \\a \\f \\n \\r \\t \\xhh and escaped"
                + " punctuation only");
  }

  @Test
  void aLineThatIsTooLongForThePatternIsAnInputError() {
    assertThatThrownBy(() -> matches("(?:a|b)*c", "ab".repeat(10_000_000)))
        .isInstanceOf(PyParallelException.InputFailed.class)
        .hasMessageContaining("goes too deep on a line of 20,000,000 bytes");
  }

  private static boolean matches(String pattern, String line) {
    byte[] bytes = ("x" + line + "x").getBytes(UTF_8);
    return RecordStart.of(latin1(pattern)).matches(ByteBuffer.wrap(bytes), 1, bytes.length - 1);
  }

  private static String latin1(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
