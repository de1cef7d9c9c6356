package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Worker processes that die from outside.
@EnabledOnOs(OS.LINUX)
class WorkerDeathIT {
  private static final int FAILED = 1;

  /// The record `wait` writes its process's number to a file and waits, at its first time.
  private static final String SCRIPT =
      """
      import os, time

      def process(line):
          if line == "wait" and not os.path.exists("pid"):
              with open("pid.part", "w") as file:
                  file.write(str(os.getpid()))
              os.rename("pid.part", "pid")
              time.sleep(60)
          return line
      """;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @Test
  void aKilledWorkerCostsOneShard() throws IOException {
    Running run = start();
    kill(run);

    run.await()
        .hasStatus(FAILED)
        .prints("1\n2\n5\n6\n")
        .says("WorkerDied", "signal 9", "SIGKILL", "1 of 3 shards had errors");
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void aRetryMakesUpForIt() throws IOException {
    Running run = start("--retries", "1");
    kill(run);

    run.await().hasStatus(0).prints("1\n2\nwait\n4\n5\n6\n");
  }

  @Test
  void workersDieWithTheRun() throws IOException, InterruptedException {
    Running run = start();
    run.awaitFile(pyparallel.file("pid"));

    run.send("KILL").awaitEnd();

    for (int i = 0; i < 100 && !pyparallel.survivors().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  private Running start(String... options) throws IOException {
    pyparallel.write("s.py", SCRIPT);
    pyparallel.write("in.txt", "1\n2\nwait\n4\n5\n6\n");
    String[] command = {"run", "s.py", "in.txt", "--runtime", "process", "-N", "2", "-j", "2"};
    String[] all = java.util.Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return pyparallel.start(all).endInput();
  }

  private void kill(Running run) throws IOException {
    run.awaitFile(pyparallel.file("pid"));
    long pid = Long.parseLong(Files.readString(pyparallel.file("pid")));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
