package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `repl` with a person in front of it: what the screen looks like, as tmux sees it.
@EnabledOnOs(OS.LINUX)
class ReplScreenIT {
  private static final long LIMIT_SECONDS = 60;
  private static final long POLL_MILLIS = 50;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void home() throws IOException {
    assumeTrue(isInstalled(), "tmux is not installed");
    pyparallel.variables.put("HOME", pyparallel.directory().toString());
    pyparallel.variables.put("XDG_STATE_HOME", null);
    pyparallel.variables.put("TMUX", null);
    pyparallel.variables.put("SHELL", "/bin/sh");
  }

  @AfterEach
  void end() throws IOException {
    if (isInstalled()) {
      tmux("kill-server");
    }
  }

  @Test
  void aSession() throws Exception {
    start("repl -j 2 --color never");
    shows(screen -> screen.endsWith("[1] >>>"));
    type("x = 6 * 7", "Enter");
    shows(screen -> screen.endsWith("x = 6 * 7\n[1] >>>"));
    type("x", "Enter");
    shows(screen -> screen.endsWith("42\n[1] >>>"));
    type("def f(n):", "Enter", "return n / 0", "Enter", "Enter");
    shows(screen -> screen.endsWith("...\n[1] >>>"));
    type("f(1)", "Enter");
    shows(screen -> screen.contains("ZeroDivisionError") && screen.endsWith("[1] >>>"));
    type("%interp switch 2", "Enter");
    shows(screen -> screen.endsWith("[2] >>>"));
    type("'x' in globals()", "Enter");

    String screen = shows(text -> text.endsWith("False\n[2] >>>"));

    assertThat(screen.substring(screen.indexOf("[1] >>> x")))
        .isEqualTo(
            """
            [1] >>> x = 6 * 7
            [1] >>> x
            42
            [1] >>> def f(n):
                ...     return n / 0
                ...
            [1] >>> f(1)
            Traceback (most recent call last):
              File "<input 4>", line 1, in <module>
                f(1)
                ~^^^
              File "<input 3>", line 2, in f
                return n / 0
                       ~~^~~
            ZeroDivisionError: division by zero
            [1] >>> %interp switch 2
            [2] >>> 'x' in globals()
            False
            [2] >>>""");
  }

  @Test
  void ctrlCInterruptsCodeAndCtrlDLeaves() throws Exception {
    start("repl -j 1");
    shows(screen -> screen.endsWith("[1] >>>"));
    type("n = 1", "Enter");
    shows(screen -> screen.endsWith("n = 1\n[1] >>>"));
    type("while True: open('begun', 'w').close()", "Enter", "Enter");
    shows(_ -> Files.exists(pyparallel.file("begun")));
    type("C-c");
    shows(screen -> screen.endsWith("^C\nKeyboardInterrupt\n[1] >>>"));
    type("n + 1", "Enter");
    shows(screen -> screen.endsWith("2\n[1] >>>"));
    type("half", "C-c");
    shows(screen -> screen.endsWith("half\n[1] >>>"));
    type("C-d");

    shows(screen -> screen.contains("left with 0"));
  }

  @Test
  void namesAreCompletedAndInputIsAsked() throws Exception {
    start("repl -j 1");
    shows(screen -> screen.endsWith("[1] >>>"));
    type("import subp", "Tab", "Enter");
    shows(screen -> screen.endsWith("import subprocess\n[1] >>>"));
    type("subprocess.DEVN", "Tab", "Enter");
    shows(screen -> screen.endsWith("-3\n[1] >>>"));
    type("name = input('Name? ')", "Enter");
    shows(screen -> screen.endsWith("Name?"));
    type("Ada", "Enter");
    shows(screen -> screen.endsWith("Name? Ada\n[1] >>>"));
    type("name", "Enter");
    shows(screen -> screen.endsWith("'Ada'\n[1] >>>"));
    type("exit(3)", "Enter");

    shows(screen -> screen.contains("left with 3"));
    assertThat(Files.readString(pyparallel.file(".local/state/pyparallel/repl_history")))
        .contains("subprocess.DEVNULL")
        .doesNotContain("Ada");
  }

  @Test
  void pastedBlocksAreOneEntry() throws Exception {
    start("repl -j 1 --color never");
    shows(screen -> screen.endsWith("[1] >>>"));
    pyparallel.write("block", "def f():\n    if True:\n        return 7\n\n    return 8\n");
    tmux("load-buffer", pyparallel.file("block").toString());
    tmux("paste-buffer", "-p");
    type("Enter", "f()", "Enter");

    shows(screen -> screen.endsWith("[1] >>> f()\n7\n[1] >>>"));
  }

