package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// Takes shards from a source and looks into them, as an interpreter would.
final class Shards {
  private Shards() {}

  static List<Shard> drain(ShardSource source) {
    var shards = new ArrayList<Shard>();
    try (source) {
      for (Shard shard = source.next(); shard != null; shard = source.next()) {
        shards.add(shard);
      }
    }
    return shards;
  }

  static byte[] bytes(Shard shard) {
    ByteBuffer buffer =
        switch (shard.data()) {
          case ShardData.Bytes(ByteBuffer read) -> read.duplicate();
          case ShardData.FileRange(Path file, long offset, long length) ->
              readRange(file, offset, (int) length);
          case ShardData.Range(long first, long count, long step) ->
              StandardCharsets.US_ASCII.encode(first + " " + count + " " + step);
          case ShardData.Nothing() -> ByteBuffer.allocate(0);
        };
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static ByteBuffer readRange(Path file, long offset, int length) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
      return buffer.flip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] concatenated(List<Shard> shards) {
    var all = new ByteArrayOutputStream();
    shards.forEach(shard -> all.writeBytes(bytes(shard)));
    return all.toByteArray();
  }

  /// A shard's bytes as characters of the same value.
  static String text(@Nullable Shard shard) {
    return shard == null ? "(end)" : new String(bytes(shard), ISO_8859_1);
  }

  static List<String> texts(List<Shard> shards) {
    return shards.stream().map(Shards::text).collect(Collectors.toList());
  }

  /// The records of a text, each with its terminator; the last may have none.
  static List<String> records(String text, char terminator) {
    var records = new ArrayList<String>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf(terminator, start);
      end = end < 0 ? text.length() : end + 1;
      records.add(text.substring(start, end));
      start = end;
    }
    return records;
  }
}
