package org.pyparallel.interpreter.process;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.pyparallel.job.PythonError;

/// What to tell of a worker process that ended while it was needed.
final class WorkerDeath {
  /// The error's type, as the user sees it.
  private static final String TYPE = "WorkerDied";

  /// Added to the number of a signal in the status of a process that one has killed.
  private static final int SIGNALED = 128;

  private static final int SIGKILL = 9;

  /// By number, from 1; the same on all systems where a script meets them.
  private static final String[] SIGNALS = {
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGILL",
    "SIGTRAP",
    "SIGABRT",
    "SIGBUS",
    "SIGFPE",
    "SIGKILL",
    "SIGUSR1",
    "SIGSEGV",
    "SIGUSR2",
    "SIGPIPE",
    "SIGALRM",
    "SIGTERM",
    "SIGSTKFLT",
    "SIGCHLD",
    "SIGCONT",
    "SIGSTOP",
    "SIGTSTP",
    "SIGTTIN",
    "SIGTTOU",
    "SIGURG",
    "SIGXCPU",
    "SIGXFSZ",
    "SIGVTALRM",
    "SIGPROF",
    "SIGWINCH",
    "SIGIO",
    "SIGPWR",
    "SIGSYS"
  };

  /// What differs on macOS: numbers, and their names.
  private static final List<Integer> MAC_NUMBERS = List.of(7, 10, 12, 16, 30, 31);

  private static final List<String> MAC_SIGNALS =
      List.of("SIGEMT", "SIGBUS", "SIGSYS", "SIGURG", "SIGUSR1", "SIGUSR2");

  private static final String FRAME = "  File \"";
  private static final String LINE = "\", line ";
  private static final String FUNCTION = " in ";

  private WorkerDeath() {}

  /// The error of the shard, or of the script, that it was busy with.
  ///
  /// @param process that is dead
  /// @param alone whether it ended by itself; else it has cut the connection and lived on
  /// @param driver the driver's folder, whose calls are left out
  static PythonError error(WorkerProcess process, boolean alone, Path driver) {
    String message = alone ? message(process.status()) : "the script closed the worker's pipes";
    List<PythonError.Frame> frames = frames(process.reader().lastWords(), driver);
    return new PythonError(-1, TYPE, message, frames, traceback(frames, message));
  }

  /// @param status the process's, or 128 and the number of the signal that killed it
  static String message(int status) {
    int signal = status - SIGNALED;
    if (signal <= 0) {
      return "the script ended the worker process with status " + status + " (os._exit)";
    }
    String message = "the worker process was killed by signal " + signal + name(signal);
    return signal == SIGKILL
        ? message + ", as the system does when there is no memory left"
        : message;
  }

  private static String name(int signal) {
    int mac = MAC_NUMBERS.indexOf(signal);
    if (mac >= 0 && System.getProperty("os.name", "").startsWith("Mac")) {
      return " (" + MAC_SIGNALS.get(mac) + ")";
    }
    return signal <= SIGNALS.length ? " (" + SIGNALS[signal - 1] + ")" : "";
  }

  /// The calls that Python's crash report tells of, innermost first there, outermost first here.
  private static List<PythonError.Frame> frames(String report, Path driver) {
    Deque<PythonError.Frame> frames = new ArrayDeque<>();
    for (String line : report.split("\n", -1)) {
      int number = line.lastIndexOf(LINE);
      int function = line.indexOf(FUNCTION, Math.max(number, 0));
      if (line.startsWith(FRAME) && number > 0 && function > 0) {
        String file = line.substring(FRAME.length(), number);
        if (!file.startsWith(driver.toString()) && !file.startsWith("<frozen ")) {
          frames.addFirst(
              new PythonError.Frame(
                  file,
                  number(line.substring(number + LINE.length(), function)),
                  line.substring(function + FUNCTION.length()),
                  ""));
        }
      } else if (!frames.isEmpty() && line.isBlank()) {
        break; // what follows are other stacks
      }
    }
    return List.copyOf(frames);
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      return 0; // Python writes ??? where it does not know
    }
  }

  private static String traceback(List<PythonError.Frame> frames, String message) {
    StringBuilder text = new StringBuilder();
    if (!frames.isEmpty()) {
      text.append("Traceback (most recent call last):\n");
    }
    for (PythonError.Frame frame : frames) {
      text.append(FRAME).append(frame.file()).append(LINE).append(frame.line());
      text.append(',').append(FUNCTION).append(frame.function()).append('\n');
    }
    return text.append(TYPE).append(": ").append(message).toString();
  }
}
