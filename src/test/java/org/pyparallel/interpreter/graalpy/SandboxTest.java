package org.pyparallel.interpreter.graalpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Setup;
import org.pyparallel.job.PyParallelException.ScriptFailed;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Sandbox;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// What a script in a sandbox cannot do, and what it can.
final class SandboxTest {
  private static final GraalPyRuntime RUNTIME =
      new GraalPyRuntime(Path.of(System.getProperty("pyparallel.home")));

  /// Runs each record as Python; gives the value of `r`, or what was raised.
  private static final String RUNS_ANYTHING =
      """
      def process(record):
          names = {}
          try:
              exec(record.replace("; ", "\\n"), names)
          except Exception as error:
              names["r"] = f"{type(error).__name__}: {error}"
          return repr(names.get("r"))
      """;

  private static final String CALLS =
      "import sys\ndef process(record):\n    exec(record.replace('; ', '\\n'), {})\n";

  @TempDir private Path folder;
  private Path own;
  private Path secret;
  private Path readable;
  private Path writable;

  @BeforeEach
  void layOut() throws IOException {
    Path real = folder.toRealPath();
    own = Files.createDirectory(real.resolve("own"));
    Files.writeString(own.resolve("data.txt"), "own");
    Path outside = Files.createDirectory(real.resolve("outside"));
    secret = Files.writeString(outside.resolve("secret.txt"), "secret");
    readable = Files.createDirectory(real.resolve("readable"));
    Files.writeString(readable.resolve("data.txt"), "readable");
    writable = Files.createDirectory(real.resolve("writable"));
    for (Path place : List.of(own, readable, writable)) {
      Files.createSymbolicLink(place.resolve("link"), secret);
      Files.createSymbolicLink(place.resolve("folder"), outside);
      Files.createSymbolicLink(place.resolve("dangling"), outside.resolve("new.txt"));
    }
  }

  @AfterAll
  static void close() {
    RUNTIME.close();
  }

  @Test
  void seesNoFilesOutside() throws IOException {
    List<String> cases = new ArrayList<>();
    for (String path :
        List.of(
            secret.toString(),
            own + "/../outside/secret.txt",
            own + "/link",
            own + "/folder/secret.txt",
            own + "/folder/../outside/secret.txt",
            readable + "/link",
            writable + "/link",
            writable + "/dangling",
            "/proc/self/environ",
            "/proc/self/mem",
            "/proc/self/cwd/pom.xml",
            "/etc/passwd",
            "pom.xml",
            "/dev/tty")) {
      cases.add("open('" + path + "')");
      cases.add("import os; os.open('" + path + "', os.O_RDONLY)");
      cases.add("import os; os.stat('" + path + "')");
      cases.add("import os; os.open('" + path + "', os.O_WRONLY | os.O_CREAT)");
      cases.add("import os; os.truncate('" + path + "', 0)");
      cases.add("import pathlib; pathlib.Path('" + path + "').read_text()");
    }
    for (String path : List.of(secret.getParent().toString(), "/", "/proc", own + "/folder")) {
      cases.add("import os; os.listdir('" + path + "')");
      cases.add("import os; os.scandir('" + path + "')");
      cases.add("import os; os.chdir('" + path + "')");
    }
    cases.add("import os; os.rename('" + secret + "', '" + writable + "/x')");
    cases.add("import os; os.rename('" + writable + "/link', '" + secret + "')");
    cases.add("import os; os.unlink('" + secret + "')");
    cases.add("import os; os.rmdir('" + secret.getParent() + "')");
    cases.add("import os; os.mkdir('" + secret.getParent() + "/new')");
    cases.add("import os; os.symlink('/etc', '" + writable + "/etc')");
    cases.add("import os; os.link('" + secret + "', '" + writable + "/hard')");
    cases.add("import os; os.chmod('" + secret + "', 0o777)");
    cases.add("import os; os.utime('" + secret + "')");
    cases.add("open('" + own + "/data.txt', 'w')");
    cases.add("open('" + own + "/data.txt', 'r+')");
    cases.add("open('" + readable + "/new.txt', 'x')");
    cases.add("import os; os.unlink('" + readable + "/data.txt')");
    List<String> answers = run(RUNS_ANYTHING, cases);
    for (int i = 0; i < cases.size(); i++) {
      assertThat(answers.get(i))
          .describedAs(cases.get(i))
          .containsAnyOf(
              "PermissionError: [Errno",
              "OSError: [Errno",
              "UnsupportedOperation",
              // of ".." behind a link, which is taken off the text of the path; of os.chdir
              cases.get(i).contains("folder/..") || cases.get(i).contains("chdir")
                  ? "FileNotFoundError: [Errno"
                  : "PermissionError: [Errno");
    }
    assertThat(secret).hasContent("secret");
    assertThat(secret.getParent().toFile().list()).containsExactly("secret.txt");
    assertThat(readable.resolve("data.txt")).hasContent("readable");
  }

