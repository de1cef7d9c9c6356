package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.RangeReader;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.ShardData;

/// Tells a worker process where its shard's bytes are, or what they are. Owner's thread.
final class ShardFeed implements AutoCloseable {
  private static final int PIECE = 1 << 18;

  private final FrameWriter writer;
  private final boolean watched;
  private final RangeReader reader = new RangeReader();

  /// @param watched whether somebody here wants to see the bytes as well: those of files are then
  ///   read twice, the second time by the child and from the system's cache
  ShardFeed(FrameWriter writer, boolean watched) {
    this.writer = writer;
    this.watched = watched;
  }

  /// Shows the shard's bytes to `output`, if it wants them.
  ///
  /// @throws IOException if the file cannot be read, or ends before the shard does
  void prepare(ShardData data, ShardOutput output) throws IOException {
    if (!watched) {
      return;
    }
    switch (data) {
      case ShardData.Bytes(ByteBuffer buffer) -> output.loaded(buffer.duplicate());
      case ShardData.FileRange range -> {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, range.length()));
        for (long done = 0; done < range.length(); done += piece.limit()) {
          piece.clear().limit((int) Math.min(piece.capacity(), range.length() - done));
          reader.read(range.file(), range.offset() + done, piece);
          output.loaded(piece.flip());
        }
      }
      case ShardData.Range _, ShardData.Nothing _ -> {}
    }
  }

  /// Sends the frame that follows a request.
  ///
  /// @throws IOException if the child is gone
  void send(ShardData data) throws IOException {
    switch (data) {
      case ShardData.Bytes(ByteBuffer buffer) -> writer.write(Frames.DATA, buffer);
      case ShardData.Range range -> writer.write(Frames.DATA, DriverProtocol.range(range));
      case ShardData.FileRange range ->
          writer.write(Frames.FILE, range.offset() + "\0" + range.length() + "\0" + range.file());
      case ShardData.Nothing _ -> writer.write(Frames.NOTHING);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
