package org.pyparallel.interpreter;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PythonOptions;

/// A console on a thread of its own, as the shell has it, and what it prints.
public final class ConsoleSession implements AutoCloseable, ConsoleOutput {
  private static final long STACK_BYTES = 16L << 20;
  private static final long PATIENCE_SECONDS = 60;
  private static final String END = "\0end";

  private final ExecutorService owner;
  private final boolean ownsThread;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  // Guarded by this.
  private final StringBuilder output = new StringBuilder();
  private final StringBuilder errors = new StringBuilder();
  private final Console console;
  private int number;

  private ConsoleSession(
      ExecutorService owner, boolean ownsThread, Function<ConsoleOutput, Console> opener) {
    this.owner = owner;
    this.ownsThread = ownsThread;
    console = Session.await(owner.submit(() -> opener.apply(this)));
  }

  /// One made of an interpreter, which somebody else's thread owns.
  static ConsoleSession adopt(ExecutorService owner, Interpreter interpreter) {
    return new ConsoleSession(owner, false, interpreter::console);
  }

  public static ConsoleSession open(Runtime runtime) {
    return open(runtime, new ConsoleConfig(PythonOptions.NONE, 0, 2));
  }

  static ConsoleSession open(Runtime runtime, ConsoleConfig config) {
    ExecutorService owner =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(null, task, "console", STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    return new ConsoleSession(owner, true, output -> runtime.console(config, output));
  }

  @Override
  public synchronized void out(String text) {
    output.append(text);
    notifyAll();
  }

  @Override
  public synchronized void err(String text) {
    errors.append(text);
    notifyAll();
  }

  @Override
  public @Nullable String input(String prompt) {
    out(prompt);
    try {
      String line = lines.take();
      return line.equals(END) ? null : line;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Something for `input()`.
  void type(String line) {
    lines.add(line);
  }

  void typeEnd() {
    lines.add(END);
  }

  public List<String> ask(String... request) {
    return Session.await(start(request));
  }

  Future<List<String>> start(String... request) {
    return owner.submit(() -> console.ask(request));
  }

  /// Runs source as it is typed.
  public List<String> run(String source) {
    return ask("run", source, "1", name());
  }

  Future<List<String>> startRun(String source) {
    return start("run", source, "1", name());
  }

  private String name() {
    return "<input " + ++number + ">";
  }

  /// Runs source that shows something.
  ///
  /// @return what it printed, or its error
  public String show(String source) {
    takeOutput();
    List<String> answer = run(source);
    return answer.getFirst().equals("ok") ? takeOutput() : String.join("|", answer);
  }

  /// What was printed since it was last asked.
  synchronized String takeOutput() {
    String text = output.toString();
    output.setLength(0);
    return text;
  }

  synchronized String errors() {
    return errors.toString();
  }

  /// Waits until something was printed that has not been taken.
  void await(String text) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (this) {
      while (output.indexOf(text) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("there is no \"" + text + "\" in: " + output + errors);
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  public Console console() {
    return console;
  }

  /// Closes it, and lets go of its thread.
  ///
  /// @param kept whether the thread is kept, so that it can be asked all the same
  Future<Boolean> close(boolean kept) {
    Future<Boolean> closed =
        owner.submit(
            () -> {
              console.close();
              return true;
            });
    if (!kept) {
      owner.shutdown();
    }
    return closed;
  }

  @Override
  public void close() {
    Session.await(close(!ownsThread));
  }
}
