package org.pyparallel.pool;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Shard;

/// A line of JSON about what failed, in the shape that the driver's `_rejects.py` gives to records
/// that fail alone.
final class RejectLine {
  private static final int FIRST_PRINTABLE = 0x20;

  private final StringBuilder text = new StringBuilder();

  private RejectLine() {}

  /// Numbers count from 1 within the source, offsets from 0; what is not known is null.
  ///
  /// @param error with its place in the shard
  /// @param data what failed, as it stands in the source; null where that is too much
  static String of(Shard shard, PythonError error, byte @Nullable [] data) {
    RejectLine line = new RejectLine();
    line.field("{", "source").string(shard.source());
    line.field(", ", "record").number(shard.firstRecord(), error.record(), 1);
    line.field(", ", "line").number(shard.firstLine(), error.line(), 1);
    line.field(", ", "offset").number(shard.offset(), error.offset(), 0);
    line.field(", ", "error").field("{", "type").string(error.type());
    line.field(", ", "message").string(error.message());
    line.text.append('}');
    line.field(", ", "traceback").string(error.traceback());
    line.data(data);
    return line.text.append("}\n").toString();
  }

  private RejectLine field(String before, String name) {
    text.append(before).append('"').append(name).append("\": ");
    return this;
  }

  private void number(long before, long within, int base) {
    if (before < 0 || within < 0) {
      text.append("null");
    } else {
      text.append(before + within + base);
    }
  }

  private void data(byte @Nullable [] data) {
    if (data == null) {
      field(", ", "data").text.append("null");
      return;
    }
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
      field(", ", "data").string(decoded);
    } catch (CharacterCodingException _) {
      field(", ", "dataBase64").string(Base64.getEncoder().encodeToString(data));
    }
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < FIRST_PRINTABLE) {
            text.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
