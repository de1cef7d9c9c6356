package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.Interrupts;
import org.pyparallel.interpreter.Prompter;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.PyParallelException.ScriptFailed;

/// A console in a child process, which may be that of a script that failed: the owner asks,
/// [ConsoleListener] hears the child out.
final class ProcessConsole implements Console {
  private static final long LOOK_MILLIS = 200;
  private static final long INTERRUPT_MILLIS = 1_000;

  /// How long its exit functions are listened to.
  private static final long FAREWELL_MILLIS = 10_000;

  private static final byte[] END = {0};
  private static final byte[] LINE = {1};
  private static final byte[] INTERRUPTED = {2};

  private final WorkerProcess process;
  private final ConsoleOutput output;
  private final ConsoleListener listener;
  private final Prompter prompter;
  private final Interrupts interrupts = new Interrupts();
  private volatile boolean killed;
  private volatile @Nullable String death;
  private boolean closed;

  private ProcessConsole(WorkerProcess process, ConsoleOutput output) {
    this.process = process;
    this.output = output;
    listener = new ConsoleListener(process, output);
    prompter = new Prompter(output);
  }

  /// @param driver the folder that holds the package `pyparallel`
  static ProcessConsole open(
      Python python, Path driver, ConsoleConfig config, ConsoleOutput output) {
    WorkerProcess process = WorkerProcess.start(python, driver, config.python().hashSeed());
    ProcessConsole console = new ProcessConsole(process, output);
    try {
      try {
        process.greet(output::err);
      } catch (IOException _) {
        throw python.misfit(process.unread());
      }
      console.listener.start();
      DriverProtocol.accept(console.converse(Frames.CONSOLE, DriverProtocol.config(config)));
      return console;
    } catch (Throwable e) {
      process.dismiss();
      throw e;
    }
  }

  /// Opens one in the process of a script, to which nobody else talks any more, and which ends with
  /// it. Where that cannot be, the process is gone.
  static ProcessConsole adopt(WorkerProcess process, ConsoleOutput output) {
    ProcessConsole console = new ProcessConsole(process, output);
    try {
      console.listener.start();
      DriverProtocol.accept(console.converse(Frames.ADOPT, ""));
      return console;
    } catch (ConsoleDied e) {
      process.dismiss();
      throw new RuntimeFailed(String.valueOf(e.getMessage()), e);
    } catch (Throwable e) {
      process.dismiss();
      throw e;
    }
  }

  @Override
  public List<String> ask(String... request) {
    interrupts.begin();
    try {
      return DriverProtocol.fields(converse(Frames.ASK, DriverProtocol.request(request)));
    } finally {
      interrupts.end();
    }
  }

  private String converse(int kind, String question) {
    String dead = death;
    if (dead != null) {
      throw new ConsoleDied(dead);
    }
    try {
      process.writer().write(kind, question);
    } catch (IOException _) {
      // It is gone; the listener says why.
    }
    while (true) {
      switch (listener.next()) {
        case ConsoleListener.Said.Answer(String text) -> {
          return text;
        }
        case ConsoleListener.Said.Prompt(String text) -> reply(prompter.ask(text));
        case ConsoleListener.Said.Failure(var failure) -> throw failure;
        case ConsoleListener.Said.Death(String reason) -> {
          death = killed ? "the interpreter was killed" : reason;
          throw new ConsoleDied(String.valueOf(death));
        }
      }
    }
  }

  private void reply(Prompter.Reply reply) {
    byte[] bytes =
        switch (reply) {
          case Prompter.Reply.Line(String text) -> line(text);
          case Prompter.Reply.End() -> END;
          case Prompter.Reply.Interrupted() -> INTERRUPTED;
        };
    try {
      process.writer().write(Frames.REPLY, bytes);
    } catch (IOException _) {
      // It is gone; the listener says why.
    }
  }

  private static byte[] line(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[LINE.length + utf8.length];
    System.arraycopy(LINE, 0, bytes, 0, LINE.length);
    System.arraycopy(utf8, 0, bytes, LINE.length, utf8.length);
    return bytes;
  }

  @Override
  public void interrupt() {
    if (!prompter.interrupt() && interrupts.request()) {
      // The child may be told something else at the moment, and not listen.
      Thread thread = new Thread(() -> interrupts.arrive(this::sendInterrupt), "process-interrupt");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void sendInterrupt() {
    try {
      process.writer().tryWrite(Frames.INTERRUPT, INTERRUPT_MILLIS);
    } catch (IOException _) {
      // It is gone.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void kill() {
    killed = true;
    prompter.interrupt();
    process.kill();
  }

  @Override
  public String stack() {
    return isDead() ? "" : listener.stack(LOOK_MILLIS);
  }

  @Override
  public long memoryBytes() {
    return isDead() ? 0 : process.memoryBytes();
  }

  @Override
  public long cpuNanos() {
    return isDead() ? 0 : process.cpuNanos();
  }

  private boolean isDead() {
    return killed || death != null;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (isDead()) {
      process.dismiss();
      return;
    }
    try {
      DriverProtocol.accept(converse(Frames.CLOSE, ""));
    } catch (ScriptFailed e) {
      output.err(e.error().traceback() + '\n');
    } catch (ConsoleDied _) {
      process.dismiss();
      return;
    }
    death = "the interpreter was closed";
    // Its exit functions run now, and may print.
    process.writer().close();
    listener.drain(FAREWELL_MILLIS);
    String trouble = process.end();
    if (!trouble.isEmpty()) {
      output.err(trouble + '\n');
    }
  }
}
