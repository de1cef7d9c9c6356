package org.pyparallel.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What earlier runs left in a folder. Does not change.
final class Found {
  private final boolean there;
  private final List<String> changed;
  private final List<JournalFolder.Pair> stale = new ArrayList<>();
  private final Map<JournalFolder.Pair, Index.Contents> ours = new HashMap<>();
  private final Map<ShardKey, Index.Place> places = new HashMap<>();
  private final @Nullable Header header;
  private long next;

  private Found(@Nullable Header header, List<String> changed) {
    this.header = header;
    this.there = header != null;
    this.changed = changed;
  }

  /// Looks into a folder.
  ///
  /// @param key of the run that is about to begin
  static Found in(JournalFolder folder, Optional<Header> header, RunKey key) throws IOException {
    Found found =
        new Found(
            header.orElse(null), header.map(there -> key.changed(there.key())).orElse(List.of()));
    String run = key.id();
    for (JournalFolder.Pair pair : folder.pairs()) {
      found.add(pair, Index.read(pair, run));
    }
    return found;
  }

  private void add(JournalFolder.Pair pair, Index.Contents contents) {
    next = Math.max(next, pair.number() + 1);
    switch (contents.kind()) {
      case OURS -> {
        ours.put(pair, contents);
        for (int i = 0; i < contents.keys().size(); i++) {
          places.put(contents.keys().get(i), contents.places().get(i)); // what is later counts
        }
      }
      case STALE -> stale.add(pair);
      case FOREIGN -> {}
    }
  }

  /// Whether there was a journal.
  boolean wasThere() {
    return there;
  }

  /// What makes that it is of no use; empty where nothing does.
  List<String> changed() {
    return changed;
  }

  /// Whether no shard can be taken from it.
  boolean isEmpty() {
    return places.isEmpty();
  }

  Index.@Nullable Place place(ShardKey key) {
    return places.get(key);
  }

  /// The header there is, or null.
  @Nullable Header header() {
    return header;
  }

  /// Files of other runs.
  List<JournalFolder.Pair> stale() {
    return stale;
  }

  /// Files that are made use of.
  Map<JournalFolder.Pair, Index.Contents> ours() {
    return ours;
  }

  /// The first number that no file has.
  long next() {
    return next;
  }
}
