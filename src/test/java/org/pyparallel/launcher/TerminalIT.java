package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// With a person in front of it. A terminal shows both streams, and ends lines with CR LF.
@EnabledOnOs(OS.LINUX)
class TerminalIT {
  private static final String CTRL_C = "\u0003";
  private static final String ESCAPE = "\u001b[";

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void terminal() throws IOException {
    try (InputStream script = TerminalIT.class.getResourceAsStream("terminal.py")) {
      pyparallel.write("terminal.py", script.readAllBytes());
    }
    pyparallel.variables.put("TERM", "xterm");
    pyparallel.write("fails.py", "def process(record):\n    raise ValueError(record)\n");
    pyparallel.write("in.txt", "a\n");
  }

  @Test
  void withoutInputTheScriptRunsOnceAndMayAsk() throws IOException {
    pyparallel.write("s.py", "print('Hello ' + input('Name? '))\n");

    Running run = open("run", "s.py").type("Ada\n");

    assertThat(run.await().hasStatus(0).text()).contains("Name? ", "Hello Ada\r\n");
  }

  @Test
  void ctrlCEndsTheRun() throws IOException {
    pyparallel.write(
        "s.py", "def process(record):\n    open('begun', 'w').close()\n    while True: pass\n");
    Running run = open("run", "s.py", "in.txt").awaitFile(pyparallel.file("begun"));

    Outcome outcome = run.type(CTRL_C).await().hasStatus(130);

    assertThat(outcome.text()).contains("pyparallel: interrupted: 0 shards done");
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void ctrlCGoesToTheScriptThatRunsOnce() throws IOException {
    pyparallel.write("s.py", "open('begun', 'w').close()\nwhile True: pass\n");
    Running run = open("run", "s.py").awaitFile(pyparallel.file("begun"));

    run.type(CTRL_C).await().hasStatus(130);

    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  @Test
  void errorsAreInColour() throws IOException {
    Outcome outcome = open("run", "fails.py", "in.txt").await().hasStatus(1);

    assertThat(outcome.text()).contains(ESCAPE + "31m", "ValueError");
  }

  @Test
  void noColorIsRespected() throws IOException {
    pyparallel.variables.put("NO_COLOR", "1");

    Outcome outcome = open("run", "fails.py", "in.txt").await().hasStatus(1);

    assertThat(outcome.text()).doesNotContain(ESCAPE + "31m").contains("ValueError: a");
  }

  @Test
  void aDumbTerminalGetsNoEscapes() throws IOException {
    pyparallel.variables.put("TERM", "dumb");

    Outcome outcome = open("run", "fails.py", "in.txt").await().hasStatus(1);

    assertThat(outcome.text()).doesNotContain("\u001b");
  }

  private Running open(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(Launcher.python("terminal.py"));
    command.addAll(Launcher.command(arguments));
    return pyparallel.start(command);
  }
}
