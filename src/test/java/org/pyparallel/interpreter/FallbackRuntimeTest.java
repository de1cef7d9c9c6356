package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Sharding;

/// A run that has to move from one runtime to another. A line `numpy` is one that imports it.
class FallbackRuntimeTest {
  private static final String MODULE = "numpy._core._multiarray_umath";

  private final List<String> notices = new ArrayList<>();
  private final FakeRuntime second = new FakeRuntime(FakeScripts.upperCase());
  private FakeRuntime first = new FakeRuntime(refusing());
  private Ordering ordering = Ordering.INPUT;
  private Input input = new Input.Stdin();
  private Merging merging = new Merging.Join();

  /// Writes in upper case what comes before a line `numpy`, where it is refused.
  private static FakeScript refusing() {
    return (shard, bytes, output) -> {
      String text = new String(bytes, StandardCharsets.UTF_8);
      int refused = text.indexOf("numpy");
      byte[] before = refused < 0 ? bytes : text.substring(0, refused).getBytes();
      ShardResult result = FakeScripts.upperCase().run(shard, before, output);
      if (refused >= 0) {
        throw new ExtensionRefused(MODULE);
      }
      return result;
    };
  }

  @Test
  void nothingHappensWhereNothingRefuses() {
    try (FallbackRuntime runtime = runtime()) {
      Interpreter interpreter = open(runtime);

      assertThat(run(interpreter, "a\n")).isEqualTo("A\n");
      interpreter.close();
    }
    assertThat(notices).isEmpty();
    assertThat(second.interpreters()).isEmpty();
    assertThat(first.interpreters()).hasSize(1).allMatch(opened -> opened.closes() == 1);
    assertThat(first.interpreters().getFirst().config().fallback()).isTrue();
    assertThat(first.closes()).isEqualTo(1);
    assertThat(second.closes()).isZero();
  }

  @Test
  void aRefusalAtLoadOpensTheSecondForAll() {
    first =
        first.withSetup(
            _ -> {
              throw new ExtensionRefused("_curses");
            });
    try (FallbackRuntime runtime = runtime()) {
      try (Interpreter one = open(runtime);
          Interpreter two = open(runtime)) {
        assertThat(run(one, "a\n") + run(two, "numpy\n")).isEqualTo("A\nNUMPY\n");
      }
    }
    assertThat(notices)
        .containsExactly(
            "_curses does not support subinterpreters: using a process per worker instead"
                + " (--runtime cpython)");
    assertThat(second.interpreters()).hasSize(2);
    assertThat(second.interpreters().getFirst().config().fallback()).isFalse();
    assertThat(second.closes()).isEqualTo(1);
  }

  @Test
  void aFirstShardThatIsRefusedIsRunAgainWhole() {
    try (FallbackRuntime runtime = runtime();
        Interpreter interpreter = open(runtime)) {
      assertThat(run(interpreter, "a\nnumpy\nb\n")).isEqualTo("A\nNUMPY\nB\n");
      assertThat(run(interpreter, "numpy\n")).isEqualTo("NUMPY\n");
    }
    assertThat(notices)
        .containsExactly(
            "numpy (numpy._core._multiarray_umath) does not support subinterpreters: using a"
                + " process per worker instead (--runtime cpython)");
    assertThat(first.interpreters()).allMatch(opened -> opened.closes() == 1);
  }

  @Test
  void aLaterShardOfWhichSomethingHasLeftFailsInClearWords() {
    try (FallbackRuntime runtime = runtime();
        Interpreter interpreter = open(runtime)) {
      run(interpreter, "a\n");
      Collected output = new Collected();

      ShardResult result = interpreter.run(shard("b\nnumpy\nc\n"), output);

      assertThat(output.text()).isEqualTo("B\n");
      assertThat(result).isInstanceOf(ShardResult.Failed.class);
      assertThat(result.errors().getFirst().message())
          .startsWith("numpy (" + MODULE + ") does not support subinterpreters")
          .contains("--runtime process");
      assertThat(run(interpreter, "numpy\n")).isEqualTo("NUMPY\n");
    }
    assertThat(notices).hasSize(1);
  }

  @Test
  void aLaterShardOfWhichNothingHasLeftIsRunAgain() {
    FakeScript quiet =
        (shard, bytes, output) -> {
          if (shard.index() > 0) {
            throw new ExtensionRefused(MODULE);
          }
          return FakeScripts.upperCase().run(shard, bytes, output);
        };
    first = new FakeRuntime(quiet);
    try (FallbackRuntime runtime = runtime();
        Interpreter interpreter = open(runtime)) {
      run(interpreter, "a\n");
      Shard later = new Shard(1, "in", 0, 0, data("b\n"));
      Collected output = new Collected();

      assertThat(interpreter.run(later, output)).isInstanceOf(ShardResult.Finished.class);

      assertThat(output.text()).isEqualTo("B\n");
    }
  }

