package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is packed runs at another place, read-only, with nothing in its environment and no other
/// Java or Python in sight.
@EnabledOnOs(OS.LINUX)
class SelfContainedIT {
  /// What an archive is without: `src/build/pack.py` has the list.
  private static final Set<Path> LEFT_OUT =
      Set.of(Path.of("lib/graal"), Path.of("lib/java-home"), Path.of("python/lib/python3.14/test"));

  @RegisterExtension final Launcher pyparallel = new Launcher();

  private Path home;

  @BeforeEach
  void unpack() throws IOException {
    assumeThat(Launcher.HOME.resolve("lib/java")).as("a linked runtime").isDirectory();
    home = pyparallel.file("un packed");
    Files.walkFileTree(Launcher.HOME, new Copy());
    setWritable(false);
    pyparallel.write("s.py", "def process(record):\n    return record.upper()\n");
    pyparallel.write("in.txt", "a\nä\n");
    Files.createDirectory(pyparallel.file("no programs"));
  }

  @AfterEach
  void makeDeletable() throws IOException {
    setWritable(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpython", "graalpy", "process"})
  void runsAlone(String runtime) throws IOException {
    List<String> before = listing();

    alone("", "run --runtime " + runtime + " s.py in.txt").isClean().prints("A\nÄ\n");

    assertThat(listing()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpython", "graalpy"})
  void findsItsClassesInACache(String runtime) throws IOException {
    alone(
            "PYPARALLEL_JAVA_OPTS=-Xlog:class+load:file=classes",
            "run --runtime " + runtime + " s.py in.txt")
        .isClean();

    try (Stream<String> lines = Files.lines(pyparallel.file("classes"))) {
      List<String> others =
          lines.filter(line -> !line.contains("source: shared objects file")).toList();
      assertThat(others).hasSizeBetween(1, 600);
    }
  }

  private Outcome alone(String variable, String arguments) throws IOException {
    return pyparallel.shell(
        "env -i \"PATH=$PWD/no programs\" HOME=/nonexistent LC_ALL=C.UTF-8 "
            + variable
            + " 'un packed/bin/pyparallel' "
            + arguments);
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private void setWritable(boolean writable) throws IOException {
    String permissions = writable ? "rwxr-xr-x" : "r-xr-xr-x";
    try (Stream<Path> files = Files.walk(home)) {
      for (Path folder : files.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
      }
    }
  }

  /// Links files, which are hundreds of megabytes, where it can.
  private final class Copy extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (LEFT_OUT.contains(Launcher.HOME.relativize(folder))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(target(folder));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (LEFT_OUT.contains(Launcher.HOME.relativize(file))) {
        return FileVisitResult.CONTINUE;
      }
      try {
        Files.createLink(target(file), file);
      } catch (IOException | UnsupportedOperationException _) {
        Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES);
      }
      return FileVisitResult.CONTINUE;
    }

    private Path target(Path file) {
      return home.resolve(Launcher.HOME.relativize(file).toString());
    }
  }
}
