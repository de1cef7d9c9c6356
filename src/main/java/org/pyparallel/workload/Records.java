package org.pyparallel.workload;

import org.pyparallel.job.Format;

/// What the splitters know of a format whose records end at a certain byte or anywhere.
///
/// @param ends where an input may be cut
/// @param numbered whether what ends there is one record for the script, and so can be counted. Not
///   so where the whole shard is the record: its number would say how the input was cut, and
///   nothing about the input
record Records(RecordEnds ends, boolean numbered) {
  /// @param format one that needs no scan
  static Records of(Format format) {
    return new Records(RecordEnds.of(format), areNumbered(format));
  }

  /// See [#numbered].
  static boolean areNumbered(Format format) {
    return switch (format) {
      case LINES, JSONL, VALUES, JSON, CSV, TSV, RECORDS, NULL, FILES, ARGS, RANGE -> true;
      case TEXT, BYTES -> false;
    };
  }
}
