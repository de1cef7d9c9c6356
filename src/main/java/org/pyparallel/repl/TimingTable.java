package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Timings side by side.
final class TimingTable {
  private record Row(String name, @Nullable Timing timing, String remark) {}

  private final List<Row> rows = new ArrayList<>();

  void add(String name, Timing timing) {
    rows.add(new Row(name, timing, ""));
  }

  /// Something that could not be measured.
  void add(String name, String reason) {
    rows.add(new Row(name, null, reason));
  }

  String text(int columns) {
    double least = Double.POSITIVE_INFINITY;
    for (Row row : rows) {
      least = row.timing() == null ? least : Math.min(least, row.timing().best());
    }
    Columns table = new Columns().add("", "best", "mean", "runs", "");
    StringBuilder remarks = new StringBuilder();
    for (Row row : rows) {
      Timing timing = row.timing();
      if (timing == null) {
        remarks.append(row.name()).append(": ").append(row.remark()).append('\n');
      } else {
        table.add(
            row.name(),
            Figures.seconds(timing.best()),
            timing.average(),
            timing.counts(),
            timing.best() > least ? "x" + Figures.ratio(timing.best() / least) : "fastest");
      }
    }
    return (least < Double.POSITIVE_INFINITY ? table.text(columns) : "") + remarks;
  }
}
