package org.pyparallel.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/// What tells, without reading a file, that it is the one it was.
///
/// @param size in bytes
/// @param modified when it was last written to, in nanoseconds since 1970
/// @param inode stands for its device and its number there; 0 where the system has no such numbers
/// @param settled whether it had not been written to for so long that another write would have
///   shown in `modified`; only then can it vouch for the bytes
record FileIdentity(long size, long modified, long inode, boolean settled) {
  /// Of what is not there.
  static final FileIdentity NONE = new FileIdentity(-1, 0, 0, false);

  private static final long NANOS = 1_000_000_000L;

  /// File systems keep times more coarsely than they tell: to two seconds at worst.
  private static final long SETTLED_NANOS = 2 * NANOS;

  /// Looks at a file as it is now; [#NONE] where that is not possible.
  static FileIdentity of(Path file) {
    try {
      return of(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (IOException _) {
      return NONE;
    }
  }

  private static FileIdentity of(BasicFileAttributes attributes) {
    long modified = nanos(attributes.lastModifiedTime().toInstant());
    boolean settled = nanos(Instant.now()) - modified > SETTLED_NANOS;
    Object key = attributes.fileKey();
    long inode = key == null ? 0 : key.hashCode();
    return new FileIdentity(attributes.size(), modified, inode, settled);
  }

  /// Wraps around in the year 2262, which does no harm to a comparison.
  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }

  /// Whether a file that had this identity and now has the other certainly holds the same bytes.
  boolean vouchesFor(FileIdentity now) {
    return settled
        && size >= 0
        && size == now.size
        && modified == now.modified
        && inode == now.inode;
  }
}