  @Test
  void othersMoveBeforeTheirNextShard() {
    try (FallbackRuntime runtime = runtime();
        Interpreter one = open(runtime);
        Interpreter two = open(runtime)) {
      run(two, "a\n");
      run(one, "numpy\n");
      assertThat(first.interpreters()).extracting(FakeInterpreter::closes).containsExactly(1, 0);

      assertThat(run(two, "b\n")).isEqualTo("B\n");

      assertThat(first.interpreters()).extracting(FakeInterpreter::closes).containsExactly(1, 1);
      assertThat(second.interpreters()).hasSize(2);
    }
    assertThat(notices).hasSize(1);
  }

  @Test
  void linesThatMustNotWaitLeaveAtOnce() {
    ordering = Ordering.LINES;
    try (FallbackRuntime runtime = runtime();
        Interpreter interpreter = open(runtime)) {
      ShardResult result = interpreter.run(shard("a\nnumpy\n"), new Collected());

      assertThat(result).isInstanceOf(ShardResult.Failed.class);
    }
  }

  @Test
  void aRunWithoutInputHoldsNothingBack() {
    input = new Input.None();
    try (FallbackRuntime runtime = runtime();
        Interpreter interpreter = open(runtime)) {
      assertThat(interpreter.run(shard("a\nnumpy\n"), new Collected()))
          .isInstanceOf(ShardResult.Failed.class);
    }
  }

  @Test
  void whatIsHeldComesInItsOrderOnceTheShardIsDone() {
    List<String> events = new ArrayList<>();
    RecallableOutput held = new RecallableOutput(new Recorder(events), true);

    held.write(bytes("a"));
    held.reject(bytes("r"));
    held.write(bytes("b"));

    assertThat(events).isEmpty();
    assertThat(held.hasLeft()).isFalse();
    assertThat(held.release()).isTrue();
    assertThat(events).containsExactly("write a", "reject r", "write b");
    assertThat(held.hasLeft()).isTrue();
  }

  @Test
  void moreThanAMegabyteIsLetGo() {
    List<String> events = new ArrayList<>();
    RecallableOutput held = new RecallableOutput(new Recorder(events), true);

    held.write(bytes("a"));
    held.write(ByteBuffer.allocate(RecallableOutput.MOST_BYTES));

    assertThat(events).hasSize(2);
    assertThat(held.hasLeft()).isTrue();
  }

  @Test
  void aPartThatIsGivenAwayLetsGoToo() {
    List<String> events = new ArrayList<>();
    RecallableOutput held = new RecallableOutput(new Recorder(events), true);

    held.write(bytes("a"));

    assertThat(held.give(new ShardCut(1, 1, 2, 9))).isTrue();
    assertThat(events).containsExactly("write a", "give 2");
    assertThat(held.hasLeft()).isTrue();
  }

  @Test
  void anotherAttemptDoesNotSeeTheShardsBytesTwice() {
    List<String> events = new ArrayList<>();
    RecallableOutput held = new RecallableOutput(new Recorder(events), true);
    held.loaded(bytes("x"));
    held.write(bytes("lost"));

    ShardOutput again = held.again();
    again.loaded(bytes("x"));
    again.write(bytes("kept"));

    assertThat(events).containsExactly("loaded x", "write kept");
  }

  @Test
  void anInterruptBetweenTheTwoReachesTheSecond() {
    AtomicReference<Interpreter> open = new AtomicReference<>();
    FakeRuntime slow = second.withSetup(_ -> open.get().interrupt());
    try (FallbackRuntime runtime = new FallbackRuntime(first, () -> slow, notices::add)) {
      Interpreter interpreter = open(runtime);
      open.set(interpreter);

      ShardResult result = interpreter.run(shard("numpy\n"), new Collected());

      assertThat(result).isInstanceOf(ShardResult.Interrupted.class);
      assertThat(interpreter.isSpent()).isTrue();
      assertThat(slow.interpreters()).allMatch(FakeInterpreter::isInterrupted);
      interpreter.close();
    }
  }

  @Test
  void aTeardownThatFailsOnTheWayIsToldAtTheEnd() {
    first = first.failingToClose(FakeScripts.error(-1, "teardown"));
    try (FallbackRuntime runtime = runtime()) {
      Interpreter interpreter = open(runtime);

      assertThat(run(interpreter, "numpy\n")).isEqualTo("NUMPY\n");

      assertThatExceptionOfType(PyParallelException.ScriptFailed.class)
          .isThrownBy(interpreter::close)
          .withMessageContaining("teardown");
      interpreter.close();
    }
  }

  @Test
  void whatTheSecondCannotLoadEndsTheRun() {
    FakeRuntime broken =
        second.failingToOpen(
            new PyParallelException.ScriptFailed(FakeScripts.error(-1, "no such module")));
    try (FallbackRuntime runtime = new FallbackRuntime(first, () -> broken, notices::add)) {
      Interpreter interpreter = open(runtime);

      assertThatExceptionOfType(PyParallelException.ScriptFailed.class)
          .isThrownBy(() -> run(interpreter, "numpy\n"));
      interpreter.close();
    }
    assertThat(first.interpreters()).extracting(FakeInterpreter::closes).allMatch(n -> n >= 1);
  }

