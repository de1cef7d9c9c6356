package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process under way. Its output goes to files, so that nothing has to read it meanwhile.
///
/// No wait is without a limit, and a process that reaches it is killed.
final class Running {
  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 1;
  private static final long KIBI = 1024;

  private final Process process;
  private final Path stdout;
  private final Path stderr;

  Running(Process process, Path stdout, Path stderr) {
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /// Writes to its standard input at once.
  Running type(String text) throws IOException {
    OutputStream stdin = process.getOutputStream();
    stdin.write(text.getBytes(StandardCharsets.UTF_8));
    stdin.flush();
    return this;
  }

  Running endInput() throws IOException {
    process.getOutputStream().close();
    return this;
  }

  /// Its standard output, for the last process of a pipeline.
  InputStream output() {
    return process.getInputStream();
  }

  /// Waits until it has written this, and no more, to standard output.
  Running awaitOutput(String expected) {
    return await("standard output is '" + expected + "'", () -> read(stdout).equals(expected));
  }

  /// Waits until it has said this on standard error.
  Running awaitMessage(String part) {
    return await("standard error says '" + part + "'", () -> read(stderr).contains(part));
  }

  /// Waits until a file exists, such as one that the script makes.
  Running awaitFile(Path file) {
    return await("there is a file " + file.getFileName(), () -> Files.exists(file));
  }

  Running send(String signal) throws IOException {
    Process kill =
        new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    kill.onExit().join();
    return this;
  }

  /// Sends SIGTERM without the milliseconds that a `kill` takes to start.
  Running terminate() {
    process.toHandle().destroy();
    return this;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// The most memory it has had so far, in MiB.
  long peakMebibytes() throws IOException {
    String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
    Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
    assertThat(peak.find()).as("VmHWM in %s", status).isTrue();
    return Long.parseLong(peak.group(1)) / KIBI;
  }

  /// Waits for the end of one that was killed.
  void awaitEnd() {
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        fail("still running after %s", LIMIT);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Outcome await() {
    return await(LIMIT);
  }

  /// Waits for its end.
  ///
  /// @param limit from now; reaching it fails the test
  Outcome await(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        fail("still running after %s; standard error: %s", limit, read(stderr));
      }
      return new Outcome(process.exitValue(), Files.readAllBytes(stdout), read(stderr))
          .showsNoJava();
    } catch (InterruptedException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Waits until something is so; its end before that fails the test.
  ///
  /// @param what how messages call it
  Running await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() && !condition.getAsBoolean()) {
        fail("ended before %s; standard error: %s", what, read(stderr));
      }
      if (System.nanoTime() > deadline) {
        fail("not within %s: %s; standard error: %s", LIMIT, what, read(stderr));
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return this;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }
}
