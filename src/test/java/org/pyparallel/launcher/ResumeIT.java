package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A run that is killed goes on where it was, and writes what it would have written.
@EnabledOnOs(OS.LINUX)
class ResumeIT {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /// Takes about a second on two cores; one record in 997 fails.
  private static final String SCRIPT =
      """
      import hashlib

      def process(line):
          n = int(line)
          if n % 997 == 0:
              raise ValueError(f"no {n}")
          text = line.encode()
          for _ in range(150):
              text = hashlib.sha256(text).digest()
          return {"n": n, "hash": text.hex(), "rest": n % 10}
      """;

  private static final int RECORDS = 20_000;
  private static final int LONGEST_MILLIS = 1_600;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  private static final List<List<String>> WAYS =
      List.of(
          List.of(),
          List.of("-o", "out.txt"),
          List.of("--rejects", "bad.jsonl", "--tag"),
          List.of("--sort=hash", "-j", "3"),
          List.of("--output-format", "json", "-o", "out.txt"),
          List.of("--runtime", "process"),
          List.of("--output-format", "csv"),
          List.of("--unique"));

  /// Twenty moments, spread over the ways to run.
  static Stream<Arguments> kills() {
    Random random = new Random();
    return IntStream.range(0, 20)
        .mapToObj(
            i -> Arguments.of(WAYS.get(i % WAYS.size()), 100 + random.nextInt(LONGEST_MILLIS)));
  }

  @ParameterizedTest(name = "{0} after {1} ms")
  @MethodSource("kills")
  void aKilledRunGoesOn(List<String> options, int millis) throws Exception {
    input(RECORDS);
    Result whole = unbroken(options);
    List<String> command = journaled(options);

    Running run = pyparallel.start(command.toArray(String[]::new)).endInput();
    Thread.sleep(millis);
    run.send("KILL").awaitEnd();
    assertThat(resumed(command)).isEqualTo(whole);
    assertThat(pyparallel.survivors()).as("processes left").isEmpty();
  }

