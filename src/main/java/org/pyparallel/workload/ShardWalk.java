package org.pyparallel.workload;

import java.nio.ByteBuffer;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// Walks over a source that is scanned from its start, to where its next shard ends. Used by one
/// thread at a time.
final class ShardWalk {
  private final long most;
  private final boolean everyEnd;
  private RecordScan scan;
  private long walked;
  private long whole;
  private long ends;
  private long records;

  /// @param mark how many bytes of the first shard belong to no record
  ShardWalk(RunPlan plan, RecordScan scan, int mark) {
    this.scan = scan;
    this.most = plan.sharding() instanceof Sharding.Records(long count) ? count : Long.MAX_VALUE;
    this.everyEnd = counts(plan);
    this.walked = mark;
    this.whole = mark;
  }

  /// Whether the records of such a plan are counted while they are walked over.
  static boolean counts(RunPlan plan) {
    return plan.sharding() instanceof Sharding.Records
        || (plan.numbered() && Records.areNumbered(plan.format()));
  }

  /// Walks on.
  ///
  /// @param from the first byte that was not walked over
  /// @param to behind the last byte that is there
  /// @param block how many bytes the shard should have at least; not regarded where records are
  ///   counted off
  /// @param last whether the source ends at `to`
  /// @return the index behind the shard, or [RecordScan#NONE], having walked over everything
  int walk(ByteBuffer buffer, int from, int to, long block, boolean last) {
    long enough = most == Long.MAX_VALUE ? block : Long.MAX_VALUE;
    int at = from;
    while (true) {
      // May lie before what is new: a scan that looks ahead has not told all ends there.
      int missing = Math.clamp(enough - walked, -at, Integer.MAX_VALUE - at);
      int earliest = everyEnd ? 0 : at + missing;
      int end = scan.walk(buffer, at, to, earliest, last);
      if (end == RecordScan.NONE) {
        walked += to - at;
        return RecordScan.NONE;
      }
      pass(end - at);
      at = end;
      if (walked >= enough || ends == most) {
        return end;
      }
    }
  }

  /// Walks on over every whole record that is there.
  void walkAll(ByteBuffer buffer, int from, int to) {
    int at = from;
    int end = scan.walk(buffer, at, to, 0, false);
    while (end != RecordScan.NONE) {
      pass(end - at);
      at = end;
      end = scan.walk(buffer, at, to, 0, false);
    }
    walked += to - at;
  }

  private void pass(int bytes) {
    walked += bytes;
    whole = walked;
    ends++;
    records += scan.records();
  }

  /// How many bytes of the shard were walked over.
  long walked() {
    return walked;
  }

  /// How many of the bytes that were walked over must stay in front of the next ones.
  int kept() {
    return scan.kept();
  }

  /// Whether it came to a record end in this shard that it stopped at.
  boolean hasEnds() {
    return ends > 0;
  }

  /// Goes back to the last end that it stopped at, or to the start of the shard.
  ///
  /// @return how many bytes of the shard come before
  long retreat() {
    scan.restart();
    walked = whole;
    return whole;
  }

  /// Goes back likewise, and from now on looks for single records.
  void ungroup() {
    scan = scan.single();
    retreat();
  }

  /// How many records end in the shard, where they are counted.
  long records() {
    return records;
  }

  /// Begins the next shard.
  void advance() {
    walked = 0;
    whole = 0;
    ends = 0;
    records = 0;
  }

  /// See [RecordScan#preamble].
  String preamble() {
    return scan.preamble();
  }

  /// See [RecordScan#unfinished].
  String unfinished() {
    return scan.unfinished();
  }
}
