package org.pyparallel.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.pyparallel.merge.ClosedOutputException;

class OutputBufferTest {
  private static final int K = 1024;

  private final MemoryChannel stdout = new MemoryChannel();
  private long now;
  private final OutputBuffer out =
      new OutputBuffer(StreamDestination.standardOutput(stdout), () -> now);

  @Test
  void smallChunksAreGathered() throws ClosedOutputException {
    for (int i = 0; i < 100; i++) {
      out.write(ByteBuffer.allocate(K));
    }
    out.flush();

    assertThat(stdout.writes).containsExactly(64 * K, 36 * K);
  }

  @Test
  void aLargeDirectChunkIsWrittenAsItIs() throws ClosedOutputException {
    out.write(ByteBuffer.allocate(10));
    ByteBuffer large = ByteBuffer.allocateDirect(1000 * K);
    out.write(large);

    assertThat(stdout.writes).containsExactly(10, 1000 * K);
    assertThat(large.hasRemaining()).isFalse();
  }

  @Test
  void aLargeHeapChunkIsCutToTheBuffer() throws ClosedOutputException {
    out.write(ByteBuffer.allocate(10));
    out.write(ByteBuffer.allocate(100 * K));
    out.flush();

    assertThat(stdout.writes).containsExactly(64 * K, 36 * K + 10);
  }

  @Test
  void theEndOfAShardFlushesOnlyAfterAWhile() throws ClosedOutputException {
    out.write(ByteBuffer.allocate(1));
    now = OutputBuffer.PATIENCE_NANOS;
    out.endOfShard();
    assertThat(stdout.writes).isEmpty();

    now++;
    out.endOfShard();
    assertThat(stdout.writes).containsExactly(1);

    out.write(ByteBuffer.allocate(2));
    out.endOfShard();
    assertThat(stdout.writes).containsExactly(1);
  }

  @Test
  void anEmptyBufferIsNotWritten() throws ClosedOutputException {
    out.flush();

    assertThat(stdout.writes).isEmpty();
  }
}
