package org.pyparallel.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.PythonBuild;
import org.pyparallel.interpreter.ReduceStep;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// A runtime whose only script writes lines in upper case. It fails at the line `bad`, waits to be
/// interrupted at `wait` and for ever at `hang`, and a script named `broken.py` cannot be loaded.
/// It can be had for Pythons whose names end with 3.14; those in a folder `fast` are optimised.
record FakeRuntime(
    RuntimeName name,
    Availability availability,
    CountDownLatch waiting,
    Optional<PythonBuild> build)
    implements Runtime {
  FakeRuntime(RuntimeName name, Availability availability, CountDownLatch waiting) {
    this(name, availability, waiting, Optional.empty());
  }

  FakeRuntime(RuntimeName name, Availability availability) {
    this(name, availability, new CountDownLatch(1));
  }

  @Override
  public Runtime with(Path program) {
    boolean fast = program.getParent().endsWith("fast");
    if (!program.toString().endsWith("3.14")) {
      throw new PyParallelException.Usage("cannot embed " + program + ": it is old; do something");
    }
    return new FakeRuntime(
        name,
        new Availability.Available("CPython 3.14.7", "at " + program, ""),
        waiting,
        Optional.of(new PythonBuild(program, "3.14.7", fast, fast)));
  }

  @Override
  public Interpreter open(InterpreterConfig config) {
    if (config.plan().script().file().endsWith("broken.py")) {
      throw new PyParallelException.ScriptFailed(
          new PythonError(-1, "SyntaxError", "no", List.of(), "Traceback ...\nSyntaxError: no"));
    }
    return new Upper(waiting);
  }

  @Override
  public void close() {}

  private static final class Upper implements Interpreter {
    private final CountDownLatch waiting;
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private Upper(CountDownLatch waiting) {
      this.waiting = waiting;
    }

    @Override
    public ShardResult run(Shard shard, ShardOutput output) {
      if (!(shard.data() instanceof ShardData.Bytes(ByteBuffer buffer))) {
        throw new UnsupportedOperationException("the fake reads streams only");
      }
      List<PythonError> errors = new ArrayList<>();
      List<String> lines =
          StandardCharsets.UTF_8.decode(buffer.duplicate()).toString().lines().toList();
      try {
        for (String line : lines) {
          switch (line) {
            case "bad" -> errors.add(new PythonError(0, "ValueError", "bad", List.of(), ""));
            case "wait" -> {
              waiting.countDown();
              interrupted.await();
              return new ShardResult.Interrupted();
            }
            case "hang" -> {
              waiting.countDown();
              new CountDownLatch(1).await();
            }
            default -> output.write(StandardCharsets.UTF_8.encode(line.toUpperCase() + "\n"));
          }
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new ShardResult.Finished(lines.size(), errors.size(), errors);
    }

    @Override
    public ShardResult reduce(ReduceStep step, ShardOutput output) {
      throw new UnsupportedOperationException("the fake reduces nothing");
    }

    @Override
    public void interrupt() {
      interrupted.countDown();
    }

    @Override
    public void close() {}
  }
}
