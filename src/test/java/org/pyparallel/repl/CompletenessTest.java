package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletenessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x = 1 | -1",
        "# only words | -1",
        "if x: | 4",
        "if x: # why | 4",
        "if x:\\n    y | 4",
        "if x:\\n    y\\n | -1",
        "class A:\\n    def f(): | 8",
        "f(1, | 4",
        "f(1,\\n  2 | 2",
        "f(1) | -1",
        "x = '''a | 0",
        "x = '''a''' | -1",
        "'wrong | -1",
        "d = {':': 1} | -1",
        ") | -1"
      })
  void isGuessedWithoutAnInterpreter(String source, int indent) {
    Completeness guess = Completeness.guess(source.strip().replace("\\n", "\n"));

    assertThat(guess)
        .isEqualTo(indent < 0 ? Completeness.COMPLETE : new Completeness(false, indent));
  }

  @Test
  void isWhatTheInterpreterSays() {
    assertThat(Completeness.of(List.of("complete"))).isEqualTo(Completeness.COMPLETE);
    assertThat(Completeness.of(List.of("invalid"))).isEqualTo(Completeness.COMPLETE);
    assertThat(Completeness.of(List.of("incomplete", "8"))).isEqualTo(new Completeness(false, 8));
    assertThat(Completeness.of(List.of())).isEqualTo(Completeness.COMPLETE);
  }
}
