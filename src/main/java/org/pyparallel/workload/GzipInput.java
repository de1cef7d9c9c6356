package org.pyparallel.workload;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Decompresses a gzip file (RFC 1952) of any number of members.
///
/// [java.util.zip.GZIPInputStream] asks `available()` whether another member follows, and takes a
/// member whose header is cut off for the end of the file; here only the end of the file is one.
/// Behind the last member, zeros and anything that does not begin as a member is passed over, as
/// `gzip` does: tapes and signatures leave such things there.
final class GzipInput extends InputStream {
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xe0;

  private static final int READ = 8 << 10;

  private final InputStream source;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] input = new byte[READ];
  private int next;
  private int filled;
  private boolean inMember;
  private boolean ended;
  private @Nullable IOException failure;

  private GzipInput(InputStream source) throws IOException {
    this.source = source;
    startMember(take(), take());
  }

  /// @param source at the start of the file; not closed
  static InputStream on(InputStream source) throws IOException {
    return new GzipInput(source);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (failure != null) {
      throw failure;
    }
    while (!ended && length > 0) {
      int count = inMember ? inflate(target, offset, length) : 0;
      if (count > 0) {
        checksum.update(target, offset, count);
        return count;
      }
      if (!inMember) {
        ended = !findMember();
      } else if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("it wants a dictionary");
      } else {
        fill();
        inflater.setInput(input, 0, filled);
      }
    }
    return ended ? -1 : 0;
  }

  /// What comes out before a damaged place is good.
  private int inflate(byte[] target, int offset, int length) throws IOException {
    long before = inflater.getBytesWritten();
    try {
      return inflater.inflate(target, offset, length);
    } catch (DataFormatException e) {
      IOException damage = new ZipException(e.getMessage());
      int count = (int) (inflater.getBytesWritten() - before);
      if (count == 0) {
        throw damage;
      }
      failure = damage;
      return count;
    }
  }

  /// Looks for a member behind the last one.
  private boolean findMember() throws IOException {
    int first = tryTake();
    while (first == 0) {
      first = tryTake();
    }
    if (first != MAGIC_1) {
      return false;
    }
    int second = take();
    if (second != MAGIC_2) {
      return false;
    }
    startMember(first, second);
    return true;
  }

  private void startMember(int magic1, int magic2) throws IOException {
    if (magic1 != MAGIC_1 || magic2 != MAGIC_2) {
      throw new ZipException("not in gzip format");
    }
    if (take() != DEFLATE) {
      throw new ZipException("unknown compression method");
    }
    int flags = take();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("unknown flags in a header");
    }
    skip(6); // time, extra flags, operating system
    if ((flags & EXTRA) != 0) {
      skip(takeShort());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(input, next, filled - next);
    checksum.reset();
    inMember = true;
  }

  private void endMember() throws IOException {
    next = filled - inflater.getRemaining();
    inMember = false;
    if (takeInt() != checksum.getValue()) {
      throw new ZipException("the checksum is wrong");
    }
    if (takeInt() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("the length is wrong");
    }
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      take();
    }
  }

  private void skipText() throws IOException {
    while (take() != 0) {
      // up to its terminator
    }
  }

  private int takeShort() throws IOException {
    int low = take();
    return low | take() << 8;
  }

  private long takeInt() throws IOException {
    long low = takeShort();
    return low | (long) takeShort() << 16;
  }

  private int take() throws IOException {
    if (next == filled) {
      fill();
    }
    return input[next++] & 0xff;
  }

  /// The next byte, or -1 at the end of the file.
  private int tryTake() throws IOException {
    return next == filled && !tryFill() ? -1 : take();
  }

  private void fill() throws IOException {
    if (!tryFill()) {
      throw new EOFException();
    }
  }

  private boolean tryFill() throws IOException {
    next = 0;
    filled = 0;
    filled = Math.max(0, source.read(input, 0, input.length));
    return filled > 0;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
