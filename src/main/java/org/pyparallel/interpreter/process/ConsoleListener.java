package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// Hears what a console's process says for as long as it lives, on a thread of its own: what its
/// threads print may come when nothing is asked. Passes on what is printed, and keeps the rest for
/// the owner.
final class ConsoleListener implements Conversation.Taker {
  private static final long STACK_BYTES = 1 << 20;

  /// Nothing is asked before the last answer is taken; but threads may wait for lines.
  private static final int MOST_UNHEARD = 1000;

  private final WorkerProcess process;
  private final ConsoleOutput output;
  private final Conversation conversation;
  private final BlockingQueue<Said> said = new ArrayBlockingQueue<>(MOST_UNHEARD);
  private final Thread thread = new Thread(null, this::listen, "process-console", STACK_BYTES);
  private volatile @Nullable Throwable broken;

  /// What is for the owner.
  sealed interface Said {
    record Answer(String text) implements Said {}

    /// Somebody wants a line.
    record Prompt(String text) implements Said {}

    /// There is no answer.
    record Failure(RuntimeFailed exception) implements Said {}

    /// Nothing ever comes any more.
    record Death(String reason) implements Said {}
  }

  ConsoleListener(WorkerProcess process, ConsoleOutput output) {
    this.process = process;
    this.output = output;
    conversation = new Conversation(process, this::diagnose);
  }

  /// To be called once the process has greeted.
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /// Waits until all that one says who was told to go is passed on.
  void drain(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The next thing that is for the owner. Its thread, which is not to be interrupted meanwhile.
  Said next() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return said.take();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// See [Conversation#stack].
  String stack(long millis) {
    return conversation.stack(millis);
  }

  private void listen() {
    String reason;
    try {
      while (true) {
        said.add(hear());
      }
    } catch (IOException _) {
      reason =
          process.awaitDeath()
              ? WorkerDeath.message(process.status())
              : "its code closed the pipes that lead to it";
    } catch (RuntimeException e) {
      process.kill();
      reason = "what it says makes no sense: " + e.getMessage();
    }
    said.clear();
    said.add(new Said.Death(reason));
  }

  private Said hear() throws IOException {
    try {
      return new Said.Answer(conversation.listen(this));
    } catch (RuntimeFailed e) {
      return new Said.Failure(e);
    }
  }

  @Override
  public void take(int kind, FrameReader reader) throws IOException {
    String text = reader.text();
    switch (kind) {
      case Frames.RESULTS -> print(text);
      case Frames.INPUT -> said.add(new Said.Prompt(text));
      default -> throw new IllegalStateException("a console sends no frame of kind " + kind);
    }
  }

  private void print(String text) {
    try {
      output.out(text);
    } catch (RuntimeException | Error e) {
      broken = e;
    }
  }

  private void diagnose(String text) {
    try {
      output.err(text);
    } catch (RuntimeException | Error e) {
      broken = e;
    }
  }

  @Override
  public void finish() {
    Throwable trouble = broken;
    broken = null;
    if (trouble != null) {
      throw new RuntimeFailed("output could not be passed on: " + trouble, trouble);
    }
  }
}
