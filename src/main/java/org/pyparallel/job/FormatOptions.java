package org.pyparallel.job;

import java.util.Optional;

/// What a [Format] leaves open. Bytes are written as characters of the same number (Latin-1).
///
/// @param delimiter what separates the fields of a row, one ASCII character; in formats without
///   rows, a blank stands for any run of blanks
/// @param header whether the first row of every source names the fields; tables only
/// @param separator the bytes that end a record, at least one; `RECORDS` only
/// @param start a regular expression that the first line of every record matches at its start, in
///   the part of the syntax that Java and Python share; `RECORDS` only, instead of a separator
/// @param groupBy the field whose equal values in consecutive records keep these in one shard: its
///   name, or its number from 1
/// @param width how many items make a record, at least 1; `ARGS` only
public record FormatOptions(
    char delimiter,
    boolean header,
    Optional<String> separator,
    Optional<String> start,
    Optional<String> groupBy,
    int width) {
  /// What holds where the user says nothing.
  public static FormatOptions of(Format format) {
    char delimiter =
        switch (format) {
          case CSV -> ',';
          case TSV -> '\t';
          default -> ' ';
        };
    return new FormatOptions(
        delimiter, true, Optional.empty(), Optional.empty(), Optional.empty(), 1);
  }
}
