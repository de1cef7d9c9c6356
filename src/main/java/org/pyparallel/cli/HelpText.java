package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pyparallel.cli.HelpPage.Term;
import org.pyparallel.job.OneLiner;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Writes the help of each command.
final class HelpText {
  private static final int DEFAULT_WIDTH = 80;
  private static final int NARROWEST = 40;

  /// Longer lines are hard to read, however wide the terminal.
  private static final int WIDEST = 100;

  private final HelpPage page;

  private HelpText(Environment environment) {
    int columns = environment.columns() == 0 ? DEFAULT_WIDTH : environment.columns();
    page =
        new HelpPage(
            Math.clamp(columns, NARROWEST, WIDEST),
            ColorMode.AUTO.useColor(environment, Environment.Stream.STDOUT));
  }

  /// The help of a command, laid out for the terminal.
  static String of(Command command, Environment environment) {
    HelpText help = new HelpText(environment);
    CommandSpec spec = command.spec();
    help.page.paragraph(
        "Usage: " + command.invocation() + " " + spec.usageMessage().customSynopsis()[0]);
    switch (command) {
      case OVERVIEW -> help.overview();
      case RUN -> help.run();
      case MAP, FILTER, REDUCE -> help.oneLiner(command);
      case REPL -> help.repl();
      case DOCTOR -> help.doctor();
      case PYTHON -> {} // the help is Python's own
      case COMPLETION -> help.completion();
    }
    return help.page.toString();
  }

  private void overview() {
    page.paragraph(
        "Runs one Python script over sharded input, in as many Python interpreters as there are"
            + " cores, all of them in one process and each with a lock of its own. Nothing is"
            + " pickled, and the results come out in the order of the input.");
    page.heading("Commands");
    List<Term> commands = new ArrayList<>();
    for (Command command : Command.typed()) {
      commands.add(new Term(command.word(), command.summary() + "."));
    }
    page.terms(commands);
    options(Command.OVERVIEW);
    page.heading("Examples")
        .line("pyparallel run count.py access.log")
        .line("pyparallel run score.py 'data/**/*.csv.gz' -o scores.jsonl")
        .line("pyparallel map 'x[\"user\"]' events.jsonl --unique")
        .line("pyparallel filter '\"error\" in x.lower()' app.log")
        .line("seq 1000 | pyparallel map 'int(x)**2' | pyparallel reduce 'a + b'")
        .line("pyparallel run --help");
  }

  private void run() {
    page.paragraph(
        "Cuts the input into shards on record boundaries and runs SCRIPT over them, in as many"
            + " Python interpreters as there are cores. Results go to standard output in the order"
            + " of the input, everything else to standard error.");
    page.heading("What the script defines decides how it is called")
        .terms(
            List.of(
                new Term("process(record)", "once per record"),
                new Term(
                    "process_shard(records)", "once per shard, with an iterator over its records"),
                new Term(
                    "neither of them",
                    "run as __main__ once per shard: standard input is the shard, standard output"
                        + " the result, as for any Unix filter"),
                new Term("setup(), teardown()", "once per interpreter, if defined"),
                new Term(
                    "reduce(a, b)",
                    "to make one of two results until one is left, if defined with a function"
                        + " above")));
    page.heading("What a function returns becomes output")
        .terms(
            List.of(
                new Term("None", "nothing"),
                new Term("str, bytes", "a line; bytes as they are"),
                new Term("a generator", "each of its items"),
                new Term("anything else", "a line of JSON")));
    page.heading("Inputs")
        .note(
            "Files, or quoted patterns such as 'logs/**/*.jsonl' (in the order of their names), or"
                + " - for standard input. Without any, standard input is read; if that is a"
                + " terminal, the script runs once, as python would run it. Compressed files (.gz,"
                + " .bz2, .xz, .zst) are read through. What follows -- is the script's own"
                + " (sys.argv).");
    runOptions(Command.RUN);
    moreOptions("the script");
    page.heading("Examples")
        .line("pyparallel run count.py access.log")
        .line("pyparallel run parse.py 'logs/**/*.jsonl' -o parsed.jsonl")
        .line("zcat big.gz | pyparallel run filter.py -- --year 2026")
        .line("find . -name '*.toml' -print0 | pyparallel run -0 check.py")
        .line("git ls-files -z | pyparallel run -0 --files-from - count.py --reduce sum")
        .line("pyparallel run render.py ::: red green blue ::: small large")
        .line("pyparallel run simulate.py --range 1..1e6 --sort=-score -o best.jsonl")
        .line("pyparallel run -j 50% --json score.py items.jsonl | jq .stats")
        .line("pyparallel run slow.py urls.txt --timeout 5m --retries 2 --journal done.d")
        .line("pyparallel run slow.py urls.txt --journal done.d --resume -o pages.jsonl");
    surroundings();
  }

