package org.pyparallel.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// The search eight bytes at a time finds what a search byte by byte finds.
class RecordEndsProperties {
  @Provide
  Arbitrary<byte[]> someBytes() {
    // Values that differ in one bit from a terminator, or follow one, are what such a search may
    // take for it.
    Arbitrary<Byte> close = Arbitraries.of((byte) 0, (byte) 1, (byte) 0x80, (byte) '\n', (byte) 11);
    return Arbitraries.oneOf(close, Arbitraries.bytes()).array(byte[].class).ofMaxSize(70);
  }

  @Provide
  Arbitrary<RecordEnds> ends() {
    return Arbitraries.of(
        new RecordEnds.AtByte((byte) '\n'),
        new RecordEnds.AtByte((byte) 0),
        new RecordEnds.AtByte((byte) 0xff),
        new RecordEnds.Anywhere());
  }

  @Property
  void findsEveryEnd(
      @ForAll("someBytes") byte[] bytes,
      @ForAll("ends") RecordEnds ends,
      @ForAll @IntRange(max = 20) int skipped,
      @ForAll @IntRange(min = 1, max = 80) int n,
      @ForAll boolean direct) {
    ByteBuffer buffer = direct ? directCopy(bytes) : RecordEnds.searchable(ByteBuffer.wrap(bytes));
    int from = Math.min(skipped, bytes.length);
    int to = bytes.length;

    int count = 0;
    int last = -1;
    int nth = -1;
    for (int i = from; i < to; i++) {
      if (isEnd(ends, bytes[i])) {
        last = i;
        nth = ++count == n ? i : nth;
      }
    }

    assertThat(ends.count(buffer, from, to)).isEqualTo(count);
    assertThat(ends.last(buffer, from, to)).isEqualTo(last);
    assertThat(ends.nth(buffer, from, to, n)).isEqualTo(count >= n ? nth : -1 - (n - count));
  }

  private static boolean isEnd(RecordEnds ends, byte value) {
    return switch (ends) {
      case RecordEnds.AtByte(byte terminator) -> value == terminator;
      case RecordEnds.Anywhere() -> true;
    };
  }

  private static ByteBuffer directCopy(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN).put(bytes).flip();
  }
}
