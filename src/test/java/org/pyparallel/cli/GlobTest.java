package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @TempDir Path directory;

  @BeforeEach
  void fill() throws IOException {
    for (String name :
        List.of("a.log", "b.log", ".hidden.log", "x/c.log", "x/y/d.log", "x/y/e.txt", ".z/f.log")) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
    Files.createSymbolicLink(directory.resolve("x/loop"), directory);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "*.log, a.log b.log",
        "?.log, a.log b.log",
        "[b-z].log, b.log",
        "\"{b,a}.log\", a.log b.log",
        ".*.log, .hidden.log",
        "*, a.log b.log",
        "**, a.log b.log x/c.log x/y/d.log x/y/e.txt",
        "**/*.log, a.log b.log x/c.log x/y/d.log",
        "x/**, x/c.log x/y/d.log x/y/e.txt",
        "x/**/*.txt, x/y/e.txt",
        "*/*/*.log, x/loop/a.log x/loop/b.log x/y/d.log",
        "**/y/**/*.log, x/y/d.log",
        "./x//*.log, ./x/c.log",
        "nothing*, ''",
        "x/c.log/*, ''"
      })
  void matches(String pattern, String expected) {
    assertThat(new Glob(directory, pattern).files())
        .map(path -> path.toString().substring(directory.toString().length() + 1))
        .containsExactlyElementsOf(
            expected.equals("''") ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void absolutePatternsStayAbsolute() {
    assertThat(new Glob(Path.of(""), directory + "/?.log").files())
        .containsExactly(directory.resolve("a.log"), directory.resolve("b.log"));
  }
}
