package org.pyparallel.interpreter.graalpy;

import com.oracle.truffle.api.Truffle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Language;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Availability;

/// The engines, which hold compiled code: one for each interpreter, or one for all of them.
///
/// Code of an engine with a single context is compiled for that context, and for each engine anew;
/// code of a shared engine is parsed and compiled once. So workers that have a processor each get
/// an engine each, and others share one. Thread-safe.
final class Engines implements AutoCloseable {
  /// Up to how many workers get an engine of their own, which costs some 25 MB each; at most as
  /// many as there are processors.
  private static final int MOST_OWN = 8;

  /// How engines without a compiler call themselves; they do not know the compiler's options.
  private static final String INTERPRETED = "Interpreted";

  /// What is not worth compiling: the core of Python's `import`.
  ///
  /// It calls `str.rpartition`, which counts as a million turns of a loop in this version, and so
  /// it comes before all else in the compiler's queue; being large it takes as long as the hot code
  /// of a script, which waits meanwhile. The name is matched as a part of others.
  private static final String NOT_COMPILED = "~_find_and_load_unlocked";

  private static final String VERSION = "META-INF/graalvm/org.graalvm.truffle/version";

  // All guarded by this.
  private final List<Engine> open = new ArrayList<>();
  private @Nullable Engine spare;
  private @Nullable Engine shared;

  /// The engine for an interpreter of a run with `workers` interpreters; give it back with
  /// [#release].
  synchronized Engine acquire(int workers) {
    if (workers > Math.min(MOST_OWN, Runtime.getRuntime().availableProcessors())) {
      if (shared == null) {
        shared = take();
      }
      return shared;
    }
    return take();
  }

  /// Frees an engine unless others use it.
  void release(Engine engine) {
    synchronized (this) {
      if (engine == shared || !open.remove(engine)) {
        return;
      }
    }
    engine.close(true);
  }

  /// What there is to say about GraalPy here. The engine made for it serves the first interpreter.
  synchronized Availability availability() {
    Engine engine = spare;
    if (engine == null) {
      engine = take();
      spare = engine;
    }
    Language language = engine.getLanguages().get("python");
    if (language == null) {
      return new Availability.Missing(
          "GraalPy is not among the languages of this process",
          "start pyparallel through its launcher, with --runtime graalpy");
    }
    String version = "Python " + language.getVersion() + ", GraalPy " + versionOf(engine);
    String implementation = engine.getImplementationName();
    if (implementation.equals(INTERPRETED)) {
      return new Availability.Available(
          version,
          "without a JIT compiler",
          "hot code runs 10 to 30 times slower than it could: use a JDK 25 with update 3 or later"
              + " and start pyparallel through its launcher");
    }
    return new Availability.Available(version, "with the JIT compiler of " + implementation, "");
  }

  /// GraalPy's version: an engine from Maven Central only knows that it is a development build, but
  /// all its parts are of one version and one of them carries it.
  private static String versionOf(Engine engine) {
    try (InputStream file = ClassLoader.getSystemResourceAsStream(VERSION)) {
      if (file != null) {
        return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
      }
    } catch (IOException _) {
      // then what the engine says
    }
    return engine.getVersion();
  }

  private Engine take() {
    Engine engine = spare;
    if (engine != null) {
      spare = null;
      return engine;
    }
    engine = build();
    open.add(engine);
    return engine;
  }

  private static Engine build() {
    // Standard error is the user's: availability() says what the warning would.
    Engine.Builder builder =
        Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false");
    if (!Truffle.getRuntime().getName().equals(INTERPRETED)) {
      builder.allowExperimentalOptions(true).option("engine.CompileOnly", NOT_COMPILED);
    }
    return builder.build();
  }

  @Override
  public void close() {
    List<Engine> engines;
    synchronized (this) {
      engines = List.copyOf(open);
      open.clear();
      spare = null;
      shared = null;
    }
    engines.forEach(engine -> engine.close(true));
  }
}
