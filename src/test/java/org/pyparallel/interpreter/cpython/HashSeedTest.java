package org.pyparallel.interpreter.cpython;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Setup;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// Hashes of strings belong to the whole process, so each case has one of its own.
final class HashSeedTest {
  private static final String HASHES = "def process(record):\n    return hash(record)\n";

  @TempDir private Path folder;

  @Test
  void aSeedFixesTheHashesOfStrings() throws Exception {
    String first = hash("5", "");
    assertThat(first).matches("-?\\d+\n");
    assertThat(hash("5", "")).isEqualTo(first);
    assertThat(hash("6", "")).isNotEqualTo(first);
    assertThat(hash("", "5")).isEqualTo(first);
    assertThat(hash("6", "5")).isEqualTo(first);
  }

  private String hash(String seed, String variable) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("script.py"), HASHES);
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dpyparallel.home=" + System.getProperty("pyparallel.home"),
            "-cp",
            System.getProperty("java.class.path"),
            Run.class.getName(),
            script.toString(),
            seed);
    if (variable.isEmpty()) {
      builder.environment().remove("PYTHONHASHSEED");
    } else {
      builder.environment().put("PYTHONHASHSEED", variable);
    }
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  /// Runs a script over one record.
  static final class Run {
    private Run() {}

    public static void main(String[] arguments) {
      OptionalLong seed =
          arguments[1].isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(Long.parseLong(arguments[1]));
      PythonOptions python =
          new PythonOptions(Optional.empty(), Optional.empty(), List.of(), seed, Optional.empty());
      CPythonRuntime runtime = new CPythonRuntime(Path.of(System.getProperty("pyparallel.home")));
      InterpreterConfig config =
          new InterpreterConfig(
              Setup.plan(Path.of(arguments[0]), 1).with(python),
              0,
              OptionalLong.empty(),
              System.err::print,
              _ -> {});
      try (Interpreter interpreter = runtime.open(config)) {
        ByteBuffer data = ByteBuffer.wrap("a\n".getBytes(StandardCharsets.UTF_8));
        interpreter.run(
            new Shard(0, "source", 0, 0, new ShardData.Bytes(data)),
            chunk -> {
              System.out.print(StandardCharsets.UTF_8.decode(chunk));
              return true;
            });
      }
      System.out.flush();
    }
  }
}
