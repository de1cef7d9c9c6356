package org.pyparallel.cli;

import java.util.Optional;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;

/// What a record is to be, as typed. Which of it fits the format is known only when the format is.
///
/// @param format the format, or empty to guess it
/// @param noHeader whether tables have no header
/// @param delimiter what separates fields, an ASCII character
/// @param separator what ends a record, bytes as characters of the same number; goes with `RECORDS`
/// @param start the regular expression of a record's first line; goes with `RECORDS`
/// @param groupBy the field that keeps records in one shard
record RecordOptions(
    Optional<Format> format,
    Chosen<Boolean> noHeader,
    Optional<Chosen<Character>> delimiter,
    Optional<String> separator,
    Optional<String> start,
    Optional<Chosen<String>> groupBy,
    EncodingErrors encodingErrors) {}
