package org.pyparallel.interpreter.cpython;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.pyparallel.interpreter.PythonBuild;
import org.pyparallel.job.PyParallelException.Usage;

/// What a Python program says of itself, see `_embedding.py`.
///
/// @param program as it was named
/// @param facts names and values
record ProgramFacts(Path program, Map<String, String> facts) {
  private static final String SERIES = "3.14";
  private static final String IN_PROCESSES = "say --runtime process, which runs it in processes";

  /// The answers of this process's time: a run asks for its plan and again for its runtime.
  private static final Map<Path, ProgramFacts> KNOWN = new ConcurrentHashMap<>();

  /// Asks a program, which takes some 20 ms, or remembers what it said.
  ///
  /// @param inquiry the file that programs are asked with
  /// @param build whether [#build] will be asked for
  /// @throws Usage if it does not answer as a Python does
  static ProgramFacts of(Path program, Path inquiry, boolean build) {
    ProgramFacts known = KNOWN.get(program);
    if (known == null || (build && !known.knowsBuild())) {
      known = parse(program, ProgramInquiry.ask(program, inquiry, build));
      KNOWN.put(program, known);
    }
    return known;
  }

  /// @param answer names and values, joined by NUL
  static ProgramFacts parse(Path program, String answer) {
    Map<String, String> facts = new HashMap<>();
    int start = 0;
    while (start < answer.length()) {
      int middle = answer.indexOf('\0', start);
      int end = middle < 0 ? -1 : answer.indexOf('\0', middle + 1);
      end = end < 0 ? answer.length() : end;
      if (middle < 0) {
        break;
      }
      facts.put(answer.substring(start, middle), answer.substring(middle + 1, end));
      start = end + 1;
    }
    return new ProgramFacts(program, facts);
  }

  private String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  private boolean knowsBuild() {
    return facts.containsKey("profiled") || !fact("series").equals(SERIES);
  }

  String version() {
    return fact("version");
  }

  /// What the program takes for its own path: the environment's, where it belongs to one, and no
  /// script that stands before it.
  Path executable() {
    String executable = fact("executable");
    return executable.isEmpty() ? program : Path.of(executable);
  }

  /// Only where [#checkEmbeddable] has nothing to say.
  Path library() {
    return Path.of(fact("library"));
  }

  /// Only where it was asked for.
  PythonBuild build() {
    return new PythonBuild(
        executable(), version(), fact("profiled").equals("1"), fact("lto").equals("1"));
  }

  /// @throws Usage if it cannot be embedded
  void checkEmbeddable() {
    String implementation = fact("implementation");
    if (!implementation.equals("cpython")) {
      throw refused("is " + implementation + ", and only CPython can be", IN_PROCESSES);
    }
    if (!fact("series").equals(SERIES)) {
      throw refused(
          "is Python " + version() + ", and only " + SERIES + " can be",
          IN_PROCESSES + " (3.9 on)");
    }
    if (fact("threaded").equals("1")) {
      throw refused(
          "is a free-threaded build, whose interpreters have no locks of their own",
          IN_PROCESSES + ", or name an ordinary build");
    }
    if (fact("library").isEmpty()) {
      throw refused(
          "has no shared library (libpython" + SERIES + ", looked for in " + fact("looked") + ")",
          "install it (Debian: libpython3.14) or a build with --enable-shared (uv's are), or "
              + IN_PROCESSES);
    }
  }

  private Usage refused(String why, String remedy) {
    return new Usage("cannot embed " + program + ": it " + why + "; " + remedy);
  }
}
