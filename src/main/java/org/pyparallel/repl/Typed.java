package org.pyparallel.repl;

import java.util.ArrayDeque;
import java.util.Deque;

/// What was typed into a seat and ran well, for saving it. Forgets the oldest beyond a bound. Safe
/// for use by several threads.
final class Typed {
  private static final int MOST_CHARACTERS = 1 << 20;

  // Guarded by this.
  private final Deque<String> sources = new ArrayDeque<>();
  private int characters;

  synchronized void add(String source) {
    sources.add(source);
    characters += source.length();
    while (characters > MOST_CHARACTERS) {
      characters -= sources.remove().length();
    }
  }

  /// All of it, oldest first, as a script.
  synchronized String script() {
    StringBuilder script = new StringBuilder();
    for (String source : sources) {
      script.append(source);
      if (!source.endsWith("\n")) {
        script.append('\n');
      }
    }
    return script.toString();
  }
}
