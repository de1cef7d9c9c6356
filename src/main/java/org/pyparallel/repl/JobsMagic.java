package org.pyparallel.repl;

import java.util.List;

/// Lists and stops what runs in the background.
final class JobsMagic implements Magic {
  private final MagicSession session;

  JobsMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public String usage() {
    return "%jobs [stop N]";
  }

  @Override
  public String summary() {
    return "lists what runs in the background, or interrupts one of it";
  }

  @Override
  public void run(String rest) {
    List<String> words = Words.of(rest);
    if (words.size() == 2 && words.getFirst().equals("stop")) {
      find(session, words.get(1)).stop();
    } else if (words.isEmpty()) {
      list();
    } else {
      throw new MagicError.Usage();
    }
  }

  private void list() {
    List<Jobs.Job> jobs = session.jobs().all();
    if (jobs.isEmpty()) {
      session.say("no jobs; %bg CODE begins one");
      return;
    }
    Columns table = new Columns().add("job", "in", "state", "time", "code");
    for (Jobs.Job job : jobs) {
      String id = String.valueOf(job.id());
      table.add(id, job.places(), job.state(), Figures.nanos(job.nanos()), job.title());
    }
    session.screen().print(table.text(session.screen().columns()));
  }

  /// The job of a number that was typed.
  ///
  /// @throws MagicError if there is none
  static Jobs.Job find(MagicSession session, String number) {
    Jobs.Job job = session.jobs().find(SeatNumbers.number(number));
    if (job == null) {
      throw new MagicError("there is no job " + number + "; %jobs lists them");
    }
    return job;
  }
}
