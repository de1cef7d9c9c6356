package org.pyparallel.workload;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.ShardData;

/// File names that come from a stream, one per line or NUL-terminated, as the `files` format has
/// them: NUL-terminated, and counted in items. A line is a name as it stands, a blank one or one
/// that is no UTF-8 too.
final class NameLines implements Splitter {
  private static final byte NUL = (byte) Format.FILES.terminator().orElseThrow();

  private final Splitter lines;
  private final byte lineEnd;

  /// @param lines cut at line ends, with every piece's number of lines before it
  /// @param format how they were cut, [Format#LINES] or [Format#NULL]
  NameLines(Splitter lines, Format format) {
    this.lines = lines;
    lineEnd = (byte) format.terminator().orElseThrow();
  }

  /// How the names of a stream are to be cut.
  static Format format(FormatOptions options) {
    return options.separator().filter("\0"::equals).isPresent() ? Format.NULL : Format.LINES;
  }

  @Override
  public @Nullable Piece next() {
    Piece piece = lines.next();
    if (piece == null || !(piece.data() instanceof ShardData.Bytes(ByteBuffer text))) {
      return piece;
    }
    ByteBuffer names = ByteBuffer.allocate(text.remaining() + 1);
    names.put(text.duplicate());
    if (names.get(names.position() - 1) != lineEnd) {
      names.put(NUL);
    }
    names.flip();
    for (int i = 0; i < names.limit(); i++) {
      if (names.get(i) == lineEnd) {
        names.put(i, NUL);
      }
    }
    long item = piece.firstRecord();
    return new Piece(item, item, new ShardData.Bytes(names.asReadOnlyBuffer()));
  }

  @Override
  public void close() {
    lines.close();
  }
}
