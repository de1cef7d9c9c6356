package org.pyparallel.repl;

import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Takes any line as it is.
final class PlainParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    return new EntryParser.Entry(line, cursor, Completions.none(cursor));
  }
}
