package org.pyparallel.repl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;

/// All magics by name. They are made when the first one is asked for: the prompt does not wait for
/// them.
public final class MagicRegistry implements Magics {
  private final MagicSession session;

  // Guarded by this.
  private @Nullable Map<String, Magic> known;

  public MagicRegistry(SessionSeats seats, Screen screen) {
    this.session = new MagicSession(seats, screen);
  }

  private synchronized Map<String, Magic> known() {
    Map<String, Magic> magics = known;
    if (magics == null) {
      magics = new LinkedHashMap<>();
      for (Magic magic : make(session, magics)) {
        magics.put(magic.name(), magic);
      }
      known = magics;
    }
    return magics;
  }

  /// All of them, in the order in which help tells of them.
  private static List<Magic> make(MagicSession session, Map<String, Magic> all) {
    return List.of(
        new HelpMagic(session, all),
        new InterpMagic(session),
        new AllMagic(session),
        new OnMagic(session),
        new PushMagic(session),
        new PullMagic(session),
        new ScatterMagic(session),
        new GatherMagic(session),
        new DiffMagic(session),
        new MapMagic(session),
        new RunMagic(session),
        new LoadMagic(session),
        new SaveMagic(session),
        new TimeMagic(session),
        new TimeitMagic(session),
        new BenchMagic(session),
        new QueueMagic(session),
        new WhoMagic(session),
        new CdMagic(session),
        new EnvMagic(session),
        new BgMagic(session),
        new JobsMagic(session),
        new WaitMagic(session));
  }

  @Override
  public boolean handles(String line) {
    return line.stripLeading().startsWith("%");
  }

  @Override
  public List<String> names() {
    return List.copyOf(known().keySet());
  }

  @Override
  public boolean run(String line) {
    String typed = line.strip();
    boolean block = typed.startsWith("%%");
    int start = block ? 2 : 1;
    int end = start;
    while (end < typed.length() && isOfName(typed.charAt(end))) {
      end++;
    }
    session.asking().begin();
    try {
      return run(typed.substring(start, end), typed.substring(end), block);
    } catch (PyParallelException e) {
      return error(String.valueOf(e.getMessage()));
    } finally {
      session.asking().end();
      session.screen().status("");
    }
  }

  private boolean run(String name, String rest, boolean block) {
    Map<String, Magic> magics = known();
    Magic magic = magics.get(name);
    if (magic == null) {
      String nearest = Nearest.of(name, List.copyOf(magics.keySet()));
      String advice = nearest.isEmpty() ? "%help lists them" : "did you mean %" + nearest + "?";
      return error("there is no magic %" + name + "; " + advice);
    }
    if (block && !magic.takesCode()) {
      return error("%" + name + " takes no lines below it; type it with one %");
    }
    try {
      magic.run(trimmed(rest));
      return true;
    } catch (MagicError.Usage e) {
      return error("usage: " + magic.usage().replace("\n", "\n       "));
    } catch (MagicError e) {
      return error(e.text());
    }
  }

  /// Without blanks in front; those of a block's first line belong to it.
  private static String trimmed(String rest) {
    int start = 0;
    while (start < rest.length() && (rest.charAt(start) == ' ' || rest.charAt(start) == '\t')) {
      start++;
    }
    return rest.substring(start);
  }

  /// @return false
  private boolean error(String message) {
    if (!message.isEmpty()) {
      session.screen().error(message + "\n");
    }
    return false;
  }

  private static boolean isOfName(char letter) {
    return (letter >= 'a' && letter <= 'z') || letter == '_';
  }

  @Override
  public void interrupt() {
    session.asking().interrupt();
  }
}
