package org.pyparallel.cli;

import java.util.Optional;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;

/// What is to become of the results, as typed.
///
/// @param asksScript whether a script that reduces has a say: nothing was said about reducing
/// @param merging what becomes of them before they are written, or empty where nothing was said
/// @param format how they are written, or empty to go by the input
/// @param file where to, or empty for standard output
/// @param rejects where records that failed go, or empty for nowhere
record OutputOptions(
    boolean asksScript,
    Optional<Chosen<Merging>> merging,
    Chosen<Ordering> ordering,
    Chosen<Boolean> tagged,
    Optional<OutputFormat> format,
    Optional<String> file,
    Optional<String> rejects) {}
