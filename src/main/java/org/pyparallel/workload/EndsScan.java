package org.pyparallel.workload;

import java.nio.ByteBuffer;

/// Scans for record ends that could be told from anywhere.
record EndsScan(RecordEnds ends) implements RecordScan {
  @Override
  public int walk(ByteBuffer buffer, int from, int to, int earliest, boolean last) {
    int at = ends.nth(buffer, Math.max(from, earliest - 1), to, 1);
    return at < 0 ? NONE : at + 1;
  }

  @Override
  public void restart() {
    // There is nothing to go back on.
  }
}
