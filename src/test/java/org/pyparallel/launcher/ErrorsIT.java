package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes wrong in scripts and on command lines, and what the user is told.
///
/// Every outcome, of these tests and of all others, is also searched for Java stack traces.
@EnabledOnOs(OS.LINUX)
class ErrorsIT {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void files() throws IOException {
    pyparallel.write("ok.py", "def process(record):\n    return record\n");
    pyparallel.write("in.txt", "a\nb\nc\n");
    pyparallel.write("folder/file.txt", "x\n");
  }

  @Test
  void anExceptionIsShownWithItsPlaceAndTheOtherRecordsAreWritten() throws IOException {
    pyparallel.write(
        "s.py",
        """
        def process(record):
            if record == "b":
                raise ValueError("no " + record)
            return record
        """);

    Outcome outcome = pyparallel.run("run", "-N", "3", "s.py", "in.txt").hasStatus(FAILED);

    outcome.prints("a\nc\n");
    assertThat(outcome.stderr())
        .isEqualTo(
            """
            pyparallel: in.txt: byte 2: record 2 (shard 0): ValueError: no b
            Traceback (most recent call last):
              File "%s", line 3, in process
                raise ValueError("no " + record)
            ValueError: no b
            pyparallel: 1 of 1 shard had errors: 1 of 3 records failed
            """
                .formatted(pyparallel.file("s.py")));
  }

  @Test
  void theSameExceptionIsShownOnce() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    return 1 // 0\n");
    pyparallel.write("in.txt", "a\n".repeat(1000));

    Outcome outcome = pyparallel.run("run", "s.py", "in.txt").hasStatus(FAILED).prints("");

