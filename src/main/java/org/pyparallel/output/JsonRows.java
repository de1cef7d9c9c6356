package org.pyparallel.output;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pyparallel.merge.ClosedOutputException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// JSON objects that are kept as bytes until their place in the document comes.
///
/// A row takes about 250 bytes; a list of values would take several times that, and live in the
/// garbage collector's way for the whole run.
final class JsonRows {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().rootValueSeparator(",\n").build();

  private final Pages pages = new Pages();
  private final JsonGenerator json =
      FACTORY.createGenerator(ObjectWriteContext.empty(), pages, JsonEncoding.UTF8);

  /// Where the next row is to be written, as one JSON value.
  JsonGenerator next() {
    return json;
  }

  /// How many bytes are kept; those of the last rows may not be counted yet.
  long size() {
    return pages.size;
  }

  /// Writes the rows, separated by a comma and a line feed.
  void writeTo(OutputBuffer out) throws ClosedOutputException {
    json.flush();
    for (byte[] page : pages.full) {
      out.write(ByteBuffer.wrap(page));
    }
    out.write(ByteBuffer.wrap(pages.last, 0, pages.used));
  }

  /// Grows without ever copying what it has.
  private static final class Pages extends OutputStream {
    private static final int FIRST = 8 * 1024;
    private static final int PAGE = 256 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = new byte[FIRST];
    private int used;
    private long size;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int from = offset;
      int end = offset + length;
      size += length;
      while (from < end) {
        if (used == last.length) {
          full.add(last);
          last = new byte[PAGE];
          used = 0;
        }
        int n = Math.min(end - from, last.length - used);
        System.arraycopy(bytes, from, last, used, n);
        used += n;
        from += n;
      }
    }
  }
}
