package org.pyparallel.repl;

import java.util.List;
import java.util.Map;

/// Tells of the magics.
final class HelpMagic implements Magic {
  private final MagicSession session;
  private final Map<String, Magic> all;

  /// @param all the magics by name, complete once the first one is carried out
  HelpMagic(MagicSession session, Map<String, Magic> all) {
    this.session = session;
    this.all = all;
  }

  @Override
  public String name() {
    return "help";
  }

  @Override
  public String usage() {
    return "%help [NAME]";
  }

  @Override
  public String summary() {
    return "lists the magics, or tells more about one";
  }

  @Override
  public void run(String rest) {
    String name = rest.strip();
    while (name.startsWith("%")) {
      name = name.substring(1);
    }
    if (name.isEmpty()) {
      list();
    } else {
      tell(name);
    }
  }

  private void list() {
    Columns table = new Columns();
    for (Magic magic : all.values()) {
      table.add("%" + magic.name(), magic.summary());
    }
    session.screen().print(table.text(Math.max(session.screen().columns(), 80)));
    session.say("%help NAME tells more; %%NAME takes code on the lines below it.");
  }

  private void tell(String name) {
    Magic magic = all.get(name);
    if (magic == null) {
      String nearest = Nearest.of(name, List.copyOf(all.keySet()));
      String advice = nearest.isEmpty() ? "%help lists them" : "did you mean %" + nearest + "?";
      throw new MagicError("there is no magic %" + name + "; " + advice);
    }
    session.say(magic.usage());
    if (magic.takesCode()) {
      session.say("%%" + magic.name() + " takes the code on the lines below it.");
    }
    String summary = magic.summary();
    session.say(Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".");
    if (!magic.details().isEmpty()) {
      session.say(magic.details());
    }
  }
}
