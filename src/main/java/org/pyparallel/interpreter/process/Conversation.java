package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// Hears a worker process out after a question, up to its answer. One thread but for [#stack].
final class Conversation {
  private final WorkerProcess process;
  private final Consumer<String> diagnostics;
  private final BlockingQueue<String> stacks = new ArrayBlockingQueue<>(1);
  private volatile boolean delivering;

  Conversation(WorkerProcess process, Consumer<String> diagnostics) {
    this.process = process;
    this.diagnostics = diagnostics;
  }

  /// Takes what the child emits, besides diagnostics.
  interface Taker {
    /// Reads a frame to its end. An exception of whoever takes it in the end never comes out here,
    /// where it would stop the child halfway, but of [#finish].
    void take(int kind, FrameReader reader) throws IOException;

    /// The child has answered, and its answer is lost where this throws.
    void finish();
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
  /// @return the driver's answer
  /// @throws Unreadable if it could not read the shard
  /// @throws IOException if it is gone
  String listen(Taker taker) throws IOException {
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
        taker.finish();
        return answer;
      } else if (kind == Frames.UNREADABLE) {
        String reason = reader.text();
        throw new Unreadable(
            reason.isEmpty() ? new NoSuchFileException("") : new IOException(reason));
      } else if (kind == Frames.BROKEN) {
        String reason = reader.text();
        taker.finish();
        throw new RuntimeFailed("the Python driver failed: " + reason);
      } else {
        delivering = true;
        try {
          taker.take(kind, reader);
        } finally {
          delivering = false;
        }
      }
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
