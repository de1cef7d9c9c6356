package org.pyparallel.job;

/// How results are written.
public enum OutputFormat {
  /// A `str` is a line, `bytes` are raw, any other value is one line of JSON.
  TEXT,
  /// Each result is one JSON value on a line of its own.
  JSONL,
  /// All results as one JSON array.
  JSON,
  /// The `pyparallel.run/1` document: results, shards, errors and statistics (`--json`).
  DOCUMENT;

  /// Whether the Python driver is to encode every result as JSON.
  public boolean wantsJsonValues() {
    return this != TEXT;
  }
}
