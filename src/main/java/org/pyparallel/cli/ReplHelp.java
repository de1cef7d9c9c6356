package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.HelpPage.Term;

/// What the help of `repl` says besides its options.
final class ReplHelp {
  private ReplHelp() {}

  /// Writes what goes before the options.
  static void introduce(HelpPage page) {
    page.paragraph(
        "Opens a session with several Python interpreters side by side, each with a lock of its own."
            + " What is typed goes to the current one, whose number the prompt shows; magics, which"
            + " begin with %, send code and data to others, or to all at once.");
    page.paragraph(
        "Where standard input is no terminal, all of it is run as a script in which there may be"
            + " magics: nothing is shown but what it prints, and an exception ends it.");
  }

  /// Writes what goes after the options.
  static void conclude(HelpPage page) {
    page.heading("At the prompt")
        .terms(
            List.of(
                new Term("%help", "Lists the magics; %help NAME tells more about one."),
                new Term("?NAME, ??NAME", "Tells about an object; with two marks, its source too."),
                new Term(
                    "Tab", "Completes names, attributes, modules, keywords, files and magics."),
                new Term("Enter", "Runs what is complete, else begins another line."),
                new Term("Alt-Enter", "Begins another line in any case."),
                new Term("Up, Ctrl-R", "Go back in, or search, what was typed before."),
                new Term(
                    "Ctrl-C",
                    "Clears the line; interrupts what the current interpreter is running, and only"
                        + " that. Pressed three times, leaves it running."),
                new Term("Ctrl-D", "Leaves, as exit() does, whose status is that of pyparallel.")));
    page.heading("Files")
        .terms(
            List.of(
                new Term(
                    "~/.local/state/pyparallel/repl_history",
                    "What was typed, in $XDG_STATE_HOME where that is set.")));
    page.heading("Exit status")
        .terms(
            List.of(
                new Term("0", ExitStatus.OK.meaning()),
                new Term("1", "a script from standard input ended with an exception"),
                new Term("2", ExitStatus.USAGE.meaning()),
                new Term("3", "the runtime or the input failed, or an internal error"),
                new Term("N", "what exit(N) said")));
    page.heading("Environment")
        .terms(
            List.of(
                new Term(
                    DefaultOptions.VARIABLE,
                    "Options to begin with, quoted as in a shell; those typed win, and those that"
                        + " repl does not have are passed over."),
                new Term(
                    PythonProgram.VARIABLE,
                    "The CPython to use where neither --python nor --venv is given; passed over by"
                        + " graalpy, and by --runtime cpython where it cannot be embedded."),
                new Term("NO_COLOR", "No colours, whatever its value.")));
    page.heading("Examples")
        .line("pyparallel repl --workers 4")
        .line("pyparallel repl -i prepare.py")
        .line("echo 'print(6 * 7)' | pyparallel repl");
  }
}
