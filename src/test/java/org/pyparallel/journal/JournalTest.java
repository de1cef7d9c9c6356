package org.pyparallel.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Sharding;

@Timeout(60)
class JournalTest {
  private final Path folder;

  JournalTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void write(int from, int to, boolean resume) throws IOException {
    try (Journal journal = Runs.open(folder, resume)) {
      for (int i = from; i < to; i++) {
        Runs.run(journal, i);
      }
    }
  }

  @Test
  void whatIsTakenDownComesBack() throws IOException {
    write(0, 8, false);

    try (Journal journal = Runs.open(folder, true)) {
      for (int i = 0; i < 8; i++) {
        assertThat(Runs.replayed(journal, i)).isEqualTo(Runs.expected(i));
      }
      assertThat(Runs.replayed(journal, 8)).isNull();
      assertThat(journal.closing().orElseThrow().text())
          .endsWith("8 of 9 shards taken from it; run again: 1 not in it");
    }
  }

  @Test
  void largeOutputIsWrittenAsItComes() throws IOException {
    String much = "0123456789".repeat(100_000);
    try (Journal journal = Runs.open(folder, false)) {
      Recording recording = Objects.requireNonNull(journal.record(Runs.shard(0)));
      recording.output(Runs.bytes("before"));
      recording.output(Runs.bytes(much));
      recording.output(Runs.bytes("behind"));
      assertThat(Files.size(Runs.journal(folder).resolve("shards-0.data"))).isGreaterThan(900_000);
      recording.end(Runs.result(0));
    }
    try (Journal journal = Runs.open(folder, true)) {
      assertThat(Runs.replayed(journal, 0)).startsWith("before" + much + "behind|");
    }
  }

  @Test
  void whatAFailedAttemptGaveIsForgotten() throws IOException {
    String much = "x".repeat(300_000);
    try (Journal journal = Runs.open(folder, false)) {
      Recording recording = Objects.requireNonNull(journal.record(Runs.shard(1)));
      recording.output(Runs.bytes(much));
      recording.restart();
      recording.output(Runs.bytes("second"));
      recording.end(Runs.result(0));
      Recording failed = Objects.requireNonNull(journal.record(Runs.shard(2)));
      failed.output(Runs.bytes(much));
      failed.end(new ShardResult.Failed(1, 0, java.util.List.of()));
      Runs.run(journal, 3);
    }
    try (Journal journal = Runs.open(folder, true)) {
      assertThat(Runs.replayed(journal, 1)).startsWith("second|");
      assertThat(Runs.replayed(journal, 2)).isNull();
      assertThat(Runs.replayed(journal, 3)).isEqualTo(Runs.expected(3));
    }
  }

  @Test
  void twoRunsCannotUseOneJournal() throws IOException {
    write(0, 2, false);
    try (Journal first = Runs.open(folder, true)) {
      assertThatThrownBy(() -> Runs.open(folder, true))
          .isInstanceOf(PyParallelException.Usage.class)
          .hasMessageContaining("another run is using it");
      assertThat(Runs.replayed(first, 0)).isNotNull();
    }
    try (Journal second = Runs.open(folder, true)) {
      assertThat(Runs.replayed(second, 1)).isNotNull();
    }
  }

  @Test
  void aRunThatDidNothingLeavesNoJournal() throws IOException {
    Runs.open(folder, false).close();
    write(0, 1, false);
    Runs.open(folder, true).close();

    try (Journal journal = Runs.open(folder, true)) {
      assertThat(Runs.replayed(journal, 0)).isEqualTo(Runs.expected(0));
    }
  }

  @Test
  void aFolderOfOtherFilesIsRefusedAndLeftAlone() throws IOException {
    Path foreign = Files.createDirectory(Runs.journal(folder)).resolve("thesis.tex");
    Files.writeString(foreign, "precious");

    assertThatThrownBy(() -> Runs.open(folder, true))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining("there are other files in it, such as 'thesis.tex'");
    assertThat(foreign).hasContent("precious");
    assertThat(Runs.journal(folder)).isDirectoryNotContaining("glob:**lock");
  }

