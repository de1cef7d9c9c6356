package org.pyparallel.workload;

import java.io.FilterInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// Opens the input of a run.
public final class ShardSources {
  private ShardSources() {}

  /// Opens the input of a plan and, where it begins with a stream, begins to read it.
  ///
  /// Regular files are looked at here, and opened when their turn comes. Other files (a FIFO,
  /// `/dev/stdin`, the files under `/proc`) are read as streams, and so is what is in compressed
  /// files, of which the next ones are decompressed while one is worked through.
  ///
  /// The number of a shard's first record is known for plans that want it, for shards of so many
  /// records, and for streams that need no scan; else only at the start of a source, since nobody
  /// counts what a worker reads.
  ///
  /// @param stdin the process's standard input; read only where the plan says so, on a thread of
  ///   its own, and not closed
  /// @throws PyParallelException.InputFailed if a file is missing or cannot be read
  /// @throws PyParallelException.Usage if the input cannot be cut the way the plan wants it
  public static ShardSource open(RunPlan plan, InputStream stdin) {
    PlanCheck.check(plan);
    boolean reduced = plan.merging() instanceof Merging.Reduce;
    return opened(plan.isCutTheSame() && !reduced ? plan.with(SameCut.of(plan)) : plan, stdin);
  }

  /// How [#open] cuts the input of a plan that is cut the same way whenever it is, as something to
  /// ask for: a plan that asks for it is cut in this way even where the input has grown since.
  ///
  /// @throws PyParallelException.InputFailed if a file is missing or cannot be read
  /// @throws PyParallelException.Usage if the input cannot be cut the way the plan wants it
  public static Sharding cut(RunPlan plan) {
    PlanCheck.check(plan);
    return SameCut.of(plan);
  }

  private static ShardSource opened(RunPlan plan, InputStream stdin) {
    // No switch, which costs each start 2 ms: it makes a class for its types.
    Input input = plan.input();
    if (input instanceof Input.Files(List<Path> files)) {
      return plan.format() == Format.FILES ? names(plan, files) : contents(plan, files);
    }
    if (input instanceof Input.Range range) {
      return numbers(plan, range);
    }
    if (input instanceof Input.Arguments arguments) {
      return words(plan, arguments);
    }
    return input instanceof Input.Stdin ? standardInput(plan, stdin) : nothing();
  }

  private static ShardSource nothing() {
    var part = new SplitSource.Part("<none>", RunOnce::new);
    return new SplitSource(List.of(part), OptionalLong.of(0), OptionalLong.of(1));
  }

  private static ShardSource numbers(RunPlan plan, Input.Range range) {
    var splitter = RangeSplitter.of(plan, range);
    var part = new SplitSource.Part("<range>", () -> splitter);
    return new SplitSource(
        List.of(part), OptionalLong.of(splitter.count()), OptionalLong.of(splitter.pieces()));
  }

  private static ShardSource words(RunPlan plan, Input.Arguments arguments) {
    var splitter = new ArgumentSplitter(plan, arguments);
    var part = new SplitSource.Part(ArgumentSplitter.NAME, () -> splitter);
    return new SplitSource(List.of(part), OptionalLong.of(splitter.count()), splitter.pieces());
  }

  /// The number of workers, or 0 where it must not matter how many there are: the results of a
  /// reduction may depend on how its input was cut, and should be the same on every machine.
  static int workersThatMatter(RunPlan plan) {
    return plan.isCutTheSame() ? 0 : plan.workers();
  }

  private static ShardSource names(RunPlan plan, List<Path> files) {
    var splitter = new PathSplitter(files, plan);
    var part = new SplitSource.Part("<files>", () -> splitter);
    return new SplitSource(
        List.of(part), OptionalLong.of(files.size()), OptionalLong.of(splitter.pieces()));
  }

  private static ShardSource standardInput(RunPlan plan, InputStream stdin) {
    var part = streamPart(plan, "<stdin>", "a stream", () -> borrowed(stdin), false);
    return new SplitSource(List.of(part), OptionalLong.empty(), OptionalLong.empty());
  }

  private static InputStream borrowed(InputStream stdin) {
    return new FilterInputStream(stdin) {
      @Override
      public void close() {
        // It belongs to the caller.
      }
    };
  }

  private static ShardSource contents(RunPlan plan, List<Path> paths) {
    List<InputFile> files = paths.stream().map(InputFile::at).toList();
    long[] sizes = files.stream().mapToLong(InputFile::size).toArray();
    var cut = FileCut.of(plan, sizes);
    var blocks = cut instanceof FileCut.Bytes bytes ? bytes.sizes() : null;
    var memory = new FileProbe.Memory();
    List<SplitSource.Part> parts =
        files.stream()
            .map(
                file ->
                    switch (file.access()) {
                      case BY_RANGE ->
                          new SplitSource.Part(
                              file.name(), () -> fileSplitter(plan, file, blocks, memory));
                      case FROM_START ->
                          streamPart(plan, file.name(), "compressed", file.opener(), true);
                      case AS_STREAM ->
                          streamPart(plan, file.name(), "a stream", file.opener(), false);
                    })
            .toList();
    boolean sized = files.stream().allMatch(file -> file.access() == InputFile.Access.BY_RANGE);
    return new SplitSource(
        parts,
        sized ? OptionalLong.of(LongStream.of(sizes).sum()) : OptionalLong.empty(),
        sized && !plan.format().needsScan()
            ? cut.shardCount(sizes, plan.format() == Format.BYTES)
            : OptionalLong.empty(),
        filesAtOnce(files, plan.workers()));
  }

  private static Splitter fileSplitter(
      RunPlan plan, InputFile file, @Nullable BlockSizes sizes, FileProbe.Memory memory) {
    return ScannedFile.isFor(plan)
        ? new ScannedFile(plan, file, sizes, memory)
        : new FileSplitter(plan, file, sizes, memory);
  }

  private static int filesAtOnce(List<InputFile> files, int workers) {
    int most = workers;
    for (InputFile file : files) {
      if (file.compression() != null) {
        most = Math.min(most, file.compression().filesAtOnce(workers));
      }
    }
    return most;
  }

  /// @param kind what it is that has no size, for messages
  private static SplitSource.Part streamPart(
      RunPlan plan, String name, String kind, ReadAhead.Opener opener, boolean early) {
    if (plan.sharding() instanceof Sharding.Count) {
      throw new PyParallelException.Usage(
          "--shards needs input files, whose size is known, and "
              + name
              + " is "
              + kind
              + ": use --block or -N");
    }
    return new SplitSource.Part(name, () -> StreamSplitter.of(plan, name, opener), early);
  }
}
