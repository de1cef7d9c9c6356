package org.pyparallel.interpreter.cpython;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.pyparallel.interpreter.Availability;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleConfig;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.PythonBuild;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PyParallelException.RuntimeFailed;
import org.pyparallel.job.PyParallelException.Usage;
import org.pyparallel.job.RuntimeName;

/// Embedded CPython 3.14: starts in milliseconds, whole standard library, one lock per worker. The
/// bundled one, or one of the user's own ([#with]); not both in one process.
public final class CPythonRuntime implements Runtime {
  private final CPythonHome home;
  private final Path driver;

  /// @param installation the product's folder, which holds the CPython home in `python` and the
  ///   driver in `lib/python`
  public CPythonRuntime(Path installation) {
    this(
        CPythonHome.bundled(installation.resolve("python")),
        installation.resolve("lib").resolve("python"));
  }

  private CPythonRuntime(CPythonHome home, Path driver) {
    this.home = home;
    this.driver = driver;
  }

  @Override
  public Runtime with(Path program) {
    return new CPythonRuntime(CPythonHome.of(program, inquiry()), driver);
  }

  @Override
  public Optional<PythonBuild> build() {
    try {
      return Optional.of(home.build(inquiry()));
    } catch (Usage _) {
      return Optional.empty(); // availability says what is wrong
    }
  }

  private Path inquiry() {
    return driver.resolve("pyparallel").resolve("_embedding.py").toAbsolutePath();
  }

  @Override
  public RuntimeName name() {
    return RuntimeName.CPYTHON;
  }

  @Override
  public Availability availability() {
    try {
      return new Availability.Available(
          name(start(OptionalLong.empty()).python().version()),
          "embedded, one lock per worker, in " + home.place(),
          "");
    } catch (RuntimeFailed e) {
      return new Availability.Missing(String.valueOf(e.getMessage()), remedy(e));
    }
  }

  /// Does not initialise it: what hashes of strings begin with is not known before [#open].
  @Override
  public String version() {
    checkPresent();
    return name(PythonProcess.version(home));
  }

  private static String name(String version) {
    int end = version.indexOf(' ');
    return "CPython " + (end < 0 ? version : version.substring(0, end));
  }

  private String remedy(RuntimeFailed e) {
    if (home.isBundled() && !home.isPresent()) {
      return "build the product with `make`, which unpacks CPython for this platform";
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("GLIBC")) {
      return "use a system with glibc 2.35 or later";
    }
    if (message.contains("cannot open shared object file")) {
      return "install the library it names";
    }
    return home.isBundled()
        ? "see the reason; `python3.14` in " + home.folder().resolve("bin") + " may say more"
        : "run it in processes with --runtime process, or use the bundled Python";
  }

  @Override
  public Interpreter open(InterpreterConfig config) {
    if (config.plan().python().sandbox().isPresent()) {
      throw new Usage("--sandbox needs --runtime graalpy: CPython has no way to confine a script");
    }
    OptionalLong hashSeed = config.plan().python().hashSeed();
    return new CPythonInterpreter(start(hashSeed).python(), driver, config);
  }

  @Override
  public Console console(ConsoleConfig config, ConsoleOutput output) {
    LibPython python = start(config.python().hashSeed()).python();
    return CPythonConsole.open(python, driver, config, output);
  }

  private PythonProcess start(OptionalLong hashSeed) {
    checkPresent();
    return PythonProcess.start(home, hashSeed);
  }

  private void checkPresent() {
    if (!home.isPresent()) {
      throw new RuntimeFailed("there is no CPython library at " + home.library());
    }
  }

  @Override
  public void close() {
    // CPython stays for the process's life, see the package's description.
  }
}
