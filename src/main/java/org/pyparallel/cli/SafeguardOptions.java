package org.pyparallel.cli;

import java.util.Optional;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Recovery;

/// What was said about things that go wrong: checked word by word, but not yet held against the
/// files and the format.
///
/// @param limits on time and memory
/// @param recovery what happens when something fails
/// @param bisectTyped whether bisecting was asked for on the command line; else a default did,
///   which is passed over where the format does not allow it
/// @param journal where finished shards are kept
/// @param resume whether what is there is made use of; only with a journal
/// @param redoFailed whether shards with records that failed are run again; only with `resume`
/// @param jobLog where ended shards are logged
record SafeguardOptions(
    Limits limits,
    Recovery recovery,
    boolean bisectTyped,
    Optional<String> journal,
    boolean resume,
    boolean redoFailed,
    Optional<String> jobLog) {}
