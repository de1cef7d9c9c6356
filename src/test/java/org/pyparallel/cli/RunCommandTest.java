package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pyparallel.Aside;
import org.pyparallel.Signals;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.job.RuntimeName;
import sun.misc.Signal;

/// Whole runs, on a runtime that is none.
@Timeout(30)
class RunCommandTest {
  @TempDir Path directory;
  private final CountDownLatch waiting = new CountDownLatch(1);
  private Shell shell;

  @BeforeEach
  void start() throws IOException {
    shell = new Shell(directory);
    shell.runtimes.put(
        RuntimeName.CPYTHON,
        () ->
            new FakeRuntime(
                RuntimeName.CPYTHON, new Availability.Available("fake", "fake", ""), waiting));
    Files.writeString(directory.resolve("script.py"), "");
    Files.writeString(directory.resolve("broken.py"), "");
  }

  @Test
  void resultsGoToStandardOutputAndNothingElseIsSaid() {
    shell.stdin = "a\nb\n";

    assertThat(shell.type("run", "script.py")).isZero();

    assertThat(shell.stdout()).isEqualTo("A\nB\n");
    assertThat(shell.stderr()).isEmpty();
  }

  @Test
  void failedRecordsAreReportedAndTheOthersGoOn() {
    shell.stdin = "a\nbad\nc\n";

    assertThat(shell.type("run", "script.py")).isEqualTo(1);

    assertThat(shell.stdout()).isEqualTo("A\nC\n");
    assertThat(shell.stderr()).contains("ValueError: bad").contains("1 of 3 records failed");
  }

  @Test
  void scriptThatCannotBeLoadedIsReportedOnceWithItsTraceback() {
    shell.stdin = "a\n";

    assertThat(shell.type("run", "broken.py")).isEqualTo(1);

    assertThat(shell.stderr())
        .isEqualTo(
            "pyparallel: cannot start broken.py: SyntaxError: no\nTraceback ...\nSyntaxError: no\n");
  }

  @Test
  void outputFileAppearsWhenItIsComplete() throws IOException {
    shell.stdin = "a\n";

    assertThat(shell.type("run", "script.py", "-o", "out.txt")).isZero();

    assertThat(shell.stdout()).isEmpty();
    assertThat(directory.resolve("out.txt")).hasContent("A\n");
    assertThat(files()).containsExactlyInAnyOrder("script.py", "broken.py", "out.txt");
  }

  @Test
  void outputFileInAMissingFolderIsRefusedBeforeAnyWork() {
    shell.stdin = "a\n";

    assertThat(shell.type("run", "script.py", "-o", "no/out.txt")).isEqualTo(2);

    assertThat(shell.stderr()).startsWith("pyparallel: ").contains("out.txt");
    assertThat(waiting.getCount()).isEqualTo(1);
  }

  @Test
  void shardsOfAStreamAreRefused() {
    shell.stdin = "a\n";

    assertThat(shell.type("run", "script.py", "--shards", "3")).isEqualTo(2);

    assertThat(shell.stderr()).contains("--shards needs input files");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void signalsStopTheRunAndLeaveNoHalfFile(String signal, int expected) throws Exception {
    shell.stdin = "a\nwait\n";
    CompletableFuture<Integer> status =
        Aside.run(() -> shell.type("run", "script.py", "-o", "out.txt"));
    assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

    Signal.raise(new Signal(signal));

    assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(expected);
    assertThat(shell.stderr()).contains("interrupted");
    assertThat(files()).containsExactlyInAnyOrder("script.py", "broken.py");
  }

  @Test
  void runOfAHangingScriptEndsInTimeToo() throws Exception {
    shell.stdin = "hang\n";
    CompletableFuture<Integer> status = Aside.run(() -> shell.type("run", "script.py"));
    assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

    Signal.raise(new Signal("INT"));

    assertThat(status.get(SignalHandlers.GRACE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(130);
  }

  @Test
  void aHangUpIsSaidAndTheRunCanStillBeStopped() throws Exception {
    Signals.needHangUp();
    shell.stdin = "wait\n";
    CompletableFuture<Integer> status = Aside.run(() -> shell.type("run", "script.py"));
    assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

    Signal.raise(new Signal("HUP"));
    await("pyparallel: SIGHUP: no more shards are begun");
    assertThat(status).isNotDone();
    Signal.raise(new Signal("INT"));

    assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(130);
  }

  @Test
  void aQuestionIsAnsweredAndTheRunGoesOn() throws Exception {
    shell.stdin = "wait\n";
    CompletableFuture<Integer> status = Aside.run(() -> shell.type("run", "script.py"));
    assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

    Signal.raise(new Signal("USR1"));
    await("pyparallel: after 0:");
    assertThat(status).isNotDone();
    Signal.raise(new Signal("TERM"));

    assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(143);
  }

  @Test
  void anInterruptedRunWithAJournalSaysHowToGoOn() throws Exception {
    shell.stdin = "wait\n";
    CompletableFuture<Integer> status =
        Aside.run(() -> shell.type("run", "script.py", "--journal", "my journal", "--", "-x"));
    assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

    Signal.raise(new Signal("INT"));

    assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(shell.stderr())
        .endsWith(
            "pyparallel: resume, the same input piped in again, with: pyparallel run script.py"
                + " --journal 'my journal' --resume -- -x\n");
  }

  private void await(String text) throws InterruptedException {
    while (!shell.stderr().contains(text)) {
      Thread.sleep(10);
    }
  }

  @Test
  void helpIntoAClosedPipeIsNoFailure() {
    shell.stdoutChannel = new BrokenPipe();

    assertThat(shell.type("run", "--help")).isZero();

    assertThat(shell.stderr()).isEmpty();
  }

  private Stream<String> files() throws IOException {
    return Files.list(directory).map(file -> file.getFileName().toString());
  }

  private static final class BrokenPipe implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
