package org.pyparallel.interpreter;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Script;

/// What an interpreter must know before its first shard.
///
/// @param script the script to load
/// @param runOnce run it once as `__main__` with the process's own standard input, whatever it
///   defines
/// @param format how a shard's bytes become records
/// @param encodingErrors what to do with bytes that are not UTF-8
/// @param jsonValues encode every result as one line of JSON; else text as it is
/// @param worker the worker's number, from 0
/// @param workers how many workers there may be
/// @param shardCount the number of shards where it is known before the run
/// @param diagnostics takes what the script writes to standard error, and what `setup()` and
///   `teardown()` print; called on the owner's thread
public record InterpreterConfig(
    Script script,
    boolean runOnce,
    Format format,
    EncodingErrors encodingErrors,
    boolean jsonValues,
    int worker,
    int workers,
    OptionalLong shardCount,
    Consumer<String> diagnostics) {}
