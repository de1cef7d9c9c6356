package org.pyparallel.workload;

import java.nio.ByteBuffer;

/// Finds the values of a JSON text: those at the top level, where an array stands for its elements.
///
/// An element ends behind its comma, or with the bracket that closes the array. A value at the top
/// level, and such an array, ends with the line it stands on if nothing follows there, else right
/// before what follows. Only strings and depth are looked at: what is no JSON gets to a worker,
/// which says so.
///
/// Eight bytes are looked at in one go while no end that matters can be among them and no backslash
/// is.
final class JsonScan implements RecordScan {
  /// Where it is while no array or object is open.
  private enum Top {
    /// Between two values.
    BETWEEN,
    /// In one that is neither a string nor an array nor an object.
    BARE,
    /// Behind a value, on the same line.
    BEHIND
  }

  /// What a byte ends, besides indexes.
  private enum End {
    NOTHING,
    /// A record ends right before it.
    BEFORE,
    /// A record ends with it.
    WITH
  }

  private static final long QUOTES = EightBytes.of('"');
  private static final long BACKSLASHES = EightBytes.of('\\');
  private static final long OPENING = EightBytes.of('{');
  private static final long CLOSING = EightBytes.of('}');

  /// What makes `{` of `[` and `}` of `]`, and no bracket of any other byte.
  private static final long BRACE_BIT = EightBytes.of(0x20);

  private static final long ABOVE_BLANK = EightBytes.of(0x7f - ' ');

  private Top top = Top.BETWEEN;

  /// How many arrays and objects are open.
  private int depth;

  /// Whether the outermost of them is an array, and whether there is anything in it yet.
  private boolean array;

  private boolean filled;

  private boolean string;
  private boolean escaped;

  /// Whether the last end that was given lies in an array.
  private boolean endedInArray;

  @Override
  public int walk(ByteBuffer buffer, int from, int to, int earliest, boolean last) {
    int at = from;
    while (at < to) {
      if (at <= to - Long.BYTES && skips(buffer.getLong(at), at + Long.BYTES < earliest)) {
        at += Long.BYTES;
        continue;
      }
      for (int stop = Math.min(at + Long.BYTES, to); at < stop; ) {
        End end = step(buffer.get(at));
        at += end == End.BEFORE ? 0 : 1;
        if (end != End.NOTHING && at >= earliest) {
          endedInArray = depth > 0;
          return at;
        }
      }
    }
    return NONE;
  }

  /// Walks over eight bytes at once, if no record ends among them but maybe some that are not
  /// wanted.
  ///
  /// @param unwanted whether ends in an array are of no interest
  private boolean skips(long word, boolean unwanted) {
    if (escaped || (depth == 0 && !string) || EightBytes.equal(word, BACKSLASHES) != 0) {
      return false;
    }
    long quotes = EightBytes.equal(word, QUOTES);
    if (quotes == 0 && string) {
      return true;
    }
    long inside = EightBytes.parity(quotes) ^ (string ? EightBytes.ALL : 0);
    long braced = word | BRACE_BIT;
    int closed = Long.bitCount(EightBytes.equal(braced, CLOSING) & ~inside);
    // A record of an array ends where nothing but the array is open, and the array itself where
    // not even that is; other values end there too.
    int lowest = depth - closed;
    if (lowest < (array && !unwanted ? 2 : 1)) {
      return false;
    }
    depth = lowest + Long.bitCount(EightBytes.equal(braced, OPENING) & ~inside);
    string = inside < 0;
    filled |= ((word | ((word & ~EightBytes.ALL) + ABOVE_BLANK)) & EightBytes.ALL) != 0;
    return true;
  }

  private End step(byte value) {
    if (string) {
      stepInString(value);
      return End.NOTHING;
    }
    if (depth == 0) {
      return stepAtTop(value);
    }
    boolean inArray = array && depth == 1;
    switch (value) {
      case '"' -> string = true;
      case '[', '{' -> depth++;
      case ']', '}' -> {
        // A stray brace says nothing about where the array ends.
        if (!inArray || value == ']') {
          close();
          return End.NOTHING;
        }
      }
      case ',' -> {
        if (inArray) {
          filled = true;
          return End.WITH;
        }
      }
      case ' ', '\t', '\r', '\n' -> {
        return End.NOTHING;
      }
      default -> {}
    }
    filled = true;
    return End.NOTHING;
  }

  private void stepInString(byte value) {
    if (escaped) {
      escaped = false;
    } else if (value == '\\') {
      escaped = true;
    } else if (value == '"') {
      string = false;
      if (depth == 0) {
        top = Top.BEHIND;
      }
    }
  }

  private void close() {
    depth--;
    if (depth == 0) {
      // An empty array holds no record that could end with it.
      top = array && !filled ? Top.BETWEEN : Top.BEHIND;
    }
  }

  private End stepAtTop(byte value) {
    boolean blank = value == ' ' || value == '\t' || value == '\r' || value == '\n';
    boolean opens = value == '[' || value == '{' || value == '"';
    if (top == Top.BETWEEN) {
      if (opens) {
        open(value);
      } else if (!blank) {
        top = Top.BARE;
      }
      return End.NOTHING;
    }
    if (blank) {
      top = value == '\n' ? Top.BETWEEN : Top.BEHIND;
      return value == '\n' ? End.WITH : End.NOTHING;
    }
    if (top == Top.BEHIND || opens) {
      top = Top.BETWEEN;
      return End.BEFORE;
    }
    return End.NOTHING;
  }

  private void open(byte value) {
    if (value == '"') {
      string = true;
    } else {
      depth = 1;
      array = value == '[';
      filled = false;
    }
  }

  @Override
  public void restart() {
    top = Top.BETWEEN;
    depth = endedInArray ? 1 : 0;
    array = endedInArray;
    filled = endedInArray;
    string = false;
    escaped = false;
  }

  @Override
  public String preamble() {
    return endedInArray ? "[" : "";
  }

  @Override
  public String unfinished() {
    return array && depth > 0 ? "the array does not end" : "";
  }
}
