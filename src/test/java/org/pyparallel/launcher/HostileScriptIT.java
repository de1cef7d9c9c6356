package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Scripts that do what no script should. One record of a hundred makes them do it: the run ends,
/// says what happened, and the other records are there.
@EnabledOnOs(OS.LINUX)
class HostileScriptIT {
  private static final int RECORDS = 100;
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @RegisterExtension final Launcher pyparallel = new Launcher();

  /// What is done to the run and what it must say.
  enum Deed {
    LOOP("while True: pass", "TimeoutError"),
    SLEEP("time.sleep(3600)", "TimeoutError"),
    SWALLOW(
        """
        while True:
                    try:
                        while True: time.sleep(0.01)
                    except BaseException: pass
        """,
        "TimeoutError"),
    STUCK_IN_C("re.match('(a+)+$', 'a' * 40 + 'b')", "TimeoutError"),
    RECURSE("f = lambda: f(); f()", "RecursionError"),
    ALLOCATE("hoard = []\n        while True: hoard.append(bytearray(1 << 20))", "MemoryError"),
    CLOSE_STDERR("os.close(2)", null),
    CLOSE_STREAMS("sys.stdout.close(); sys.stderr.close(); sys.stdin.close()", null),
    DAEMON_THREAD(
        "threading.Thread(target=lambda: [time.sleep(1) for _ in range(99)], daemon=True).start()",
        null),
    FORK("os.fork() or os._exit(0)", null),
    SIGNAL_HANDLER("signal.signal(signal.SIGTERM, signal.SIG_IGN)", null),
    KEYBOARD_INTERRUPT("raise KeyboardInterrupt", "KeyboardInterrupt"),
    EXIT("sys.exit(3)", "sys.exit(3)"),
    HUGE_MESSAGE("raise ValueError('x' * (1 << 20))", "ValueError"),
    BAD_STR("raise type('Bad', (Exception,), {'__str__': lambda self: 1 / 0})()", "Bad"),
    LONE_SURROGATE("print('\\udc80')", "UnicodeEncodeError"),
    CLOSE_STDOUT("os.close(1)", null),
    OS_EXIT("os._exit(7)", "status 7"),
    SEGFAULT("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
    KILL_ITSELF("os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
    ABORT("os.abort()", "SIGABRT");

    private final String code;
    private final String word;

    Deed(String code, String word) {
      this.code = code;
      this.word = word;
    }

    /// Whether it takes from the process what the whole of it needs: then only a process per worker
    /// keeps the run.
    boolean endsTheProcess() {
      return ordinal() >= CLOSE_STDOUT.ordinal();
    }
  }

  static Stream<Arguments> deeds() {
    List<Arguments> all = new ArrayList<>();
    for (Deed deed : Deed.values()) {
      if (!deed.endsTheProcess()) {
        all.add(Arguments.of("cpython", deed));
      }
      all.add(Arguments.of("process", deed));
    }
    for (Deed deed : List.of(Deed.LOOP, Deed.SWALLOW, Deed.RECURSE, Deed.EXIT)) {
      all.add(Arguments.of("graalpy", deed));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("deeds")
  void theOthersAreThere(String runtime, Deed deed) throws IOException {
    pyparallel.write(
        "s.py",
        "import os, re, signal, sys, threading, time\n\n"
            + "def process(line):\n    if line == '51':\n        "
            + deed.code
            + "\n    return line\n");
    StringBuilder input = new StringBuilder();
    for (int i = 1; i <= RECORDS; i++) {
      input.append(i).append('\n');
    }
    pyparallel.write("in.txt", input.toString());
    // Who allocates is to be stopped for that, however slow the machine is.
    String timeout = deed == Deed.ALLOCATE ? "30" : runtime.equals("graalpy") ? "8" : "1.5";
    List<String> command =
        new ArrayList<>(List.of("run", "s.py", "in.txt", "--runtime", runtime, "-N", "1"));
    command.addAll(List.of("--timeout", timeout, "-j", "2"));
    if (deed == Deed.ALLOCATE) {
      command.addAll(List.of("--memory-limit", "1G"));
    }

    Outcome outcome = pyparallel.start(command.toArray(String[]::new)).endInput().await(LIMIT);

    List<String> lines = new ArrayList<>(outcome.text().lines().toList());
    lines.remove("51");
    assertThat(lines).as(outcome.stderr()).hasSize(RECORDS - 1).doesNotContain("51");
    assertThat(outcome.status()).as(outcome.stderr()).isIn(0, 1);
    if (deed.word != null) {
      // GraalPy takes long to recurse: its time may be over first.
      boolean slow = runtime.equals("graalpy") && deed == Deed.RECURSE;
      outcome.hasStatus(1).says(slow ? "Error" : deed.word);
    }
    assertThat(outcome.stderr().length()).as("length of standard error").isLessThan(64 << 10);
    if (deed != Deed.FORK) {
      assertThat(pyparallel.survivors()).as("processes left").isEmpty();
    }
  }

  /// File descriptors belong to the process, which all interpreters share: the run ends, and says
  /// why.
  @Test
  void standardOutputThatIsClosedInTheProcessEndsTheRun() throws IOException {
    pyparallel.write("s.py", "import os\n\ndef process(line):\n    os.close(1)\n    return line\n");
    pyparallel.write("in.txt", "a\n");

    pyparallel
        .run("run", "s.py", "in.txt")
        .hasStatus(3)
        .prints("")
        .says("cannot write to standard output: Bad file descriptor");
  }
}
