package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.Setup;
import org.pyparallel.interpreter.cpython.CPythonRuntime;
import org.pyparallel.job.Limits;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunReport;
import org.pyparallel.merge.CollectingSink;

/// Time limits with a real Python, whose loops stop and whose C functions do not.
@Timeout(120)
class RunnerOnCPythonTest {
  @TempDir Path folder;

  private final EventLog events = new EventLog();
  private final CollectingSink sink = new CollectingSink();

  private RunReport run(String source, Limits limits, Recovery recovery, ListSource shards)
      throws Exception {
    Path script = Files.writeString(folder.resolve("script.py"), source);
    try (CPythonRuntime runtime =
        new CPythonRuntime(Path.of(System.getProperty("pyparallel.home")))) {
      return new Runner(
              Setup.plan(script, 2).with(TestRun.safeguards(limits, recovery)),
              new Lineup(runtime),
              folder,
              shards,
              sink,
              events,
              null)
          .run();
    }
  }

  private List<PythonError> errors() {
    return events.of(RunEvent.Failure.class).stream().map(RunEvent.Failure::error).toList();
  }

  @Test
  void aLoopIsInterrupted() throws Exception {
    RunReport report =
        run(
            """
            def process(record):
                while record == "line 1":
                    pass
                return record.upper()
            """,
            TestRun.shardLimit(Duration.ofSeconds(1)),
            Recovery.NONE,
            ListSource.lines(4));

    assertThat(report.failedShards()).isEqualTo(1);
    assertThat(sink.text()).isEqualTo("LINE 0\nLINE 2\nLINE 3\n");
    assertThat(errors()).extracting(PythonError::type).containsExactly("TimeoutError");
    assertThat(events.of(RunEvent.Notice.class)).allMatch(RunEvent.Notice::detail);
  }

  @Test
  void nobodyWaitsForACFunction() throws Exception {
    RunReport report =
        run(
            """
            import re

            def process(record):
                if record == "line 1":
                    re.match("(a+)+$", "a" * 29 + "b")
                return record.upper()
            """,
            TestRun.shardLimit(Duration.ofSeconds(1)),
            Recovery.NONE,
            ListSource.lines(4));

    assertThat(report.failedShards()).isEqualTo(1);
    assertThat(sink.text()).isEqualTo("LINE 0\nLINE 2\nLINE 3\n");
    assertThat(events.of(RunEvent.Notice.class)).filteredOn(notice -> !notice.detail()).hasSize(1);
  }

  @Test
  void aFilterIsHalved() throws Exception {
    RunReport report =
        run(
            """
            import sys

            for line in sys.stdin:
                if line == "line 3\\n":
                    raise ValueError("three")
                sys.stdout.write(line.upper())
            """,
            Limits.NONE,
            TestRun.BISECT,
            ListSource.of("line 0\nline 1\nline 2\nline 3\nline 4\n"));

    assertThat(report.failedRecords()).isEqualTo(1);
    assertThat(sink.text()).isEqualTo("LINE 0\nLINE 1\nLINE 2\nLINE 4\n");
    assertThat(errors()).extracting(PythonError::record).containsExactly(3L);
  }
}
