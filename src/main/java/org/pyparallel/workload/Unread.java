package org.pyparallel.workload;

import java.nio.ByteBuffer;

/// What a stream had ready at one moment. The bytes up to `from + length` never change again.
///
/// @param bytes searchable, see [RecordEnds#searchable]
/// @param from the index of the first unread byte
/// @param length how many bytes are there
/// @param whole how many of them belong to whole records; at the end of the stream, a last record
///   without terminator is whole too
/// @param waited how long ago the first byte came, in nanoseconds, at most; 0 where none is there
/// @param ended whether nothing further comes
/// @param broken whether that is so because the stream cannot be read on
record Unread(
    ByteBuffer bytes, int from, int length, int whole, long waited, boolean ended, boolean broken) {
  /// The first bytes, read-only and independent of this buffer's position and limit.
  ByteBuffer first(int count) {
    return bytes.slice(from, count).asReadOnlyBuffer();
  }
}
