package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.RunOption.Section;

/// The options of `repl`. Where `run` has one of the same name, both mean the same, and this one's
/// help says what it means for a session.
final class ReplFlags {
  static final RunOption SCRIPT =
      RunOption.file(
          Section.PROGRAM,
          "SCRIPT",
          "Run this Python script in the first interpreter before the first prompt.",
          "-i",
          "--script");
  private static final RunOption WORKERS =
      RunOption.text(
          Section.WORKERS,
          "N",
          "How many interpreters there are to begin with, in the spellings of \"run\". Each is opened"
              + " when it is first needed. Default: one per core this process may use.",
          "-j",
          "--workers");
  private static final RunOption RUNTIME =
      RunOption.choice(
          Section.WORKERS,
          "NAME",
          List.of("auto", "cpython", "graalpy", "process"),
          "Which Python they are to begin with; %interp new opens others beside them. Those of"
              + " graalpy only in a session that began with it: its libraries are brought at the"
              + " start. Default: auto, which means cpython, or what --python or --venv need.",
          "--runtime");
  private static final RunOption PYTHON =
      RunOption.file(
          Section.PYTHON,
          "PATH",
          "Use this CPython, with the packages it has: a file, or a command that is looked for in"
              + " PATH. One of version 3.14 with a shared library runs in this process (cpython), any"
              + " from 3.9 on in processes (process); auto takes the first that it can.",
          "--python");
  private static final RunOption VENV =
      RunOption.file(
          Section.PYTHON,
          "DIR",
          "Import what is installed in this virtual environment. With cpython it must be of Python"
              + " 3.14, else auto means process, which runs the environment's own Python.",
          "--venv");
  private static final RunOption PYTHON_PATH =
      RunOption.file(
          Section.PYTHON,
          "DIRS",
          "Import modules from these folders, separated by colons, before all others. May be"
              + " repeated.",
          "--python-path");
  private static final RunOption SEED =
      RunOption.text(
          Section.PYTHON,
          "N",
          "Random numbers begin with N and the interpreter's number, so that a session can be"
              + " repeated.",
          "--seed");
  private static final RunOption QUIET =
      RunOption.flag(Section.MESSAGES, "Do not greet.", "-q", "--quiet");
  private static final RunOption COLOR =
      RunOption.choice(
          Section.MESSAGES,
          "WHEN",
          List.of("auto", "always", "never"),
          "Colours in what is typed and in tracebacks. Default: auto, on a terminal unless NO_COLOR"
              + " is set.",
          "--color");

  private ReplFlags() {}

  /// In the order of the help.
  static List<RunOption> all() {
    return List.of(
        SCRIPT, WORKERS, RUNTIME, PYTHON, VENV, PYTHON_PATH, SEED, QUIET, COLOR, OutputFlags.HELP);
  }

  /// Whether there is one of the name of this option of `run`.
  static boolean has(RunOption option) {
    for (RunOption own : all()) {
      if (own.longName().equals(option.longName())) {
        return true;
      }
    }
    return false;
  }
}
