package org.pyparallel.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pyparallel.job.Input;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.report.Terminal;
import org.pyparallel.report.Verbosity;

/// Says how to go on with a run that did not come to its end, or in which something failed: one
/// line, once. Any thread.
final class ResumeAdvice {
  /// A run that took longer was worth keeping.
  static final Duration LONG = Duration.ofSeconds(30);

  private final RunPlan plan;
  private final List<String> typed;
  private final Terminal terminal;
  private final boolean watched;
  private boolean said;

  /// @param typed the words after `pyparallel`
  /// @param watched whether somebody is there to learn something
  ResumeAdvice(
      RunPlan plan, List<String> typed, Verbosity verbosity, Terminal terminal, boolean watched) {
    this.plan = plan;
    this.typed = typed;
    this.terminal = terminal;
    this.watched = watched;
    said = verbosity == Verbosity.QUIET;
  }

  /// The run is over.
  void ended(RunReport report) {
    switch (report.end()) {
      case COMPLETE -> {
        if (report.failedShards() > 0) {
          tryAgain();
        }
      }
      case ENOUGH, OUTPUT_CLOSED -> {} // nothing is missing
      case INTERRUPTED, TIME_LIMIT, DRAINED, HALTED -> {
        brokeOff();
        if (report.wall().compareTo(LONG) > 0) {
          recommendJournal();
        }
      }
    }
  }

  /// The run is not, and yet it ends.
  void brokeOff() {
    Optional<Journaling> journal = plan.safeguards().journal();
    if (journal.isPresent()) {
      boolean resumes = journal.get().resume();
      say("resume", resumes ? "" : JournalFlags.RESUME.longName());
    }
  }

  private void tryAgain() {
    Optional<Journaling> journal = plan.safeguards().journal();
    if (journal.isPresent()) {
      boolean redoes = journal.get().redoFailed();
      say("try what failed again", redoes ? "" : JournalFlags.RESUME_FAILED.longName());
    }
  }

  private void say(String what, String option) {
    String input = plan.input() instanceof Input.Stdin ? ", the same input piped in again," : "";
    print(what + input + " with: " + ResumeCommand.of(typed, option));
  }

  private void recommendJournal() {
    if (watched && plan.safeguards().journal().isEmpty() && !(plan.input() instanceof Input.None)) {
      print("--journal DIR would have kept what was done, for --resume to go on with");
    }
  }

  private synchronized void print(String text) {
    if (!said) {
      said = true;
      terminal.line("pyparallel: ".concat(text));
    }
  }
}
