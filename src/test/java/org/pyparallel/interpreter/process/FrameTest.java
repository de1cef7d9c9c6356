package org.pyparallel.interpreter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

final class FrameTest {
  @Test
  void writesWhatItReads() throws IOException {
    var out = new ByteArrayOutputStream();
    byte[] large = new byte[600_000];
    large[599_999] = 7;
    try (FrameWriter writer = new FrameWriter(out)) {
      writer.write(Frames.ANSWER, "é");
      writer.write(Frames.WANTED);
      writer.write(Frames.RESULTS, ByteBuffer.wrap(large).asReadOnlyBuffer());
    }
    FrameReader reader = reader(out.toByteArray());

    assertThat(reader.next()).isEqualTo(Frames.ANSWER);
    assertThat(reader.text()).isEqualTo("é");
    assertThat(reader.next()).isEqualTo(Frames.WANTED);
    assertThat(reader.all().hasRemaining()).isFalse();
    assertThat(reader.next()).isEqualTo(Frames.RESULTS);
    var pieces = new ByteArrayOutputStream();
    int count = 0;
    for (ByteBuffer piece = reader.piece(); piece.hasRemaining(); piece = reader.piece()) {
      pieces.write(piece.array(), piece.position(), piece.remaining());
      count++;
    }
    assertThat(pieces.toByteArray()).isEqualTo(large);
    assertThat(count).isGreaterThan(1);
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader::next);
    assertThat(reader.lastWords()).isEmpty();
  }

  @Test
  void doesNotTouchThePositionOfWhatItWrites() throws IOException {
    var out = new ByteArrayOutputStream();
    ByteBuffer middle = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);
    try (FrameWriter writer = new FrameWriter(out)) {
      writer.write(Frames.DATA, middle);
    }
    assertThat(out.toByteArray()).containsExactly(Frames.DATA, 0, 0, 0, 0, 0, 0, 0, 2, 2, 3);
    assertThat(middle.position()).isEqualTo(1);
  }

  @Test
  void tellsAGreetingFromWhatComesBeforeIt() throws IOException {
    assertThat(reader(text("hello\n\0pyparallel worker 1\nrest")).greeting()).isEqualTo("hello\n");
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader(text("a\nb"))::greeting);
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader(new byte[3 << 20])::greeting);
  }

  @Test
  void takesAFrameThatIsCutShortForTheEnd() throws IOException {
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader(new byte[] {1, 0, 0})::next);
    FrameReader reader = reader(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 5, 'a'});
    assertThat(reader.next()).isEqualTo(Frames.RESULTS);
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader::piece);
  }

  @Test
  void refusesWhatIsNoFrame() {
    for (byte[] bytes :
        new byte[][] {
          {0, 0, 0, 0, 0, 0, 0, 0, 0},
          {11, 0, 0, 0, 0, 0, 0, 0, 0},
          {-1, 0, 0, 0, 0, 0, 0, 0, 0},
          {1, -1, 0, 0, 0, 0, 0, 0, 0}
        }) {
      assertThatExceptionOfType(RuntimeFailed.class)
          .isThrownBy(reader(bytes)::next)
          .withMessageContaining("protocol");
    }
    assertThatExceptionOfType(RuntimeFailed.class)
        .isThrownBy(
            () -> {
              FrameReader reader = reader(new byte[] {6, 127, 0, 0, 0, 0, 0, 0, 0});
              reader.next();
              reader.text();
            });
  }

  @Test
  void keepsTheReportOfACrash() {
    FrameReader reader = reader(text("Fatal Python error: Aborted\n\n"));
    assertThatExceptionOfType(EOFException.class).isThrownBy(reader::next);
    assertThat(reader.lastWords()).isEqualTo("Fatal Python error: Aborted\n\n");
  }

  private static FrameReader reader(byte[] bytes) {
    return new FrameReader(new ByteArrayInputStream(bytes));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
