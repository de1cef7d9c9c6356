package org.pyparallel.interpreter;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.pyparallel.job.Merging;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// An interpreter of a [FakeRuntime]. Complains when it is not used as the contract says.
///
/// To interrupt it is to interrupt its owner's thread, but only while that is inside the script, so
/// that nothing else on that thread ever sees the interrupt.
public final class FakeInterpreter implements Interpreter {
  private final InterpreterConfig config;
  private final FakeScript script;
  private final FakeRuntime.Hook teardown;
  private final ToLongFunction<FakeInterpreter> memory;
  private final Thread owner = Thread.currentThread();
  private String partial = "";
  private final SortedMap<Long, String> kept = new TreeMap<>();

  // Guarded by this.
  private boolean inside;
  private boolean interrupted;
  private boolean crashed;
  private int closes;

  FakeInterpreter(
      InterpreterConfig config,
      FakeScript script,
      FakeRuntime.Hook teardown,
      ToLongFunction<FakeInterpreter> memory) {
    this.memory = memory;
    this.config = config;
    this.script = script;
    this.teardown = teardown;
  }

  public InterpreterConfig config() {
    return config;
  }

  public Thread owner() {
    return owner;
  }

  /// How often [#close] was called by its owner.
  public synchronized int closes() {
    return closes;
  }

  public synchronized boolean isInterrupted() {
    return interrupted;
  }

  @Override
  public synchronized boolean isSpent() {
    checkOwner();
    return interrupted || crashed;
  }

  /// Says who is asked, while a shard runs.
  @Override
  public synchronized String stack() {
    return inside ? "  File \"script.py\", line 3, in process\n    of " + owner.getName() : "";
  }

  @Override
  public long memoryBytes() {
    return memory.applyAsLong(this);
  }

  @Override
  public ShardResult run(Shard shard, ShardOutput output) {
    checkOwner();
    if (closes() > 0) {
      throw new IllegalStateException("run after close");
    }
    byte[] bytes;
    try {
      bytes = read(shard.data());
    } catch (IOException e) {
      return ShardFailures.unreadable(shard, e);
    }
    if (!enter()) {
      return new ShardResult.Interrupted();
    }
    boolean[] unwanted = new boolean[1];
    partial = "";
    try {
      ShardResult result =
          script.run(
              shard,
              bytes,
              new ShardOutput() {
                @Override
                public boolean write(ByteBuffer chunk) {
                  checkOwner();
                  unwanted[0] |= !(reduces() ? fold(chunk) : output.write(chunk));
                  return !unwanted[0];
                }

                @Override
                public boolean reject(ByteBuffer chunk) {
                  checkOwner();
                  unwanted[0] |= !output.reject(chunk);
                  return !unwanted[0];
                }

                @Override
                public void loaded(ByteBuffer bytes) {
                  output.loaded(bytes);
                }

                @Override
                public boolean wanted() {
                  return output.wanted();
                }

                @Override
                public boolean give(ShardCut cut) {
                  return output.give(cut);
                }
              });
      return unwanted[0] ? new ShardResult.Interrupted() : result;
    } catch (InterruptedException _) {
      return new ShardResult.Interrupted();
    } catch (FakeScripts.Crash crash) {
      synchronized (this) {
        crashed = true;
      }
      String message = "the worker process was killed by signal 11 (SIGSEGV)";
      PythonError error = new PythonError(-1, "WorkerDied", message, List.of(), "");
      return new ShardResult.Failed(0, 0, List.of(error));
    } finally {
      leave();
    }
  }

  private boolean reduces() {
    return config.plan().merging() instanceof Merging.Reduce;
  }

  private boolean fold(ByteBuffer chunk) {
    partial += StandardCharsets.UTF_8.decode(chunk);
    return true;
  }

