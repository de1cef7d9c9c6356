package org.pyparallel.workload;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.ShardData;

/// File names that come from a stream, one per line, as the `files` format has them:
/// NUL-terminated, and counted in items. A line is a name as it stands, a blank one or one that is
/// no UTF-8 too.
final class NameLines implements Splitter {
  private final Splitter lines;

  /// @param lines cut at line ends, with every piece's number of lines before it
  NameLines(Splitter lines) {
    this.lines = lines;
  }

  @Override
  public @Nullable Piece next() {
    Piece piece = lines.next();
    if (piece == null || !(piece.data() instanceof ShardData.Bytes(ByteBuffer text))) {
      return piece;
    }
    ByteBuffer names = ByteBuffer.allocate(text.remaining() + 1);
    names.put(text.duplicate());
    if (names.get(names.position() - 1) != '\n') {
      names.put((byte) '\n');
    }
    names.flip();
    for (int i = 0; i < names.limit(); i++) {
      if (names.get(i) == '\n') {
        names.put(i, (byte) Format.FILES.terminator().orElseThrow());
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
