package org.pyparallel.interpreter;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/// A CPython 3.14 that passes for the user's own: a copy of the bundled one, without what no test
/// needs.
public final class OwnPython {
  private static final Path BUNDLED = Path.of(System.getProperty("pyparallel.home"), "python");
  private static final Set<String> LEFT_OUT =
      Set.of("test", "idlelib", "tkinter", "include", "share", "libs", "lib2to3", "turtledemo");

  private OwnPython() {}

  /// Makes one.
  ///
  /// @return its program
  public static Path in(Path folder) throws IOException {
    Files.walkFileTree(
        BUNDLED,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(from.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(folder.resolve(BUNDLED.relativize(from).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                from,
                folder.resolve(BUNDLED.relativize(from).toString()),
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
    return folder.resolve("bin/python3.14");
  }

  /// Makes a virtual environment of it, which holds the module `only_here`.
  ///
  /// @return the environment's program
  public static Path venv(Path program, Path folder) throws IOException {
    try {
      int status =
          new ProcessBuilder(
                  program.toString(), "-I", "-m", "venv", "--without-pip", folder.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IOException("venv ended with " + status);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    Path packages = folder.resolve("lib/python3.14/site-packages");
    Files.writeString(packages.resolve("only_here.py"), "where = 'in the environment'\n");
    return folder.resolve("bin/python");
  }
}
