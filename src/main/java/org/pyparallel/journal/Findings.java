package org.pyparallel.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.RunEvent;

/// What became of the shards that were looked for in a journal. Safe for use by several threads.
final class Findings {
  /// Why a shard was taken from the journal, or not.
  enum Kind {
    /// It was.
    TAKEN(""),
    /// No run has finished it.
    ABSENT("not in it"),
    /// Its bytes are other ones.
    CHANGED("changed since"),
    /// Records of it failed, and are to be tried again.
    REDONE("with records that had failed"),
    /// What was kept of it is no longer whole.
    DAMAGED("damaged in it");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private final Journaling journaling;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

  Findings(Journaling journaling) {
    this.journaling = journaling;
  }

  synchronized void add(Kind kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  /// What there is to say; empty where nothing was looked for.
  synchronized Optional<RunEvent.Notice> notice() {
    long total = 0;
    List<String> others = new ArrayList<>();
    for (Map.Entry<Kind, Long> count : counts.entrySet()) {
      total += count.getValue();
      if (count.getKey() != Kind.TAKEN) {
        others.add(count.getValue() + " " + count.getKey().words);
      }
    }
    if (total == 0) {
      return Optional.empty();
    }
    long taken = counts.getOrDefault(Kind.TAKEN, 0L);
    StringBuilder text = new StringBuilder("journal '").append(journaling.folder()).append("': ");
    text.append(taken).append(" of ").append(total).append(" shards taken from it");
    if (!others.isEmpty()) {
      text.append("; run again: ").append(String.join(", ", others));
    }
    return Optional.of(new RunEvent.Notice(text.toString(), false));
  }
}