  @Test
  void tellsNothingOfFilesOutside() throws IOException {
    assertThat(
            run(
                RUNS_ANYTHING,
                List.of(
                    "import os; r = os.path.exists('" + secret + "')",
                    "import os; r = os.access('" + secret + "', os.R_OK)",
                    "import os; r = os.path.exists('" + own + "/link')")))
        .containsOnly("False");
  }

  @Test
  void readsAndWritesWhatItMay() throws IOException {
    assertThat(
            run(
                RUNS_ANYTHING,
                List.of(
                    "r = open('" + own + "/data.txt').read()",
                    "r = open('" + readable + "/../readable/data.txt').read()",
                    "f = open('"
                        + writable
                        + "/a.txt', 'w'); f.write('x'); f.close();"
                        + " r = open('"
                        + writable
                        + "/a.txt').read()",
                    "import os; os.mkdir('"
                        + writable
                        + "/d'); os.rename('"
                        + writable
                        + "/a.txt', '"
                        + writable
                        + "/d/b.txt'); r = os.listdir('"
                        + writable
                        + "/d')",
                    "import os; os.unlink('"
                        + writable
                        + "/d/b.txt'); os.rmdir('"
                        + writable
                        + "/d'); r = os.path.exists('"
                        + writable
                        + "/d')",
                    "import os; os.unlink('" + writable + "/link'); r = 'the link only'",
                    "import tempfile, os; tempfile.tempdir = '"
                        + writable
                        + "'; f = tempfile.TemporaryFile(); f.write(b'x'); r = f.tell()",
                    "import os; r = open(os.devnull, 'w').write('x')",
                    "import json, re, csv, decimal, statistics, datetime, random, base64, zlib;"
                        + " r = json.dumps([1])",
                    "import os; r = len(os.urandom(4))",
                    "import random; r = 0 <= random.random() < 1")))
        .containsExactly(
            "'own'",
            "'readable'",
            "'x'",
            "['b.txt']",
            "False",
            "'the link only'",
            "1",
            "1",
            "'[1]'",
            "4",
            "True");
    assertThat(secret).hasContent("secret");
  }

  @Test
  void reachesNothingElse() throws IOException {
    String port = "9";
    List<String> cases =
        List.of(
            "import socket; socket.socket()",
            "import socket; socket.create_connection(('127.0.0.1', " + port + "))",
            "import socket; socket.getaddrinfo('localhost', 80)",
            "import urllib.request; urllib.request.urlopen('http://127.0.0.1:" + port + "')",
            "import subprocess; subprocess.run(['true'])",
            "import os; os.system('true')",
            "import os; os.popen('true')",
            "import os; os.execv('/bin/true', ['true'])",
            "import os; os.kill(os.getpid(), 15)",
            "import os; os.kill(os.getpid(), 9)",
            "import os; os.kill(1, 0)",
            "import signal; signal.signal(signal.SIGTERM, print)",
            "import signal; signal.raise_signal(signal.SIGTERM)",
            "import signal; signal.alarm(1)",
            "import _signal, importlib; importlib.reload(_signal); _signal.raise_signal(15)",
            "import sys; del sys.modules['_signal']; import _signal; _signal.raise_signal(15)",
            "import _thread; _thread.interrupt_main()",
            "import threading; threading.Thread(target=print).start()",
            "import _thread; _thread.start_new_thread(print, ())",
            "import ctypes; ctypes.CDLL(None)",
            "import sqlite3",
            "import java; java.type('java.lang.System')",
            "import java; java.add_to_classpath('/tmp')",
            "from java.lang import System",
            "import polyglot; polyglot.eval(language='python', string='1')",
            "import multiprocessing.shared_memory as m; m.SharedMemory(create=True, size=1)",
            "import os; os.environ['HOME']",
            "import os; os.environ['PATH']");
    List<String> answers = run(RUNS_ANYTHING, cases);
    for (int i = 0; i < cases.size(); i++) {
      assertThat(answers.get(i))
          .describedAs(cases.get(i))
          .containsAnyOf(
              "PermissionError: --sandbox",
              "PermissionError",
              "ProcessLookupError",
              "ImportError",
              "ModuleNotFoundError",
              "KeyError",
              "URLError",
              "RuntimeError: polyglot access",
              "NotImplementedError: host",
              "OSError: [Errno",
              "AttributeError");
    }
  }

