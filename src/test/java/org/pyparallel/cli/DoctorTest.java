package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.job.RuntimeName;

class DoctorTest {
  private static final DoctorReport REPORT =
      new DoctorReport(
          "1.2.3",
          "/opt/pyparallel",
          new UsedJava("25.0.3+9", "Eclipse Adoptium", "/opt/pyparallel/lib/java", true),
          8,
          (31L << 30) + (1L << 29),
          "bundled",
          RuntimeName.CPYTHON,
          List.of(
              new DoctorReport.RuntimeState(
                  RuntimeName.CPYTHON,
                  new Availability.Available("CPython 3.14.3", "in this process", ""),
                  "plain (no PGO, no LTO)"),
              new DoctorReport.RuntimeState(
                  RuntimeName.GRAALPY,
                  new Availability.Missing("no \"JVMCI\"", "use a JDK 25.0.3 or later"),
                  "")));

  @TempDir Path directory;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(directory);
  }

  @Test
  void tableForPeople() {
    Golden.check("doctor.txt", DoctorTable.of(REPORT));
  }

  @Test
  void objectForPrograms() {
    Golden.check("doctor.json", DoctorJson.of(REPORT, null));
  }

  @Test
  void anotherJavaIsToldWithItsPlace() {
    var java = new UsedJava("25.0.3+9", "Eclipse Adoptium", "/usr/lib/jvm/25", false);

    assertThat(java.describe()).isEqualTo("25.0.3+9 (Eclipse Adoptium), in /usr/lib/jvm/25");
  }

  @Test
  void succeedsWithCPython() {
    put(RuntimeName.CPYTHON, new Availability.Available("CPython 3.14.3", "here", "be glad"));

    assertThat(shell.type("doctor")).isZero();

    assertThat(shell.stdout())
        .contains("cpython     available\n")
        .contains("  version   CPython 3.14.3\n")
        .contains("  advice    be glad\n");
  }

  @Test
  void failsWithoutCPython() {
    put(RuntimeName.CPYTHON, new Availability.Missing("no library", "install it"));
    put(RuntimeName.GRAALPY, new Availability.Available("GraalPy 25", "compiled", ""));

    assertThat(shell.type("doctor", "--json")).isEqualTo(3);

    assertThat(shell.stdout())
        .contains("\"reason\": \"no library\"", "\"version\": \"GraalPy 25\"");
  }

  @Test
  void tellsWhichPythonIsUsed() throws IOException {
    put(RuntimeName.CPYTHON, new Availability.Available("CPython 3.14.3", "here", ""));
    Path plain = program("plain/python3.14");
    assertThat(shell.type("doctor")).isZero();
    assertThat(shell.stdout()).contains("python      bundled\n");

    shell.variables.put("PYPARALLEL_PYTHON", "plain/python3.14");
    assertThat(shell.type("doctor")).isZero();
    assertThat(shell.stdout())
        .contains("python      " + plain + ", embedded\n")
        .contains("  version   CPython 3.14.7\n")
        .contains("  build     plain (no PGO, no LTO)\n")
        .contains("  advice    an optimised CPython 3.14 (");

    assertThat(shell.type("doctor", "--python", "none")).isEqualTo(2);
  }

  @Test
  void tellsOfAFasterPython() throws IOException {
    put(RuntimeName.CPYTHON, new Availability.Available("CPython 3.14.3", "here", ""));
    program("plain/python3.14");
    Path uv = program("home/.local/share/uv/python/cpython-3.14.9-linux/bin/python3.14");
    program("home/.local/share/uv/python/cpython-3.13.9-linux/bin/python3.14");
    Path pyenv = program("home/.pyenv/versions/3.14.1/bin/python3.14");
    Path fast = program("fast/python3.14");
    shell.variables.put("HOME", directory.resolve("home").toString());
    shell.variables.put("PATH", "plain:/nowhere:" + fast.getParent());
    assertThat(NearbyPythons.programs(shell.environment()))
        .containsExactly(directory.resolve("plain/python3.14"), fast, uv, pyenv);

    assertThat(shell.type("doctor", "--python", "plain/python3.14")).isZero();
    assertThat(shell.stdout())
        .contains(
            "  advice    "
                + fast
                + " is CPython 3.14.7, optimised (PGO, LTO), which runs the same code faster: use"
                + " it with --python, or set PYPARALLEL_PYTHON to it\n");

    assertThat(shell.type("doctor", "--python", fast.toString())).isZero();
    assertThat(shell.stdout()).doesNotContain("advice");
  }

  private Path program(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name); // none is a link to another
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  @Test
  void runtimeWithoutItsLibrariesIsMissing() {
    put(RuntimeName.CPYTHON, new Availability.Available("CPython 3.14.3", "here", ""));
    shell.runtimes.put(
        RuntimeName.GRAALPY,
        () -> {
          throw new NoClassDefFoundError("org/graalvm/polyglot/Engine");
        });

    assertThat(shell.type("doctor")).isZero();

    assertThat(shell.stdout())
        .contains("graalpy     not available\n")
        .contains("(no class org.graalvm.polyglot.Engine)\n")
        .contains("  remedy    start it through the pyparallel launcher\n");
  }

  private void put(RuntimeName name, Availability availability) {
    shell.runtimes.put(name, () -> new FakeRuntime(name, availability));
  }
}
