package org.pyparallel.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;

/// A process around the command line: types commands and keeps what they print.
final class Shell {
  final Map<String, String> variables = new HashMap<>();
  final Map<RuntimeName, Supplier<Runtime>> runtimes = new EnumMap<>(RuntimeName.class);
  final Set<Environment.Stream> terminals = EnumSet.noneOf(Environment.Stream.class);
  Optional<Path> home = Optional.empty();
  int columns;
  String stdin = "";
  private final Path directory;
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  WritableByteChannel stdoutChannel = Channels.newChannel(stdout);
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  Shell(Path directory) {
    this.directory = directory;
  }

  Environment environment() {
    return new Environment(
        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
        stdoutChannel,
        new PrintStream(stderr, true, StandardCharsets.UTF_8),
        terminals,
        columns,
        variables,
        directory,
        home,
        "1.2.3",
        4,
        runtimes);
  }

  /// What a command that runs something would do.
  ///
  /// @param line the command and what is typed after it
  RunPlan plan(String... line) {
    return new RunPlanner(environment(), options(line)).plan();
  }

  RunOptions options(String... line) {
    List<String> words = List.of(line);
    Command command = Objects.requireNonNull(Command.named(words.getFirst()));
    List<String> expanded =
        ArgumentFiles.expand(words.subList(1, words.size()), directory, command);
    return RunOptionsReader.read(
        Arguments.parse(command, expanded, ""), DefaultOptions.read(environment(), command));
  }

  int type(String... words) {
    stdout.reset();
    stderr.reset();
    return CommandLines.create(environment()).execute(words);
  }

  String stdout() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  String stderr() {
    return stderr.toString(StandardCharsets.UTF_8);
  }
}
