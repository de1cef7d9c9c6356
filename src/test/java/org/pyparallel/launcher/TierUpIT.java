package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Runs that move to GraalPy while they are at it. Which way is taken in the end depends on how
/// busy the machine is; what comes out does not.
@EnabledOnOs(OS.LINUX)
class TierUpIT {
  /// Some 35 s of CPU time on `cpython`.
  private static final int RECORDS = 70_000;

  private static final String PRIMES =
      """
      def process(line):
          first = int(line)
          primes = 0
          for n in range(first, first + 40):
              d = 2
              while d * d <= n:
                  if n %% d == 0:
                      break
                  d += 1
              else:
                  primes += 1
          return %s
      """;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void input() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      lines.append(3_000_000 + 40 * i).append('\n');
    }
    pyparallel.write("in.txt", lines.toString());
  }

  private Outcome run(String... options) throws IOException {
    String[] command = new String[options.length + 4];
    System.arraycopy(new String[] {"run", "s.py", "in.txt", "-v"}, 0, command, 0, 4);
    System.arraycopy(options, 0, command, 4, options.length);
    return pyparallel.run(command);
  }

  @Test
  void aLongRunIsTriedOnGraalPyAndGivesTheSame() throws IOException {
    pyparallel.write("s.py", PRIMES.formatted("primes"));

    Outcome moved = run();
    Outcome stayed = run("--runtime", "graalpy");

    assertThat(moved.text()).hasLineCount(RECORDS).isEqualTo(stayed.text());
    // On a machine that is busy enough the run is over before it is clear which is faster.
    assertThat(moved.stderr())
        .doesNotContain("cannot be loaded", "fails there", "broke down", "takes longer there");
  }

  @Test
  void aScriptThatGraalPyCannotReadStaysWhereItIs() throws IOException {
    // A template string: Python 3.14 has them, GraalPy's 3.12 does not.
    pyparallel.write("s.py", PRIMES.formatted("len(t'{primes}'.strings)"));

    Outcome outcome = run();

    assertThat(outcome.text()).isEqualTo("2\n".repeat(RECORDS));
    assertThat(outcome.stderr())
        .contains("staying on cpython: the script cannot be loaded there: SyntaxError: ");
  }
}
