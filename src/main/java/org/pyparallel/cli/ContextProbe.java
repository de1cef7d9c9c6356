package org.pyparallel.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Script;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Sharding;

/// Imports modules in GraalPy contexts of this process: `_probe.py` is run as a script, each module
/// a shard.
///
/// One thread owns the interpreter; the caller's waits for its answers, and interrupts the script
/// when they take too long.
final class ContextProbe {
  private static final long STACK_BYTES = 16 << 20;

  /// How long an interrupted import may go on, in seconds.
  private static final long GRACE_SECONDS = 5;

  /// GraalPy's own start may take as long.
  private static final long START_SECONDS = 60;

  private final Environment environment;
  private final PythonOptions python;
  private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);
  private volatile @Nullable Interpreter interpreter;

  ContextProbe(Environment environment, PythonOptions python) {
    this.environment = environment;
    this.python = python;
  }

  /// The folder that holds the package `pyparallel`.
  static Path driver(Environment environment) {
    return environment.home().orElse(Path.of("")).resolve("lib").resolve("python");
  }

  /// Imports all of them, and compiles the script first.
  List<ScriptCheck.Outcome> examine(Path script, List<ScriptCheck.Imported> imports) {
    List<String> requests = new ArrayList<>();
    requests.add("=" + script);
    imports.forEach(module -> requests.add(module.request()));
    Thread owner =
        new Thread(null, () -> answer(script, List.copyOf(requests)), "doctor", STACK_BYTES);
    owner.setDaemon(true);
    owner.start();
    List<ScriptCheck.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      ScriptCheck.@Nullable Imported module = i == 0 ? null : imports.get(i - 1);
      long patience = ScriptExamination.SECONDS + (i == 0 ? START_SECONDS : 0);
      @Nullable String answer = poll(patience);
      if (answer != null) {
        int end = answer.indexOf('\0');
        ScriptCheck.Status status = ScriptCheck.Status.of(answer.substring(0, Math.max(0, end)));
        outcomes.add(new ScriptCheck.Outcome(module, status, answer.substring(end + 1).strip()));
        continue;
      }
      String reason = "it was not imported after " + ScriptExamination.SECONDS + " s";
      outcomes.add(new ScriptCheck.Outcome(module, ScriptCheck.Status.STUCK, reason));
      Interpreter stuck = interpreter;
      if (stuck == null) {
        return outcomes; // it does not even start
      }
      stuck.interrupt();
      if (poll(GRACE_SECONDS) == null) {
        return outcomes; // what comes after it was not tried
      }
    }
    return outcomes;
  }

  private @Nullable String poll(long seconds) {
    try {
      return answers.poll(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /// On the owner's thread: an answer for each request, whatever happens.
  private void answer(Path script, List<String> requests) {
    try (Runtime runtime = Runtimes.get(RuntimeName.GRAALPY, environment.runtimes())) {
      try {
        for (String request : requests) {
          answers.put(answer(runtime, script, request));
        }
      } finally {
        end();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(Runtime runtime, Path script, String request) {
    try {
      Interpreter current = interpreter;
      if (current == null) {
        current = runtime.open(config(script));
        interpreter = current;
      }
      StringBuilder output = new StringBuilder();
      ByteBuffer line = StandardCharsets.UTF_8.encode(request + "\n");
      Shard shard = new Shard(0, "doctor", 0, 0, new ShardData.Bytes(line));
      ShardResult result =
          current.run(shard, chunk -> output.append(StandardCharsets.UTF_8.decode(chunk)) != null);
      if (result instanceof ShardResult.Finished finished && finished.errors().isEmpty()) {
        return output.toString();
      }
      end();
      return "failed\0"
          + (result.errors().isEmpty() ? "it was stopped" : result.errors().getFirst().message());
    } catch (PyParallelException | LinkageError e) {
      end();
      return "failed\0" + e.getMessage();
    }
  }

  private void end() {
    Interpreter current = interpreter;
    interpreter = null;
    if (current != null) {
      current.close();
    }
  }

  private InterpreterConfig config(Path script) {
    List<String> folders = new ArrayList<>();
    folders.add(String.valueOf(script.getParent()));
    python.path().forEach(folder -> folders.add(folder.toString()));
    Path probe = driver(environment).resolve("pyparallel").resolve("_probe.py");
    RunPlan plan =
        new RunPlan(
                new Script(probe, Optional.of("probe"), folders),
                new Input.Stdin(),
                Format.LINES,
                EncodingErrors.SURROGATEESCAPE,
                new Sharding.Adaptive(),
                RuntimeName.GRAALPY,
                1,
                Ordering.INPUT,
                OutputFormat.TEXT,
                Optional.empty())
            .with(python);
    return new InterpreterConfig(plan, 0, OptionalLong.empty(), _ -> {});
  }
}
