package org.pyparallel.journal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// How an index file is written: a head that names the run, then a frame for each shard that ended,
/// of the length and the sum of an entry, and the entry.
final class Index {
  private static final String MAGIC = "pyparallel shards 1\n";
  private static final int FRAME = 2 * Integer.BYTES;
  private static final int BUFFER = 1 << 16;

  private Index() {}

  /// What a file begins with.
  ///
  /// @param run see [RunKey#id]
  static byte[] head(String run) {
    return (MAGIC + run + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /// The frame of an entry.
  static ByteBuffer frame(byte[] entry) {
    return ByteBuffer.allocate(FRAME + entry.length)
        .putInt(entry.length)
        .putInt(sum(entry))
        .put(entry)
        .flip();
  }

  private static int sum(byte[] entry) {
    CRC32C crc = new CRC32C();
    crc.update(entry);
    return (int) crc.getValue();
  }

  /// Where an entry is.
  ///
  /// @param pair of files
  /// @param offset of its first byte
  /// @param length in bytes
  record Place(JournalFolder.Pair pair, long offset, int length) {}

  /// What a file held.
  ///
  /// @param kind whose it is
  /// @param keys of the entries, in the order in which they were written
  /// @param places where these are
  /// @param length of the file up to the end of the last whole entry
  /// @param data length of the data file up to the last byte that an entry needs
  record Contents(Kind kind, List<ShardKey> keys, List<Place> places, long length, long data) {}

  /// Whose an index file is.
  enum Kind {
    /// Of the run that was asked for.
    OURS,
    /// Of another run, or nobody's: its head was never written whole.
    STALE,
    /// None of pyparallel's.
    FOREIGN
  }

  /// Reads a file up to where it is torn.
  static Contents read(JournalFolder.Pair pair, String run) throws IOException {
    List<ShardKey> keys = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    if (!Files.exists(pair.index())) {
      return new Contents(Kind.STALE, keys, places, 0, 0);
    }
    long size = Files.size(pair.index());
    byte[] head = head(run);
    long position = head.length;
    long data = 0;
    try (InputStream file = Files.newInputStream(pair.index());
        DataInputStream in = new DataInputStream(new BufferedInputStream(file, BUFFER))) {
      byte[] found = in.readNBytes(head.length);
      if (!Arrays.equals(found, head)) {
        return new Contents(isOfSomeRun(found) ? Kind.STALE : Kind.FOREIGN, keys, places, 0, 0);
      }
      while (size - position >= FRAME) {
        int length = in.readInt();
        int sum = in.readInt();
        if (length < ShardEntry.SMALLEST || length > size - position - FRAME) {
          break;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || sum(bytes) != sum) {
          break;
        }
        ShardEntry entry = ShardEntry.decoded(bytes);
        keys.add(entry.key());
        places.add(new Place(pair, position + FRAME, length));
        data = Math.max(data, entry.pieces().offset() + entry.pieces().length());
        position += FRAME + length;
      }
    } catch (EOFException _) {
      // Torn: what was read before counts.
    }
    return new Contents(Kind.OURS, keys, places, position, data);
  }

  private static boolean isOfSomeRun(byte[] head) {
    byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
    int common = Math.min(head.length, magic.length);
    boolean begun = Arrays.equals(head, 0, common, magic, 0, common);
    return begun || Arrays.equals(head, new byte[head.length]);
  }

  /// Reads an entry again.
  ///
  /// @throws IOException if it cannot be read, or is not what it was
  static ShardEntry entry(Place place) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(FRAME + place.length());
    try (FileChannel channel = FileChannel.open(place.pair().index(), StandardOpenOption.READ)) {
      long position = place.offset() - FRAME;
      while (bytes.hasRemaining()) {
        int count = channel.read(bytes, position + bytes.position());
        if (count < 0) {
          throw new EOFException("the journal has been cut short");
        }
      }
    }
    int length = bytes.flip().getInt();
    int sum = bytes.getInt();
    byte[] entry = new byte[place.length()];
    bytes.get(entry);
    if (length != entry.length || sum(entry) != sum) {
      throw new IOException("the journal was changed during the run");
    }
    return ShardEntry.decoded(entry);
  }

  /// Cuts off what is behind the last whole entry, where there is anything.
  static void mend(JournalFolder.Pair pair, Contents contents) throws IOException {
    cut(pair.index(), contents.length());
    cut(pair.data(), contents.data());
  }

  private static void cut(Path file, long size) throws IOException {
    if (Files.exists(file) && Files.size(file) > size) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(size);
      }
    }
  }
}
