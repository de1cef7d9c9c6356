package org.pyparallel.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LineFeedsProperties {
  @Property
  void findsTheFirstAndTheLastBetweenPositionAndLimit(
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @IntRange(max = 40) int from,
      @ForAll @IntRange(max = 40) int to,
      @ForAll @IntRange(max = 60) int lineFeed) {
    if (lineFeed < bytes.length) {
      bytes[lineFeed] = '\n';
    }
    int limit = Math.min(bytes.length, Math.max(from, to));
    int position = Math.min(limit, Math.min(from, to));
    int first = -1;
    int last = -1;
    for (int i = position; i < limit; i++) {
      if (bytes[i] == '\n') {
        first = first < 0 ? i : first;
        last = i;
      }
    }

    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(position).limit(limit);

    assertThat(LineFeeds.first(buffer)).isEqualTo(first);
    assertThat(LineFeeds.last(buffer)).isEqualTo(last);
  }

  @Property
  void bytesThatResembleALineFeedAreNone(@ForAll @Size(max = 24) byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (bytes[i] % 2 == 0 ? 0x0b : 0x8a);
    }

    assertThat(LineFeeds.first(ByteBuffer.wrap(bytes))).isEqualTo(-1);
  }
}
