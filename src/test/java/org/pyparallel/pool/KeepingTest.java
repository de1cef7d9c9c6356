package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.ReduceStep;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;

class KeepingTest {
  private final Keeping keeping = keeping(Safeguards.NONE);

  private static Keeping keeping(Safeguards safeguards) {
    return new Keeping(TestRun.plan(2, Ordering.INPUT).with(safeguards));
  }

  /// Answers as it is told to, step by step, and then with nothing.
  private static final class Answering implements Interpreter {
    final List<String> asked = new ArrayList<>();
    private final Deque<String> answers;
    private final boolean keeps;

    Answering(boolean keeps, String... answers) {
      this.keeps = keeps;
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public boolean keepsPartials() {
      return keeps;
    }

    @Override
    public ShardResult reduce(ReduceStep step, ShardOutput output) {
      asked.add(step.label() + " " + step.place());
      String answer = answers.isEmpty() ? "" : answers.remove();
      if (!answer.isEmpty()) {
        output.write(US_ASCII.encode(answer));
      }
      return new ShardResult.Finished(0, 0, List.of());
    }

    @Override
    public ShardResult run(Shard shard, ShardOutput output) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
  }

  @Test
  void staysWhereItIsUntilTheEnd() {
    Answering first = new Answering(true, "kept", "kept", "all of it");
    Answering writer = new Answering(true, "kept");

    assertThat(keeping.keep(0, first)).isTrue();
    assertThat(keeping.keep(1, writer)).isTrue();
    assertThat(keeping.keep(2, first)).isTrue();
    keeping.handIn(first);
    keeping.handIn(first);
    keeping.end(writer);

    assertThat(first.asked).containsExactly("keep 0", "keep 2", "hand_in ");
    assertThat(writer.asked).containsExactly("keep 1", "receive ");
  }

  @Test
  void isHandedInAtOnceByWhoeverCannotBeTrusted() {
    Answering untrusted = new Answering(false, "kept", "a", "kept", "b");

    assertThat(keeping.keep(0, untrusted)).isTrue();
    assertThat(keeping.keep(1, untrusted)).isTrue();

    assertThat(untrusted.asked).containsExactly("keep 0", "hand_in ", "keep 1", "hand_in ");
  }

  @Test
  void isPutTogetherWhereItIsTooMuch() {
    String large = "x".repeat((int) Keeping.MOST_WAITING);
    Answering untrusted = new Answering(false, "kept", large, "kept", "y", "", "", "both");
    Answering writer = new Answering(true);

    keeping.keep(0, untrusted);
    keeping.keep(1, untrusted);
    keeping.end(writer);

    assertThat(untrusted.asked)
        .containsExactly(
            "keep 0", "hand_in ", "keep 1", "hand_in ", "receive ", "receive ", "hand_in ");
    assertThat(writer.asked).containsExactly("receive ");
  }

  @Test
  void nothingIsNeitherKeptNorHeld() {
    Answering empty = new Answering(true);

    assertThat(keeping.keep(0, empty)).isTrue();
    keeping.handIn(empty);

    assertThat(empty.asked).containsExactly("keep 0");
  }

  @Test
  void nobodyIsAskedAgainWhereThereIsNothingOfThatKind() {
    Answering never = new Answering(true, "other", "never");

    assertThat(keeping.keep(0, never)).isFalse();
    assertThat(keeping.keep(1, never)).isFalse();
    assertThat(keeping.keep(2, never)).isFalse();

    assertThat(never.asked).containsExactly("keep 0", "keep 1");
  }

  @Test
  void whatIsLostIsTold() {
    Answering forgetful = new Answering(true, "kept");
    keeping.keep(0, forgetful);
    assertThatThrownBy(() -> keeping.handIn(forgetful))
        .isInstanceOf(RuntimeFailed.class)
        .hasMessageContaining("are lost with an interpreter");

    keeping.keep(1, new Answering(true, "kept"));
    assertThatThrownBy(() -> keeping.end(new Answering(true))).isInstanceOf(RuntimeFailed.class);
  }

  private static Limits limits(Duration run, long bytes, long lifespan) {
    return new Limits(
        Optional.empty(),
        run.isZero() ? Optional.empty() : Optional.of(run),
        Optional.empty(),
        bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes),
        lifespan == 0 ? OptionalLong.empty() : OptionalLong.of(lifespan));
  }

  static Stream<Safeguards> whereInterpretersEndEarly() {
    Duration second = Duration.ofSeconds(1);
    Journaling journal = new Journaling(Path.of("journal"), false, false);
    return Stream.of(
        TestRun.safeguards(TestRun.shardLimit(second), Recovery.NONE),
        TestRun.safeguards(limits(second, 0, 0), Recovery.NONE),
        TestRun.safeguards(limits(Duration.ZERO, 1, 0), Recovery.NONE),
        TestRun.safeguards(limits(Duration.ZERO, 0, 1), Recovery.NONE),
        TestRun.safeguards(Limits.NONE, TestRun.halt(Halt.When.NOW, Halt.What.FAIL, 1, false)),
        TestRun.safeguards(Limits.NONE, new Recovery(0, false, false, Optional.empty(), true)),
        new Safeguards(Limits.NONE, Recovery.NONE, Optional.of(journal), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource
  void whereInterpretersEndEarly(Safeguards safeguards) {
    Answering interpreter = new Answering(true, "kept");

    assertThat(keeping(safeguards).keep(0, interpreter)).isFalse();

    assertThat(interpreter.asked).isEmpty();
  }
}
