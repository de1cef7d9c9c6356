package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.Prompter;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// The function `emit(kind, bytes)` that the driver calls to send output: a Python builtin whose
/// body is Java.
///
/// One C function serves all interpreters. Each gets a builtin bound to a number, under which its
/// [Receiver] is kept here; not to a thread, since the script's own threads may print too.
final class EmitFunction {
  /// `METH_FASTCALL`: called with self, an array of arguments and their number.
  private static final int METH_FASTCALL = 0x80;

  /// The kind that asks for a line.
  private static final int INPUT = 10;

  private static final long MAX_CHUNK = 1 << 30;

  private static final ConcurrentMap<Long, EmitFunction> OPEN = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  /// The one C function and its `PyMethodDef`, made on first use and kept for ever.
  private static final MemorySegment DEFINITION = definition();

  private final LibPython python;
  private final Receiver receiver;
  private final long number;

  /// What the receiver failed with, which must not cross into C.
  private volatile @Nullable Throwable broken;

  /// Takes what an interpreter emits.
  interface Receiver {
    /// @param kind 1 for results, 2 for diagnostics, 3 for records that failed, 4 to ask whether a
    ///   part of the shard is wanted, 5 to give it
    /// @param chunk valid during the call only; empty where the kind says all
    /// @return false to make the driver stop; for the kinds 4 and 5 the answer
    boolean take(int kind, ByteBuffer chunk);

    /// Waits for a line, which is asked for with the kind 10: `emit` then returns it as `bytes`,
    /// None at the end of input, False after an interruption.
    ///
    /// @param text what is shown before it; valid during the call only
    default Prompter.Reply prompt(ByteBuffer text) {
      return new Prompter.Reply.End();
    }
  }

  EmitFunction(LibPython python, Receiver receiver) {
    this.python = python;
    this.receiver = receiver;
    this.number = NEXT.getAndIncrement();
    OPEN.put(number, this);
  }

  /// Makes the Python function, in the interpreter the calling thread is inside of.
  ///
  /// @return a new reference
  long create() {
    long self = python.longFromLong(number);
    long function = python.newCFunction(DEFINITION.address(), self);
    python.decRef(self);
    return function;
  }

  /// Throws what the receiver failed with while Python ran, once.
  void rethrowBroken() {
    Throwable trouble = broken;
    if (trouble != null) {
      broken = null;
      throw trouble instanceof PyParallelException known
          ? known
          : new RuntimeFailed("output could not be passed on: " + trouble, trouble);
    }
  }

  /// Forgets the receiver; later calls are told to stop.
  void close() {
    OPEN.remove(number);
  }

  private static MemorySegment definition() {
    MethodHandle target;
    try {
      target =
          MethodHandles.lookup()
              .findStatic(
                  EmitFunction.class,
                  "emit",
                  java.lang.invoke.MethodType.methodType(
                      long.class, long.class, long.class, long.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("emit is missing", e);
    }
    Arena forever = Arena.global();
    MemorySegment code =
        Linker.nativeLinker()
            .upcallStub(
                target, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG), forever);
    MemorySegment definition = forever.allocate(32, 8);
    CMemory.fields(definition)
        .putLong(0, CMemory.string(forever, "emit"))
        .putLong(8, code.address())
        .putInt(16, METH_FASTCALL);
    return definition;
  }

  /// What Python calls; no exception may leave it.
  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // the shape is C's
  private static long emit(long self, long arguments, long count) {
    LibPython python = PythonProcess.current();
    @Nullable EmitFunction function = OPEN.get(python.longAsLong(self));
    if (function == null) {
      return python.no;
    }
    try {
      return function.emit(arguments);
    } catch (Throwable trouble) {
      function.broken = trouble;
      return python.no;
    }
  }

  private long emit(long arguments) {
    ByteBuffer array = CMemory.fields(arguments, 16);
    int kind = (int) python.longAsLong(array.getLong(0));
    long bytes = array.getLong(8);
    long size = python.bytesSize(bytes);
    long content = python.bytesAsString(bytes);
    if (kind == INPUT) {
      return line(receiver.prompt(part(content, size)));
    }
    long start = 0;
    boolean accepted;
    do {
      accepted = receiver.take(kind, part(content + start, Math.min(MAX_CHUNK, size - start)));
      start += MAX_CHUNK;
    } while (accepted && start < size);
    return accepted ? python.yes : python.no;
  }

  private static ByteBuffer part(long address, long size) {
    return MemorySegment.ofAddress(address).reinterpret(size).asByteBuffer().asReadOnlyBuffer();
  }

  private long line(Prompter.Reply reply) {
    return switch (reply) {
      case Prompter.Reply.Line(String text) -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
          long content = arena.allocateFrom(JAVA_BYTE, utf8).address();
          yield python.bytesFromStringAndSize(content, utf8.length);
        }
      }
      case Prompter.Reply.End() -> python.none;
      case Prompter.Reply.Interrupted() -> python.no;
    };
  }
}
