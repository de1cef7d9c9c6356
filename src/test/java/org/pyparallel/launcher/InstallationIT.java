package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the distribution lies, how it is started from there, and what surrounds it.
@EnabledOnOs(OS.LINUX)
class InstallationIT {
  private static final int BROKEN = 3;
  private static final Path PROGRAM = Launcher.HOME.resolve("bin/pyparallel");
  private static final String CACHE = "lib/java/lib/server/classes.jsa";
  private static final String ON_TOP = "lib/tier-up.jsa";

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void files() throws IOException {
    pyparallel.write("s.py", "def process(record):\n    return record.upper()\n");
    pyparallel.write("in.txt", "a\nä\n");
  }

  @Test
  void startsThroughSymbolicLinks() throws IOException {
    Files.createDirectories(pyparallel.file("bin"));
    Files.createSymbolicLink(pyparallel.file("bin/first"), PROGRAM);
    Files.createSymbolicLink(pyparallel.file("bin/second"), Path.of("first"));
    Files.createSymbolicLink(pyparallel.file("third"), Path.of("bin/second"));

    pyparallel.shell("./third run s.py in.txt").isClean().prints("A\nÄ\n");
    pyparallel.shell("PATH=bin:$PATH; second run s.py in.txt").isClean().prints("A\nÄ\n");
  }

  @Test
  void startsFromItsOwnFolderAndFromElsewhere() throws IOException {
    String inputs = " run '%1$s/s.py' '%1$s/in.txt'".formatted(pyparallel.directory());

    pyparallel.shell("cd '" + PROGRAM.getParent() + "' && ./pyparallel" + inputs).isClean();
    pyparallel.shell("cd '" + Launcher.HOME + "' && bin/pyparallel" + inputs).isClean();
    pyparallel.shell("cd / && pyparallel" + inputs).isClean().prints("A\nÄ\n");
  }

  @Test
  void startsAsTheArgumentOfAShell() throws IOException {
    pyparallel.shell("sh '" + PROGRAM + "' run s.py in.txt").isClean().prints("A\nÄ\n");
  }

  @Test
  void mayLieInAFolderWithASpaceInItsName() throws IOException {
    Path copy = copy("my programs/py parallel");

    run(copy, "run", "s.py", "in.txt").isClean().prints("A\nÄ\n");
    run(copy, "doctor").isClean();
    run(copy, "python", "-c", "print(1)").isClean().prints("1\n");
  }

