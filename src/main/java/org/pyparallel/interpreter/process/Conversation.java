package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// Hears a worker process out after a question, up to its answer. Owner's thread but for [#stack].
///
/// An exception of whoever takes the output never stops it halfway: the child is told that nobody
/// wants any more, and once it has answered the exception is thrown.
final class Conversation {
  private final WorkerProcess process;
  private final Consumer<String> diagnostics;
  private final BlockingQueue<String> stacks = new ArrayBlockingQueue<>(1);
  private volatile boolean delivering;
  private boolean refused;
  private @Nullable Throwable broken;

  Conversation(WorkerProcess process, Consumer<String> diagnostics) {
    this.process = process;
    this.diagnostics = diagnostics;
  }

  /// The child could not read its shard.
  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(IOException reason) {
      super(reason.getMessage(), reason);
    }

    /// Why.
    IOException reason() {
      return (IOException) java.util.Objects.requireNonNull(getCause());
    }
  }

  /// Takes what the child says until it answers.
  ///
  /// @param output takes what it emits; null where nobody does
  /// @return the driver's answer
  /// @throws Unreadable if it could not read the shard
  /// @throws IOException if it is gone
  String listen(@Nullable ShardOutput output) throws IOException {
    refused = false;
    broken = null;
    FrameReader reader = process.reader();
    while (true) {
      int kind = reader.next();
      if (kind == Frames.DIAGNOSTICS) {
        diagnostics.accept(reader.text());
      } else if (kind == Frames.STACK) {
        stacks.clear();
        stacks.add(reader.text());
      } else if (kind == Frames.ANSWER) {
        String answer = reader.text();
        rethrowBroken();
        return answer;
      } else if (kind == Frames.UNREADABLE) {
        String reason = reader.text();
        throw new Unreadable(
            reason.isEmpty() ? new NoSuchFileException("") : new IOException(reason));
      } else if (kind == Frames.BROKEN) {
        String reason = reader.text();
        rethrowBroken();
        throw new RuntimeFailed("the Python driver failed: " + reason);
      } else {
        take(kind, reader, output);
      }
    }
  }

  /// Whether some output was refused, so that the shard is not whole.
  boolean isRefused() {
    return refused;
  }

  private void take(int kind, FrameReader reader, @Nullable ShardOutput output) throws IOException {
    if (kind == Frames.RESULTS) {
      for (ByteBuffer piece = reader.piece(); piece.hasRemaining(); piece = reader.piece()) {
        deliver(kind, piece, output);
      }
      return;
    }
    boolean answer = deliver(kind, reader.all(), output);
    if (kind == Frames.WANTED || kind == Frames.GIVE) {
      process.writer().write(Frames.REPLY, new byte[] {(byte) (answer ? 1 : 0)});
    }
  }

  private boolean deliver(int kind, ByteBuffer bytes, @Nullable ShardOutput output)
      throws IOException {
    boolean question = kind == Frames.WANTED || kind == Frames.GIVE;
    boolean accepted = false;
    if (output != null && !refused) {
      delivering = true;
      try {
        accepted =
            switch (kind) {
              case Frames.RESULTS -> output.write(bytes);
              case Frames.REJECTS -> output.reject(bytes);
              case Frames.WANTED -> output.wanted();
              default ->
                  output.give(
                      DriverProtocol.cut(
                          java.nio.charset.StandardCharsets.UTF_8.decode(bytes).toString()));
            };
      } catch (RuntimeException | Error e) {
        broken = e;
      } finally {
        delivering = false;
      }
    }
    if (!refused && (broken != null || !(question || accepted))) {
      refused = true;
      process.writer().write(Frames.STOP);
    }
    return accepted;
  }

  private void rethrowBroken() {
    Throwable trouble = broken;
    broken = null;
    if (trouble != null) {
      throw trouble instanceof PyParallelException known
          ? known
          : new RuntimeFailed("output could not be passed on: " + trouble, trouble);
    }
  }

  /// Asks the child for its stack, while another thread is in [#listen]. Any thread but that.
  ///
  /// @return what it says, or a line that says why it says nothing
  String stack(long millis) {
    try {
      stacks.clear();
      process.writer().tryWrite(Frames.LOOK, millis);
      String stack = stacks.poll(millis, TimeUnit.MILLISECONDS);
      if (stack != null) {
        return stack;
      }
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return delivering
        ? "waiting for its output to be taken"
        : "in a C function that holds the interpreter's lock, so that nobody can look at the stack";
  }
}
