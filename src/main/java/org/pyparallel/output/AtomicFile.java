package org.pyparallel.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;

/// A file that appears as a whole or not at all: written beside its target, renamed at the end.
///
/// One that is to be [Unfinished#KEPT] appears in any case, once something was written to it: what
/// is said here of taking it away is then about one to which nothing was. The temporary file also
/// goes when the process is told to end in a way that nobody handles, such as SIGHUP, or SIGINT
/// before the run has begun; only SIGKILL leaves it.
final class AtomicFile implements Destination {
  private static final int ATTEMPTS = 100;
  private static final int SUFFIX_LENGTH = 4;
  private static final int SUFFIX_RADIX = 36;

  /// So much of the target's name goes into the temporary one, which must stay below 255 bytes.
  private static final int KEPT_NAME = 60;

  private final Path named;
  private final Path target;
  private final Path part;
  private final Unfinished unfinished;
  private final Thread atExit = new Thread(this::close, "output-cleanup");

  // Guarded by this.
  private @Nullable FileChannel channel;
  private boolean ended;

  private AtomicFile(Path named, Path target, Path part, Unfinished unfinished) {
    this.named = named;
    this.target = target;
    this.part = part;
    this.unfinished = unfinished;
  }

  /// Opens the temporary file.
  ///
  /// @param named the file as the user named it
  /// @param target the absolute path it stands for, no symbolic link
  /// @param present whether the target exists: its mode is kept, else the umask decides
  /// @param unfinished what becomes of it without [#commit]
  /// @throws PyParallelException.Usage if there can be no file in that folder
  static AtomicFile create(Path named, Path target, boolean present, Unfinished unfinished) {
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw Destination.unwritable(named, "there is no folder '" + folder + "'");
    }
    try {
      return open(named, target, present, unfinished);
    } catch (AccessDeniedException _) {
      throw Destination.unwritable(named, "no permission to create files in '" + folder + "'");
    } catch (IOException e) {
      throw Destination.unwritable(named, Destination.reason(e));
    }
  }

  private static AtomicFile open(Path named, Path target, boolean present, Unfinished unfinished)
      throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes = {};
    Set<PosixFilePermission> mode = Set.of();
    if (present && posix) {
      mode = Files.getPosixFilePermissions(target);
      attributes = new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)};
    }
    for (int attempt = 1; ; attempt++) {
      Path part = target.resolveSibling(partName(target.getFileName().toString()));
      try {
        AtomicFile file = new AtomicFile(named, target, part, unfinished);
        file.begin(options, attributes);
        file.widen(mode);
        return file;
      } catch (FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /// Creates the temporary file. The process may be told to end at any moment: whoever takes it
  /// away is there first, and finds either no file, since none is created from then on, or all of
  /// it.
  private synchronized void begin(Set<StandardOpenOption> options, FileAttribute<?>[] attributes)
      throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException _) {
      ended = true;
    }
    if (ended) {
      throw new IOException("the process is ending");
    }
    try {
      channel = FileChannel.open(part, options, attributes);
    } catch (IOException e) {
      ended = true;
      leaveExit();
      throw e;
    }
  }

  private void leaveExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The process is ending: the hook runs, and finds nothing to do.
    }
  }

  /// Gives back what the umask took from a mode that is to be kept; nothing to do for an empty one.
  private void widen(Set<PosixFilePermission> mode) throws IOException {
    try {
      if (!mode.isEmpty()) {
        Files.setPosixFilePermissions(part, mode);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static String partName(String name) {
    int end = Math.min(name.length(), KEPT_NAME);
    if (Character.isHighSurrogate(name.charAt(end - 1))) {
      end--;
    }
    StringBuilder part = new StringBuilder().append('.').append(name, 0, end).append('.');
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      part.append(
          Character.forDigit(ThreadLocalRandom.current().nextInt(SUFFIX_RADIX), SUFFIX_RADIX));
    }
    return part.append(".part").toString();
  }

  @Override
  public void write(ByteBuffer bytes) {
    FileChannel open = open();
    try {
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void commit() {
    try (FileChannel open = open()) {
      open.force(true);
      open.close();
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      ended = true;
      leaveExit();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    leaveExit();
    FileChannel open = channel;
    if (open == null) {
      return;
    }
    try (open) {
      if (unfinished == Unfinished.KEPT && open.size() > 0) {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.deleteIfExists(part);
      }
    } catch (IOException _) {
      // the folder is gone or no longer ours; the target is untouched
    }
  }

  private synchronized FileChannel open() {
    return Objects.requireNonNull(channel);
  }

  private PyParallelException.OutputFailed failed(IOException e) {
    return new PyParallelException.OutputFailed(
        "cannot write output file '" + named + "': " + Destination.reason(e), e);
  }
}
