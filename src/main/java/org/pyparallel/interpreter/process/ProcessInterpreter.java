package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.ReduceStep;
import org.pyparallel.interpreter.ShardFailures;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.PyParallelException.ScriptFailed;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// The driver's host module `_process.py` in a child process.
///
/// The owner's thread asks and listens. Others may only interrupt, which ends the process at last,
/// and look.
final class ProcessInterpreter implements Interpreter {
  /// How long an interrupted script may take to come back before its process is killed.
  static final long GRACE_MILLIS = 1_000;

  /// How long its stack is waited for.
  private static final long LOOK_MILLIS = 200;

  private final WorkerProcess process;
  private final Path driver;
  private final InterpreterConfig config;
  private final ShardFeed feed;
  private final Conversation conversation;
  // Guarded by this: whether the owner waits for the child.
  private boolean busy;
  private volatile boolean interrupted;
  private volatile boolean dead;
  private boolean closed;

  private ProcessInterpreter(
      WorkerProcess process, Path driver, InterpreterConfig config, ShardFeed feed) {
    this.process = process;
    this.driver = driver;
    this.config = config;
    this.feed = feed;
    conversation = new Conversation(process, config.diagnostics());
  }

  /// Starts a process and loads the script.
  ///
  /// @param driver the folder that holds the package `pyparallel`
  static ProcessInterpreter open(Python python, Path driver, InterpreterConfig config) {
    WorkerProcess process = WorkerProcess.start(python, driver, config.plan().python().hashSeed());
    ShardFeed feed =
        new ShardFeed(process.writer(), config.plan().safeguards().journal().isPresent());
    ProcessInterpreter interpreter = new ProcessInterpreter(process, driver, config, feed);
    try {
      config.opening().accept(interpreter);
      try {
        interpreter.load(python);
      } catch (ScriptFailed e) {
        config.failing().accept(interpreter, e);
        throw e;
      }
      return interpreter;
    } catch (Throwable e) {
      interpreter.abandon();
      throw e;
    }
  }

  private void load(Python python) {
    if (!begin()) {
      return;
    }
    try {
      process.greet(config.diagnostics());
    } catch (IOException _) {
      end();
      if (!interrupted) {
        String said = process.unread();
        throw python.misfit(said);
      }
      return;
    }
    try {
      if (config.runOnce()) {
        process.writer().write(Frames.TERMINAL);
      }
      process.writer().write(Frames.OPEN, DriverProtocol.config(config));
      DriverProtocol.accept(conversation.listen(new ShardTaker(process.writer(), null)));
    } catch (IOException _) {
      PythonError error = die();
      if (!interrupted) {
        throw new ScriptFailed(error);
      }
    } finally {
      end();
    }
  }

  @Override
  public ShardResult run(Shard shard, ShardOutput output) {
    if (!begin()) {
      return new ShardResult.Interrupted();
    }
    try {
      feed.prepare(shard.data(), output);
    } catch (IOException e) {
      end();
      return ShardFailures.unreadable(shard, e);
    }
    try {
      process.writer().write(Frames.RUN, DriverProtocol.shard(shard));
      feed.send(shard.data());
      return result(output);
    } catch (Conversation.Unreadable e) {
      return ShardFailures.unreadable(shard, e.reason());
    } catch (IOException _) {
      return lost();
    } finally {
      end();
    }
  }

  @Override
  public ShardResult reduce(ReduceStep step, ShardOutput output) {
    if (!begin()) {
      return new ShardResult.Interrupted();
    }
    try {
      ByteBuffer taken = step.data();
      process.writer().write(Frames.REDUCE, step.label() + '\0' + step.place());
      feed.send(taken == null ? new ShardData.Nothing() : new ShardData.Bytes(taken));
      return result(output);
    } catch (Conversation.Unreadable e) {
      throw new RuntimeFailed("cannot reduce: " + e.getMessage(), e);
    } catch (IOException _) {
      return lost();
    } finally {
      end();
    }
  }

  private ShardResult result(ShardOutput output) throws IOException {
    ShardTaker taker = new ShardTaker(process.writer(), output);
    ShardResult result = DriverProtocol.result(conversation.listen(taker));
    return taker.isRefused() ? new ShardResult.Interrupted() : result;
  }

  private ShardResult lost() {
    PythonError error = die();
    return interrupted
        ? new ShardResult.Interrupted()
        : new ShardResult.Failed(0, 0, List.of(error));
  }

  private PythonError die() {
    dead = true;
    return WorkerDeath.error(process, process.awaitDeath(), driver);
  }

  private synchronized boolean begin() {
    busy = !interrupted && !dead;
    return busy;
  }

  private synchronized void end() {
    busy = false;
    notifyAll();
  }

  @Override
  public void interrupt() {
    synchronized (this) {
      if (interrupted) {
        return;
      }
      interrupted = true;
      if (!busy) {
        return;
      }
    }
    // The child may be told something else at the moment, and not listen.
    Thread thread = new Thread(this::stop, "process-interrupt");
    thread.setDaemon(true);
    thread.start();
  }

  private void stop() {
    long deadline = System.nanoTime() + GRACE_MILLIS * 1_000_000;
    try {
      process.writer().tryWrite(Frames.INTERRUPT, GRACE_MILLIS);
      synchronized (this) {
        long left;
        while (busy && (left = (deadline - System.nanoTime()) / 1_000_000) > 0) {
          wait(left);
        }
        if (!busy) {
          return;
        }
      }
    } catch (IOException | InterruptedException _) {
      // It is gone; or somebody wants this to be over.
    }
    process.kill();
  }

  @Override
  public boolean isSpent() {
    return interrupted || dead;
  }

  @Override
  public String stack() {
    synchronized (this) {
      if (!busy) {
        return "";
      }
    }
    return conversation.stack(LOOK_MILLIS);
  }

  @Override
  public long cpuNanos() {
    return dead || closed ? 0 : process.cpuNanos();
  }

  @Override
  public long memoryBytes() {
    return dead || closed ? 0 : process.memoryBytes();
  }

  @Override
  public Console console(ConsoleOutput output) {
    if (dead) {
      throw new RuntimeFailed("its process is gone");
    }
    closed = true;
    feed.close();
    return ProcessConsole.adopt(process, output);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (begin()) {
        process.writer().write(Frames.CLOSE);
        String answer = conversation.listen(new ShardTaker(process.writer(), null));
        String trouble = process.end();
        if (!trouble.isEmpty()) {
          config.diagnostics().accept(trouble + '\n');
        }
        DriverProtocol.accept(answer);
      }
    } catch (IOException _) {
      PythonError error = die();
      if (!interrupted) {
        throw new ScriptFailed(error);
      }
    } finally {
      end();
      abandon();
    }
  }

  private void abandon() {
    feed.close();
    dead = true;
    process.dismiss();
  }
}
