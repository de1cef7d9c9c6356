package org.pyparallel.repl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// A shell on a terminal that can move its cursor.
final class EditedShell implements Shell {
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  private final Terminal terminal;
  private final Surroundings surroundings;
  private final TerminalScreen screen;
  private final Interrupts interrupts = new Interrupts();

  /// Who has it reads what is typed.
  private final Semaphore keyboard = new Semaphore(1);

  private volatile @Nullable Session session;
  private @Nullable LineReader answers;

  /// @param terminal is closed with this
  EditedShell(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    screen = new TerminalScreen(terminal);
    terminal.handle(Terminal.Signal.INT, _ -> onInterrupt());
  }

  /// The terminal of this process.
  ///
  /// @throws IOException if there is none that can be used so
  static EditedShell ofProcess(Surroundings surroundings) throws IOException {
    // JLine asks a terminal what it can do, waits a while for one that does not answer, and drops
    // what was typed meanwhile; but not one of which it knows that it has nothing to tell.
    Map<String, String> variables = surroundings.variables();
    Terminal terminal =
        TerminalBuilder.builder()
            .system(true)
            .env(name -> name.equals("TERM_PROGRAM") ? "Apple_Terminal" : variables.get(name))
            .provider("ffm")
            .encoding(StandardCharsets.UTF_8)
            .nativeSignals(true)
            .dumb(false)
            .graphemeCluster(false)
            .build();
    if (terminal.getColumns() == 0) {
      terminal.setSize(Size.of(USUAL_COLUMNS, USUAL_ROWS)); // nobody has told it yet
    }
    return new EditedShell(terminal, surroundings);
  }

  /// Not while a line is edited: the editor has an answer of its own then.
  private void onInterrupt() {
    screen.print("\n"); // the terminal has shown ^C
    interrupts.raise();
  }

  @Override
  public Screen screen() {
    return screen;
  }

  @Override
  public int run(Session held, Opening opening) {
    session = held;
    Palette palette = surroundings.palette();
    Assistance assistance = new Assistance(held, surroundings.files());
    LineEditor editor =
        new LineEditor(
            terminal, screen, assistance, palette, HistoryFile.in(surroundings.variables()));
    Evaluator evaluator = new Evaluator(held, screen, interrupts, palette);
    return new Conversation(held, screen, evaluator)
        .hold(
            number -> {
              keyboard.acquireUninterruptibly();
              try {
                interrupts.forget();
                return editor.next(number);
              } finally {
                keyboard.release();
              }
            },
            opening);
  }

  @Override
  public @Nullable String input(String prompt) {
    if (!keyboard.tryAcquire()) {
      return null;
    }
    LineReader reader = answers();
    String before = screen.beginAnswering(reader);
    try {
      return reader.readLine(before + prompt);
    } catch (UserInterruptException _) {
      Session asking = session;
      if (asking != null) {
        asking.seats().current().interrupt();
      }
      return null;
    } catch (EndOfFileException _) {
      return null;
    } finally {
      screen.endEditing();
      keyboard.release();
    }
  }

  /// Without history, completion and colours: what is typed is for the code that asks.
  private synchronized LineReader answers() {
    LineReader reader = answers;
    if (reader == null) {
      reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .variable(LineReader.DISABLE_HISTORY, true)
              .variable(LineReader.DISABLE_COMPLETION, true)
              .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .parser(new PlainParser())
              .build();
      answers = reader;
    }
    return reader;
  }

  @Override
  public void close() {
    screen.close();
    try {
      terminal.close();
    } catch (IOException _) {
      // it is gone already
    }
  }
}
