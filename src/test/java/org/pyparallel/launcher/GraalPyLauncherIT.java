package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--runtime graalpy` through the launcher, which gives the JVM other modules for it.
@EnabledOnOs(OS.LINUX)
class GraalPyLauncherIT {
  private static final Duration SOON = Duration.ofSeconds(3);

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void files() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("line ").append(i).append(" é€😀\n");
    }
    pyparallel.write("in.txt", lines.append("end").toString());
    pyparallel.write(
        "record.py",
        """
        def process(record):
            if record.endswith("😀"):
                return record.upper()
            return {"rest": record, "length": len(record)}
        """);
    pyparallel.write(
        "shard.py",
        """
        def process_shard(records):
            for number, record in enumerate(records):
                yield number, record[::-1]
        """);
    pyparallel.write(
        "filter.py",
        """
        import sys

        for line in sys.stdin:
            print(len(line), line.strip())
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"record.py", "shard.py", "filter.py"})
  void givesTheSameBytesAsCPython(String script) throws IOException {
    Outcome graalpy = run("graalpy", script);
    Outcome cpython = run("cpython", script);

    assertThat(graalpy.stdout()).isNotEmpty().isEqualTo(cpython.stdout());
  }

  @Test
  void runsTheScriptInGraalPy() throws IOException {
    pyparallel.write(
        "s.py", "import sys\ndef process(record):\n    return sys.implementation.name\n");
    pyparallel.write("in.txt", "a\n");

    pyparallel.run("run", "--runtime=graalpy", "s.py", "in.txt").isClean().prints("graalpy\n");
  }

  /// The JVM must be told before the options are read.
  @Test
  void aSandboxBringsGraalPy() throws IOException {
    pyparallel.write(
        "s.py", "import sys\ndef process(record):\n    return sys.implementation.name\n");
    pyparallel.write("in.txt", "a\n");
    pyparallel.write("options", "--sandbox");

    pyparallel.run("run", "--sandbox", "s.py", "in.txt").isClean().prints("graalpy\n");
    pyparallel.run("run", "@options", "s.py", "in.txt").isClean().prints("graalpy\n");
    pyparallel
        .shell("PYPARALLEL=--sandbox pyparallel run s.py in.txt")
        .isClean()
        .prints("graalpy\n");
  }

  @Test
  void showsAnExceptionAsCPythonDoes() throws IOException {
    pyparallel.write(
        "s.py",
        """
        def process(record):
            if record == "b":
                raise ValueError("no " + record)
            return record
        """);
    pyparallel.write("in.txt", "a\nb\nc\n");

    Outcome outcome =
        pyparallel.run("run", "--runtime", "graalpy", "-N", "3", "s.py", "in.txt").hasStatus(1);

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
  void doctorSaysThatItHasItsCompiler() throws IOException {
    Outcome outcome = pyparallel.run("doctor").isClean();

    assertThat(outcome.text())
        .contains("graalpy     available")
        .containsPattern("graalpy(?s:.*)JIT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"while True: pass", "import time; time.sleep(60)"})
  void sigintEndsIt(String doing) throws IOException {
    pyparallel.write(
        "s.py", "def process(record):\n    open('begun', 'w').close()\n    " + doing + "\n");
    pyparallel.write("in.txt", "a\nb\n");
    Running run =
        pyparallel.start("run", "--runtime", "graalpy", "s.py", "in.txt", "-o", "out.txt");
    run.awaitFile(pyparallel.file("begun"));

    Outcome outcome = run.send("INT").await(SOON).hasStatus(130).prints("");

    assertThat(outcome.stderr())
        .isEqualTo("pyparallel: interrupted: 0 shards done, 'out.txt' left as it was\n");
    pyparallel.holdsOnly("s.py", "in.txt", "begun", "record.py", "shard.py", "filter.py");
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void endsQuietlyWhenItsReaderLeaves() throws IOException {
    pyparallel
        .shell("yes | pyparallel run --runtime graalpy record.py | head -n 1")
        .isClean()
        .prints("{\"rest\":\"y\",\"length\":1}\n");
    assertThat(pyparallel.survivors()).isEmpty();
  }

  private Outcome run(String runtime, String script) throws IOException {
    return pyparallel
        .run("run", "--runtime", runtime, "-j", "2", "--block", "64K", script, "in.txt")
        .isClean();
  }
}
