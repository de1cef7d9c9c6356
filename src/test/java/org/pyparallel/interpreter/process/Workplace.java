package org.pyparallel.interpreter.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Setup;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// A script and worker processes that run it, on the test's own thread.
final class Workplace {
  static final Path HOME = Path.of(System.getProperty("pyparallel.home"));

  private final RunPlan plan;
  private final StringBuffer diagnostics = new StringBuffer();
  private Consumer<Interpreter> opening = _ -> {};

  Workplace(Path folder, String source) {
    this(folder, source, PythonOptions.NONE);
  }

  Workplace(Path folder, String source, PythonOptions options) {
    try {
      plan = Setup.plan(Files.writeString(folder.resolve("script.py"), source), 2).with(options);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Has the interpreter shown while it opens.
  Workplace opening(Consumer<Interpreter> opening) {
    this.opening = opening;
    return this;
  }

  Interpreter open() {
    return new ProcessRuntime(HOME)
        .open(new InterpreterConfig(plan, 0, OptionalLong.of(1), diagnostics::append, opening));
  }

  String script() {
    return plan.script().file().toString();
  }

  String diagnostics() {
    return diagnostics.toString();
  }

  static Shard shard(String text) {
    return shard(new ShardData.Bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  static Shard shard(ShardData data) {
    return new Shard(0, "source", 0, 0, data);
  }

  static ShardResult run(Interpreter interpreter, String text) {
    return interpreter.run(shard(text), new Kept());
  }

  /// Keeps what it takes.
  static final class Kept implements ShardOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized boolean write(ByteBuffer chunk) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      bytes.writeBytes(copy);
      notifyAll();
      return true;
    }

    /// Waits for the first output.
    synchronized void await() throws InterruptedException {
      while (bytes.size() == 0) {
        wait();
      }
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
