package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Calls C functions of up to four `long`s that return one, which serves nearly all of them.
///
/// There is one shape, of four, whatever a function takes: making a shape costs 5 to 8 ms of each
/// start. Arguments too many do no harm on any platform there is a bundled library for: the first
/// four, and more, go in registers which the function does not look at, and the caller cleans up.
/// So does the upper half of the result where the function returns an `int`, or all of it where it
/// returns nothing: it is the caller's to ignore.
final class Downcall {
  private static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

  private Downcall() {}

  static long call(MemorySegment function) {
    return call(function, 0, 0, 0, 0);
  }

  static long call(MemorySegment function, long a) {
    return call(function, a, 0, 0, 0);
  }

  static long call(MemorySegment function, long a, long b) {
    return call(function, a, b, 0, 0);
  }

  static long call(MemorySegment function, long a, long b, long c) {
    return call(function, a, b, c, 0);
  }

  static long call(MemorySegment function, long a, long b, long c, long d) {
    try {
      return (long) CALL.invokeExact(function, a, b, c, d);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static AssertionError unexpected(Throwable e) {
    return new AssertionError("a foreign call cannot throw", e);
  }
}
