package org.pyparallel.workload;

import java.nio.ByteBuffer;

/// Finds the rows of a table: a row ends at a line feed that does not stand between quotes.
///
/// It reads quotes as Python's `csv` reader does by default. A quote opens only at the start of a
/// field: at the start of the table, behind a delimiter or behind a line end (`\n` or `\r`). Within
/// quotes two of them are one; behind the closing one, what comes up to the next delimiter belongs
/// to the field as it stands, quotes included.
///
/// Eight bytes are looked at in one go. Where every quote that seems to open does so at the start
/// of a field, being inside is a matter of odd and even; elsewhere the eight are walked byte by
/// byte.
final class TableScan implements RecordScan {
  /// What the next byte belongs to.
  private enum State {
    /// A field that begins with it.
    START,
    /// A field without quotes, or what follows the closing one.
    PLAIN,
    /// A field within quotes.
    QUOTED,
    /// The same, if it is a quote too: the byte before was one.
    QUOTE,
    /// [#START] or [#PLAIN], as the byte before says.
    UNKNOWN
  }

  /// Instead of an end: some quote is no more than a character of its field.
  private static final int UNEVEN = -2;

  private static final long QUOTES = EightBytes.of('"');
  private static final long LINE_FEEDS = EightBytes.of('\n');
  private static final long RETURNS = EightBytes.of('\r');

  private final byte delimiter;
  private final long delimiters;
  private State state = State.START;

  /// @param delimiter an ASCII character, neither a quote nor a line end
  TableScan(char delimiter) {
    this.delimiter = (byte) delimiter;
    this.delimiters = EightBytes.of(delimiter);
  }

  @Override
  public int walk(ByteBuffer buffer, int from, int to, int earliest, boolean last) {
    int at = from;
    while (at <= to - Long.BYTES) {
      // The way through most of a table: no quote up to where an end is wanted.
      if (state != State.QUOTED) {
        int plain = withoutQuotes(buffer, at, Math.min(to, earliest - 1));
        if (plain > at) {
          state = State.UNKNOWN;
          at = plain;
          continue;
        }
      }
      long word = buffer.getLong(at);
      long quotes = EightBytes.equal(word, QUOTES);
      int end;
      if (quotes == 0) {
        end = withoutQuote(word, at, earliest);
      } else {
        state = resolved(buffer, at);
        end = evenly(word, quotes, at, earliest);
        if (end == UNEVEN) {
          end = stepwise(buffer, at, at + Long.BYTES, earliest);
        }
      }
      if (end >= 0) {
        return end;
      }
      at += Long.BYTES;
    }
    state = resolved(buffer, at);
    return stepwise(buffer, at, to, earliest);
  }

  /// How far there are no quotes from `from` on, in steps of 32 bytes.
  private static int withoutQuotes(ByteBuffer buffer, int from, int to) {
    int at = from;
    for (; at <= to - 4 * Long.BYTES; at += 4 * Long.BYTES) {
      long quotes =
          EightBytes.equal(buffer.getLong(at), QUOTES)
              | EightBytes.equal(buffer.getLong(at + Long.BYTES), QUOTES)
              | EightBytes.equal(buffer.getLong(at + 2 * Long.BYTES), QUOTES)
              | EightBytes.equal(buffer.getLong(at + 3 * Long.BYTES), QUOTES);
      if (quotes != 0) {
        return at;
      }
    }
    return at;
  }

  private int withoutQuote(long word, int at, int earliest) {
    if (state == State.QUOTED) {
      return NONE;
    }
    state = State.UNKNOWN;
    return end(EightBytes.equal(word, LINE_FEEDS), at, earliest);
  }

  private int evenly(long word, long quotes, int at, int earliest) {
    long carried = state == State.QUOTED ? EightBytes.ALL : 0;
    long inside = EightBytes.parity(quotes) ^ carried;
    long opening = quotes & ~((inside << Byte.SIZE) | (carried & 0x80));
    long lineFeeds = EightBytes.equal(word, LINE_FEEDS);
    // Behind a quote that does not open another field goes on as it was.
    long starts =
        EightBytes.equal(word, delimiters) | lineFeeds | EightBytes.equal(word, RETURNS) | quotes;
    long first = state == State.START || state == State.QUOTE ? 0x80 : 0;
    if ((opening & ~((starts << Byte.SIZE) | first)) != 0) {
      return UNEVEN;
    }
    if (inside < 0) {
      state = State.QUOTED;
    } else {
      state = quotes < 0 ? State.QUOTE : State.UNKNOWN;
    }
    return end(lineFeeds & ~inside, at, earliest);
  }

  private int end(long ends, int at, int earliest) {
    int skipped = earliest - 1 - at;
    if (ends == 0 || skipped >= Long.BYTES) {
      return NONE;
    }
    long wanted = ends & EightBytes.from(skipped);
    if (wanted == 0) {
      return NONE;
    }
    state = State.START;
    return at + EightBytes.first(wanted) + 1;
  }

  private int stepwise(ByteBuffer buffer, int from, int to, int earliest) {
    for (int at = from; at < to; at++) {
      byte value = buffer.get(at);
      state = after(state, value, delimiter);
      if (value == '\n' && state == State.START && at + 1 >= earliest) {
        return at + 1;
      }
    }
    return NONE;
  }

  private static State after(State state, byte value, byte delimiter) {
    if (state == State.QUOTED) {
      return value == '"' ? State.QUOTE : State.QUOTED;
    }
    if (value == '"' && state != State.PLAIN) {
      return State.QUOTED;
    }
    return isStart(value, delimiter) ? State.START : State.PLAIN;
  }

  private static boolean isStart(byte before, byte delimiter) {
    return before == delimiter || before == '\n' || before == '\r';
  }

  private State resolved(ByteBuffer buffer, int at) {
    if (state != State.UNKNOWN) {
      return state;
    }
    return isStart(buffer.get(at - 1), delimiter) ? State.START : State.PLAIN;
  }

  @Override
  public void restart() {
    state = State.START;
  }
}