  /// Killed again and again, a run still comes to its end.
  @Test
  void everyAttemptGetsFurther() throws Exception {
    input(RECORDS);
    Result whole = unbroken(List.of());
    List<String> command = journaled(List.of("--resume"));
    Random random = new Random();
    for (int attempt = 0; attempt < 6; attempt++) {
      Running run = pyparallel.start(command.toArray(String[]::new)).endInput();
      Thread.sleep(300 + random.nextInt(300));
      run.send("KILL").awaitEnd();
    }

    assertThat(result(pyparallel.run(command.toArray(String[]::new)))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void theCommandThatIsPrintedGoesOn(String signal) throws Exception {
    input(RECORDS);
    Result whole = unbroken(List.of());
    Running run = pyparallel.start(journaled(List.of()).toArray(String[]::new)).endInput();
    run.await("a shard is done", () -> journalHolds());

    Outcome outcome = run.send(signal).await();

    String prefix = "pyparallel: resume with: ";
    String line =
        outcome.stderr().lines().filter(text -> text.startsWith(prefix)).findFirst().orElseThrow();
    assertThat(result(pyparallel.shell(line.substring(prefix.length())))).isEqualTo(whole);
  }

  @Test
  void aReductionGoesOnToTheLastBit() throws Exception {
    pyparallel.write(
        "s.py", "import math\n\ndef process(line):\n    return math.sin(int(line)) / 3\n");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400_000; i++) {
      text.append(i).append('\n');
    }
    pyparallel.write("in.txt", text.toString());
    List<String> options = List.of("--reduce", "stats");
    Outcome whole = pyparallel.run("run", "s.py", "in.txt", "--reduce", "stats").hasStatus(0);
    List<String> command = journaled(options);

    Running run = pyparallel.start(command.toArray(String[]::new)).endInput();
    Thread.sleep(500);
    run.send("KILL").awaitEnd();

    command.add(1, "--resume");
    pyparallel.run(command.toArray(String[]::new)).hasStatus(0).prints(whole.text());
  }

  @Test
  void onlyWhatChangedIsRunAgain() throws Exception {
    input(RECORDS);
    Files.writeString(
        pyparallel.file("s.py"),
        "import os\n\ndef setup():\n    open('opened', 'a').write('x')\n\n"
            + "def process(line):\n    return line + '!'\n");
    List<String> command = journaled(List.of());
    pyparallel.run(command.toArray(String[]::new)).isClean();
    command.add(1, "--resume");
    Files.delete(pyparallel.file("opened"));

    Outcome replayed = pyparallel.run(command.toArray(String[]::new)).hasStatus(0);
    assertThat(pyparallel.file("opened")).as("an interpreter was opened").doesNotExist();

    String old = Files.readString(pyparallel.file("in.txt"));
    Files.writeString(pyparallel.file("in.txt"), old + "one more\n");
    Outcome grown = pyparallel.run(command.toArray(String[]::new)).hasStatus(0);
    assertThat(grown.text()).isEqualTo(replayed.text() + "one more!\n");
    assertThat(grown.stderr()).contains("journal");

    Files.writeString(pyparallel.file("in.txt"), old.replaceFirst("10000\n", "10OOO\n"));
    assertThat(pyparallel.run(command.toArray(String[]::new)).hasStatus(0).text())
        .isEqualTo(replayed.text().replaceFirst("10000!\n", "10OOO!\n"));

    Files.writeString(pyparallel.file("s.py"), "def process(line):\n    return line + '?'\n");
    Files.writeString(pyparallel.file("in.txt"), old);
    Outcome changed = pyparallel.run(command.toArray(String[]::new)).hasStatus(0);
    assertThat(changed.text()).isEqualTo(replayed.text().replace('!', '?'));
    assertThat(changed.stderr()).contains("script");
  }

  @Test
  void standardInputIsComparedPieceByPiece() throws Exception {
    input(RECORDS);
    byte[] bytes = Files.readAllBytes(pyparallel.file("in.txt"));
    Outcome whole = pyparallel.run(bytes, "run", "s.py").hasStatus(FAILED);
    Running run = pyparallel.start("run", "s.py", "--journal", "j");
    Thread feeder = new Thread(() -> feed(run, bytes));
    feeder.start();
    Thread.sleep(700);
    run.send("KILL").awaitEnd();
    feeder.join();

    pyparallel
        .run(bytes, "run", "s.py", "--journal", "j", "--resume")
        .hasStatus(FAILED)
        .prints(whole.text());
  }

  @Test
  void aJournalIsNotOverwrittenByMistake() throws Exception {
    input(100);
    String[] command = journaled(List.of()).toArray(String[]::new);
    pyparallel.run(command).isClean();

    pyparallel.run(command).hasStatus(USAGE).prints("").says("--resume", "'j'");
    pyparallel.run("run", "s.py", "in.txt", "--resume").hasStatus(USAGE).says("--journal");
  }

  private void input(int records) throws IOException {
    pyparallel.write("s.py", SCRIPT);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= records; i++) {
      text.append(i).append('\n');
    }
    pyparallel.write("in.txt", text.toString());
  }

  private boolean journalHolds() {
    Path folder = pyparallel.file("j");
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      long size = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
      return size > 64 << 10;
    } catch (IOException e) {
      return false;
    }
  }

  private static void feed(Running run, byte[] bytes) {
    try {
      run.type(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)).endInput();
    } catch (IOException e) {
      // it was killed
    }
  }

  private static List<String> journaled(List<String> options) {
    List<String> command = new ArrayList<>(List.of("run", "s.py", "in.txt", "--journal", "j"));
    command.addAll(options);
    return command;
  }

  private Result unbroken(List<String> options) throws IOException {
    List<String> command = new ArrayList<>(List.of("run", "s.py", "in.txt"));
    command.addAll(options);
    command.remove("--resume");
    // The cuts show in the places of failures, and follow from the journal.
    command.addAll(List.of("--journal", "unbroken"));
    Result result = result(pyparallel.run(command.toArray(String[]::new)));
    assertThat(result.status()).isEqualTo(FAILED);
    return result;
  }

  private Result resumed(List<String> command) throws IOException {
    List<String> resuming = new ArrayList<>(command);
    resuming.add("--resume");
    return result(pyparallel.run(resuming.toArray(String[]::new)));
  }

  /// All that a run leaves.
  private record Result(int status, String text, String out, String rejects, List<String> errors) {}

  private Result result(Outcome outcome) throws IOException {
    return new Result(
        outcome.status(),
        outcome.text(),
        taken("out.txt"),
        taken("bad.jsonl"),
        outcome
            .stderr()
            .lines()
            .filter(line -> line.contains("ValueError") || line.contains("had errors"))
            .sorted(Comparator.naturalOrder())
            .toList());
  }

  private String taken(String name) throws IOException {
    Path file = pyparallel.file(name);
    if (!Files.exists(file)) {
      return "";
    }
    String text = Files.readString(file);
    Files.delete(file);
    return text;
  }
}