    assertThat(outcome.stderr()).containsOnlyOnce("Traceback").containsOnlyOnce("return 1 // 0");
    outcome.says("... and 999 more like it (ZeroDivisionError", "1,000 of 1,000 records failed");
  }

  @Test
  void theRecordOfAFailureIsCountedAcrossShards() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    assert record != '70000'\n");
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 100_000; i++) {
      lines.append(i).append('\n');
    }
    pyparallel.write("in.txt", lines.toString());

    pyparallel
        .run("run", "-j", "2", "--block", "10K", "s.py", "in.txt")
        .hasStatus(FAILED)
        .says("pyparallel: in.txt: byte 408888: record 70000 (shard ", "AssertionError");
  }

  @Test
  void aSyntaxErrorIsShownAsPythonShowsIt() throws IOException {
    pyparallel.write("s.py", "def process(record:\n    return record\n");

    Outcome outcome = pyparallel.run("run", "s.py", "in.txt").hasStatus(FAILED).prints("");

    assertThat(outcome.stderr())
        .isEqualTo(
            """
            pyparallel: cannot start s.py: SyntaxError: '(' was never closed
              File "%s", line 1
                def process(record:
                           ^
            SyntaxError: '(' was never closed
            """
                .formatted(pyparallel.file("s.py")));
  }

  @Test
  void anExceptionWhileLoadingIsShownOnce() throws IOException {
    pyparallel.write("s.py", "import no_such_module\n\ndef process(record):\n    return record\n");

    Outcome outcome =
        pyparallel.run("run", "-j", "4", "s.py", "in.txt").hasStatus(FAILED).prints("");

    assertThat(outcome.stderr())
        .containsOnlyOnce("Traceback")
        .containsOnlyOnce("pyparallel: cannot start s.py: ModuleNotFoundError: No module named")
        .contains("s.py\", line 1, in <module>");
  }

  @Test
  void sysExitInTheModule() throws IOException {
    pyparallel.write("s.py", "import sys\nsys.exit(5)\ndef process(record):\n    pass\n");

    pyparallel
        .run("run", "s.py", "in.txt")
        .hasStatus(FAILED)
        .prints("")
        .says("s.py\", line 2, in <module>", "SystemExit: 5");
  }

  @Test
  void sysExitInProcessEndsItsShardOnly() throws IOException {
    pyparallel.write(
        "s.py",
        """
        import sys

        def process(record):
            if record == "b":
                sys.exit("enough")
            return record
        """);

    pyparallel
        .run("run", "-N", "1", "s.py", "in.txt")
        .hasStatus(FAILED)
        .prints("a\nc\n")
        .says(
            "in.txt: byte 2: record 2, where shard 1 stopped: SystemExit: the script called"
                + " sys.exit('enough')");
  }

  @Test
  void sysExitInAFilter() throws IOException {
    String filter =
        """
        import sys
        print(sys.stdin.readline(), end="")
        sys.exit(%s)
        """;
    pyparallel.write("zero.py", filter.formatted("0"));
    pyparallel.write("five.py", filter.formatted("5"));

    pyparallel.run("run", "-N", "3", "zero.py", "in.txt").isClean().prints("a\n");
    pyparallel
        .run("run", "-N", "3", "five.py", "in.txt")
        .hasStatus(FAILED)
        .prints("a\n")
        .says("in.txt: shard 0 (bytes 0 to 6): SystemExit: the script called sys.exit(5)");
  }

  @Test
  void printToStandardErrorIsPassedOn() throws IOException {
    pyparallel.write(
        "s.py",
        """
        import sys

        def process(record):
            print("saw", record, file=sys.stderr)
            return record
        """);

    Outcome outcome = pyparallel.run("run", "-j", "1", "s.py", "in.txt").hasStatus(0);

    outcome.prints("a\nb\nc\n");
    assertThat(outcome.stderr()).isEqualTo("saw a\nsaw b\nsaw c\n");
  }

  @Test
  void badBytesFailTheirRecordOnly() throws IOException {
    pyparallel.write("in.txt", new byte[] {'a', '\n', (byte) 0xff, '\n', 'c', '\n'});

    pyparallel
        .run("run", "-N", "3", "ok.py", "in.txt")
        .hasStatus(FAILED)
        .prints("a\nc\n")
        .says("in.txt: byte 2: record 2 (shard 0): UnicodeDecodeError");
  }

  @Test
  void aFailedTeardownIsTold() throws IOException {
    pyparallel.write(
        "s.py", "def process(record):\n    return record\ndef teardown():\n    1 / 0\n");

    pyparallel
        .run("run", "-j", "1", "s.py", "in.txt")
        .hasStatus(FAILED)
        .prints("a\nb\nc\n")
        .says("teardown() in worker 0: ZeroDivisionError");
  }

  @Test
  void endlessRecursionIsAnExceptionAndNoCrash() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    return process(record)\n");

    pyparallel.run("run", "s.py", "in.txt").hasStatus(FAILED).says("RecursionError");
  }

  @Test
  void aFailureInAFileOutputStillWritesTheRest() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    assert record != 'b'\n    return record\n");

    pyparallel.run("run", "s.py", "in.txt", "-o", "out.txt").hasStatus(FAILED).prints("");

    assertThat(pyparallel.file("out.txt")).hasContent("a\nc\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "run nope.py in.txt             | no such script: nope.py",
        "run folder in.txt              | the script folder is a directory",
        "run - in.txt                   | the script cannot come from standard input",
        "run ok.py nope.txt             | no such input: nope.txt",
        "run ok.py folder               | the input folder is a directory",
        "run ok.py nope*.txt            | no file matches nope*.txt",
        "run ok.py - in.txt             | '-' stands for standard input",
        "run ok.py in.txt -o folder     | cannot write output file 'folder': it is a directory",
        "run ok.py in.txt -o no/out.txt | cannot write output file 'no/out.txt'",
        "run                            | SCRIPT is missing",
        "run ok.py --block 12q          | --block 12q: must be a size",
        "run ok.py --workers 0          | --workers 0: must be a number",
        "run ok.py --workers many       | --workers many: must be a number",
        "run ok.py --format xml         | --format xml: must be one of lines, jsonl",
        "run ok.py --runtime jython     | --runtime jython: must be one of auto, cpython",
        "run ok.py --output             | --output needs a value",
        "run ok.py --blok 4M            | unknown option --blok",
        "run ok.py @nope                | cannot read the options in 'nope'",
        "frobnicate                     | unknown command 'frobnicate'",
        "ok.py                          | unknown command 'ok.py'",
        "completion tcsh                | no completion for the shell 'tcsh'",
        "doctor now                     | no such script: now",
      })
  void wrongUsageIsToldBeforeAnythingRuns(String words, String message) throws IOException {
    Outcome outcome = pyparallel.run(words.split(" ")).hasStatus(USAGE).prints("");

    assertThat(outcome.stderr()).startsWith("pyparallel: " + message);
    pyparallel.holdsOnly("ok.py", "in.txt", "folder");
  }
}
