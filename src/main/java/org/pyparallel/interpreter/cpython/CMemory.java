package org.pyparallel.interpreter.cpython;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// C strings, and fields of C structs by their offset.
///
/// Through byte buffers: the first use of a segment's own `get` and `set`, and of each further kind
/// of value, costs a start milliseconds, in which code for it is made.
final class CMemory {
  private CMemory() {}

  /// The address of a copy of a text, in UTF-8 and with a zero behind it.
  static long string(Arena arena, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return arena.allocateFrom(JAVA_BYTE, Arrays.copyOf(utf8, utf8.length + 1)).address();
  }

  /// The fields of a struct, valid as long as the segment is.
  static ByteBuffer fields(MemorySegment struct) {
    return struct.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /// The fields of a struct of `size` bytes at an address, valid as long as C keeps it.
  static ByteBuffer fields(long address, long size) {
    return fields(MemorySegment.ofAddress(address).reinterpret(size));
  }
}
