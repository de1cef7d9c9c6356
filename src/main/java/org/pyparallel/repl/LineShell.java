package org.pyparallel.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// A shell on a terminal that shows lines one below the other and can do nothing else
/// (`TERM=dumb`): prompts, but no editing beyond what the terminal itself does.
final class LineShell implements Shell {
  private static final String KEYBOARD = "INT";

  private final Surroundings surroundings;
  private final BufferedReader lines;
  private final StreamScreen screen;
  private final Interrupts interrupts = new Interrupts();
  private final SignalHandler before;

  LineShell(Surroundings surroundings) {
    this.surroundings = surroundings;
    lines = new BufferedReader(new InputStreamReader(surroundings.stdin(), StandardCharsets.UTF_8));
    screen = surroundings.screen(interrupts::raise);
    before = Signal.handle(new Signal(KEYBOARD), _ -> interrupts.raise());
  }

  @Override
  public Screen screen() {
    return screen;
  }

  @Override
  public int run(Session session, Opening opening) {
    Assistance assistance = new Assistance(session, surroundings.files());
    Evaluator evaluator = new Evaluator(session, screen, interrupts, surroundings.palette());
    return new Conversation(session, screen, evaluator)
        .hold(number -> next(number, assistance), opening);
  }

  private @Nullable String next(int number, Assistance assistance) {
    String prompt = "[" + number + "] >>> ";
    String below = " ".repeat(prompt.length() - 4) + "... ";
    interrupts.forget();
    String line = read(prompt);
    interrupts.forget(); // the terminal has dropped the line by itself
    if (line == null) {
      screen.print("\n");
      return null;
    }
    StringBuilder source = new StringBuilder(line);
    while (!source.toString().isBlank() && !assistance.check(source.toString()).complete()) {
      line = read(below);
      if (line == null) {
        break;
      }
      source.append('\n').append(line);
    }
    return source.toString().stripTrailing();
  }

  @Override
  public @Nullable String input(String prompt) {
    return read(prompt);
  }

  private @Nullable String read(String prompt) {
    screen.print(prompt);
    try {
      synchronized (lines) {
        return lines.readLine();
      }
    } catch (IOException _) {
      return null;
    }
  }

  @Override
  public void close() {
    Signal.handle(new Signal(KEYBOARD), before);
  }
}
