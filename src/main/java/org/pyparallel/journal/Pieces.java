package org.pyparallel.journal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/// How a data file is written: pieces, each of its kind, its length and its bytes.
final class Pieces {
  static final byte OUTPUT = 1;
  static final byte REJECTS = 2;
  static final byte PARTIAL = 3;

  private static final int HEAD = Byte.BYTES + Integer.BYTES;
  private static final int BUFFER = 1 << 18;
  private static final int LARGEST = 1 << 16;

  private Pieces() {}

  /// What comes before the bytes of a piece.
  static ByteBuffer head(byte kind, int length) {
    return ByteBuffer.allocate(HEAD).put(kind).putInt(length).flip();
  }

  /// Whether a region of a file is what it was.
  static boolean isWhole(Path file, ShardEntry.Region region) {
    CRC32C crc = new CRC32C();
    try (InputStream in = open(file, region)) {
      byte[] bytes = new byte[buffer(region)];
      long left = region.length();
      while (left > 0) {
        int count = in.read(bytes, 0, (int) Math.min(bytes.length, left));
        if (count < 0) {
          return false;
        }
        crc.update(bytes, 0, count);
        left -= count;
      }
    } catch (IOException _) {
      return false;
    }
    return (int) crc.getValue() == region.crc32c();
  }

  /// Gives back what was written, in pieces that may be smaller ones.
  ///
  /// @return false if the receiver wanted no more
  static boolean replay(Path file, ShardEntry.Region region, Replay.Receiver receiver)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(open(file, region), buffer(region)))) {
      byte[] bytes = new byte[(int) Math.min(LARGEST, region.length())];
      long left = region.length();
      while (left > 0) {
        byte kind = in.readByte();
        int length = in.readInt();
        left -= HEAD + length;
        for (int missing = length; missing > 0; ) {
          int count = Math.min(bytes.length, missing);
          in.readFully(bytes, 0, count);
          missing -= count;
          if (!give(receiver, kind, ByteBuffer.wrap(bytes, 0, count))) {
            return false;
          }
        }
      }
      return true;
    }
  }

  private static boolean give(Replay.Receiver receiver, byte kind, ByteBuffer bytes)
      throws IOException {
    return switch (kind) {
      case OUTPUT -> receiver.output(bytes);
      case REJECTS -> receiver.reject(bytes);
      case PARTIAL -> receiver.partial(bytes);
      default -> throw new EOFException("a piece of kind " + kind);
    };
  }

  private static int buffer(ShardEntry.Region region) {
    return Math.clamp(region.length(), 1, BUFFER);
  }

  private static InputStream open(Path file, ShardEntry.Region region) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return Channels.newInputStream(channel.position(region.offset()));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
