package org.pyparallel.interpreter.cpython;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.interpreter.Interpreter;
import org.pyparallel.interpreter.InterpreterConfig;
import org.pyparallel.interpreter.Setup;
import org.pyparallel.job.PyParallelException.Usage;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Sandbox;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// Packages of a real virtual environment, compiled ones among them.
final class CPythonPackagesTest {
  private static final Path HOME = Path.of(System.getProperty("pyparallel.home"));
  private static final CPythonRuntime RUNTIME = new CPythonRuntime(HOME);

  /// A module in several phases that supports an interpreter with a lock of its own.
  private static final String EXTENSION =
      """
      #include <Python.h>
      static PyObject *twice(PyObject *self, PyObject *text) {
          return PyUnicode_Concat(text, text);
      }
      static PyMethodDef methods[] = {{"twice", twice, METH_O, 0}, {0}};
      static PyModuleDef_Slot slots[] = {
          {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED}, {0}};
      static PyModuleDef module = {
          PyModuleDef_HEAD_INIT, "binary", 0, 0, methods, slots};
      PyMODINIT_FUNC PyInit_binary(void) { return PyModuleDef_Init(&module); }
      """;

  @TempDir private Path folder;

  @Test
  void importsABinaryModuleFromAVirtualEnvironment() throws Exception {
    Path python = HOME.resolve("python/bin/python3.14");
    Path headers = HOME.resolve("python/include/python3.14");
    Path venv = folder.resolve("venv");
    assumeThat(headers.resolve("Python.h")).exists();
    assertThat(command(python.toString(), "-m", "venv", "--without-pip", venv.toString())).isZero();
    Path packages = venv.resolve("lib/python3.14/site-packages");
    Path source = Files.writeString(folder.resolve("binary.c"), EXTENSION);
    assumeThat(
            command(
                "cc",
                "-shared",
                "-fPIC",
                "-I" + headers,
                "-o",
                packages.resolve("binary.abi3.so").toString(),
                source.toString()))
        .describedAs("a C compiler")
        .isZero();
    Path script =
        Files.writeString(
            folder.resolve("script.py"),
            "import binary\ndef process(record):\n    return binary.twice(record)\n");
    PythonOptions options =
        new PythonOptions(
            Optional.empty(), Optional.of(venv), List.of(), OptionalLong.empty(), Optional.empty());
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (Interpreter interpreter = open(script, options)) {
      ByteBuffer data = ByteBuffer.wrap("ab\n".getBytes(StandardCharsets.UTF_8));
      interpreter.run(
          new Shard(0, "source", 0, 0, new ShardData.Bytes(data)),
          chunk -> {
            while (chunk.hasRemaining()) {
              output.write(chunk.get());
            }
            return true;
          });
    }
    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("abab\n");
  }

  @Test
  void refusesToConfineAScript() throws IOException {
    Path script = Files.writeString(folder.resolve("script.py"), "");
    Sandbox sandbox = new Sandbox(List.of(), List.of(), false, false, OptionalLong.empty());
    PythonOptions options =
        new PythonOptions(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            OptionalLong.empty(),
            Optional.of(sandbox));
    assertThatExceptionOfType(Usage.class)
        .isThrownBy(() -> open(script, options))
        .withMessageContaining("--runtime graalpy");
  }

  private static Interpreter open(Path script, PythonOptions options) {
    return RUNTIME.open(
        new InterpreterConfig(
            Setup.plan(script, 1).with(options), 0, OptionalLong.empty(), _ -> {}, _ -> {}));
  }

  private static int command(String... words) throws InterruptedException {
    try {
      return new ProcessBuilder(words)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException _) {
      return -1; // there is none
    }
  }
}
