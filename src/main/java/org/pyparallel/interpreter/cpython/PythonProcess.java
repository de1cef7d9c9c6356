package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// The one CPython of this process. Its main interpreter runs no user code.
final class PythonProcess {
  private static final long MAIN_STACK_BYTES = 16 << 20;

  private static volatile @Nullable PythonProcess instance;

  private final LibPython python;
  private final CPythonHome home;
  private final OptionalLong hashSeed;
  private volatile @Nullable Throwable failure;

  private PythonProcess(CPythonHome home, OptionalLong hashSeed) {
    this.home = home;
    this.hashSeed = hashSeed;
    this.python = new LibPython(home.library());
  }

  /// Loads and initialises CPython, once; later calls return the same. Any thread.
  ///
  /// @param hashSeed what the hashes of strings begin with, from 0 to 4294967295, unless
  ///   PYTHONHASHSEED says so; empty for something random. All interpreters share it, so the first
  ///   call decides
  /// @throws RuntimeFailed if that is not possible here, or another home is in use already
  static synchronized PythonProcess start(CPythonHome home, OptionalLong hashSeed) {
    PythonProcess process = instance;
    if (process == null) {
      process = load(home, hashSeed);
      process.initialize();
      instance = process;
    } else if (!process.home.equals(home)) {
      throw new RuntimeFailed(
          "this process already runs the CPython in "
              + process.home.place()
              + ", not "
              + home.place());
    }
    return process;
  }

  /// What the library says of its version, whether or not it was started.
  ///
  /// @throws RuntimeFailed if it cannot be loaded
  static String version(CPythonHome home) {
    PythonProcess process = instance;
    return (process == null ? load(home, OptionalLong.empty()) : process).python.version();
  }

  static PythonProcess load(CPythonHome home, OptionalLong hashSeed) {
    try {
      PythonProcess process = new PythonProcess(home, hashSeed);
      process.checkVersion();
      return process;
    } catch (UnsatisfiedLinkError | IllegalArgumentException e) {
      throw new RuntimeFailed(
          "cannot load "
              + home.library()
              + ": "
              + e.getMessage()
              + (home.isBundled() ? "" : "; --runtime process does without it"),
          e);
    }
  }

  /// A library that lies where the program's would may be left from another Python.
  private void checkVersion() {
    String version = python.version();
    if (!home.isBundled() && !version.startsWith(home.version())) {
      throw new RuntimeFailed(
          home.library()
              + " is of Python "
              + version.substring(0, Math.max(0, version.indexOf(' ')))
              + ", and "
              + home.program()
              + " is Python "
              + home.version()
              + ": say --runtime process, or name the Python that the library belongs to");
    }
  }

  LibPython python() {
    return python;
  }

  /// The C API of the process that [#start] has started.
  static LibPython current() {
    return java.util.Objects.requireNonNull(instance).python;
  }

  private void initialize() {
    CountDownLatch done = new CountDownLatch(1);
    Thread thread =
        new Thread(
            null,
            new Runnable() {
              @Override
              public void run() {
                try {
                  initializeHere();
                } catch (Throwable e) {
                  failure = e;
                }
                done.countDown();
                // CPython takes this for its main thread for as long as the process lives.
                while (failure == null) {
                  LockSupport.park();
                }
              }
            },
            "cpython-main",
            MAIN_STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable trouble = failure;
    if (trouble != null) {
      throw trouble instanceof RuntimeFailed known
          ? known
          : new RuntimeFailed("CPython cannot be started: " + trouble.getMessage(), trouble);
    }
  }

  private void initializeHere() {
    try (Arena arena = Arena.ofConfined()) {
      long config = python.initConfigCreate();
      // What `python3 script.py` honours, PYTHONPATH, PYTHONWARNINGS and the like; a PyInitConfig
      // starts out isolated.
      set(arena, config, "isolated", 0);
      set(arena, config, "use_environment", 1);
      setHashSeed(arena, config);
      set(arena, config, "install_signal_handlers", 0);
      set(arena, config, "utf8_mode", 1);
      if (home.isBundled()) {
        set(arena, config, "home", home.folder().toString());
      } else {
        // Without a home it is found as the program finds it, by way of the environment that the
        // program belongs to; and packages of the user's are where the program has them.
        set(arena, config, "user_site_directory", 1);
      }
      set(arena, config, "executable", home.program().toString());
      if (python.initializeFromInitConfig(config) != 0) {
        throw new RuntimeFailed("CPython cannot be started: " + error(arena, config));
      }
      python.initConfigFree(config);
      python.saveThread();
    }
  }

  /// The one variable that is not read once the configuration began as an isolated one.
  private void setHashSeed(Arena arena, long config) {
    String seed = System.getenv("PYTHONHASHSEED");
    if (seed == null || seed.isEmpty()) {
      if (hashSeed.isPresent()) {
        setHashSeed(arena, config, hashSeed.getAsLong());
      }
      return;
    }
    if (seed.equals("random")) {
      return;
    }
    try {
      setHashSeed(arena, config, Integer.toUnsignedLong(Integer.parseUnsignedInt(seed)));
    } catch (NumberFormatException _) {
      throw new RuntimeFailed(
          "PYTHONHASHSEED is " + seed + ": it must be \"random\" or a number from 0 to 4294967295");
    }
  }

  private void setHashSeed(Arena arena, long config, long seed) {
    set(arena, config, "hash_seed", seed);
    set(arena, config, "use_hash_seed", 1);
  }

  private void set(Arena arena, long config, String name, long value) {
    if (python.initConfigSetInt(config, CMemory.string(arena, name), value) != 0) {
      throw new RuntimeFailed("CPython refuses " + name + ": " + error(arena, config));
    }
  }

  private void set(Arena arena, long config, String name, String value) {
    long text = CMemory.string(arena, value);
    if (python.initConfigSetStr(config, CMemory.string(arena, name), text) != 0) {
      throw new RuntimeFailed("CPython refuses " + name + ": " + error(arena, config));
    }
  }

  private String error(Arena arena, long config) {
    MemorySegment slot = arena.allocate(JAVA_LONG);
    python.initConfigGetError(config, slot.address());
    return LibPython.string(CMemory.fields(slot).getLong(0));
  }
}
