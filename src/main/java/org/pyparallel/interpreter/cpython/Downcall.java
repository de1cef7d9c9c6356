package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/// Calls C functions of zero to four `long`s that return one: shapes that serve nearly all of them.
final class Downcall {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle CALL_0 = shape(0);
  private static final MethodHandle CALL_1 = shape(1);
  private static final MethodHandle CALL_2 = shape(2);
  private static final MethodHandle CALL_3 = shape(3);
  private static final MethodHandle CALL_4 = shape(4);

  private Downcall() {}

  private static MethodHandle shape(int arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments];
    Arrays.fill(layouts, JAVA_LONG);
    return LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, layouts));
  }

  static long call(MemorySegment function) {
    try {
      return (long) CALL_0.invokeExact(function);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long call(MemorySegment function, long a) {
    try {
      return (long) CALL_1.invokeExact(function, a);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long call(MemorySegment function, long a, long b) {
    try {
      return (long) CALL_2.invokeExact(function, a, b);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long call(MemorySegment function, long a, long b, long c) {
    try {
      return (long) CALL_3.invokeExact(function, a, b, c);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long call(MemorySegment function, long a, long b, long c, long d) {
    try {
      return (long) CALL_4.invokeExact(function, a, b, c, d);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static AssertionError unexpected(Throwable e) {
    return new AssertionError("a foreign call cannot throw", e);
  }
}