  @Test
  void scriptsAndInputsMayHaveAnyName() throws IOException {
    pyparallel.write("a folder/-s $x.py", "def process(record):\n    return __file__[-8:]\n");
    pyparallel.write("a folder/'in\" *.txt", "x\n");

    pyparallel
        .run("run", "a folder/-s $x.py", "a folder/'in\" *.txt")
        .isClean()
        .prints("-s $x.py\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {CACHE, ON_TOP})
  void aTruncatedCacheIsIgnored(String cache) throws IOException {
    Path copy = copy("copy");
    byte[] bytes = Files.readAllBytes(Launcher.HOME.resolve(cache));
    Files.delete(copy.resolve(cache));
    pyparallel.write("copy/" + cache, Arrays.copyOf(bytes, bytes.length / 2));

    run(copy, "run", "s.py", "in.txt").isClean().prints("A\nÄ\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {CACHE, ON_TOP})
  void aCacheOfSomethingElseIsIgnored(String cache) throws IOException {
    Path copy = copy("copy");
    Files.delete(copy.resolve(cache));
    pyparallel.write("copy/" + cache, "no cache at all\n".repeat(1000));

    run(copy, "run", "s.py", "in.txt").isClean().prints("A\nÄ\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {CACHE, ON_TOP})
  void aMissingCacheIsNotMissed(String cache) throws IOException {
    Path copy = copy("copy");
    Files.delete(copy.resolve(cache));

    run(copy, "run", "s.py", "in.txt").isClean().prints("A\nÄ\n");
  }

  @Test
  void moreOptionsForTheJvmAreTakenAndItsTalkKeepsOffTheResults() throws IOException {
    pyparallel.variables.put("PYPARALLEL_JAVA_OPTS", "-Xmx300m  -XX:+PrintCommandLineFlags -Dx=*");

    pyparallel
        .run("run", "s.py", "in.txt")
        .hasStatus(0)
        .prints("A\nÄ\n")
        .says("-XX:MaxHeapSize=" + 300 * 1024 * 1024);
  }

  @Test
  void doctorTellsWhoseJavaItIs() throws IOException {
    Path own = Launcher.HOME.resolve("lib/java");
    assumeThat(own).as("a linked runtime").isDirectory();

    assertThat(pyparallel.run("doctor").isClean().text()).containsPattern("java +25.*, bundled\n");
    pyparallel.variables.put("PYPARALLEL_JAVA_HOME", System.getProperty("java.home"));
    assertThat(pyparallel.run("doctor").isClean().text())
        .containsPattern("java +25.*, in " + System.getProperty("java.home") + "\n")
        .containsPattern("graalpy(?s:.*)JIT");
  }

  /// What is asked for while running may need any of them.
  @Test
  void theLinkedRuntimeHasGraalPyWhateverTheOptions() throws IOException {
    assumeThat(Launcher.HOME.resolve("lib/java")).as("a linked runtime").isDirectory();
    pyparallel.variables.put("PYPARALLEL_JAVA_OPTS", "--list-modules");

    assertThat(pyparallel.run("run", "s.py", "in.txt").isClean().text())
        .contains("jdk.graal.compiler\n", "org.graalvm.py\n");
  }

  @Test
  void aJavaHomeWithoutJavaIsTold() throws IOException {
    pyparallel.variables.put("PYPARALLEL_JAVA_HOME", "/nowhere");

    pyparallel
        .run("run", "s.py", "in.txt")
        .hasStatus(BROKEN)
        .prints("")
        .says("pyparallel: PYPARALLEL_JAVA_HOME is /nowhere, which has no bin/java");
  }

  @Test
  void aJavaThatIsTooOldIsTold() throws IOException {
    pyparallel.write("jdk/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"21.0.2\"\n");
    pyparallel.write("jdk/bin/java", "#!/bin/sh\necho started\n").toFile().setExecutable(true);
    pyparallel.variables.put("PYPARALLEL_JAVA_HOME", pyparallel.file("jdk").toString());

    pyparallel
        .run("run", "s.py", "in.txt")
        .hasStatus(BROKEN)
        .prints("")
        .says("is Java 21, too old: Java 25 or later is needed");
  }

  @Test
  void aCheckoutThatIsNotBuiltSaysSo() throws IOException {
    Files.createDirectories(pyparallel.file("checkout/scripts"));
    Path program = Files.copy(PROGRAM, pyparallel.file("checkout/scripts/pyparallel"));

    pyparallel
        .run(new byte[0], List.of(program.toString(), "run", "s.py"))
        .hasStatus(BROKEN)
        .says("pyparallel: not built yet: run \"make\" in ", "/checkout");
  }

  @ParameterizedTest(name = "LC_ALL={0}")
  @ValueSource(strings = {"", "C", "POSIX", "C.UTF-8"})
  void textIsUtf8WhateverTheLocale(String locale) throws IOException {
    pyparallel.variables.put("LANG", null);
    pyparallel.variables.put("LC_CTYPE", null);
    pyparallel.variables.put("LC_ALL", locale.isEmpty() ? null : locale);

    pyparallel.run("run", "s.py", "in.txt").isClean().prints("A\nÄ\n");
  }

  @ParameterizedTest(name = "LC_ALL={0}")
  @ValueSource(strings = {"", "C", "C.UTF-8"})
  void namesAndArgumentsAreUtf8WhateverTheLocale(String locale) throws IOException {
    pyparallel.write("s.py", "import sys\ndef process(record):\n    return record + sys.argv[1]\n");
    // Through a file: the JVM of the tests may itself be unable to name these.
    pyparallel.write("command", "cp s.py é.py; cp in.txt ö.txt; pyparallel run é.py 'ö*' -- ü");
    pyparallel.variables.put("LANG", null);
    pyparallel.variables.put("LC_CTYPE", null);
    pyparallel.variables.put("LC_ALL", locale.isEmpty() ? null : locale);

    pyparallel.shell(". ./command").isClean().prints("aü\näü\n");
  }

  @Test
  void onlyThePathIsNeededFromTheEnvironment() throws IOException {
    pyparallel
        .shell("env -i PATH=/usr/bin:/bin '" + PROGRAM + "' run s.py in.txt")
        .isClean()
        .prints("A\nÄ\n");
  }

  @Test
  void settingsForAnotherPythonDoNoHarm() throws IOException {
    pyparallel.write("path/pyparallel.py", "raise ImportError('not this one')\n");
    pyparallel.variables.put("PYTHONPATH", pyparallel.file("path").toString());
    pyparallel.variables.put("PYTHONHOME", "/nowhere");
    pyparallel.variables.put("PYTHONSTARTUP", "/nowhere.py");
    pyparallel.variables.put("PYTHONUTF8", "0");

    pyparallel.run("run", "s.py", "in.txt").isClean().prints("A\nÄ\n");
  }

  @Test
  void pythonsOwnVariablesAreHonoured() throws IOException {
    pyparallel.write("path/beside.py", "VALUE = 'found'\n");
    pyparallel.write(
        "env.py", "import beside\ndef process(r): return [beside.VALUE, hash('abc') % 1000]\n");
    pyparallel.variables.put("PYTHONPATH", pyparallel.file("path").toString());
    pyparallel.variables.put("PYTHONHASHSEED", "0");
    String program = "import beside; print([beside.VALUE, hash('abc') % 1000])";

    String python = pyparallel.run("python", "-c", program).isClean().text();

    pyparallel
        .run("run", "-N", "10", "--output-format", "jsonl", "env.py", "in.txt")
        .isClean()
        .prints(python.replace('\'', '"').replace(" ", "").repeat(2));
  }

  @Test
  void nothingIsWrittenIntoTheDistributionOrTheWorkingDirectory() throws IOException {
    List<String> before = listing();

    pyparallel.run("run", "s.py", "in.txt").isClean();

    assertThat(listing()).isEqualTo(before);
    pyparallel.holdsOnly("s.py", "in.txt");
  }

  private static List<String> listing() throws IOException {
    try (Stream<Path> files = Files.walk(Launcher.HOME)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private Outcome run(Path home, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addFirst(home.resolve("bin/pyparallel").toString());
    return pyparallel.run(new byte[0], command);
  }

  /// The distribution at another place: what is large is linked, what is looked at is copied.
  private Path copy(String name) throws IOException {
    Path copy = pyparallel.file(name);
    for (String folder : List.of("bin", "lib", "lib/app")) {
      Files.createDirectories(copy.resolve(folder));
      try (Stream<Path> files = Files.list(Launcher.HOME.resolve(folder))) {
        for (Path file : files.toList()) {
          Path target = copy.resolve(folder).resolve(file.getFileName().toString());
          if (Files.isRegularFile(file)) {
            Files.copy(file, target);
          } else if (!file.endsWith("lib/app")) {
            Files.createSymbolicLink(target, file);
          }
        }
      }
    }
    Files.createSymbolicLink(copy.resolve("python"), Launcher.HOME.resolve("python"));
    return copy;
  }
}
