package org.pyparallel.job;

import java.nio.file.Path;
import java.util.Optional;

/// Everything a run needs to know, decided before it starts.
///
/// @param script what to run
/// @param input where the records come from
/// @param format how the input is cut into records
/// @param encodingErrors what to do with bytes that are not UTF-8
/// @param sharding how large a shard is
/// @param runtime which Python runs the script
/// @param workers how many interpreters at most, at least 1
/// @param ordering the order of the results
/// @param outputFormat how results are written
/// @param outputFile where to, or empty for standard output
public record RunPlan(
    Script script,
    Input input,
    Format format,
    EncodingErrors encodingErrors,
    Sharding sharding,
    RuntimeName runtime,
    int workers,
    Ordering ordering,
    OutputFormat outputFormat,
    Optional<Path> outputFile) {}
