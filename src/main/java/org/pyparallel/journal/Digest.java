package org.pyparallel.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 over fields, each with its length, so that no two lists of fields run into one
/// another. For one thread.
final class Digest {
  private final MessageDigest sha = sha256();

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java has SHA-256", e);
    }
  }

  void add(long number) {
    byte[] bytes = new byte[Long.BYTES];
    ByteBuffer.wrap(bytes).putLong(number);
    sha.update(bytes);
  }

  /// As its characters are, since a path may hold half of a surrogate pair.
  void add(String text) {
    add(text.length());
    byte[] bytes = new byte[Character.BYTES * text.length()];
    ByteBuffer.wrap(bytes).asCharBuffer().put(text);
    sha.update(bytes);
  }

  /// Leaves the buffer as it is.
  void add(ByteBuffer bytes) {
    add(bytes.remaining());
    sha.update(bytes.duplicate());
  }

  void add(byte[] bytes) {
    add(ByteBuffer.wrap(bytes));
  }

  /// The first half of the sum.
  ShardKey key() {
    ByteBuffer sum = ByteBuffer.wrap(sha.digest());
    return new ShardKey(sum.getLong(), sum.getLong());
  }

  /// The sum in hexadecimal digits.
  String text() {
    return HexFormat.of().formatHex(sha.digest());
  }
}
