package org.pyparallel.job;

/// One piece of the input: the unit of work of an interpreter.
///
/// @param index 0 for the first, without gaps, in input order
/// @param source the input's name as the user knows it (a path, or `<stdin>`)
/// @param offset where the shard starts in its source, in bytes (in items for `files`)
/// @param firstRecord how many records of the source come before this shard, or -1 where only
///   counting could tell
/// @param data where its bytes are
public record Shard(long index, String source, long offset, long firstRecord, ShardData data) {
  /// The size of the shard's data in bytes.
  public long length() {
    return data.length();
  }
}
