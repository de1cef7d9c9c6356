package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.pyparallel.job.ShardResult;

/// Turns values that end in a line feed each into one JSON array, byte by byte, without parsing.
final class ValueArray {
  private static final byte[] EMPTY = ascii("[]");
  private static final byte[] OPEN = ascii("[\n");
  private static final byte[] SEPARATOR = ascii(",\n");
  private static final byte[] CLOSE = ascii("\n]");

  private final OutputBuffer out;
  private final WholeLines lines = new WholeLines(this::separate);
  private boolean empty = true;
  private boolean insideValue;

  ValueArray(OutputBuffer out) {
    this.out = out;
  }

  /// Takes the next bytes of a shard, cut anywhere.
  void write(ByteBuffer chunk) throws IOException {
    lines.write(chunk);
  }

  /// Ends a shard's values.
  void endOfShard(ShardResult result) throws IOException {
    lines.endOfShard(result);
  }

  /// Writes the closing bracket, without a line end.
  void finish() throws IOException {
    out.write(empty ? EMPTY : CLOSE);
  }

  private void separate(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      int lineFeed = LineFeeds.first(bytes);
      if (lineFeed != bytes.position()) {
        if (!insideValue) {
          out.write(empty ? OPEN : SEPARATOR);
          empty = false;
        }
        bytes.limit(lineFeed < 0 ? end : lineFeed);
        out.write(bytes);
        bytes.limit(end);
      }
      insideValue = lineFeed < 0;
      if (lineFeed >= 0) {
        bytes.position(lineFeed + 1);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