  /// A reduction's function may import what refuses: what was reduced so far moves over too.
  @Test
  void aPartialResultMovesOver() {
    merging = new Merging.Reduce("sum");
    AtomicBoolean refuses = new AtomicBoolean();
    Runtime reducing = new RefusingReductions(first, refuses);
    try (FallbackRuntime runtime = new FallbackRuntime(reducing, () -> second, notices::add);
        Interpreter interpreter = open(runtime)) {
      interpreter.run(shard("a\n"), new Collected());
      refuses.set(true);
      Collected output = new Collected();

      interpreter.reduce(
          new ReduceStep.Combine(bytes("B\n"), ReduceStep.Side.LATER, "both"), output);
      interpreter.reduce(new ReduceStep.Write(), output);

      assertThat(output.text()).isEqualTo("(A\nB\n)");
    }
    assertThat(notices).hasSize(1);
  }

  @Test
  void whatWasKeptMovesOver() {
    merging = new Merging.Reduce("keep");
    AtomicBoolean refuses = new AtomicBoolean();
    Runtime reducing = new RefusingReductions(first, refuses);
    try (FallbackRuntime runtime = new FallbackRuntime(reducing, () -> second, notices::add);
        Interpreter interpreter = open(runtime)) {
      interpreter.run(shard("#0\n"), new Collected());
      assertThat(interpreter.keepsPartials()).isTrue();
      interpreter.reduce(new ReduceStep.Keep(0), new Collected());
      refuses.set(true);
      interpreter.run(shard("#1\n"), new Collected());
      interpreter.reduce(
          new ReduceStep.Combine(bytes("x"), ReduceStep.Side.LATER, "both"), new Collected());
      Collected output = new Collected();

      assertThat(interpreter.keepsPartials()).isFalse();
      interpreter.reduce(new ReduceStep.Write(), output);

      assertThat(output.text()).isEqualTo("#0\n(#1\nx)");
    }
  }

  /// Cannot combine anything.
  private record RefusingReductions(Runtime runtime, AtomicBoolean refuses) implements Runtime {
    @Override
    public RuntimeName name() {
      return runtime.name();
    }

    @Override
    public Availability availability() {
      return runtime.availability();
    }

    @Override
    public Interpreter open(InterpreterConfig config) {
      Interpreter interpreter = runtime.open(config);
      return new Interpreter() {
        @Override
        public ShardResult run(Shard shard, ShardOutput output) {
          return interpreter.run(shard, output);
        }

        @Override
        public ShardResult reduce(ReduceStep step, ShardOutput output) {
          if (refuses.get() && step instanceof ReduceStep.Combine) {
            throw new ExtensionRefused(MODULE);
          }
          return interpreter.reduce(step, output);
        }

        @Override
        public boolean keepsPartials() {
          return interpreter.keepsPartials();
        }

        @Override
        public void interrupt() {
          interpreter.interrupt();
        }

        @Override
        public void close() {
          interpreter.close();
        }
      };
    }

    @Override
    public void close() {
      runtime.close();
    }
  }

  private FallbackRuntime runtime() {
    return new FallbackRuntime(first, () -> second, notices::add);
  }

  private Interpreter open(Runtime runtime) {
    RunPlan plan =
        new RunPlan(
            new Script(Path.of("script.py"), java.util.Optional.empty(), List.of()),
            input,
            Format.LINES,
            FormatOptions.of(Format.LINES),
            EncodingErrors.STRICT,
            false,
            new Sharding.Adaptive(),
            RuntimeName.CPYTHON,
            false,
            2,
            ordering,
            merging,
            OutputFormat.TEXT,
            false,
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            List.of(),
            PythonOptions.NONE,
            Safeguards.NONE);
    return runtime.open(new InterpreterConfig(plan, 0, OptionalLong.empty(), _ -> {}, _ -> {}));
  }

  private static String run(Interpreter interpreter, String text) {
    Collected output = new Collected();
    assertThat(interpreter.run(shard(text), output)).isInstanceOf(ShardResult.Finished.class);
    return output.text();
  }

  private static Shard shard(String text) {
    return new Shard(0, "in", 0, 0, data(text));
  }

  private static ShardData data(String text) {
    return new ShardData.Bytes(bytes(text));
  }

  private static ByteBuffer bytes(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  /// Keeps what is written.
  private static final class Collected implements ShardOutput {
    private final StringBuilder text = new StringBuilder();

    @Override
    public boolean write(ByteBuffer chunk) {
      text.append(StandardCharsets.UTF_8.decode(chunk));
      return true;
    }

    String text() {
      return text.toString();
    }
  }

  /// Keeps what happens.
  private record Recorder(List<String> events) implements ShardOutput {
    @Override
    public boolean write(ByteBuffer chunk) {
      return events.add("write " + text(chunk));
    }

    @Override
    public boolean reject(ByteBuffer chunk) {
      return events.add("reject " + text(chunk));
    }

    @Override
    public void loaded(ByteBuffer chunk) {
      events.add("loaded " + text(chunk));
    }

    @Override
    public boolean give(ShardCut cut) {
      return events.add("give " + cut.offset());
    }

    private static String text(ByteBuffer chunk) {
      return StandardCharsets.UTF_8.decode(chunk.duplicate()).toString();
    }
  }
}
