package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// The driver's host module `_cpython.py`, in the subinterpreter that the calling thread is inside
/// of: loads it, finds its functions, calls them. What it returns is text as UTF-8.
final class DriverModule {
  private final LibPython python;
  private final Interruptible owner;

  /// Who calls the module.
  interface Interruptible {
    /// Whether a call that raises may have been made to from outside.
    boolean isInterrupted();
  }

  DriverModule(LibPython python, Interruptible owner) {
    this.python = python;
    this.owner = owner;
  }

  /// Imports it.
  ///
  /// @param folder the one that holds the package `pyparallel`
  /// @return a new reference
  long load(Arena arena, Path folder) {
    long path = required(python.unicodeFromString(CMemory.string(arena, folder.toString())));
    python.listInsert(python.sysGetObject(CMemory.string(arena, "path")), 0, path);
    python.decRef(path);
    return module(arena);
  }

  /// The module, where it has been loaded, as a new reference.
  long module(Arena arena) {
    return required(python.importModule(CMemory.string(arena, "pyparallel._cpython")));
  }

  /// Something that it defines, as a new reference.
  long attribute(Arena arena, long module, String name) {
    return required(python.getAttrString(module, CMemory.string(arena, name)));
  }

  /// @return `object`
  /// @throws RuntimeFailed if it is 0: an exception was raised
  long required(long object) {
    if (object != 0) {
      return object;
    }
    throw new RuntimeFailed("the Python driver cannot be loaded: " + raised());
  }

  /// Calls one of its functions; takes over the references in `arguments`.
  ///
  /// @return the `bytes` it returned as text, or null when it was interrupted
  @Nullable String call(Arena arena, long function, long... arguments) {
    MemorySegment array =
        arena.allocateFrom(JAVA_LONG, arguments.length == 0 ? new long[1] : arguments);
    long answer = python.vectorcall(function, array.address(), arguments.length);
    for (long argument : arguments) {
      python.decRef(argument);
    }
    if (answer == 0) {
      String description = raised();
      if (owner.isInterrupted()) {
        return null;
      }
      throw new RuntimeFailed("the Python driver failed: " + description);
    }
    String text = text(python.bytesAsString(answer), python.bytesSize(answer));
    python.decRef(answer);
    return text;
  }

  /// Takes away what was raised.
  private String raised() {
    long exception = python.getRaisedException();
    String description = description(exception);
    python.decRef(exception);
    return description;
  }

  private String description(long exception) {
    long repr = exception == 0 ? 0 : python.repr(exception);
    if (repr == 0) {
      python.clearError();
      return "unknown error";
    }
    String text = LibPython.string(python.asUtf8AndSize(repr, 0));
    python.decRef(repr);
    return text;
  }

  /// A new `bytes` with text in it.
  long bytes(Arena arena, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    long content = arena.allocateFrom(JAVA_BYTE, utf8).address();
    return python.bytesFromStringAndSize(content, utf8.length);
  }

  private static String text(long address, long size) {
    byte[] utf8 = MemorySegment.ofAddress(address).reinterpret(size).toArray(JAVA_BYTE);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
