package org.pyparallel.repl;

/// Runs code in all seats at once.
final class AllMagic implements Magic {
  private final MagicSession session;

  AllMagic(MagicSession session) {
    this.session = session;
  }

  @Override
  public String name() {
    return "all";
  }

  @Override
  public String usage() {
    return "%all CODE";
  }

  @Override
  public String summary() {
    return "runs code in all interpreters at once";
  }

  @Override
  public String details() {
    return "Each line of output has the number of its interpreter in front.";
  }

  @Override
  public boolean takesCode() {
    return true;
  }

  @Override
  public void run(String rest) {
    String code = Words.code(rest);
    String name = session.sourceName(this);
    session
        .asking()
        .check(session.asking().together(session.seats().live(), "run", code, "1", name));
  }
}
