package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunReport;
import org.pyparallel.merge.CollectingSink;

/// A sink that keeps results until all shards have ended.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CompletionTest {
  private static class Keeping extends CollectingSink {
    private int completions;
    private int endedBefore;

    @Override
    public synchronized void complete(BooleanSupplier stopped) throws IOException {
      completions++;
      endedBefore = ended().size();
      assertThat(stopped.getAsBoolean()).isFalse();
    }

    @Override
    public synchronized OptionalLong written() {
      return OptionalLong.of(7);
    }
  }

  @Test
  void isToldOnceThatAllShardsHaveEnded() {
    Keeping sink = new Keeping();

    RunReport report = new TestRun(new FakeRuntime(), ListSource.lines(20), sink).runner.run();

    assertThat(sink.completions).isOne();
    assertThat(sink.endedBefore).isEqualTo(20);
    assertThat(report.outputBytes()).isEqualTo(7);
  }

  @Test
  void isNotToldOfARunThatIsStopped() throws Exception {
    Keeping sink = new Keeping();
    TestRun run = new TestRun(new FakeRuntime(), ListSource.lines(5).thenWaiting(), sink);
    var report = run.start();
    while (sink.ended().size() < 5) {
      Thread.onSpinWait();
    }

    run.runner.stop();

    assertThat(report.get(30, TimeUnit.SECONDS).end()).isEqualTo(RunReport.End.INTERRUPTED);
    assertThat(sink.completions).isZero();
  }

  @Test
  void whatFailsThenFailsTheRun() {
    CollectingSink sink =
        new CollectingSink() {
          @Override
          public synchronized void complete(BooleanSupplier stopped) throws IOException {
            throw new IOException("no room");
          }
        };
    TestRun run = new TestRun(new FakeRuntime(), ListSource.lines(3), sink);

    assertThatThrownBy(run.runner::run)
        .isInstanceOf(PyParallelException.OutputFailed.class)
        .hasMessage("cannot write the results: no room");
    assertThat(ByteBuffer.wrap(sink.bytes()).hasRemaining()).isTrue();
  }
}
