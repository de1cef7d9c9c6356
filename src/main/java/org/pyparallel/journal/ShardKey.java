package org.pyparallel.journal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// What a shard is known by, but for the bytes of a file or stream: the first half of a SHA-256.
record ShardKey(long high, long low) {
  /// Makes the keys of a run's shards. Safe for use by several threads.
  ///
  /// @param format of the input
  /// @param numbered whether a shard's number matters: the script may look at it, or random numbers
  ///   begin with it
  record Maker(Format format, boolean numbered) {
    /// @return the key; null for a shard that cannot be known again
    @Nullable ShardKey of(Shard shard) {
      Digest digest = new Digest();
      digest.add(shard.source());
      digest.add(shard.offset());
      digest.add(shard.firstRecord());
      digest.add(shard.firstLine());
      digest.add(shard.preamble());
      digest.add(numbered ? shard.index() : -1);
      // No switch over types: the first such switch takes milliseconds.
      ShardData data = shard.data();
      if (data instanceof ShardData.Nothing) {
        return null;
      }
      if (data instanceof ShardData.Range range) {
        digest.add(range.first());
        digest.add(range.step());
      }
      digest.add(shard.length());
      if (data instanceof ShardData.Bytes(ByteBuffer buffer) && format.isCounted()) {
        digest.add(buffer);
        if (format == Format.FILES) {
          addFiles(digest, buffer);
        }
      }
      return digest.key();
    }

    /// Adds what the named files are: their names are the input, but the script will read them.
    private static void addFiles(Digest digest, ByteBuffer names) {
      for (String name : StandardCharsets.UTF_8.decode(names.duplicate()).toString().split("\0")) {
        try {
          FileIdentity identity = FileIdentity.of(Path.of(name));
          digest.add(identity.size());
          digest.add(identity.modified());
        } catch (InvalidPathException _) {
          digest.add(-1);
        }
      }
    }
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(high);
    out.writeLong(low);
  }

  static ShardKey read(DataInputStream in) throws IOException {
    return new ShardKey(in.readLong(), in.readLong());
  }
}
