package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.RunOption.Section;

/// The options about the Python that runs the script, and about what it lets the script do.
final class PythonFlags {
  static final RunOption PYTHON =
      RunOption.file(
          Section.PYTHON,
          "PATH",
          "Run the script on this CPython, with the packages it has: a file, or a command that is"
              + " looked for in PATH. One of version 3.14 with a shared library runs in this process"
              + " (cpython), any from 3.9 on in processes (process); auto takes the first that it can.",
          "--python");
  static final RunOption VENV =
      RunOption.file(
          Section.PYTHON,
          "DIR",
          "Let the script import what is installed in this virtual environment, which \"pyparallel"
              + " python -m venv DIR\" makes. With cpython it must be of Python 3.14 (else auto means"
              + " process, which runs the environment's own Python); graalpy can use pure Python"
              + " packages only.",
          "--venv");
  static final RunOption PYTHON_PATH =
      RunOption.file(
          Section.PYTHON,
          "DIRS",
          "Let the script import modules from these folders, separated by colons, before all others"
              + " but its own. May be repeated.",
          "--python-path");
  static final RunOption SEED =
      RunOption.text(
          Section.PYTHON,
          "N",
          "Random numbers begin with N and the shard's index in every shard, so that the output is"
              + " the same for any number of workers.",
          "--seed");
  static final RunOption SANDBOX =
      RunOption.flag(
          Section.SANDBOX,
          "Keep the script from files, the network, processes and the environment, but for what the"
              + " options below let it have. Needs --runtime graalpy, which auto then means.",
          "--sandbox");
  static final RunOption ALLOW_READ =
      RunOption.file(
          Section.SANDBOX,
          "PATH",
          "A file or folder that a sandboxed script may read, besides its own folder. May be"
              + " repeated.",
          "--allow-read");
  static final RunOption ALLOW_WRITE =
      RunOption.file(
          Section.SANDBOX,
          "PATH",
          "A file or folder that a sandboxed script may write. May be repeated.",
          "--allow-write");
  static final RunOption ALLOW_NET =
      RunOption.flag(
          Section.SANDBOX, "Let a sandboxed script open network connections.", "--allow-net");
  static final RunOption ALLOW_ENV =
      RunOption.flag(
          Section.SANDBOX, "Let a sandboxed script see the environment variables.", "--allow-env");
  static final RunOption MAX_STATEMENTS =
      RunOption.text(
          Section.SANDBOX,
          "N",
          "How many statements a sandboxed script may execute in a shard.",
          "--max-statements");

  private PythonFlags() {}

  static List<RunOption> all() {
    return List.of(
        PYTHON,
        VENV,
        PYTHON_PATH,
        SEED,
        SANDBOX,
        ALLOW_READ,
        ALLOW_WRITE,
        ALLOW_NET,
        ALLOW_ENV,
        MAX_STATEMENTS);
  }

  /// What a sandbox lets a script do, of no use without one.
  static List<RunOption> permissions() {
    return List.of(ALLOW_READ, ALLOW_WRITE, ALLOW_NET, ALLOW_ENV, MAX_STATEMENTS);
  }
}