  /// Reduces text: what a shard wrote is its part, two parts are put between brackets, so that the
  /// result tells how it came about, and are refused where one of them holds `refuse`.
  @Override
  public ShardResult reduce(ReduceStep step, ShardOutput output) {
    checkOwner();
    if (closes() > 0) {
      throw new IllegalStateException("reduce after close");
    }
    if (isInterrupted()) {
      return new ShardResult.Interrupted();
    }
    List<PythonError> errors = new ArrayList<>();
    switch (step) {
      case ReduceStep.Take() -> send(output);
      case ReduceStep.Keep(long shard) ->
          output.write(StandardCharsets.US_ASCII.encode(keep(shard)));
      case ReduceStep.HandIn() -> {
        output.write(StandardCharsets.US_ASCII.encode(String.join("", kept.values())));
        kept.clear();
      }
      case ReduceStep.Receive(ByteBuffer handedIn) ->
          StandardCharsets.UTF_8
              .decode(handedIn.duplicate())
              .toString()
              .lines()
              .forEach(line -> kept.put(Long.parseLong(line.substring(1)), line + "\n"));
      case ReduceStep.Write() -> {
        partial = String.join("", kept.values()) + partial;
        send(output);
      }
      case ReduceStep.Combine(ByteBuffer taken, ReduceStep.Side side, String place) -> {
        String other = StandardCharsets.UTF_8.decode(taken.duplicate()).toString();
        boolean isEarlier = side == ReduceStep.Side.EARLIER;
        String earlier = isEarlier ? other : partial;
        String later = isEarlier ? partial : other;
        if (earlier.isEmpty() || later.isEmpty()) {
          partial = earlier + later;
        } else if (later.contains("refuse")) {
          partial = earlier;
          errors.add(new PythonError(-1, "ValueError", place, List.of(), ""));
        } else {
          partial = "(" + earlier + later + ")";
        }
      }
    }
    return errors.isEmpty()
        ? new ShardResult.Finished(0, 0, errors)
        : new ShardResult.Failed(0, 0, errors);
  }

  /// Those of workers with an even number.
  @Override
  public boolean keepsPartials() {
    return config.worker() % 2 == 0;
  }

  /// Keeps what is a number sign with the shard's number on a line.
  private String keep(long shard) {
    if (partial.isEmpty() || !config.plan().merging().equals(new Merging.Reduce("keep"))) {
      return partial.isEmpty() ? "" : ReduceStep.NEVER;
    }
    if (!partial.startsWith("#")) {
      return "other";
    }
    kept.put(shard, partial);
    partial = "";
    return ReduceStep.KEPT;
  }

  private void send(ShardOutput output) {
    if (!partial.isEmpty()) {
      output.write(StandardCharsets.UTF_8.encode(partial));
    }
    partial = "";
  }

  @Override
  public synchronized void interrupt() {
    interrupted = true;
    if (inside) {
      owner.interrupt();
    }
  }

  @Override
  public void close() {
    checkOwner();
    synchronized (this) {
      closes++;
      if (closes > 1) {
        return;
      }
    }
    if (!enter()) {
      return;
    }
    try {
      teardown.run(config);
    } catch (InterruptedException _) {
      // teardown() was cut short, as asked
    } finally {
      leave();
    }
  }

  private synchronized boolean enter() {
    inside = !interrupted && !crashed;
    return inside;
  }

  private synchronized void leave() {
    inside = false;
    Thread.interrupted();
  }

  private void checkOwner() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "owned by " + owner.getName() + ", used by " + Thread.currentThread().getName());
    }
  }

  private static byte[] read(ShardData data) throws IOException {
    return switch (data) {
      case ShardData.Bytes(ByteBuffer buffer) -> {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        yield bytes;
      }
      case ShardData.FileRange(Path file, long offset, long length) -> {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length));
        try (FileChannel channel = FileChannel.open(file)) {
          while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
              throw new EOFException("the file has shrunk");
            }
          }
        }
        yield buffer.array();
      }
      case ShardData.Range range -> DriverProtocol.range(range);
      case ShardData.Nothing() -> new byte[0];
    };
  }
}
