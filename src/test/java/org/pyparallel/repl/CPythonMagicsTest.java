package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.interpreter.cpython.CPythonRuntime;
import org.pyparallel.interpreter.graalpy.GraalPyRuntime;
import org.pyparallel.interpreter.process.ProcessRuntime;
import org.pyparallel.job.RuntimeName;

class CPythonMagicsTest extends MagicContract {
  CPythonMagicsTest() {
    super(RuntimeName.CPYTHON);
  }

  @Override
  Runtime onOffer(RuntimeName name, Path installation) {
    return switch (name) {
      case CPYTHON -> new CPythonRuntime(installation);
      case GRAALPY -> new GraalPyRuntime(installation);
      case PROCESS -> new ProcessRuntime(installation);
    };
  }

  @Test
  void aQueueIsSharedByAll() throws Exception {
    assertThat(magic("%queue q 3")).isEqualTo("q is a queue in 1, 2, 3\n");
    playground.type(2, "q.put('hello')");

    assertThat(magic("%on 3 q.get()")).isEqualTo("[3] 'hello'\n");
    assertThat(type("q.maxsize")).isEqualTo("3\n");
    assertThat(magic("%queue 1x")).isEqualTo("[1] 1x is no name\n");
  }

  @Test
  void runtimesAreMixed() throws Exception {
    magic("%interp new graalpy");
    int graalpy = playground.seats().all().getLast().id();
    magic("%interp new process");
    int process = playground.seats().all().getLast().id();
    type("x = [1, 'two']\nimport sys");
    type("def name():\n    import sys\n    return sys.implementation.name\n");

    assertThat(magic("%push x,name")).isEmpty();
    assertThat(magic("%diff x")).startsWith("x is the same in 5");
    assertThat(magic("%on " + graalpy + " name()")).contains("'graalpy'");
    assertThat(magic("%queue q"))
        .contains("not in " + graalpy + " (graalpy), " + process + " (process)");
    assertThat(magic("%map (lambda x: x + 1) range(9)")).isEqualTo("[1, 2, 3, 4, 5, 6, 7, 8, 9]\n");
    magic("%interp close " + graalpy);
    magic("%interp close " + process);
  }

  @Test
  void benchMeasuresOnEveryRuntime() throws Exception {
    type("def f(n):\n    return sum(range(n))\n");
    type("n = 1000");

    assertThat(magic("%bench f(n)"))
        .contains("cpython", "graalpy", "process", "fastest")
        .doesNotContain("Error");
    assertThat(playground.seats().all()).hasSize(3);
    assertThat(magic("%bench 1 / 0")).contains("process: ZeroDivisionError: ");
  }
}
