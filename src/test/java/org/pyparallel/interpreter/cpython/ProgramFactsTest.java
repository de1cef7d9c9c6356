package org.pyparallel.interpreter.cpython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.interpreter.PythonBuild;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.PyParallelException.Usage;

/// What programs say of themselves, and which of them can be embedded.
@DisabledOnOs(OS.WINDOWS)
final class ProgramFactsTest {
  private static final Path HOME = Path.of(System.getProperty("pyparallel.home"));
  private static final Path INQUIRY = HOME.resolve("lib/python/pyparallel/_embedding.py");
  private static final Path BUNDLED = HOME.resolve("python/bin/python3.14");

  @TempDir Path folder;

  @Test
  void knowsARealPython() {
    ProgramFacts facts = ProgramFacts.of(BUNDLED, INQUIRY, false);

    facts.checkEmbeddable();
    assertThat(facts.version()).startsWith("3.14.");
    assertThat(facts.executable()).isEqualTo(BUNDLED);
    assertThat(facts.library()).isRegularFile();
    assertThat(ProgramFacts.of(BUNDLED, INQUIRY, true).build())
        .isEqualTo(new PythonBuild(BUNDLED, facts.version(), false, false));
    assertThat(new CPythonRuntime(HOME).build()).isPresent();
  }

  /// Like the shims of version managers, which must not become `sys.executable`.
  @Test
  void looksBehindAScriptThatStartsIt() throws IOException {
    Path script = program("echo to be ignored >&2\nexec " + BUNDLED + " \"$@\"");

    assertThat(ProgramFacts.of(script, INQUIRY, false).executable()).isEqualTo(BUNDLED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          implementation pypy version 3.11.9 series 3.11|is pypy, and only CPython can be; say --runtime process
          implementation cpython version 3.12.4 series 3.12|is Python 3.12.4, and only 3.14 can be; say --runtime process
          implementation cpython version 3.15.0a1 series 3.15|is Python 3.15.0a1, and only 3.14 can be
          implementation cpython version 3.14.0 series 3.14 threaded 1|is a free-threaded build
          implementation cpython version 3.14.0 series 3.14 library|has no shared library (libpython3.14, looked for in
          """)
  void refusesWhatCannotBeEmbedded(String said, String why) throws IOException {
    Path program =
        program(
            "printf '\\0\\0pyparallel-python\\0\\0'; printf '%s\\0' "
                + said.strip()
                + " ''; printf '\\0pyparallel-python\\0\\0'");

    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> ProgramFacts.of(program, INQUIRY, false).checkEmbeddable())
        .withMessageStartingWith("cannot embed " + program + ": it " + why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo hello; exit 1",
        "exec yes hello",
        "(sleep 60; echo late) & echo hello",
        "echo hello >&2",
        "printf 'hello\\n\\0\\0pyparallel-python\\0\\0implementation'"
      })
  void refusesWhatIsNoPython(String script) throws IOException {
    Path program = program(script);

    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> ProgramFacts.of(program, INQUIRY, false))
        .withMessage("%s is no Python 3 (it says \"hello\"); give the path of a CPython", program);
  }

  @Test
  void refusesWhatCannotBeStarted() throws IOException {
    Path program = program("");
    Files.writeString(program, "#!/no/such/thing\n");
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> ProgramFacts.of(program, INQUIRY, false))
        .withMessageContaining("is no Python 3 (it says \"");
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> ProgramFacts.of(folder.resolve("none"), INQUIRY, false))
        .withMessageContaining("No such file");
  }

  /// As where a system has the library of one Python and somebody built another into its place.
  @Test
  void refusesALibraryOfAnotherPython() throws IOException {
    Path library = ProgramFacts.of(BUNDLED, INQUIRY, false).library();
    CPythonHome home = new CPythonHome(BUNDLED, library, "3.14.99");

    assertThatExceptionOfType(RuntimeFailed.class)
        .isThrownBy(() -> PythonProcess.load(home, java.util.OptionalLong.empty()))
        .withMessageStartingWith(library + " is of Python 3.14.")
        .withMessageContaining("is Python 3.14.99: say --runtime process");
  }

  @Test
  void ranksBuilds() {
    PythonBuild plain = new PythonBuild(BUNDLED, "3.14.3", false, false);
    PythonBuild profiled = new PythonBuild(BUNDLED, "3.14.0", true, false);
    PythonBuild both = new PythonBuild(BUNDLED, "3.14.0", true, true);

    assertThat(both.isFasterThan(profiled)).isTrue();
    assertThat(profiled.isFasterThan(plain)).isTrue();
    assertThat(profiled.isFasterThan(both)).isFalse();
    assertThat(plain.isFasterThan(plain)).isFalse();
    assertThat(both.label()).isEqualTo("optimised (PGO, LTO)");
    assertThat(Optional.of(plain.label())).contains("plain (no PGO, no LTO)");
  }

  @Property(tries = 200)
  void readsWhateverIsSaid(@ForAll String answer) {
    assertThat(ProgramFacts.parse(BUNDLED, answer).version()).isNotNull();
  }

  private Path program(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
