package org.pyparallel.repl;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Buffer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/// Entries that are edited: several lines, indented as Python wants them, coloured, completed and
/// remembered.
final class LineEditor implements Entries {
  /// How many entries the history keeps, in memory and in its file.
  private static final int HISTORY = 10_000;

  private static final int STEP = 4;
  private static final String ENTER = "python-enter";
  private static final String TAB = "python-tab";
  private static final String BACKSPACE = "python-backspace";

  private final LineReader reader;
  private final TerminalScreen screen;
  private final Assistance assistance;
  private final Palette palette;
  private final PythonHighlighter highlighter = new PythonHighlighter();

  /// @param history where entries are remembered, or empty for this session only
  LineEditor(
      Terminal terminal,
      TerminalScreen screen,
      Assistance assistance,
      Palette palette,
      Optional<Path> history) {
    this.screen = screen;
    this.assistance = assistance;
    this.palette = palette;
    EntryParser parser = new EntryParser(assistance);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("pyparallel")
            .parser(parser)
            .completer(parser)
            .variable(LineReader.HISTORY_SIZE, HISTORY)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY)
            .variable(LineReader.BLINK_MATCHING_PAREN, 0)
            .variable(LineReader.ERRORS, 0)
            .variable(LineReader.BELL_STYLE, "none")
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.HISTORY_IGNORE_SPACE, false)
            .option(Option.HISTORY_REDUCE_BLANKS, false)
            .option(Option.INSERT_TAB, false)
            .option(Option.COMPLETE_MATCHER_TYPO, false)
            .option(Option.COMPLETE_MATCHER_CAMELCASE, false);
    if (palette == Palette.ANSI) {
      builder.highlighter(highlighter);
    }
    if (history.isPresent()) {
      builder.variable(LineReader.HISTORY_FILE, history.get());
    }
    reader = builder.build();
    bind(ENTER, this::enter, "\r", "\n");
    bind(TAB, this::tab, "\t");
    bind(BACKSPACE, this::backspace, KeyMap.del(), "\b");
    // The second half of a line whose brackets are open goes below.
    bind(ENTER + "-always", this::newLine, KeyMap.alt('\r'), KeyMap.alt('\n'));
  }

  private void bind(String name, Widget widget, String... keys) {
    reader.getWidgets().put(name, widget);
    KeyMap<Binding> main = Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
    main.bind(new Reference(name), keys);
  }

  @Override
  public @Nullable String next(int number) {
    String mark = "[" + number + "]";
    reader.setVariable(
        LineReader.SECONDARY_PROMPT_PATTERN, palette.dim(" ".repeat(mark.length()) + " ... "));
    highlighter.accepted(false);
    screen.beginEditing(reader);
    try {
      return reader.readLine(palette.green(mark) + " >>> ").stripTrailing();
    } catch (UserInterruptException _) {
      return "";
    } catch (EndOfFileException _) {
      return null;
    } finally {
      screen.endEditing();
    }
  }

  /// Runs what is complete; else begins another line. In the middle of several lines it is always
  /// another line.
  private boolean enter() {
    Buffer buffer = reader.getBuffer();
    String source = buffer.toString();
    if (source.indexOf('\n', buffer.cursor()) >= 0) {
      return newLine();
    }
    Completeness found = assistance.check(source);
    if (found.complete()) {
      buffer.cursor(buffer.length());
      highlighter.accepted(true);
      reader.callWidget(LineReader.ACCEPT_LINE);
    } else {
      buffer.write("\n" + " ".repeat(found.indent()));
    }
    return true;
  }

  /// Begins another line, indented as the one above.
  private boolean newLine() {
    Buffer buffer = reader.getBuffer();
    String line = lineBeforeCursor();
    buffer.write("\n" + line.substring(0, Completeness.indentOf(line)));
    return true;
  }

  /// Indents where there is nothing to complete.
  private boolean tab() {
    String line = lineBeforeCursor();
    if (line.isBlank()) {
      reader.getBuffer().write(" ".repeat(STEP - line.length() % STEP));
    } else {
      reader.callWidget(LineReader.EXPAND_OR_COMPLETE);
    }
    return true;
  }

  /// Takes back a whole step of indentation.
  private boolean backspace() {
    String line = lineBeforeCursor();
    boolean indentation = line.length() > 1 && line.isBlank() && line.indexOf('\t') < 0;
    if (indentation) {
      return reader.getBuffer().backspace((line.length() - 1) % STEP + 1) > 0;
    }
    reader.callWidget(LineReader.BACKWARD_DELETE_CHAR);
    return true;
  }

  private String lineBeforeCursor() {
    String before = reader.getBuffer().upToCursor();
    return before.substring(before.lastIndexOf('\n') + 1);
  }
}
