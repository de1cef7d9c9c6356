package org.pyparallel.repl;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Tells the editor what the word at the cursor is, and what it could become: only the one who
/// knows the completions knows where the word begins, so both are found together.
final class EntryParser implements Parser, Completer {
  private final Assistance assistance;

  EntryParser(Assistance assistance) {
    this.assistance = assistance;
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    Completions completions =
        context == ParseContext.COMPLETE
            ? assistance.complete(line, cursor)
            : Completions.none(cursor);
    return new Entry(line, cursor, completions);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line instanceof Entry entry) {
      for (Completions.Word word : entry.completions().words()) {
        String value = word.text() + word.closing();
        candidates.add(new Candidate(value, word.text(), null, null, null, null, false));
      }
    }
  }

  /// An entry of which one word matters.
  record Entry(String line, int cursor, Completions completions) implements CompletingParsedLine {
    @Override
    public String word() {
      return line.substring(completions.start(), cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - completions.start();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return wordCursor();
    }
  }
}
