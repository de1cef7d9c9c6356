package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  @ParameterizedTest
  @CsvSource({"?len,len,1", "len?,len,1", "??os.path,os.path,2", "os.path?? ,os.path,2", "? x,x,1"})
  void isAskedWithMarksInFrontOrBehind(String entry, String expression, String detail) {
    assertThat(Question.of(entry)).isEqualTo(new Question(expression, detail));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "?", "# why?", "'why?", "x = 1\ny?", "x???"})
  void otherThingsAreNone(String entry) {
    assertThat(Question.of(entry)).isNull();
  }
}
