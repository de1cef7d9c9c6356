package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Starts the built distribution as a user would: a process of its own, in a folder of its own,
/// with real files and pipes.
///
/// Everything it starts, and everything that those start, has a mark in its environment, by which
/// it is found and killed when the test is over. Settings of whoever runs the tests (`PYTHON...`,
/// `PYPARALLEL...` and options for every JVM) are kept away from it.
final class Launcher implements BeforeEachCallback, AfterEachCallback {
  /// The distribution under test.
  static final Path HOME = Path.of(System.getProperty("pyparallel.home"));

  private static final String MARK = "LAUNCHER_TEST";
  private static final List<String> FOREIGN =
      List.of("PYTHON", "PYPARALLEL", "NO_COLOR", "JAVA_TOOL", "JDK_JAVA", "_JAVA");

  private final String mark = MARK + "=" + UUID.randomUUID();

  /// Environment variables to set; null stands for one to take away.
  final Map<String, String> variables = new HashMap<>();

  private Path directory;
  private Path streams;
  private int started;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("pyparallel-it").toRealPath();
    streams = Files.createTempDirectory("pyparallel-it-streams");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    for (ProcessHandle process : marked().toList()) {
      process.destroyForcibly();
      process.onExit().orTimeout(Running.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
    delete(directory);
    delete(streams);
  }

  /// The working directory of all that is started.
  Path directory() {
    return directory;
  }

  /// A path in the working directory.
  Path file(String name) {
    return directory.resolve(name);
  }

  Path write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] content) throws IOException {
    Path file = file(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /// Runs `pyparallel` with nothing on standard input.
  Outcome run(String... arguments) throws IOException {
    return run(new byte[0], arguments);
  }

  Outcome run(byte[] stdin, String... arguments) throws IOException {
    return run(stdin, command(arguments));
  }

  /// Runs any command with some standard input.
  Outcome run(byte[] stdin, List<String> command) throws IOException {
    Path input = Files.write(streams.resolve("stdin-" + started), stdin);
    return start(command, Redirect.from(input.toFile())).await();
  }

  /// Runs a line of shell in which `pyparallel` is on the path.
  Outcome shell(String line) throws IOException {
    return start(List.of("sh", "-c", line), Redirect.from(new File("/dev/null"))).await();
  }

  /// Starts `pyparallel` with a pipe as standard input, which the test holds.
  Running start(String... arguments) throws IOException {
    return start(command(arguments));
  }

  /// Starts any command with a pipe as standard input, which the test holds.
  Running start(List<String> command) throws IOException {
    return start(command, Redirect.PIPE);
  }

  /// Starts commands that are joined by pipes; the last one's output is for the test to read.
  List<Running> pipeline(List<List<String>> commands) throws IOException {
    List<ProcessBuilder> builders = new ArrayList<>();
    List<Path> errors = new ArrayList<>();
    for (List<String> command : commands) {
      Path stderr = stream("stderr");
      errors.add(stderr);
      builders.add(builder(command).redirectError(stderr.toFile()));
    }
    List<Process> processes = ProcessBuilder.startPipeline(builders);
    List<Running> pipeline = new ArrayList<>();
    for (int i = 0; i < processes.size(); i++) {
      pipeline.add(new Running(processes.get(i), Path.of("/dev/null"), errors.get(i)));
    }
    return pipeline;
  }

  /// The command that runs `pyparallel`.
  ///
  /// It gets the usual answer to SIGINT: a suite that runs in the background, where shells have it
  /// ignored, would hand that down.
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("--default-signal=INT");
    command.add(HOME.resolve("bin/pyparallel").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /// The command that runs the bundled CPython without `pyparallel`.
  static List<String> python(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("python/bin/python3.14").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /// The command lines of what was started and still runs.
  List<String> survivors() {
    return marked().map(process -> process.info().commandLine().orElse("?")).toList();
  }

  /// Whether the working directory holds these names and no others.
  void holdsOnly(String... names) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("files left behind")
          .containsExactlyInAnyOrder(names);
    }
  }

  private Running start(List<String> command, Redirect stdin) throws IOException {
    Path stdout = stream("stdout");
    Path stderr = stream("stderr");
    started++;
    Process process =
        builder(command)
            .redirectInput(stdin)
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .start();
    return new Running(process, stdout, stderr);
  }

  private Path stream(String name) throws IOException {
    return Files.createTempFile(streams, name + "-", "");
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
    environment.merge("PATH", HOME.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    environment.put(MARK, mark.substring(MARK.length() + 1));
    variables.forEach(
        (name, value) -> {
          if (value == null) {
            environment.remove(name);
          } else {
            environment.put(name, value);
          }
        });
    return builder;
  }

  private Stream<ProcessHandle> marked() {
    return ProcessHandle.allProcesses().filter(this::isMarked);
  }

  private boolean isMarked(ProcessHandle process) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
    } catch (IOException e) {
      return false; // gone, or another user's
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
