package org.pyparallel.interpreter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.pyparallel.Aside;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// An interpreter on a thread of its own, as a worker of the pool has it.
final class Session implements AutoCloseable {
  private static final long STACK_BYTES = 16L << 20;
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService owner;
  private final StringBuffer diagnostics;
  private final Interpreter interpreter;
  private long index;
  private long offset;
  private long records;

  private Session(ExecutorService owner, StringBuffer diagnostics, Interpreter interpreter) {
    this.owner = owner;
    this.diagnostics = diagnostics;
    this.interpreter = interpreter;
  }

  /// @param diagnostics where the configuration's consumer puts its text
  static Session open(Runtime runtime, InterpreterConfig config, StringBuffer diagnostics) {
    ExecutorService owner =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(null, task, "worker", STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    try {
      Interpreter interpreter = await(owner.submit(() -> runtime.open(config)));
      return new Session(owner, diagnostics, interpreter);
    } catch (RuntimeException e) {
      owner.shutdown();
      throw e;
    }
  }

  /// What a shard gave: its result, its bytes and in how many chunks they came, and what it
  /// rejected.
  record Outcome(ShardResult result, byte[] bytes, int chunks, String rejects) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  Outcome run(String text) {
    return run(text.getBytes(StandardCharsets.UTF_8));
  }

  Outcome run(byte[] bytes) {
    // In the middle of a larger buffer, as a stream's shards are.
    ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 9);
    buffer.position(4).put(bytes).limit(bytes.length + 4).position(4);
    return run(new ShardData.Bytes(buffer.asReadOnlyBuffer()));
  }

  Outcome run(Path file, long start, long length) {
    return run(
        new Shard(
            index++, file.toString(), start, -1, new ShardData.FileRange(file, start, length)));
  }

  Outcome run(ShardData data) {
    Shard shard = new Shard(index++, "source", offset, records, data);
    Outcome outcome = run(shard);
    offset += shard.length();
    records += outcome.result().records();
    return outcome;
  }

  /// A shard that something must be known of, see [Shard#preamble].
  Outcome run(String text, String preamble) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ShardData data = new ShardData.Bytes(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    return run(new Shard(index++, "source", 1000, 10, 20, preamble, data));
  }

  Outcome run(Shard shard) {
    return collect(output -> run(shard, output));
  }

  Outcome reduce(ReduceStep step) {
    return collect(output -> call(() -> interpreter.reduce(step, output)));
  }

  private static Outcome collect(Function<ShardOutput, ShardResult> task) {
    Collected output = new Collected();
    ShardResult result = task.apply(output);
    return new Outcome(
        result,
        output.bytes.toByteArray(),
        output.chunks,
        output.rejects.toString(StandardCharsets.UTF_8));
  }

  /// Keeps everything.
  private static final class Collected implements ShardOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream rejects = new ByteArrayOutputStream();
    private int chunks;

    @Override
    public boolean write(ByteBuffer chunk) {
      chunks++;
      keep(chunk, bytes);
      return true;
    }

    @Override
    public boolean reject(ByteBuffer chunk) {
      keep(chunk, rejects);
      return true;
    }

    private static void keep(ByteBuffer chunk, ByteArrayOutputStream into) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      into.writeBytes(copy);
    }
  }

  ShardResult run(Shard shard, ShardOutput output) {
    return call(() -> interpreter.run(shard, output));
  }

  /// Starts a shard and returns at once.
  Future<ShardResult> start(String text, ShardOutput output) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    Shard shard = new Shard(index++, "source", offset, 0, new ShardData.Bytes(bytes));
    return owner.submit(() -> interpreter.run(shard, output));
  }

  /// Makes a console of it.
  ConsoleSession console() {
    return ConsoleSession.adopt(owner, interpreter);
  }

  void interrupt() {
    interpreter.interrupt();
  }

  String stack() {
    return interpreter.stack();
  }

  boolean isSpent() {
    return interpreter.isSpent();
  }

  <T> T call(Callable<T> task) {
    return await(owner.submit(task));
  }

  String diagnostics() {
    return diagnostics.toString();
  }

  /// Runs the next shard of this one and of others at the same time, in the order given.
  static CompletableFuture<Outcome> parallel(Session session, String text) {
    return Aside.run(() -> session.run(text));
  }

  @Override
  public void close() {
    try {
      call(
          () -> {
            interpreter.close();
            return true;
          });
    } finally {
      owner.shutdown();
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
