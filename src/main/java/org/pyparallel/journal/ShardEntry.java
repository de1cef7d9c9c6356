package org.pyparallel.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardResult;

/// What the index says of a shard that ended.
///
/// @param key what it was
/// @param identity of the file it came from when it was read, or [FileIdentity#NONE]
/// @param input the sum of its bytes; null where nobody saw them
/// @param pieces where what it gave is
/// @param result how it ended
record ShardEntry(
    ShardKey key,
    FileIdentity identity,
    ShardChecksum.@Nullable Sum input,
    Region pieces,
    ShardResult.Finished result) {
  /// A part of a data file.
  ///
  /// @param offset where it begins
  /// @param length how many bytes it has, from 0
  /// @param crc32c their sum
  record Region(long offset, long length, int crc32c) {}

  /// No frame of an index is shorter.
  static final int SMALLEST = 2 * Long.BYTES;

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      key.write(out);
      out.writeLong(identity.size());
      out.writeLong(identity.modified());
      out.writeLong(identity.inode());
      out.writeBoolean(identity.settled());
      out.writeBoolean(input != null);
      if (input != null) {
        out.writeLong(input.length());
        out.writeInt(input.crc32());
        out.writeInt(input.crc32c());
      }
      out.writeLong(pieces.offset());
      out.writeLong(pieces.length());
      out.writeInt(pieces.crc32c());
      out.writeLong(result.records());
      out.writeLong(result.lines());
      out.writeLong(result.failedRecords());
      out.writeInt(result.errors().size());
      for (PythonError error : result.errors()) {
        write(out, error);
      }
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /// @throws IOException if that is no entry
  static ShardEntry decoded(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    ShardKey key = ShardKey.read(in);
    FileIdentity identity =
        new FileIdentity(in.readLong(), in.readLong(), in.readLong(), in.readBoolean());
    ShardChecksum.Sum input =
        in.readBoolean() ? new ShardChecksum.Sum(in.readLong(), in.readInt(), in.readInt()) : null;
    Region pieces = new Region(in.readLong(), in.readLong(), in.readInt());
    long records = in.readLong();
    long lines = in.readLong();
    long failed = in.readLong();
    int count = in.readInt();
    List<PythonError> errors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      errors.add(error(in));
    }
    ShardResult.Finished result = new ShardResult.Finished(records, lines, failed, errors);
    return new ShardEntry(key, identity, input, pieces, result);
  }

  private static void write(DataOutputStream out, PythonError error) throws IOException {
    out.writeLong(error.record());
    out.writeLong(error.line());
    out.writeLong(error.offset());
    write(out, error.type());
    write(out, error.message());
    write(out, error.traceback());
    out.writeInt(error.frames().size());
    for (PythonError.Frame frame : error.frames()) {
      write(out, frame.file());
      out.writeInt(frame.line());
      write(out, frame.function());
      write(out, frame.source());
    }
  }

  private static PythonError error(DataInputStream in) throws IOException {
    long record = in.readLong();
    long line = in.readLong();
    long offset = in.readLong();
    String type = text(in);
    String message = text(in);
    String traceback = text(in);
    int count = in.readInt();
    List<PythonError.Frame> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(new PythonError.Frame(text(in), in.readInt(), text(in), text(in)));
    }
    return new PythonError(record, line, offset, type, message, frames, traceback);
  }

  /// UTF-8, but UTF-16 where there is half of a surrogate pair in it, which only that keeps.
  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean kept = new String(bytes, StandardCharsets.UTF_8).equals(text);
    out.writeBoolean(kept);
    out.writeInt(kept ? bytes.length : text.length());
    if (kept) {
      out.write(bytes);
    } else {
      out.writeChars(text);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    boolean utf8 = in.readBoolean();
    int length = in.readInt();
    if (utf8) {
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(in.readChar());
    }
    return text.toString();
  }
}
