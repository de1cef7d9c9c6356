package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockCutTest {
  private static final RecordEnds LINES = new RecordEnds.AtByte((byte) '\n');
  private static final long JUST_NOW = 0;
  private static final long TOO_LONG_AGO = BlockCut.FLUSH_AFTER.toNanos();

  @Test
  void blocksDoubleOnceEveryWorkerCouldHaveHadOne() {
    var cut = new BlockCut(LINES, BlockSizes.growing(2, 8, 3));
    Unread plenty = unread("1\n".repeat(50), JUST_NOW, false);

    assertThat(IntStream.range(0, 9).map(_ -> cut.next(plenty)))
        .containsExactly(2, 2, 2, 4, 4, 4, 8, 8, 8);
    assertThat(cut.readAhead()).isEqualTo(16);
  }

  @Test
  void blocksOfOneSizeStayAsTheyAre() {
    var cut = new BlockCut(LINES, BlockSizes.steady(4));
    Unread plenty = unread("1\n".repeat(50), JUST_NOW, true);

    assertThat(IntStream.range(0, 9).map(_ -> cut.next(plenty))).containsOnly(4);
  }

  @Test
  void whatIsLeftAtTheEndIsSharedOut() {
    var cut = new BlockCut(LINES, BlockSizes.growing(1000, 1000, 2));

    assertThat(cut.next(unread("1\n".repeat(32), JUST_NOW, true))).isEqualTo(8);
    // The share is fixed by what was left when the stream ended.
    assertThat(cut.next(unread("1\n".repeat(28), JUST_NOW, true))).isEqualTo(8);
    assertThat(cut.next(unread("1\n2", JUST_NOW, true))).isEqualTo(3);
    assertThat(cut.next(unread("", JUST_NOW, true))).isZero();
  }

  @Test
  void lessThanABlockIsHandedOutOnceItIsOld() {
    var cut = new BlockCut(LINES, BlockSizes.steady(100));

    assertThat(cut.next(unread("1\n2\n3", JUST_NOW, false))).isZero();
    assertThat(cut.next(unread("1\n2\n3", TOO_LONG_AGO, false))).isEqualTo(4);
    assertThat(cut.next(unread("3", TOO_LONG_AGO, false))).isZero();
  }

  @Test
  void theLastRecordNeedsNoEnd() {
    assertThat(new BlockCut(LINES, BlockSizes.steady(1)).next(unread("123", JUST_NOW, true)))
        .isEqualTo(3);
  }

  private static Unread unread(String text, long waited, boolean ended) {
    byte[] bytes = ("taken\n" + text).getBytes(UTF_8);
    int from = "taken\n".length();
    int whole = ended ? text.length() : text.lastIndexOf('\n') + 1;
    return new Unread(
        RecordEnds.searchable(ByteBuffer.wrap(bytes)),
        from,
        text.length(),
        whole,
        waited,
        ended,
        false);
  }
}
