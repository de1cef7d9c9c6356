package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Ctrl-C and its kin, at any moment and whatever the script is doing.
@EnabledOnOs(OS.LINUX)
class InterruptIT {
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  /// From the signal to the end of the process.
  private static final Duration SOON = Duration.ofMillis(1500);

  // A signal in its first 60 ms or so makes the JVM end as it should, but now and then with words
  // of
  // its own, or with another status.
  private static final String JVM_CANNOT_LOG = "^Runtime\\.exit\\(130\\) logging failed: .*\n";
  private static final String JVM_DID_NOT_START = "Error occurred during initialization of VM";

  @RegisterExtension final Launcher pyparallel = new Launcher();

  /// What a script may be doing when the signal comes.
  enum Doing {
    LOOP("while True: pass"),
    SLEEP("import time; time.sleep(60)"),
    LONG_CALL("import re; re.match('(a+)+$', 'a' * 40 + 'b')"),
    SWALLOW_EXCEPTIONS(
        """
        while True:
                try:
                    while True: pass
                except BaseException: pass
        """);

    private final String code;

    Doing(String code) {
      this.code = code;
    }

    /// A script of the function form; it makes a file when it has begun.
    String script() {
      return "def process(record):\n    open('begun', 'w').close()\n    " + code + "\n";
    }
  }

