package org.pyparallel.job;

import java.util.Locale;

/// How results are written.
public enum OutputFormat {
  /// A `str` is a line, `bytes` are raw, any other value is one line of JSON.
  TEXT,
  /// Each result is one JSON value on a line of its own.
  JSONL,
  /// All results as one JSON array.
  JSON,
  /// Each result is one row of fields; the names of the first one are the header.
  CSV,
  /// [#CSV] with tabs.
  TSV,
  /// The `pyparallel.run/1` document: results, shards, errors and statistics (`--json`).
  DOCUMENT;

  /// The name users type after `--output-format`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether the Python driver is to encode every result as JSON.
  public boolean wantsJsonValues() {
    return this != TEXT && !isTable();
  }

  /// Whether results are rows of fields.
  public boolean isTable() {
    return this == CSV || this == TSV;
  }
}