  private void oneLiner(Command command) {
    OneLiner.Kind kind = Objects.requireNonNull(command.kind());
    OneLinerHelp.introduce(kind, page);
    runOptions(command);
    moreOptions("the expression, as sys.argv[1:]");
    OneLinerHelp.conclude(kind, page);
    surroundings();
  }

  private void moreOptions(String receiver) {
    page.heading("More arguments")
        .terms(
            List.of(
                new Term(
                    "::: ARG...",
                    "These words are the records, without an input. Several lists are combined, the"
                        + " last varying fastest: a record is a tuple of a word of each."),
                new Term(":::: FILE...", "The same with the lines of each FILE as a list."),
                new Term("@FILE", "Read arguments from FILE, quoted as in a shell."),
                new Term("-- ARGS...", "Pass all that follows to " + receiver + ".")));
  }

  private void surroundings() {
    exitStatus(ExitStatus.values());
    page.heading("Signals")
        .terms(
            List.of(
                new Term(
                    "SIGINT, SIGTERM",
                    "End the run in an orderly way, and say how to resume it where there is a"
                        + " journal; a second one ends it at once."),
                new Term(
                    "SIGHUP",
                    "Begin no more shards, let those under way end; ignored under nohup."),
                new Term(
                    "SIGUSR1",
                    "Show on standard error how far the run is and what each worker is doing, with"
                        + " Python stacks.")));
    page.heading("Environment")
        .terms(
            List.of(
                new Term(
                    DefaultOptions.VARIABLE,
                    "Options to begin with, quoted as in a shell; those typed win."),
                new Term(
                    PythonProgram.VARIABLE,
                    "The CPython to use where neither --python nor --venv is given; passed over by"
                        + " graalpy, and by --runtime cpython where it cannot be embedded."),
                new Term("NO_COLOR", "No colours, whatever its value.")));
  }

  private void repl() {
    ReplHelp.introduce(page);
    options(Command.REPL);
    ReplHelp.conclude(page);
  }

  private void doctor() {
    page.paragraph(
        "Shows this machine, and for each Python runtime whether it can run here, its version, and"
            + " what to do where something is missing.");
    page.paragraph(
        "With a SCRIPT, shows which runtime can take it, before a long run: whatever it imports, and"
            + " the modules beside it import, is imported once per runtime, in throwaway processes, for"
            + " 30 seconds each at most. The script itself is only parsed. Importing"
            + " a module runs it: what it does then, it does here.");
    options(Command.DOCTOR);
    page.heading("Exit status")
        .terms(
            List.of(
                new Term("0", "cpython is there; with a SCRIPT, --runtime auto can run it"),
                new Term("1", "--runtime auto cannot run SCRIPT"),
                new Term("2", ExitStatus.USAGE.meaning()),
                new Term("3", ExitStatus.BROKEN.meaning())));
  }

  private void completion() {
    page.paragraph("Prints a completion script for SHELL: bash, zsh or fish.");
    options(Command.COMPLETION);
    page.heading("How to install it")
        .line(
            "bash: pyparallel completion bash > ~/.local/share/bash-completion/completions/pyparallel")
        .line("zsh:  pyparallel completion zsh > \"${fpath[1]}/_pyparallel\"")
        .line("fish: pyparallel completion fish > ~/.config/fish/completions/pyparallel.fish");
  }

  private void runOptions(Command command) {
    List<RunOption> options = RunFlags.of(command);
    for (RunOption.Section section : RunOption.Section.values()) {
      List<Term> terms = new ArrayList<>();
      for (RunOption option : options) {
        if (option.section() == section) {
          terms.add(term(option.spec()));
        }
      }
      page.heading(section.heading()).terms(terms);
    }
  }

  private void options(Command command) {
    List<Term> terms = new ArrayList<>();
    for (OptionSpec option : command.spec().options()) {
      terms.add(term(option));
    }
    page.heading("Options").terms(terms);
  }

  private static Term term(OptionSpec option) {
    String names = String.join(", ", option.names());
    String aligned = option.names()[0].startsWith("--") ? "    " + names : names;
    String value =
        switch (Completable.of(option)) {
          case NOTHING -> "";
          case ATTACHED -> "[=" + option.paramLabel() + "]";
          case TEXT, SCRIPT, FILE, CHOICE -> "=" + option.paramLabel();
        };
    return new Term(aligned + value, Completable.help(option));
  }

  private void exitStatus(ExitStatus... statuses) {
    List<Term> terms = new ArrayList<>();
    for (ExitStatus status : statuses) {
      terms.add(new Term(Integer.toString(status.code()), status.meaning()));
    }
    page.heading("Exit status").terms(terms);
  }
}
