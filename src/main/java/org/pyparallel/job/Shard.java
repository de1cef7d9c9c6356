package org.pyparallel.job;

/// One piece of the input: the unit of work of an interpreter.
///
/// @param index 0 for the first, without gaps, in input order; what is cut off a shard that is
///   being worked on keeps its index
/// @param source the input's name as the user knows it (a path, or `<stdin>`)
/// @param offset where the shard starts in its source, in bytes (in items for `files`, `args` and
///   `range`)
/// @param firstRecord how many records of the source come before this shard, or -1 where only
///   counting could tell
/// @param firstLine how many lines of the source come before this shard, or -1 where unknown; equal
///   to `firstRecord` where lines are records
/// @param preamble what a worker must know of the bytes before the shard, as Latin-1: a table's
///   header row as it stands in the source; `[` inside an array of a JSON input; else empty
/// @param data where its bytes are
public record Shard(
    long index,
    String source,
    long offset,
    long firstRecord,
    long firstLine,
    String preamble,
    ShardData data) {
  /// A shard of an input in which lines are records.
  public Shard(long index, String source, long offset, long firstRecord, ShardData data) {
    this(index, source, offset, firstRecord, firstRecord, "", data);
  }

  /// The size of the shard's data in bytes.
  public long length() {
    return data.length();
  }
}
