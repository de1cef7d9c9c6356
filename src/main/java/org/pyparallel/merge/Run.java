package org.pyparallel.merge;

import java.nio.channels.FileChannel;

/// Sorted results; what its bytes look like is told in `_sort.py`.
sealed interface Run {
  /// Whether keys and lines have their sizes before them; else there are lines of text alone.
  boolean framed();

  /// In memory, from `start` to `end`.
  record InMemory(boolean framed, WideBuffer memory, int start, int end) implements Run {}

  /// In a file of its own, from its first byte to its last.
  ///
  /// @param size the number of bytes
  /// @param level how often its results went through a file before
  record InFile(boolean framed, FileChannel file, long size, int level) implements Run {}
}
