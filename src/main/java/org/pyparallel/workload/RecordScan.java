package org.pyparallel.workload;

import java.nio.ByteBuffer;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.RunPlan;

/// Finds record ends in a source that has to be walked over from its start, since what comes before
/// a byte decides what it means: a line feed may stand between quotes.
///
/// A scan keeps where it is and what it is in. It is given the source's bytes piece by piece, each
/// piece once, in order, from the first record on; between two pieces they may move to another
/// buffer, but the last [#kept] bytes of what it walked over always stand before the new ones.
/// Positions are indexes into the buffer, which must be searchable (see [RecordEnds#searchable])
/// and is left as it is.
///
/// Used by one thread at a time.
interface RecordScan {
  /// Instead of an index: there is none.
  int NONE = -1;

  /// How a source of this plan is scanned.
  ///
  /// @param source its name
  /// @param head what it begins with
  /// @throws org.pyparallel.job.PyParallelException.InputFailed if its header lacks the column that
  ///   the plan asks for
  static RecordScan of(RunPlan plan, String source, SourceHead head) {
    RecordScan scan = ofRecords(plan);
    return plan.formatOptions().groupBy().isPresent()
        ? new GroupScan(scan, RecordKey.of(plan, source, head))
        : scan;
  }

  private static RecordScan ofRecords(RunPlan plan) {
    FormatOptions options = plan.formatOptions();
    return switch (plan.format()) {
      case CSV, TSV -> new TableScan(options.delimiter());
      case JSON -> new JsonScan();
      case RECORDS ->
          options.start().isPresent()
              ? new StartScan(RecordStart.of(options.start().get()))
              : SeparatorScan.of(options.separator().orElseThrow());
      case LINES, JSONL, VALUES, TEXT, BYTES, FILES, NULL, ARGS, RANGE ->
          new EndsScan(RecordEnds.of(plan.format()));
    };
  }

  /// Walks on.
  ///
  /// @param from the first byte behind what was walked over before
  /// @param to behind the last byte that is there
  /// @param earliest what comes before is of no interest
  /// @param last whether the source ends at `to`
  /// @return the index behind the first record end that is at `earliest` or behind, and the scan is
  ///   there now: before `from` where it had to look ahead, but not before the last end it gave; or
  ///   [#NONE], having walked over everything
  int walk(ByteBuffer buffer, int from, int to, int earliest, boolean last);

  /// Goes back to the last end that was given, or to the start.
  void restart();

  /// How many records end at the last end that was given and since the one before, where no end
  /// between was passed over.
  default long records() {
    return 1;
  }

  /// How many of the bytes that it walked over it may want to see again.
  default int kept() {
    return 0;
  }

  /// The same for single records, where it looks for the ends of groups of them; it goes on at the
  /// last end that was given once it is told to go back there.
  default RecordScan single() {
    return this;
  }

  /// What a worker must know to read on from the last end that was given, see
  /// [org.pyparallel.job.Shard#preamble].
  default String preamble() {
    return "";
  }

  /// What is wrong if the source ends after what was walked over; empty if nothing is, or if
  /// whoever reads the last record sees it.
  default String unfinished() {
    return "";
  }
}
