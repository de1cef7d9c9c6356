package org.pyparallel.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// Whoever takes a shard's output sees its bytes first, in a run with a journal.
interface LoadedContract extends Subject {
  @Test
  default void theBytesOfAFileAreSeenBeforeTheScriptRuns() throws IOException {
    Path file = Files.writeString(folder().resolve("loaded.txt"), "zero\né\ntwo\n");
    try (Session session = script("def process(line): return line").journaling().open()) {
      Seen seen = new Seen();
      session.run(new Shard(0, "f", 5, -1, new ShardData.FileRange(file, 5, 3)), seen);
      session.run(new Shard(1, "f", 8, -1, new ShardData.FileRange(file, 8, 4)), seen);

      assertThat(seen.text()).isEqualTo("é\n|é\ntwo\n|two\n");
    }
  }

  @Test
  default void theBytesOfAStreamAreSeenToo() {
    ByteBuffer buffer = ByteBuffer.wrap("not a\nb\nnot".getBytes(UTF_8), 4, 4);
    try (Session session = script("def process(line): return line * 2").journaling().open()) {
      Seen seen = new Seen();
      session.run(new Shard(0, "s", 0, 0, new ShardData.Bytes(buffer.asReadOnlyBuffer())), seen);

      assertThat(seen.text()).isEqualTo("a\nb\n|aa\nbb\n");
      assertThat(buffer.remaining()).isEqualTo(4);
    }
  }

  @Test
  default void ofARangeNothingIsSeen() {
    try (Session session =
        script("def process(n): return n").format(Format.RANGE).journaling().open()) {
      Seen seen = new Seen();
      session.run(new Shard(0, "<range>", 0, 0, new ShardData.Range(1, 2, 1)), seen);

      assertThat(seen.text()).isEqualTo("|1\n2\n");
    }
  }

  /// Keeps what it saw, and behind it what was written.
  final class Seen implements ShardOutput {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private boolean writing;

    @Override
    public void loaded(ByteBuffer bytes) {
      writing = false;
      keep(bytes.duplicate());
    }

    @Override
    public boolean write(ByteBuffer chunk) {
      if (!writing) {
        all.write('|');
      }
      writing = true;
      keep(chunk.duplicate());
      return true;
    }

    private void keep(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      all.writeBytes(copy);
    }

    String text() {
      return all.toString(UTF_8);
    }
  }
}
