package org.pyparallel.repl;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RuntimeName;

/// A seat with a platform thread, its own or one that was there before, that opens its console when
/// something is first asked, asks it, and closes it. The thread is a daemon: one that never comes
/// back from a C function is left behind.
///
/// One lock guards what the thread does now and whether it is still wanted. It is never held while
/// the console works, so that everything but what [#ask] returns is at hand at any time.
public final class SessionSeat implements Seat {
  /// Python recursion and C extensions need deep stacks.
  private static final long STACK_BYTES = 16 << 20;

  private final int id;
  private final RuntimeName runtime;
  private final Function<ConsoleOutput, Console> opener;
  private final SeatOutput output;
  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final Consumer<Runnable> starter;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Typed typed = new Typed();

  // Guarded by this.
  private boolean started;
  private long threadId;
  private boolean interrupted;
  private @Nullable Task running;
  private @Nullable Console console;
  private @Nullable String death;

  /// A request on its way; without words it only opens the console, or ends the thread.
  private record Task(
      List<String> request, Voice voice, boolean last, CompletableFuture<List<String>> answer) {}

  /// @param id from 1 One with a thread of its own.
  ///
  /// @param opener opens the console, on the seat's thread
  SessionSeat(
      int id, RuntimeName runtime, Function<ConsoleOutput, Console> opener, SeatOutput output) {
    this(
        id,
        runtime,
        opener,
        work -> {
          Thread thread = new Thread(null, work, "interpreter-" + id, STACK_BYTES);
          thread.setDaemon(true);
          thread.start();
        },
        output);
  }

  /// @param starter has the seat's thread do something; returns at once
  SessionSeat(
      int id,
      RuntimeName runtime,
      Function<ConsoleOutput, Console> opener,
      Consumer<Runnable> starter,
      SeatOutput output) {
    this.id = id;
    this.runtime = runtime;
    this.opener = opener;
    this.output = output;
    this.starter = starter;
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public RuntimeName runtime() {
    return runtime;
  }

  @Override
  public synchronized State state() {
    if (death != null) {
      return State.DEAD;
    }
    return running == null && tasks.isEmpty() ? State.IDLE : State.BUSY;
  }

  /// Whether its console is there already.
  synchronized boolean isOpen() {
    return console != null;
  }

  /// What was typed into it.
  Typed typed() {
    return typed;
  }

  /// Opens its console now rather than when it is first asked.
  void open() {
    submit(new Task(List.of(), Voice.PROMPT, false, new CompletableFuture<>()));
  }

  @Override
  public CompletableFuture<List<String>> ask(String... request) {
    return ask(Voice.PROMPT, request);
  }

  /// Asks from somewhere else than the prompt.
  CompletableFuture<List<String>> ask(Voice voice, String... request) {
    Task task = new Task(List.of(request), voice, false, new CompletableFuture<>());
    submit(task);
    return task.answer();
  }

  private synchronized void submit(Task task) {
    if (death != null) {
      task.answer().completeExceptionally(new ConsoleDied(death));
      return;
    }
    tasks.add(task);
    if (!started) {
      started = true;
      starter.accept(this::work);
    }
  }

  @Override
  public synchronized void interrupt() {
    if (running == null) {
      return;
    }
    interrupted = true; // for a console that is still to be opened
    if (console != null) {
      console.interrupt();
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // futures have no other
  public synchronized void withdraw(Future<List<String>> answer) {
    if (running != null && running.answer() == answer) {
      interrupt();
    } else {
      answer.cancel(false);
    }
  }

  @Override
  public String stack() {
    Console open = console();
    return open == null ? "" : open.stack();
  }

  @Override
  public long memoryBytes() {
    Console open = console();
    return open == null ? 0 : open.memoryBytes();
  }

  @Override
  public long cpuNanos() {
    Console open = console();
    if (open == null) {
      return 0;
    }
    long own = ManagementFactory.getThreadMXBean().getThreadCpuTime(threadId());
    return open.cpuNanos() + Math.max(0, own);
  }

  private synchronized long threadId() {
    return threadId;
  }

  private synchronized @Nullable Console console() {
    return console;
  }

  /// Gives it up, whatever it is doing. All that was asked fails.
  void kill() {
    Console open = console();
    die("interpreter " + id + " was killed");
    if (open != null) {
      open.kill();
    }
  }

  /// Takes no further requests, interrupts the one that runs, and closes the console as soon as
  /// that lets it.
  ///
  /// @return done when the console is closed; already so where none was ever opened
  synchronized Future<Boolean> end() {
    if (!started) {
      death = "interpreter " + id + " is closed";
      ended.complete(true);
    } else if (death == null) {
      die("interpreter " + id + " is closed");
      interrupt();
    }
    return ended;
  }

  /// Nothing can be asked any more. Whoever waits for an answer is told why.
  private synchronized void die(String reason) {
    if (death == null) {
      death = reason;
    }
    ConsoleDied died = new ConsoleDied(reason);
    if (running != null) {
      running.answer().completeExceptionally(died);
    }
    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
      task.answer().completeExceptionally(died);
    }
    // The thread may be waiting for a task.
    tasks.add(new Task(List.of(), Voice.PROMPT, true, new CompletableFuture<>()));
  }

  private void work() {
    synchronized (this) {
      threadId = Thread.currentThread().threadId();
    }
    try {
      for (Task task = tasks.take(); !task.last(); task = tasks.take()) {
        if (begin(task)) {
          perform(task);
        }
      }
    } catch (InterruptedException e) {
      die("interpreter " + id + " is closed"); // nobody interrupts this thread but foreign code
    } finally {
      close();
    }
  }

  private synchronized boolean begin(Task task) {
    if (death != null) {
      // It was in nobody's hands when the others were told.
      task.answer().completeExceptionally(new ConsoleDied(death));
    }
    if (task.answer().isDone()) {
      return false;
    }
    running = task;
    interrupted = false;
    output.begin(task.voice());
    return true;
  }

  private void perform(Task task) {
    String trouble = "interpreter " + id + " broke down";
    try {
      Console open = opened();
      List<String> answer = isInterrupted() ? List.of("interrupted") : asked(open, task);
      if (isTyped(task, answer)) {
        typed.add(task.request().get(1));
      }
      finish();
      task.answer().complete(answer);
    } catch (ConsoleDied | PyParallelException | LinkageError e) {
      trouble = String.valueOf(e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      trouble = trouble + ": " + e;
    } finally {
      finish();
      if (task.answer().completeExceptionally(new ConsoleDied(trouble))) {
        die(trouble);
      }
    }
  }

  private List<String> asked(Console open, Task task) {
    return task.request().isEmpty()
        ? List.of("ok")
        : open.ask(task.request().toArray(new String[0]));
  }

  /// Whether it came from the prompt, where values are shown, and ran well.
  private static boolean isTyped(Task task, List<String> answer) {
    List<String> request = task.request();
    return request.size() == 4
        && task.voice() == Voice.PROMPT
        && request.get(0).equals("run")
        && request.get(2).equals("1")
        && answer.getFirst().equals("ok");
  }

  private Console opened() {
    Console open = console();
    if (open == null) {
      open = opener.apply(output);
      synchronized (this) {
        console = open;
        if (death != null) {
          throw new ConsoleDied(death); // it was given up meanwhile
        }
      }
    }
    return open;
  }

  private synchronized boolean isInterrupted() {
    return interrupted;
  }

  private void finish() {
    output.end();
    synchronized (this) {
      running = null;
    }
  }

  private void close() {
    try {
      Console open = console();
      if (open != null) {
        open.close();
      }
    } finally {
      ended.complete(true);
    }
  }
}
