package org.pyparallel.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sharding;

/// A scan finds what a walk character by character finds, wherever the bytes it is given begin and
/// end.
class RecordScanProperties {
  /// A scan and the bytes that it sees: in each buffer no more than it asked to keep.
  private static final class Walker {
    private final RecordScan scan;
    private final byte[] bytes;
    private final Random random;
    private final int largest;
    private int position;
    private int walked;

    Walker(Sample sample, Random random) {
      RunPlan plan = plan(sample);
      this.bytes = sample.bytes();
      this.random = random;
      // Many pieces, but not so many that copying what is kept takes long.
      this.largest = 1 + random.nextInt(bytes.length / 100 + 30);
      var head = new SourceHead(plan);
      assertThat(head.look(searchable(bytes), 0, bytes.length, true)).isTrue();
      assertThat(head.length()).isEqualTo(sample.head());
      assertThat(head.row()).isEqualTo(sample.header());
      scan = RecordScan.of(plan, "sample", head);
      position = head.length() + head.mark();
      walked = position;
    }

    /// The next end at `earliest` or behind, or -1 at the end of the source.
    int next(int earliest) {
      while (true) {
        int to = (int) Math.min(bytes.length, walked + 1L + random.nextInt(largest));
        int start = walked - scan.kept();
        assertThat(start).isGreaterThanOrEqualTo(position);
        byte[] seen = Arrays.copyOfRange(bytes, start, to);
        int end =
            scan.walk(
                searchable(seen), walked - start, to - start, earliest - start, to == bytes.length);
        if (end == RecordScan.NONE) {
          walked = to;
          if (to == bytes.length) {
            return -1;
          }
        } else {
          position = start + end;
          walked = position;
          return position;
        }
      }
    }
  }

  private static ByteBuffer searchable(byte[] bytes) {
    return RecordEnds.searchable(ByteBuffer.wrap(bytes));
  }

  static RunPlan plan(Sample sample) {
    return Plans.plan(
        new Input.Files(List.of(Path.of("sample"))),
        sample.format(),
        sample.options(),
        false,
        new Sharding.Adaptive(),
        1,
        new Merging.Join());
  }

  @Property(tries = 3000)
  void everyEndIsFound(@ForAll long seed) {
    var random = new Random(seed);
    Sample sample = Sample.any(random);
    var walker = new Walker(sample, random);
    List<Integer> ends = new ArrayList<>();
    for (int end = walker.next(0); end >= 0; end = walker.next(0)) {
      ends.add(end);
      assertThat(walker.scan.preamble()).isEqualTo(sample.inArray().contains(end) ? "[" : "");
      if (random.nextInt(4) == 0) {
        walker.scan.restart();
      }
    }

    assertThat(ends).containsExactlyElementsOf(sample.ends());
    assertThat(walker.scan.unfinished()).isEmpty();
  }

  @Property(tries = 3000)
  void earlierEndsArePassedOver(@ForAll long seed) {
    var random = new Random(seed);
    Sample sample = Sample.any(random);
    boolean grouped = sample.options().groupBy().isPresent();
    var walker = new Walker(sample, random);
    int end = walker.position;
    while (end >= 0) {
      int earliest = end + 1 + random.nextInt(random.nextBoolean() ? 20 : 2000);
      int next = walker.next(earliest);
      if (grouped && next >= 0) {
        assertThat(next).isGreaterThanOrEqualTo(earliest);
        assertThat(sample.ends()).contains(next);
      } else if (!grouped) {
        Integer expected = sample.ends().ceiling(earliest);
        assertThat(next).isEqualTo(expected == null ? -1 : expected);
      }
      end = next;
    }
  }
}
