package org.pyparallel.cli;

import org.pyparallel.interpreter.Availability;

/// Shows a [DoctorReport] to people.
final class DoctorTable {
  private static final int LABEL_WIDTH = 12;
  private static final long GIB_TENTHS = (1L << 30) / 10;

  private final StringBuilder text = new StringBuilder();

  private DoctorTable() {}

  static String of(DoctorReport report) {
    DoctorTable table = new DoctorTable();
    table.row("pyparallel", report.version());
    table.row("home", report.home().isEmpty() ? "unknown: " + Runtimes.REMEDY : report.home());
    table.row("java", report.java().describe());
    table.row("cores", Integer.toString(report.cores()));
    table.row("memory", gibibytes(report.memoryBytes()));
    table.row("python", report.python());
    for (DoctorReport.RuntimeState state : report.runtimes()) {
      table.text.append('\n');
      table.runtime(state);
    }
    return table.text.toString();
  }

  private void runtime(DoctorReport.RuntimeState state) {
    switch (state.availability()) {
      case Availability.Available(String version, String detail, String advice) -> {
        row(state.name().label(), "available");
        row("  version", version);
        row("  detail", detail);
        row("  build", state.build());
        row("  advice", advice);
      }
      case Availability.Missing(String reason, String remedy) -> {
        row(state.name().label(), "not available");
        row("  reason", reason);
        row("  remedy", remedy);
      }
    }
  }

  private void row(String label, String value) {
    if (!value.isEmpty()) {
      text.append(label).repeat(' ', LABEL_WIDTH - label.length()).append(value).append('\n');
    }
  }

  private static String gibibytes(long bytes) {
    long tenths = bytes / GIB_TENTHS;
    return bytes == 0 ? "unknown" : tenths / 10 + "." + tenths % 10 + " GiB";
  }
}
