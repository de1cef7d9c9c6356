package org.pyparallel.workload;

import org.pyparallel.job.Format;

/// What the splitters know of a format.
///
/// @param ends where an input may be cut
/// @param numbered whether what ends there is one record for the script, and so can be counted. Not
///   so where the whole shard is the record: its number would say how the input was cut, and
///   nothing about the input
record Records(RecordEnds ends, boolean numbered) {
  static Records of(Format format) {
    boolean numbered =
        switch (format) {
          case LINES, JSONL, VALUES, JSON, CSV, TSV, RECORDS, NULL, FILES, ARGS, RANGE -> true;
          case TEXT, BYTES -> false;
        };
    return new Records(RecordEnds.of(format), numbered);
  }
}
