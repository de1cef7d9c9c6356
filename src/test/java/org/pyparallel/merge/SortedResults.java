package org.pyparallel.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.pyparallel.job.Merging;

/// Random results of shards, the runs a shard makes of them, and their order, plainly computed.
///
/// @param shards for each shard its runs, each sorted
record SortedResults(Merging.Sort sort, List<List<List<Entry>>> shards) {
  private static final Comparator<Entry> BY_KEY =
      (a, b) -> Arrays.compareUnsigned(a.key.getBytes(UTF_8), b.key.getBytes(UTF_8));
  private static final Comparator<Entry> BY_LINE =
      (a, b) -> Arrays.compareUnsigned(a.line.getBytes(UTF_8), b.line.getBytes(UTF_8));

  /// A result.
  ///
  /// @param key its kind and what follows
  record Entry(String key, String line) {
    static Entry text(String line) {
      return new Entry("\6" + line, line);
    }

    boolean isPlain() {
      return key.equals("\6" + line) && line.indexOf('\n') < 0;
    }
  }

  static Merging.Sort sort(boolean descending, boolean distinct) {
    return new Merging.Sort(Optional.empty(), descending, distinct);
  }

  static SortedResults random(Random random, boolean descending, boolean distinct) {
    Merging.Sort sort = sort(descending, distinct);
    List<List<List<Entry>>> shards = new ArrayList<>();
    int count = random.nextInt(30);
    for (int shard = 0; shard < count; shard++) {
      List<List<Entry>> runs = new ArrayList<>();
      for (int run = random.nextInt(3); run > 0; run--) {
        runs.add(run(random, sort, shard));
      }
      shards.add(runs);
    }
    return new SortedResults(sort, shards);
  }

  private static List<Entry> run(Random random, Merging.Sort sort, int shard) {
    boolean plain = random.nextBoolean();
    List<Entry> entries = new ArrayList<>();
    for (int i = 1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 12); i > 0; i--) {
      String text = text(random);
      entries.add(
          plain
              ? Entry.text(text)
              : switch (random.nextInt(3)) {
                case 0 -> Entry.text(text + "\n" + text);
                case 1 -> new Entry("\5" + random.nextInt(4), shard + " " + text);
                default -> new Entry("\6" + text, text + " of " + random.nextInt(2));
              });
    }
    return sorted(sort, entries);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(3) == 0) {
      text.append("a common beginning ");
    }
    if (random.nextInt(100) == 0) {
      text.append("long".repeat(2_000));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append("ab\0é\t".charAt(random.nextInt(5)));
    }
    return text.toString();
  }

  private static List<Entry> sorted(Merging.Sort sort, List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(sort.distinct() ? new LinkedHashSet<>(entries) : entries);
    Comparator<Entry> order = sort.distinct() ? BY_KEY.thenComparing(BY_LINE) : BY_KEY;
    sorted.sort(sort.descending() ? order.reversed() : order);
    return sorted;
  }

  /// All lines in their order.
  String lines() {
    List<Entry> all = new ArrayList<>();
    shards.forEach(runs -> runs.forEach(all::addAll));
    StringBuilder lines = new StringBuilder();
    sorted(sort, all).forEach(entry -> lines.append(entry.line).append('\n'));
    return lines.toString();
  }

  /// What the shards send.
  List<byte[]> sent() {
    List<byte[]> sent = new ArrayList<>();
    for (List<List<Entry>> runs : shards) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      runs.forEach(run -> bytes.writeBytes(encoded(run)));
      sent.add(bytes.toByteArray());
    }
    return sent;
  }

  static byte[] encoded(List<Entry> run) {
    boolean plain = run.stream().allMatch(Entry::isPlain);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Entry entry : run) {
      byte[] line = entry.line.getBytes(UTF_8);
      byte[] key = entry.key.getBytes(UTF_8);
      if (plain) {
        body.writeBytes(line);
        body.write('\n');
      } else if (entry.key.equals("\6" + entry.line)) {
        body.writeBytes(sizes(-1, line.length));
        body.writeBytes(line);
      } else {
        body.writeBytes(sizes(key.length, line.length));
        body.writeBytes(key);
        body.writeBytes(line);
      }
    }
    ByteBuffer run9 = ByteBuffer.allocate(9 + body.size());
    run9.put((byte) (plain ? 'P' : 'F')).putLong(body.size()).put(body.toByteArray());
    return run9.array();
  }

  private static byte[] sizes(int key, int line) {
    return ByteBuffer.allocate(8).putInt(key).putInt(line).array();
  }

  @Override
  public String toString() {
    return sort + " of " + shards.size() + " shards";
  }
}