  @Test
  void otherFilesBesideAJournalAreLeftAlone() throws IOException {
    write(0, 2, false);
    Path note = Runs.journal(folder).resolve("note.txt");
    Path alike = Runs.journal(folder).resolve("shards-77.index");
    Files.writeString(note, "precious");
    Files.writeString(
        alike, "not what it looks like, and long enough to be one of ours ".repeat(9));
    Files.writeString(folder.resolve("script.py"), "def process(x): ...");

    write(0, 2, true);

    assertThat(note).hasContent("precious");
    assertThat(alike).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyparallel journal 2\n", "pyparallel journal 17\nwhat will be\n"})
  void aJournalOfAnotherVersionIsRefusedAndLeftAlone(String header) throws IOException {
    write(0, 2, false);
    Files.writeString(Runs.journal(folder).resolve("journal"), header);

    assertThatThrownBy(() -> Runs.open(folder, true))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining("another version of pyparallel wrote it");
    assertThat(Runs.journal(folder).resolve("journal")).hasContent(header);
    assertThat(Runs.journal(folder).resolve("shards-0.index")).exists();
  }

  @Test
  void aFileThatIsNoHeaderIsRefused() throws IOException {
    Files.createDirectory(Runs.journal(folder));
    Files.writeString(Runs.journal(folder).resolve("journal"), "dear diary");

    assertThatThrownBy(() -> Runs.open(folder, true))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining("none of pyparallel's");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Files.writeString(Runs.journal(folder), "");

    assertThatThrownBy(() -> Runs.open(folder, false))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining("it is a file, not a folder");
  }

  @Test
  void anotherScriptsShardsAreDroppedOnlyWhenTheFirstIsDone() throws IOException {
    write(0, 4, false);
    Files.writeString(folder.resolve("script.py"), "changed");
    try (Journal journal = Runs.open(folder, true)) {
      assertThat(journal.opening().orElseThrow().text()).endsWith("changed: the script");
      Recording recording = Objects.requireNonNull(journal.record(Runs.shard(0)));
      recording.output(Runs.bytes("new"));
      assertThat(Runs.journal(folder).resolve("shards-0.index")).exists();
      recording.end(Runs.result(0));
      assertThat(Runs.journal(folder).resolve("shards-0.index")).doesNotExist();
    }
    try (Journal journal = Runs.open(folder, true)) {
      assertThat(Runs.replayed(journal, 0)).startsWith("new|");
      assertThat(Runs.replayed(journal, 1)).isNull();
    }
  }

  @Test
  void theSizeOfTheBlocksIsKept() throws IOException {
    write(0, 1, false);
    Sharding grown = new Sharding.Block(64 * 64);
    Sharding huge = new Sharding.Block(64 * 64 + 64);

    try (Journal journal = Journal.open(Runs.plan(folder, true), "Python 3", grown)) {
      assertThat(journal.cut()).isEqualTo(Runs.CUT);
    }
    try (Journal journal = Journal.open(Runs.plan(folder, true), "Python 3", huge)) {
      assertThat(journal.cut()).isEqualTo(huge);
      assertThat(journal.opening()).isEmpty();
    }
  }

  @Test
  void anotherPythonIsSaid() throws IOException {
    write(0, 1, false);

    try (Journal journal = Journal.open(Runs.plan(folder, true), "Python 4", Runs.CUT)) {
      assertThat(journal.opening().orElseThrow().text()).endsWith("changed: Python");
    }
  }

  @Test
  void aModuleBesideTheScriptIsPartOfIt() throws IOException {
    Files.writeString(folder.resolve("script.py"), "import helper\nfrom pack.one import two\n");
    Files.writeString(folder.resolve("helper.py"), "import os, deep as d\n");
    Files.writeString(folder.resolve("deep.py"), "x = 1\n");
    Files.createDirectory(folder.resolve("pack"));
    Files.writeString(folder.resolve("pack/one.py"), "from .three import four\n");
    Files.writeString(folder.resolve("pack/three.py"), "four = 4\n");
    write(0, 1, false);
    for (String file : new String[] {"deep.py", "pack/three.py", "helper.py"}) {
      String before = Files.readString(folder.resolve(file));
      Files.writeString(folder.resolve(file), before + "# changed\n");
      try (Journal journal = Runs.open(folder, true)) {
        assertThat(journal.opening().orElseThrow().text())
            .describedAs(file)
            .endsWith("changed: a module beside the script");
      }
      Files.writeString(folder.resolve(file), before);
    }
    Files.writeString(folder.resolve("unused.py"), "");
    try (Journal journal = Runs.open(folder, true)) {
      assertThat(journal.opening()).isEmpty();
    }
  }

  @Test
  void aFileWrittenToBehindItsTimeIsCompared() throws IOException {
    Path input = Files.writeString(folder.resolve("input"), "abcdef");
    Shard shard = new Shard(0, "input", 0, 0, new ShardData.FileRange(input, 0, Files.size(input)));
    try (Journal journal = Runs.open(folder, false)) {
      Recording recording = Objects.requireNonNull(journal.record(shard));
      recording.loaded(Runs.bytes("abc"));
      recording.loaded(Runs.bytes("def"));
      recording.end(Runs.result(0));
    }
    var time = Files.getLastModifiedTime(input);
    try (Journal journal = Runs.open(folder, true)) {
      assertThat(journal.find(shard)).isNotNull();
    }
    Files.writeString(input, "abcdeF");
    Files.setLastModifiedTime(input, time);
    try (Journal journal = Runs.open(folder, true)) {
      assertThat(journal.find(shard)).isNull();
    }
  }

  /// A disk on which only so many bytes have room.
  private static AppendFile.Maker disk(AtomicLong room) {
    return path -> {
      AppendFile file = AppendFile.make(path);
      return new AppendFile() {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
          int fits = (int) Math.min(room.get(), bytes.remaining());
          room.addAndGet(-fits);
          boolean full = fits < bytes.remaining();
          file.write(bytes.slice(bytes.position(), fits));
          bytes.position(bytes.position() + fits);
          if (full) {
            throw new IOException("No space left on device");
          }
        }

        @Override
        public void truncate(long size) throws IOException {
          file.truncate(size);
        }

        @Override
        public void force() throws IOException {
          file.force();
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    };
  }

  @Test
  void aFullDiskIsSaidAndLosesNothing() throws IOException {
    for (int room = 0; room < 4_000; room += 13) {
      Runs.delete(Runs.journal(folder));
      int done = 0;
      try (Journal journal =
          Journal.open(
              Runs.plan(folder, false), "Python 3", Runs.CUT, disk(new AtomicLong(room)))) {
        while (done < 6) {
          Runs.run(journal, done);
          done++;
        }
      } catch (PyParallelException.OutputFailed e) {
        assertThat(e)
            .hasMessage(
                "cannot write journal '"
                    + Runs.journal(folder)
                    + "': No space left on device; what it holds is intact: make room, then run"
                    + " the same command with --resume");
      }
      try (Journal journal = Runs.open(folder, true)) {
        for (int i = 0; i < 6; i++) {
          assertThat(Runs.replayed(journal, i)).isEqualTo(i < done ? Runs.expected(i) : null);
        }
        Runs.run(journal, done);
        assertThat(done).isLessThanOrEqualTo(6);
      }
      try (Journal journal = Runs.open(folder, true)) {
        assertThat(Runs.replayed(journal, done)).isEqualTo(Runs.expected(done));
      }
    }
  }
}
