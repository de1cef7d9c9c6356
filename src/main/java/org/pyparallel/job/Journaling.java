package org.pyparallel.job;

import java.nio.file.Path;

/// Keeps finished shards on disk.
///
/// @param folder where (`--journal`); need not exist
/// @param resume whether what an earlier run left there is made use of (`--resume`); else the
///   folder must hold no journal
/// @param redoFailed whether shards with records that failed are run again all the same
///   (`--resume-failed`)
public record Journaling(Path folder, boolean resume, boolean redoFailed) {}