  @Test
  void keepsEnvironmentAndStandardInputToItself() throws IOException {
    assertThat(
            run(
                RUNS_ANYTHING,
                List.of(
                    "import os; r = [n for n in os.environ if n in ('PATH', 'HOME', 'USER')]",
                    "import os; r = os.read(0, 10)")))
        .containsExactly("[]", "b''");
    Sandbox open = new Sandbox(List.of(), List.of(), true, true, OptionalLong.empty());
    assertThat(
            run(
                RUNS_ANYTHING,
                open,
                List.of(
                    "import os; r = 'PATH' in os.environ",
                    "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0));"
                        + " r = s.getsockname()[0]; s.close()")))
        .containsExactly("True", "'127.0.0.1'");
  }

  @Test
  void namesTheOptionThatWouldAllowIt() throws IOException {
    try (Interpreter interpreter = open(CALLS, sandbox(OptionalLong.empty()))) {
      List<PythonError> errors =
          run(
                  interpreter,
                  List.of(
                      "open('" + secret + "')",
                      "import socket; socket.socket()",
                      "import os; os.fchdir(0)",
                      "pass"),
                  new ByteArrayOutputStream())
              .errors();
      assertThat(errors.get(0).type()).isEqualTo("PermissionError");
      assertThat(errors.get(0).message())
          .contains(secret.toString())
          .contains("--allow-read PATH and --allow-write PATH");
      assertThat(errors.get(1).message()).contains("--allow-net");
    }
  }

  @Test
  void failsAShardThatRunsTooManyStatements() throws IOException {
    String source = "def process(record):\n    for i in range(int(record)):\n        x = i\n";
    try (Interpreter interpreter = open(source, sandbox(OptionalLong.of(200_000)))) {
      for (int i = 0; i < 4; i++) {
        assertThat(run(interpreter, List.of("60000"), new ByteArrayOutputStream()))
            .isInstanceOf(ShardResult.Finished.class);
        assertThat(interpreter.isSpent()).isFalse();
      }
      ShardResult result = run(interpreter, List.of("10000000"), new ByteArrayOutputStream());
      assertThat(result).isInstanceOf(ShardResult.Failed.class);
      assertThat(result.errors().getFirst().message()).contains("--max-statements");
      assertThat(interpreter.isSpent()).isTrue();
      assertThat(run(interpreter, List.of("1"), new ByteArrayOutputStream()))
          .isInstanceOf(ShardResult.Interrupted.class);
    }
    String loops = "def process(record):\n    pass\nwhile True:\n    pass\n";
    assertThatExceptionOfType(ScriptFailed.class)
        .isThrownBy(() -> open(loops, sandbox(OptionalLong.of(50_000))))
        .withMessageContaining("--max-statements");
  }

  private Sandbox sandbox(OptionalLong statements) {
    return new Sandbox(List.of(readable), List.of(writable), false, false, statements);
  }

  private List<String> run(String source, List<String> cases) throws IOException {
    return run(source, sandbox(OptionalLong.empty()), cases);
  }

  private List<String> run(String source, Sandbox sandbox, List<String> cases) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (Interpreter interpreter = open(source, sandbox)) {
      ShardResult result = run(interpreter, cases, output);
      assertThat(result.errors()).isEmpty();
    }
    List<String> answers = output.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(answers).hasSameSizeAs(cases);
    return answers;
  }

  private Interpreter open(String source, Sandbox sandbox) throws IOException {
    Path script = Files.writeString(own.resolve("script.py"), source);
    PythonOptions python =
        new PythonOptions(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            OptionalLong.empty(),
            Optional.of(sandbox));
    return RUNTIME.open(
        new InterpreterConfig(
            Setup.plan(script, 2).with(python),
            0,
            OptionalLong.empty(),
            System.err::print,
            _ -> {}));
  }

  private static ShardResult run(
      Interpreter interpreter, List<String> records, ByteArrayOutputStream into) {
    byte[] bytes = String.join("\n", records).getBytes(StandardCharsets.UTF_8);
    return interpreter.run(
        new Shard(0, "source", 0, 0, new ShardData.Bytes(ByteBuffer.wrap(bytes))),
        chunk -> {
          byte[] copy = new byte[chunk.remaining()];
          chunk.get(copy);
          into.writeBytes(copy);
          return true;
        });
  }
}
