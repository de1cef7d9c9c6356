package org.pyparallel.repl;

import java.util.List;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Takes any line as it is.
final class PlainParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    return new Whole(line, cursor);
  }

  private record Whole(String line, int cursor) implements ParsedLine {
    @Override
    public String word() {
      return line;
    }

    @Override
    public int wordCursor() {
      return cursor;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(line);
    }
  }
}
