package org.pyparallel.interpreter.graalpy;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/// The files that a script in a sandbox sees.
///
/// Every path is first made real, with all links and `..` resolved as the system does it, then
/// compared with what is allowed, and that real path is what the system is given. So neither leads
/// out, and what is refused tells nothing, not even whether it is there. Scripts can make no links.
///
/// What this cannot see is a folder that is exchanged for a link between the two steps. One script
/// alone cannot do that; several could, by renaming, where a folder that they may write holds a
/// link to a place outside.
final class SandboxFiles implements FileSystem {
  private static final Path NOTHING = Path.of("/dev/null");

  private final FileSystem files = FileSystem.newDefaultFileSystem();
  // What the language itself consists of, its standard library above all, and nothing else.
  private final FileSystem resources =
      FileSystem.allowInternalResourceAccess(FileSystem.newDenyIOFileSystem());
  private final List<Path> readable;
  private final List<Path> writable;

  /// @param readable files and folders that may be read, absolute
  /// @param writable files and folders that may be written, and read, absolute
  SandboxFiles(Collection<Path> readable, Collection<Path> writable) {
    this.readable = real(readable);
    this.writable = real(writable);
  }

  private static List<Path> real(Collection<Path> paths) {
    List<Path> real = new ArrayList<>(paths.size());
    for (Path path : paths) {
      try {
        real.add(path.toRealPath());
      } catch (IOException _) {
        real.add(path.normalize()); // it may be made later
      }
    }
    return real;
  }

  /// Does something with a path that may be read, or with one of the language's own.
  private <T> T reading(Path path, Reading<T> task, LinkOption... options) throws IOException {
    Path real = real(path, options);
    if (isIn(readable, real) || isIn(writable, real)) {
      return task.on(files, real);
    }
    try {
      return task.on(resources, files.toAbsolutePath(path));
    } catch (SecurityException e) {
      AccessDeniedException denied = new AccessDeniedException(path.toString());
      denied.initCause(e);
      throw denied;
    }
  }

  /// What is done with a file.
  @FunctionalInterface
  private interface Reading<T> {
    T on(FileSystem system, Path path) throws IOException;
  }

  private Path toWrite(Path path, LinkOption... options) throws IOException {
    Path real = real(path, options);
    if (isIn(writable, real)) {
      return real;
    }
    throw new AccessDeniedException(path.toString());
  }

  private static boolean isIn(List<Path> allowed, Path real) {
    for (Path path : allowed) {
      if (real.startsWith(path)) {
        return true;
      }
    }
    return real.equals(NOTHING);
  }

  /// The path without links and `..`; its last name, and folders on the way to it, may be missing.
  private Path real(Path path, LinkOption... options) throws IOException {
    Path absolute = files.toAbsolutePath(path);
    Path name = absolute.getFileName();
    Path parent = absolute.getParent();
    if (options.length == 0 || isDots(name)) {
      try {
        return absolute.toRealPath();
      } catch (IOException _) {
        if (isDots(name)) {
          throw new AccessDeniedException(path.toString());
        }
      }
    }
    if (name == null || parent == null) {
      return absolute;
    }
    Path real = real(parent).resolve(name);
    // A link that leads nowhere yet: whoever creates the file would create it there.
    if (options.length == 0 && Files.isSymbolicLink(real)) {
      throw new AccessDeniedException(path.toString());
    }
    return real;
  }

  private static boolean isDots(Path name) {
    return name != null && (name.toString().equals("..") || name.toString().equals("."));
  }

  @Override
  public Path parsePath(URI uri) {
    return files.parsePath(uri);
  }

  @Override
  public Path parsePath(String path) {
    return files.parsePath(path);
  }

  @Override
  public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
      throws IOException {
    if (modes.contains(AccessMode.WRITE)) {
      files.checkAccess(toWrite(path, options), modes, options);
      return;
    }
    reading(
        path,
        (system, real) -> {
          system.checkAccess(real, modes, options);
          return real;
        },
        options);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    files.createDirectory(toWrite(folder, LinkOption.NOFOLLOW_LINKS), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    files.delete(toWrite(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    Path from = toWrite(source, LinkOption.NOFOLLOW_LINKS);
    Files.move(from, toWrite(target, LinkOption.NOFOLLOW_LINKS), options);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Set<OpenOption> plain = new HashSet<>(options);
    plain.add(LinkOption.NOFOLLOW_LINKS);
    if (options.isEmpty() || options.equals(Set.of(StandardOpenOption.READ))) {
      return reading(path, (system, real) -> system.newByteChannel(real, plain, attributes));
    }
    return files.newByteChannel(toWrite(path), plain, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return reading(folder, (system, real) -> system.newDirectoryStream(real, filter));
  }

  @Override
  public Path toAbsolutePath(Path path) {
    return files.toAbsolutePath(path);
  }

  @Override
  public Path toRealPath(Path path, LinkOption... options) throws IOException {
    return reading(path, (system, real) -> system.toRealPath(real, options), options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return reading(
        path, (system, real) -> system.readAttributes(real, attributes, options), options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    files.setAttribute(toWrite(path, options), attribute, value, options);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return reading(
        link, (system, real) -> system.readSymbolicLink(real), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void setCurrentWorkingDirectory(Path folder) {
    try {
      files.setCurrentWorkingDirectory(reading(folder, (_, real) -> real));
    } catch (IOException e) {
      throw new SecurityException(e.getMessage(), e);
    }
  }
}
