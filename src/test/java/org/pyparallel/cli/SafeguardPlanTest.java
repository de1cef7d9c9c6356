package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.TimeLimit;

/// From the options about what may go wrong to the plan.
class SafeguardPlanTest {
  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    for (String name : List.of("s.py", "a.txt", "t.csv")) {
      Files.writeString(directory.resolve(name), "");
    }
  }

  @Test
  void nothingIsAskedForByDefault() {
    assertThat(plan("s.py", "a.txt")).isEqualTo(Safeguards.NONE);
  }

  @Test
  void everyOptionReachesThePlan() {
    assertThat(
            plan(
                "--timeout",
                "1.5m",
                "--time-limit=2h",
                "--setup-timeout",
                "500ms",
                "--memory-limit",
                "2T",
                "--worker-lifespan",
                "7",
                "--retries",
                "3",
                "--on-error",
                "shard",
                "--bisect",
                "--halt",
                "soon,fail=5%",
                "--journal",
                "j",
                "--resume",
                "--joblog",
                "log.tsv",
                "s.py",
                "a.txt"))
        .isEqualTo(
            new Safeguards(
                new Limits(
                    Optional.of(new TimeLimit.Fixed(Duration.ofSeconds(90))),
                    Optional.of(Duration.ofHours(2)),
                    Optional.of(Duration.ofMillis(500)),
                    OptionalLong.of(2L << 40),
                    OptionalLong.of(7)),
                new Recovery(
                    3, false, true, Optional.of(new Halt(Halt.When.SOON, Halt.What.FAIL, 5, true))),
                Optional.of(new Journaling(directory.resolve("j"), true, false)),
                Optional.of(directory.resolve("log.tsv"))));
  }

  @Test
  void timeoutMayBeAShareOfTheMedian() {
    assertThat(plan("--timeout", "150%", "s.py", "a.txt").limits().shard())
        .contains(new TimeLimit.OfMedian(150));
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, false",
    "--resume, true, false",
    "--resume-failed, true, true",
    "--resume --resume-failed, true, true"
  })
  void aJournalIsResumedOnRequest(String options, boolean resume, boolean redoFailed) {
    String line = ("run --journal j s.py a.txt " + options).strip();

    assertThat(shell.plan(line.split(" ")).safeguards().journal())
        .contains(new Journaling(directory.resolve("j"), resume, redoFailed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"now,fail=1", "soon,fail=3", "soon,success=2", "now,done=10%", "soon,done=100%"})
  void haltingRulesAreThoseOfGnuParallel(String rule) {
    Optional<Halt> halt = plan("--halt", rule, "s.py", "a.txt").recovery().halt();

    assertThat(halt).map(Halt::label).contains(rule);
  }

  @Test
  void neverHaltsWhateverTheDefaultIs() {
    shell.variables.put("PYPARALLEL", "--halt now,fail=1");

    assertThat(plan("s.py", "a.txt").recovery().halt()).isPresent();
    assertThat(plan("--halt", "never", "s.py", "a.txt").recovery().halt()).isEmpty();
  }

  @Test
  void limitsMayBeDefaults() {
    shell.variables.put("PYPARALLEL", "--timeout 10 --retries 2 --memory-limit 1G");

    Safeguards safeguards = plan("--retries", "0", "s.py", "a.txt");

    assertThat(safeguards.limits().shard()).contains(new TimeLimit.Fixed(Duration.ofSeconds(10)));
    assertThat(safeguards.limits().memoryBytes()).hasValue(1 << 30);
    assertThat(safeguards.recovery().retries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run s.py t.csv", "run s.py --range 1..5", "run --call f s.py a.txt"})
  void bisectingByDefaultGivesWay(String line) {
    shell.variables.put("PYPARALLEL", "--bisect");

    assertThat(shell.plan("run", "s.py", "a.txt").safeguards().recovery().bisect()).isTrue();
    assertThat(shell.plan(line.split(" ")).safeguards().recovery().bisect()).isFalse();
    assertThat(shell.plan("map", "x", "a.txt").safeguards().recovery().bisect()).isFalse();
  }

  private Safeguards plan(String... words) {
    return shell
        .plan(Stream.concat(Stream.of("run"), Stream.of(words)).toArray(String[]::new))
        .safeguards();
  }
}
