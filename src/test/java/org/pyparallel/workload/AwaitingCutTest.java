package org.pyparallel.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Script;
import org.pyparallel.job.Sharding;

/// Little input is one shard for each worker where records wait for something.
final class AwaitingCutTest {
  private static final RunPlan PLAN =
      new RunPlan(
          new Script(
              Path.of("script.py"),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              OptionalInt.empty(),
              true),
          new Input.Stdin(),
          Format.LINES,
          EncodingErrors.STRICT,
          new Sharding.Adaptive(),
          RuntimeName.CPYTHON,
          4,
          Ordering.INPUT,
          OutputFormat.TEXT,
          Optional.empty());

  @Test
  void cutsFilesIntoOneBlockForEachWorker() {
    assertThat(FileCut.of(PLAN, new long[] {400})).isEqualTo(new FileCut.Bytes(100, 100, 4));
    assertThat(FileCut.of(PLAN, new long[] {1L << 40}))
        .isEqualTo(new FileCut.Bytes(FileCut.FIRST_BLOCK, FileCut.LARGEST_BLOCK, 4));
  }

  @Test
  void cutsListsIntoOnePieceForEachWorker() {
    ItemCut.Bounds bounds = new ItemCut.Bounds(1, 100);
    assertThat(ItemCut.of(PLAN, 40, bounds)).isEqualTo(new ItemCut.Uniform(10));
    assertThat(ItemCut.of(PLAN, 4000, bounds)).isEqualTo(new ItemCut.Uniform(100));
    List<Path> names = List.of(Path.of("a"), Path.of("b"), Path.of("c"), Path.of("d"));
    assertThat(new PathSplitter(names, PLAN).pieces()).isEqualTo(4);
  }

  @Test
  void cutsWhatAStreamLeavesIntoOneBlockForEachWorker() {
    BlockSizes sizes = BlockSizes.ofStream(PLAN);
    assertThat(sizes.end(400)).isTrue();
    assertThat(sizes.block()).isEqualTo(100);
  }
}
