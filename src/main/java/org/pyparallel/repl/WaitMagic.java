package org.pyparallel.repl;

import java.util.List;

/// Waits for what runs in the background.
final class WaitMagic implements Magic {
  private final MagicSession session;

  WaitMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "wait";
  }

  @Override
  public String usage() {
    return "%wait [N]";
  }

  @Override
  public String summary() {
    return "waits for one job of the background, or for all";
  }

  @Override
  public String details() {
    return "Ctrl-C ends the waiting only; %jobs stop N interrupts a job.";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    if (words.size() > 1) {
      throw new MagicError.Usage();
    }
    List<Jobs.Job> jobs =
        words.isEmpty() ? session.jobs().all() : List.of(JobsMagic.find(session, words.getFirst()));
    for (Jobs.Job job : jobs) {
      if (!session.asking().pause(job.told())) {
        throw new MagicError("job " + job.id() + " still runs");
      }
    }
  }
}
