package org.pyparallel.workload;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.Sharding;

/// Hands out the names of the input files, in UTF-8 and NUL-terminated, without looking at the
/// files.
final class PathSplitter implements Splitter {
  private final List<Path> paths;

  /// The index of the first path of each piece.
  private final int[] starts;

  private int piece;

  PathSplitter(List<Path> paths, RunPlan plan) {
    this.paths = paths;
    int count = paths.size();
    int workers = ShardSources.workersThatMatter(plan);
    starts =
        switch (plan.sharding()) {
          case Sharding.Adaptive() -> {
            long shards =
                workers == 0
                    ? ItemCut.PIECES_FOR_ANY_WORKERS
                    : (long) workers * FileCut.shardsPerWorker(plan);
            yield every(Math.ceilDiv(count, shards), count);
          }
          case Sharding.Records(long records) -> every(records, count);
          case Sharding.Count(long shards) -> spread((int) Math.min(shards, count), count);
          case Sharding.Block(long bytes) -> bySize(paths, bytes);
        };
  }

  /// How many pieces there are.
  int pieces() {
    return starts.length;
  }

  @Override
  public @Nullable Piece next() {
    if (piece == starts.length) {
      return null;
    }
    int from = starts[piece++];
    int to = piece < starts.length ? starts[piece] : paths.size();
    var text = new ByteArrayOutputStream();
    for (Path path : paths.subList(from, to)) {
      text.writeBytes(encoded(path));
    }
    ByteBuffer bytes = ByteBuffer.wrap(text.toByteArray()).asReadOnlyBuffer();
    return new Piece(from, from, new ShardData.Bytes(bytes));
  }

  private static byte[] encoded(Path path) {
    return (path + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static int[] every(long step, int count) {
    return IntStream.range(0, count).filter(i -> i % step == 0).toArray();
  }

  private static int[] spread(int pieces, int count) {
    return IntStream.range(0, pieces).map(i -> (int) ((long) i * count / pieces)).toArray();
  }

  private static int[] bySize(List<Path> paths, long block) {
    var starts = IntStream.builder();
    long size = block;
    for (int i = 0; i < paths.size(); i++) {
      if (size >= block) {
        starts.add(i);
        size = 0;
      }
      size += encoded(paths.get(i)).length;
    }
    return starts.build().toArray();
  }

  @Override
  public void close() {
    // Nothing is open, and the source does not ask again.
  }
}
