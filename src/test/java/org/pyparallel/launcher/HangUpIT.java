package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pyparallel.Signals;

/// The signals that let a run go on: a terminal that goes away, and a question.
@EnabledOnOs(OS.LINUX)
class HangUpIT {
  private static final int HUNG_UP = 129;
  private static final int INTERRUPTED = 130;
  private static final Duration SOON = Duration.ofMillis(1500);

  @RegisterExtension final Launcher pyparallel = new Launcher();

  /// Shards of one record, each of which ends when there is a file `go`.
  @BeforeEach
  void script() throws IOException {
    pyparallel.write(
        "s.py",
        """
        import os, time

        def process(record):
            open("begun", "w").close()
            while not os.path.exists("go"):
                time.sleep(0.01)
            return record
        """);
    pyparallel.write("in.txt", "a\nb\nc\nd\n");
  }

  private Running begin(String... options) throws IOException {
    String[] command = new String[options.length + 7];
    System.arraycopy(options, 0, command, 7, options.length);
    System.arraycopy(
        new String[] {"run", "s.py", "in.txt", "-N", "1", "-j", "1"}, 0, command, 0, 7);
    return pyparallel.start(command).awaitFile(pyparallel.file("begun"));
  }

  @Test
  void sighupLetsWhatIsUnderWayComeToItsEnd() throws IOException {
    Signals.needHangUp();
    Running run = begin();
    run.send("HUP").awaitMessage("SIGHUP: no more shards are begun");
    pyparallel.write("go", "");

    run.await()
        .hasStatus(HUNG_UP)
        .prints("a\n")
        .says("pyparallel: drained after SIGHUP: 1 shard done, 1 record written");
  }

  @Test
  void aDrainedRunLeavesNoPartOfAFile() throws IOException {
    Signals.needHangUp();
    Running run = begin("-o", "out.txt");
    run.send("HUP").awaitMessage("SIGHUP: no more shards are begun");
    pyparallel.write("go", "");

    run.await().hasStatus(HUNG_UP).prints("").says("'out.txt' left as it was");

    pyparallel.holdsOnly("s.py", "in.txt", "begun", "go");
  }

  @Test
  void sigintStopsADrainingRun() throws IOException {
    Signals.needHangUp();
    Running run = begin("-o", "out.txt");
    run.send("HUP").awaitMessage("SIGHUP: no more shards are begun");

    run.send("INT").await(SOON).hasStatus(INTERRUPTED).says("interrupted: 0 shards done");

    pyparallel.holdsOnly("s.py", "in.txt", "begun");
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void nohupIsRespected() throws IOException {
    Outcome outcome =
        pyparallel.shell(
            "nohup pyparallel run s.py in.txt -N 1 -j 1 > out.txt 2> err.txt & "
                + "until [ -e begun ]; do sleep 0.1; done; kill -s HUP $!; sleep 0.3; : > go; "
                + "wait $!; echo $?; cat out.txt; cat err.txt");

    outcome.hasStatus(0).prints("0\na\nb\nc\nd\n");
  }

  @Test
  void sigusr1IsAnsweredAndDisturbsNothing() throws IOException {
    Running run = begin();
    for (int i = 0; i < 3; i++) {
      run.send("USR1");
    }
    run.awaitMessage("pyparallel: after 0:");
    pyparallel.write("go", "");

    run.await().hasStatus(0).prints("a\nb\nc\nd\n");
  }
}