  @ParameterizedTest
  @EnumSource
  void sigintEndsTheRunWhateverTheScriptDoes(Doing doing) throws IOException {
    pyparallel.write("s.py", doing.script());
    pyparallel.write("in.txt", "a\nb\n");
    Running run = pyparallel.start("run", "s.py", "in.txt", "-o", "out.txt");
    run.awaitFile(pyparallel.file("begun"));

    Outcome outcome = run.send("INT").await(SOON).hasStatus(INTERRUPTED).prints("");

    assertThat(outcome.stderr())
        .isEqualTo("pyparallel: interrupted: 0 shards done, 'out.txt' left as it was\n");
    pyparallel.holdsOnly("s.py", "in.txt", "begun");
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOOP", "SLEEP"})
  void sigtermDoesTheSame(Doing doing) throws IOException {
    pyparallel.write("s.py", doing.script());
    pyparallel.write("in.txt", "a\nb\n");
    Running run = pyparallel.start("run", "s.py", "in.txt", "-o", "out.txt");
    run.awaitFile(pyparallel.file("begun"));

    run.send("TERM").await(SOON).hasStatus(TERMINATED).says("pyparallel: interrupted: 0 shards");

    pyparallel.holdsOnly("s.py", "in.txt", "begun");
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void aSecondSigintEndsItAtOnce() throws IOException {
    pyparallel.write("s.py", Doing.SLEEP.script());
    pyparallel.write("in.txt", "a\n");
    Running run = pyparallel.start("run", "s.py", "in.txt", "-o", "out.txt");
    run.awaitFile(pyparallel.file("begun"));

    run.send("INT").send("INT").await(SOON).hasStatus(INTERRUPTED);

    pyparallel.holdsOnly("s.py", "in.txt", "begun");
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @ParameterizedTest(name = "after {0} ms")
  @ValueSource(ints = {0, 10, 30, 60, 100, 140, 180, 220, 260, 300, 400, 600})
  void sigintDuringTheStartEndsItWithoutATrace(int millis)
      throws IOException, InterruptedException {
    pyparallel.write("s.py", "while True: pass\n");
    pyparallel.write("in.txt", "a\n");
    Running run = pyparallel.start("run", "s.py", "in.txt", "-o", "out.txt");
    Thread.sleep(millis);

    Outcome outcome = run.send("INT").await(SOON).prints("");

    if (!outcome.stderr().contains(JVM_DID_NOT_START)) {
      outcome.hasStatus(INTERRUPTED);
      assertThat(outcome.stderr().replaceFirst(JVM_CANNOT_LOG, ""))
          .isIn("", "pyparallel: interrupted: 0 shards done, 'out.txt' left as it was\n");
    }
    pyparallel.holdsOnly("s.py", "in.txt");
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void sigtermRightAfterTheOutputWasOpenedLeavesNoPartOfIt() throws IOException {
    pyparallel.write("s.py", "while True: pass\n");
    pyparallel.write("in.txt", "a\n");
    File folder = pyparallel.directory().toFile();
    Running run = pyparallel.start("run", "s.py", "in.txt", "-o", "out.txt");
    run.await(
        "the output is open", () -> folder.list((_, name) -> name.endsWith(".part")).length > 0);

    run.terminate().await(SOON).hasStatus(TERMINATED);

    pyparallel.holdsOnly("s.py", "in.txt");
  }

  @Test
  void sigintWhileANamedPipeHasNoWriter() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    return record\n");
    pyparallel.shell("mkfifo pipe").isClean();
    File folder = pyparallel.directory().toFile();
    Running run = pyparallel.start("run", "s.py", "pipe", "-o", "out.txt");
    run.await("the output is open", () -> folder.list().length > 2);

    run.send("INT").await(SOON).hasStatus(INTERRUPTED);
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void sigintWhileTheScriptIsLoaded() throws IOException {
    pyparallel.write(
        "s.py", "open('begun', 'w').close()\nwhile True: pass\ndef process(record): pass\n");
    pyparallel.write("in.txt", "a\n");
    Running run = pyparallel.start("run", "s.py", "in.txt");
    run.awaitFile(pyparallel.file("begun"));

    run.send("INT").await(SOON).hasStatus(INTERRUPTED).says("interrupted: 0 shards done");
  }

  @Test
  void sigintWhileAFilterRuns() throws IOException {
    pyparallel.write("s.py", "open('begun', 'w').close()\nwhile True: pass\n");
    pyparallel.write("in.txt", "a\n");
    Running run = pyparallel.start("run", "s.py", "in.txt");
    run.awaitFile(pyparallel.file("begun"));

    run.send("INT").await(SOON).hasStatus(INTERRUPTED).says("interrupted: 0 shards done");
  }

  @Test
  void sigintWhileTheSourceIsSilent() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    return record\n");
    Running run = pyparallel.start("run", "s.py").type("a\n").awaitOutput("a\n");

    run.send("INT")
        .await(SOON)
        .hasStatus(INTERRUPTED)
        .prints("a\n")
        .says("pyparallel: interrupted: 1 shard done, 1 record written");
  }

  @Test
  void whatWasDoneBeforeIsWrittenAndTold() throws IOException {
    pyparallel.write(
        "s.py",
        """
        def process(record):
            if record == "stop":
                open("begun", "w").close()
                while True: pass
            return record
        """);
    pyparallel.write("in.txt", "a\nb\nstop\nc\n");
    Running run = pyparallel.start("run", "-j", "1", "-N", "2", "s.py", "in.txt");
    run.awaitFile(pyparallel.file("begun")).awaitOutput("a\nb\n");

    run.send("INT")
        .await(SOON)
        .hasStatus(INTERRUPTED)
        .prints("a\nb\n")
        .says("pyparallel: interrupted: 1 shard done, 2 records written");
  }

  /// While sorted runs are merged and written, and while whoever reads the results takes its time.
  @ParameterizedTest
  @ValueSource(strings = {"--sort", "--unordered", "--reduce=uniq"})
  void sigintWhileResultsAreMergedAndWritten(String merging) throws Exception {
    pyparallel.write("s.py", "def process(line):\n    return line * 40\n");
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      input.append(i).append('\n');
    }
    pyparallel.write("in.txt", input.toString());
    pyparallel.shell("mkfifo results").isClean();
    Running reader = pyparallel.start(List.of("sh", "-c", "exec sleep 60 < results"));
    Running run =
        pyparallel.start(
            List.of(
                "sh",
                "-c",
                "exec env --default-signal=INT pyparallel run s.py in.txt "
                    + merging
                    + " > results"));
    Thread.sleep(1_500);

    run.send("INT").await(SOON).hasStatus(INTERRUPTED).says("pyparallel: interrupted");

    reader.terminate().awaitEnd();
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void anInterruptedDocumentIsStillJson() throws IOException {
    pyparallel.write("s.py", Doing.LOOP.script());
    pyparallel.write("in.txt", "a\n");
    Running run = pyparallel.start("run", "--json", "s.py", "in.txt");
    run.awaitFile(pyparallel.file("begun"));

    Outcome outcome = run.send("INT").await(SOON).hasStatus(INTERRUPTED);

    JsonNode document = new JsonMapper().readTree(outcome.stdout());
    assertThat(document.at("/stats/end").asString()).isEqualTo("interrupted");
  }

  @Test
  void anExistingOutputFileIsLeftAsItWas() throws IOException {
    pyparallel.write("s.py", Doing.LOOP.script());
    pyparallel.write("in.txt", "a\n");
    pyparallel.write("out.txt", "old\n");
    Running run = pyparallel.start("run", "s.py", "in.txt", "-o", "out.txt");
    run.awaitFile(pyparallel.file("begun"));

    run.send("INT").await(SOON).hasStatus(INTERRUPTED);

    assertThat(pyparallel.file("out.txt")).hasContent("old\n");
    pyparallel.holdsOnly("s.py", "in.txt", "begun", "out.txt");
  }

  @Test
  void thePythonCommandPassesSigtermOn() throws IOException {
    pyparallel.write("s.py", "open('begun', 'w').close()\nimport time\ntime.sleep(60)\n");
    Running run = pyparallel.start("python", "s.py").awaitFile(pyparallel.file("begun"));

    run.terminate().await(SOON).hasStatus(TERMINATED);

    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }
}
