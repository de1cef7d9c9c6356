package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A shard whose records take long, at the end of the input: nobody waits for it with nothing to
/// do.
class TailIT {
  private static final int SLOW = 60;

  /// Long lines fill the shards before the last one, which has all the short ones.
  private static final String INPUT =
      ("x".repeat(9_000) + "\n").repeat(30)
          + IntStream.range(0, SLOW).mapToObj(n -> n + "\n").collect(Collectors.joining());

  private static final String SCRIPT =
      """
      import time
      import pyparallel

      def process(line):
          if len(line) > 100:
              return None
          time.sleep(0.03)
          if line == "41":
              raise ValueError(line)
          return f"{line} {pyparallel.shard.index} {pyparallel.worker}"
      """;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @Test
  void theLastShardIsSharedAndStaysInOrder() throws IOException {
    pyparallel.write("in.txt", INPUT);
    pyparallel.write("slow.py", SCRIPT);

    Outcome outcome = pyparallel.run("run", "slow.py", "in.txt", "-j2");

    List<String[]> lines = outcome.text().lines().map(line -> line.split(" ")).toList();
    assertThat(lines)
        .extracting(line -> line[0])
        .containsExactlyElementsOf(
            IntStream.range(0, SLOW).filter(n -> n != 41).mapToObj(Integer::toString).toList());
    assertThat(lines).extracting(line -> line[1]).containsOnly(lines.getFirst()[1]);
    assertThat(lines).extracting(line -> line[2]).contains("0", "1");
    outcome.hasStatus(1).says("record 72 ");
  }
}
