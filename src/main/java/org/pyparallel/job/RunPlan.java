package org.pyparallel.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Everything a run needs to know, decided before it starts.
///
/// @param script what to run
/// @param input where the records come from
/// @param format how the input is cut into records
/// @param formatOptions what the format leaves open
/// @param encodingErrors what to do with bytes that are not UTF-8
/// @param numbered whether every shard must know how many records and lines of its source come
///   before it, which may take reading all of it on one core
/// @param sharding how large a shard is
/// @param runtime which Python runs the script
/// @param tiersUp whether the run may move from there to one that is faster on this job
/// @param workers how many interpreters at most, at least 1
/// @param ordering the order of the results
/// @param merging what becomes of the results before they are written
/// @param outputFormat how results are written
/// @param tagged whether each line of output begins with what it comes from
/// @param outputFile where to, or empty for standard output
/// @param rejects where records that failed are written, or empty for nowhere
/// @param shares the files that every interpreter sees
/// @param python what the Python that runs the script is to be like
/// @param safeguards what protects the run against what may go wrong
public record RunPlan(
    Script script,
    Input input,
    Format format,
    FormatOptions formatOptions,
    EncodingErrors encodingErrors,
    boolean numbered,
    Sharding sharding,
    RuntimeName runtime,
    boolean tiersUp,
    int workers,
    Ordering ordering,
    Merging merging,
    OutputFormat outputFormat,
    boolean tagged,
    Optional<Path> outputFile,
    Optional<Path> rejects,
    List<Share> shares,
    PythonOptions python,
    Safeguards safeguards) {
  public RunPlan {
    shares = List.copyOf(shares);
  }

  /// Whether shards must be the same whenever this input is cut, however many workers there are:
  /// results depend on where it is, or are to be found again.
  public boolean isCutTheSame() {
    return merging instanceof Merging.Reduce
        || safeguards.journal().isPresent()
        || python.seed().isPresent();
  }

  /// Whether a shard's output is held back until the shard has ended, so that it can be tried
  /// again.
  public boolean holdsOutput() {
    return safeguards.recovery().bisect() || safeguards.recovery().retries() > 0;
  }

  /// Whether what a shard has left may become a shard of its own while the first part of it is
  /// being worked on: nobody asked for shards of some size or kind, and the rest can stand alone.
  public boolean isDivisible() {
    return (workers > 1 || tiersUp)
        && !isCutTheSame()
        && !holdsOutput()
        && !safeguards.recovery().looksInto()
        && sharding instanceof Sharding.Adaptive
        && !(input instanceof Input.None)
        && format.isDivisible()
        && formatOptions.groupBy().isEmpty();
  }

  /// A plan in which nothing out of the ordinary was asked for.
  public RunPlan(
      Script script,
      Input input,
      Format format,
      EncodingErrors encodingErrors,
      Sharding sharding,
      RuntimeName runtime,
      int workers,
      Ordering ordering,
      OutputFormat outputFormat,
      Optional<Path> outputFile) {
    this(
        script,
        input,
        format,
        FormatOptions.of(format),
        encodingErrors,
        false,
        sharding,
        runtime,
        false,
        workers,
        ordering,
        new Merging.Join(),
        outputFormat,
        false,
        outputFile,
        Optional.empty(),
        List.of(),
        PythonOptions.NONE,
        Safeguards.NONE);
  }

  /// The same plan with another Python.
  public RunPlan with(PythonOptions changed) {
    return with(changed, safeguards);
  }

  /// The same plan with other safeguards.
  public RunPlan with(Safeguards changed) {
    return with(python, changed);
  }

  /// The same plan with another way to cut its input.
  public RunPlan with(Sharding changed) {
    return with(changed, python, safeguards);
  }

  private RunPlan with(PythonOptions changedPython, Safeguards changedSafeguards) {
    return with(sharding, changedPython, changedSafeguards);
  }

  private RunPlan with(
      Sharding changedSharding, PythonOptions changedPython, Safeguards changedSafeguards) {
    return new RunPlan(
        script,
        input,
        format,
        formatOptions,
        encodingErrors,
        numbered,
        changedSharding,
        runtime,
        tiersUp,
        workers,
        ordering,
        merging,
        outputFormat,
        tagged,
        outputFile,
        rejects,
        shares,
        changedPython,
        changedSafeguards);
  }
}
