package org.pyparallel.repl;

import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ConsoleOutput;

/// Shows what the code of one seat prints. Where that must be told from what others print, every
/// line has the seat's label in front, and lines come out whole, so that those of several seats do
/// not mix. Safe for use by several threads: the code may have its own.
final class SeatOutput implements ConsoleOutput {
  /// How many characters of a line are held back at most until it ends.
  private static final int MOST_HELD = 8192;

  private final String label;
  private final Screen screen;
  private final Function<String, @Nullable String> input;
  private final BooleanSupplier isCurrent;

  // Guarded by this.
  private final StringBuilder heldOut = new StringBuilder();
  private final StringBuilder heldErr = new StringBuilder();
  private Voice voice = Voice.PROMPT;

  /// @param label stands in front of lines, a blank at its end
  /// @param input reads a line from the keyboard
  /// @param isCurrent whether what is typed goes to this seat
  SeatOutput(
      String label,
      Screen screen,
      Function<String, @Nullable String> input,
      BooleanSupplier isCurrent) {
    this.label = label;
    this.screen = screen;
    this.input = input;
    this.isCurrent = isCurrent;
  }

  /// A request begins.
  synchronized void begin(Voice of) {
    voice = of;
  }

  /// A request has ended: what it printed is shown to its last character.
  synchronized void end() {
    flush();
    voice = Voice.PROMPT;
  }

  @Override
  public synchronized void out(String text) {
    if (isLabelled()) {
      String lines = Labels.lines(label, heldOut, text, MOST_HELD);
      if (!lines.isEmpty()) {
        screen.print(lines);
      }
    } else {
      flush();
      screen.print(text);
    }
  }

  @Override
  public synchronized void err(String text) {
    if (isLabelled()) {
      String lines = Labels.lines(label, heldErr, text, MOST_HELD);
      if (!lines.isEmpty()) {
        screen.error(lines);
      }
    } else {
      flush();
      screen.error(text);
    }
  }

  /// Not synchronized while the user thinks: threads of the code may go on printing.
  @Override
  public @Nullable String input(String prompt) {
    synchronized (this) {
      if (voice == Voice.BACKGROUND || !isCurrent.getAsBoolean()) {
        return null;
      }
      flush();
    }
    return input.apply(prompt);
  }

  private boolean isLabelled() {
    return voice != Voice.PROMPT || !isCurrent.getAsBoolean();
  }

  private void flush() {
    if (!heldOut.isEmpty()) {
      screen.print(Labels.rest(label, heldOut));
    }
    if (!heldErr.isEmpty()) {
      screen.error(Labels.rest(label, heldErr));
    }
  }
}
