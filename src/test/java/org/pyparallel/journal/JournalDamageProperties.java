package org.pyparallel.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.pyparallel.job.PyParallelException;

/// Whatever happens to the files of a journal, no shard comes out of it that is not what went in.
class JournalDamageProperties {
  private static final int SHARDS = 9;

  private static Path folder = Path.of("");
  private static Map<String, byte[]> files = Map.of();

  @BeforeContainer
  static void writeJournal() throws IOException {
    folder = Files.createTempDirectory("journal");
    try (Journal journal = Runs.open(folder, false)) {
      // Two at a time, so that there are two pairs of files.
      for (int i = 0; i < SHARDS; i += 2) {
        Recording large = journal.record(Runs.shard(100 + i));
        large.output(Runs.bytes("x".repeat(200_000)));
        Runs.run(journal, i);
        large.end(new org.pyparallel.job.ShardResult.Interrupted());
        Runs.run(journal, i + 1);
      }
    }
    files = new TreeMap<>();
    try (var list = Files.list(Runs.journal(folder))) {
      for (Path file : (Iterable<Path>) list::iterator) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    assertThat(files).hasSize(2 + 2 * 2);
  }

  @AfterContainer
  static void delete() throws IOException {
    Runs.delete(folder);
  }

  private static void restore() throws IOException {
    Runs.delete(Runs.journal(folder));
    Files.createDirectory(Runs.journal(folder));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(Runs.journal(folder).resolve(file.getKey()), file.getValue());
    }
  }

  /// Resumes twice: the second run finds what the first one has mended.
  private static int checkResumed() throws IOException {
    int taken = 0;
    try (Journal journal = Runs.open(folder, true)) {
      for (int i = 0; i < SHARDS; i++) {
        String replayed = Runs.replayed(journal, i);
        if (replayed == null) {
          Runs.run(journal, i);
        } else {
          assertThat(replayed).isEqualTo(Runs.expected(i));
          taken++;
        }
      }
    }
    try (Journal journal = Runs.open(folder, true)) {
      for (int i = 0; i < SHARDS; i++) {
        assertThat(Runs.replayed(journal, i)).isEqualTo(Runs.expected(i));
      }
    }
    return taken;
  }

  private static String file(int number) {
    return files.keySet().stream().filter(name -> name.startsWith("shards")).toList().get(number);
  }

  @Property(tries = 400)
  void aFileMayBeCutAnywhere(
      @ForAll @IntRange(max = 3) int number, @ForAll @IntRange(max = 10_000) int where)
      throws IOException {
    restore();
    byte[] whole = files.get(file(number));
    int length = where % (whole.length + 1);
    Files.write(Runs.journal(folder).resolve(file(number)), Arrays.copyOf(whole, length));

    int taken = checkResumed();

    assertThat(length < whole.length || taken == SHARDS).isTrue();
  }

  @Property(tries = 400)
  void aBitMayFlipAnywhere(
      @ForAll @IntRange(max = 3) int number,
      @ForAll @IntRange(max = 10_000) int where,
      @ForAll @IntRange(max = 7) int bit)
      throws IOException {
    restore();
    byte[] bytes = files.get(file(number)).clone();
    bytes[where % bytes.length] ^= (byte) (1 << bit);
    Files.write(Runs.journal(folder).resolve(file(number)), bytes);

    checkResumed();
  }

  @Property(tries = 100)
  void aFileMayEndInZeros(
      @ForAll @IntRange(max = 3) int number,
      @ForAll @IntRange(max = 10_000) int where,
      @ForAll @IntRange(max = 200) int more)
      throws IOException {
    restore();
    byte[] whole = files.get(file(number));
    int length = where % (whole.length + 1);
    byte[] cut = Arrays.copyOf(Arrays.copyOf(whole, length), length + more);
    Files.write(Runs.journal(folder).resolve(file(number)), cut);

    checkResumed();
  }

  @Property(tries = 100)
  void aDamagedHeaderIsSaid(
      @ForAll @IntRange(max = 5_000) int where, @ForAll @IntRange(max = 7) int bit)
      throws IOException {
    restore();
    byte[] bytes = files.get(Header.FILE).clone();
    bytes[where % bytes.length] ^= (byte) (1 << bit);
    Files.write(Runs.journal(folder).resolve(Header.FILE), bytes);

    try (Journal journal = Runs.open(folder, true)) {
      throw new AssertionError("opened " + journal);
    } catch (PyParallelException.Usage e) {
      assertThat(e)
          .hasMessageStartingWith("cannot use '" + Runs.journal(folder) + "' as a journal");
    }
  }

  @Property(tries = 60)
  void aFileMayBeMissing(@ForAll @IntRange(max = 3) int number) throws IOException {
    restore();
    Files.delete(Runs.journal(folder).resolve(file(number)));

    checkResumed();
  }
}
