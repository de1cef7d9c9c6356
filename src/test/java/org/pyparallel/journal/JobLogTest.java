package org.pyparallel.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.Limits;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

class JobLogTest {
  private static final String HEADER =
      "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand";

  private final Path folder;

  JobLogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private RunPlan plan(Path file, boolean resume) throws IOException {
    Journaling journaling = new Journaling(Runs.journal(folder), resume, false);
    return Runs.plan(folder, resume)
        .with(
            new Safeguards(
                Limits.NONE,
                Recovery.NONE,
                resume ? Optional.of(journaling) : Optional.empty(),
                Optional.of(file)));
  }

  private static RunEvent ended(long index, ShardResult result, int attempts) {
    Path file = Path.of("big.txt");
    Shard shard =
        new Shard(
            index, "big\t.txt", 100 * index, -1, new ShardData.FileRange(file, 100 * index, 100));
    Duration start = Duration.ofMillis(1);
    Duration wall = Duration.ofMillis(12_345);
    return new RunEvent.ShardEnded(
        new ShardReport(shard, result, 0, start, wall, wall, 7, false, -1, attempts));
  }

  private List<String> log(Path file, boolean resume, RunEvent... events) throws IOException {
    try (JobLog log = JobLog.open(plan(file, resume), _ -> {})) {
      for (RunEvent event : events) {
        log.accept(event);
      }
    }
    return Files.readAllLines(file);
  }

  @Test
  void eachShardThatEndedIsALine() throws IOException {
    ShardResult died =
        new ShardResult.Failed(
            0,
            0,
            List.of(
                new PythonError(
                    -1, "WorkerDied", "killed by signal 11 (SIGSEGV)", List.of(), "...")));
    List<String> lines =
        log(
            folder.resolve("log"),
            false,
            new RunEvent.Diagnostics("nothing to do with it"),
            ended(0, new ShardResult.Finished(1, 0, List.of()), 1),
            ended(2, new ShardResult.Finished(5, 2, List.of()), 1),
            ended(1, died, 3),
            ended(3, new ShardResult.Interrupted(), 1),
            ended(4, new ShardResult.Finished(1, 0, List.of()), 0));

    assertThat(lines.getFirst()).isEqualTo(HEADER);
    assertThat(lines.subList(1, lines.size()))
        .map(line -> line.replaceFirst("[0-9]+\\.[0-9]{3}\t", "START\t"))
        .containsExactly(
            "1\t:\tSTART\t    12.345\t100\t7\t0\t0\tscript.py big .txt 0..100",
            "3\t:\tSTART\t    12.345\t100\t7\t1\t0\tscript.py big .txt 200..300",
            "2\t:\tSTART\t    12.345\t100\t7\t1\t11\tscript.py big .txt 100..200",
            "4\t:\tSTART\t    12.345\t100\t7\t130\t2\tscript.py big .txt 300..400");
  }

  @Test
  void aRunThatResumesGoesOnWithIt() throws IOException {
    Path file = folder.resolve("log");
    RunEvent event = ended(0, new ShardResult.Finished(1, 0, List.of()), 1);

    assertThat(log(file, true, event)).hasSize(2);
    assertThat(log(file, true, event)).hasSize(3).filteredOn(HEADER::equals).hasSize(1);
    assertThat(log(file, false, event)).hasSize(2);
  }

  @Test
  void aLogThatCannotBeWrittenIsAnError() {
    Path file = folder.resolve("missing/log");

    assertThatThrownBy(() -> log(file, false))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage("cannot write job log '" + file + "': no such file or folder");
  }

  static boolean hasFullDevice() {
    return Files.exists(Path.of("/dev/full"));
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aFullDiskIsToldOnce() throws IOException {
    List<RunEvent> told = new ArrayList<>();
    try (JobLog log = JobLog.open(plan(Path.of("/dev/full"), false), told::add)) {
      log.accept(ended(0, new ShardResult.Finished(1, 0, List.of()), 1));
      log.accept(ended(1, new ShardResult.Finished(1, 0, List.of()), 1));
    }

    assertThat(told)
        .containsExactly(
            new RunEvent.Notice(
                "cannot write job log '/dev/full': No space left on device; the run goes on",
                false));
  }
}
