package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command that goes on with a run.
class ResumeCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run s.py in.txt --journal j|run s.py in.txt --journal j --resume",
        "run s.py -o out -- --year 1|run s.py -o out --resume -- --year 1",
        "run s.py -j 2 ::: a b|run s.py -j 2 --resume ::: a b",
        "run s.py :::: names|run s.py --resume :::: names",
        "run s.py @args in.txt|run --resume s.py @args in.txt",
        "run s.py @@at @|run s.py @@at @ --resume",
        "run s.py -- @args|run s.py --resume -- @args",
        "map x[0]>1 a*|map 'x[0]>1' 'a*' --resume"
      })
  void theOptionGoesWhereItIsOne(String typed, String expected) {
    assertThat(ResumeCommand.of(List.of(typed.split(" ")), "--resume"))
        .isEqualTo("pyparallel " + expected);
  }

  @ParameterizedTest
  @CsvSource({"run s.py --resume"})
  void nothingIsAddedTwice(String typed) {
    assertThat(ResumeCommand.of(List.of(typed.split(" ")), "")).isEqualTo("pyparallel " + typed);
  }
}