  @Test
  void aDumbTerminalGetsPromptsAndNoEscapes() throws Exception {
    pyparallel.variables.put("PYTHONUNBUFFERED", null);
    start("repl -j 1 -q", "TERM=dumb ");
    shows(screen -> screen.endsWith("[1] >>>"));
    type("if True:", "Enter", "    'yes'", "Enter", "Enter");
    shows(screen -> screen.endsWith("'yes'\n[1] >>>"));
    // Once it runs: the terminal drops what nobody has read yet when Ctrl-C comes.
    type("if True:", "Enter", "    print('on')", "Enter", "    while True: pass", "Enter", "Enter");
    shows(screen -> screen.endsWith("\non"));
    type("C-c");

    shows(screen -> screen.endsWith("KeyboardInterrupt\n[1] >>>"));
  }

  private void halves() throws IOException {
    pyparallel.write(
        "halves.py",
        """
        scale = 2

        def process(line):
            number = int(line)
            return 10 * scale // number

        def teardown():
            print("torn down")
        """);
    pyparallel.write("numbers", "1\n2\n0\n4\n");
  }

  @Test
  void theShellOpensWhereARecordFailed() throws Exception {
    halves();
    start("run --repl-on-error --color never halves.py numbers > results");
    String greeted = shows(screen -> screen.endsWith("[1] >>>"));
    assertThat(greeted)
        .contains("numbers: byte 4: record 3, where shard", "return 10 * scale // number")
        .contains("Inside the interpreter that failed, in ", "halves.py", "record", "error");
    type("record, error, scale", "Enter");
    shows(screen -> screen.endsWith("('0', ZeroDivisionError('division by zero'), 2)\n[1] >>>"));
    type("process('10')", "Enter");
    shows(screen -> screen.endsWith("\n2\n[1] >>>"));
    type("import pdb; pdb.pm()", "Enter");
    shows(screen -> screen.endsWith("(Pdb)"));
    type("p number", "Enter");
    shows(screen -> screen.endsWith("(Pdb) p number\n0\n(Pdb)"));
    type("q", "Enter");
    shows(screen -> screen.endsWith("(Pdb) q\n[1] >>>"));
    type("while True: pass", "Enter", "Enter");
    Thread.sleep(500); // there is nothing to see of it
    type("C-c");
    shows(screen -> screen.endsWith("KeyboardInterrupt\n[1] >>>"));
    type("C-d");

    shows(screen -> screen.endsWith("torn down\nleft with 1"));
    assertThat(Files.readString(pyparallel.file("results")))
        .startsWith("20\n10\n")
        .doesNotContain(">");
  }

  @Test
  void theShellOpensWhereAScriptCannotBeLoaded() throws Exception {
    pyparallel.write("broken.py", "limit = 7\ndef process(x): pass\nnothing\n");
    pyparallel.write("numbers", "1\n");
    start("run --repl-on-error --runtime process --color never broken.py numbers");
    shows(screen -> screen.contains("cannot start broken.py") && screen.endsWith("[1] >>>"));
    type("limit, error", "Enter");
    shows(screen -> screen.contains("(7, NameError(\"name 'nothing' is not defined\"))"));
    type("C-d");

    shows(screen -> screen.endsWith("left with 1"));
  }

  @Test
  void noShellOpensWhereNothingFailed() throws Exception {
    halves();
    pyparallel.write("numbers", "1\n");
    start("run --repl-on-error halves.py numbers");

    assertThat(shows(screen -> screen.endsWith("left with 0"))).doesNotContain(">>>");
  }

  private void start(String words) throws IOException {
    start(words, "");
  }

  private void start(String words, String before) throws IOException {
    // The shell around it gets Ctrl-C as well while the terminal is in its usual mode.
    String command =
        "trap : INT; "
            + before
            + String.join(" ", Launcher.command())
            + " "
            + words
            + "; echo left with $?; cat > /dev/null";
    tmux("new-session", "-d", "-x", "80", "-y", "40", command);
  }

  private void type(String... keys) throws IOException {
    for (String key : keys) {
      boolean named = key.length() > 1 && List.of("Enter", "Tab", "C-c", "C-d").contains(key);
      tmux(named ? List.of("send-keys", key) : List.of("send-keys", "-l", key));
    }
  }

  /// Waits until the screen is as it should be, blanks at the end of lines and of the screen left
  /// out.
  private String shows(Predicate<String> expected) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    String screen = screen();
    while (!expected.test(screen)) {
      assertThat(System.nanoTime()).as("screen:\n%s", screen).isLessThan(deadline);
      Thread.sleep(POLL_MILLIS);
      screen = screen();
    }
    return screen;
  }

  private String screen() throws IOException {
    return tmux("capture-pane", "-p").replaceAll("(?m) +$", "").stripTrailing();
  }

  private String tmux(String... words) throws IOException {
    return tmux(List.of(words));
  }

  private String tmux(List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of("tmux", "-S", "tmux.sock", "-f", "/dev/null"));
    command.addAll(words);
    Outcome outcome = pyparallel.run(new byte[0], command);
    return new String(outcome.stdout(), StandardCharsets.UTF_8);
  }

  private static boolean isInstalled() {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, "tmux"))) {
        return true;
      }
    }
    return false;
  }
}
