package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PyParallelException.Usage;
import org.pyparallel.job.PythonOptions;

/// Folders and virtual environments to import from.
interface PathContract extends Subject {
  /// With `--venv` and `--python-path`.
  static PythonOptions importing(Optional<Path> venv, Path... folders) {
    return new PythonOptions(
        Optional.empty(), venv, List.of(folders), OptionalLong.empty(), Optional.empty());
  }

  /// A module that knows its name.
  private static void module(Path folder, String name, String value) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".py"), "value = '" + value + "'\n");
  }

  @Test
  default void importsFromFoldersBehindTheScriptsOwn() throws IOException {
    Path one = folder().resolve("one");
    Path two = folder().resolve("two");
    module(folder(), "first", "script");
    for (String name : new String[] {"first", "second"}) {
      module(one, name, "one");
    }
    for (String name : new String[] {"first", "second", "third", "colorsys"}) {
      module(two, name, "two");
    }
    String source =
        """
        import first, second, third, colorsys
        def process(record):
            return " ".join(module.value for module in (first, second, third, colorsys))
        """;
    try (Session session = script(source).python(importing(Optional.empty(), one, two)).open()) {
      assertThat(session.run("a\n").text()).isEqualTo("script one two two\n");
    }
  }

  @Test
  default void importsFromAVirtualEnvironmentBehindTheLibrary() throws IOException {
    String version = version();
    Path venv = folder().resolve("venv");
    Path packages = venv.resolve("lib/python" + version + "/site-packages");
    Path editable = folder().resolve("project");
    module(packages, "pure", "pure");
    module(packages, "json", "not mine");
    module(packages, "pip", "environment");
    module(editable, "editable", "editable");
    Files.writeString(
        packages.resolve("a.pth"),
        "# comment\n\n"
            + editable
            + "\nmissing\nimport sys; sys.told = sys._getframe(1).f_locals['sitedir']\n");
    Files.writeString(packages.resolve("b.pth"), "import nowhere_to_be_found\n");
    StringBuffer diagnostics = new StringBuffer();
    String source =
        """
        import sys, json, pure, editable, pip
        def process(record):
            home = not sys.told.startswith(sys.prefix)
            return f"{pure.value} {editable.value} {pip.value} {json.dumps(1)} {home} {sys.told}"
        """;
    try (Session session = script(source).python(importing(Optional.of(venv))).open(diagnostics)) {
      assertThat(session.run("a\n").text())
          .isEqualTo("pure editable environment 1 True " + packages + "\n");
    }
    assertThat(diagnostics.toString())
        .contains("b.pth, line 1, is passed over: ModuleNotFoundError");
  }

  @Test
  default void saysWhatIsWrongWithAnEnvironment() throws IOException {
    Path venv = Files.createDirectory(folder().resolve("venv"));
    Setup setup = script("def process(record):\n    pass\n").python(importing(Optional.of(venv)));
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(setup::open)
        .withMessageContaining("--venv " + venv + " is no virtual environment");
  }

  /// As in the names of folders.
  private String version() {
    try (Session session =
        script("import sys\ndef process(record):\n    return '%d.%d' % sys.version_info[:2]\n")
            .open()) {
      return session.run("a\n").text().strip();
    }
  }
}
