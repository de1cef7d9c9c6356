package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunReport;

class ExitStatusTest {
  @ParameterizedTest
  @CsvSource({
    "COMPLETE, 0, 0, 0, , 0",
    "COMPLETE, 0, 0, 1, , 1",
    "COMPLETE, 1, 0, 0, , 1",
    "COMPLETE, 1, 5, 0, , 1",
    "COMPLETE, 0, 0, 0, TERM, 0",
    "OUTPUT_CLOSED, 0, 0, 0, , 0",
    "OUTPUT_CLOSED, 1, 2, 0, , 1",
    "INTERRUPTED, 0, 0, 0, , 130",
    "INTERRUPTED, 1, 0, 0, INT, 130",
    "INTERRUPTED, 0, 0, 0, TERM, 143"
  })
  void followsFromTheReport(
      RunReport.End end,
      long failedShards,
      long failedRecords,
      int failedTeardowns,
      StopSignal signal,
      int expected) {
    RunReport report =
        new RunReport(
            end,
            9,
            failedShards,
            9,
            failedRecords,
            failedTeardowns,
            9,
            9,
            2,
            Duration.ZERO,
            Duration.ZERO);

    assertThat(ExitStatus.of(report, signal).code()).isEqualTo(expected);
  }

  @Test
  void followsFromTheFailure() {
    PythonError error = new PythonError(-1, "ValueError", "no", List.of(), "");
    assertThat(ExitStatus.of(new PyParallelException.Usage("u")).code()).isEqualTo(2);
    assertThat(ExitStatus.of(new PyParallelException.ScriptFailed(error)).code()).isEqualTo(1);
    assertThat(ExitStatus.of(new PyParallelException.ResultsDiffer("d")).code()).isEqualTo(1);
    assertThat(ExitStatus.of(new PyParallelException.RuntimeFailed("r")).code()).isEqualTo(3);
    assertThat(ExitStatus.of(new PyParallelException.InputFailed("i", null)).code()).isEqualTo(3);
    assertThat(ExitStatus.of(new PyParallelException.OutputFailed("o", null)).code()).isEqualTo(3);
  }
}
