package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.interpreter.process.ProcessRuntime;
import org.pyparallel.job.RuntimeName;

class ProcessMagicsTest extends MagicContract {
  ProcessMagicsTest() {
    super(RuntimeName.PROCESS);
  }

  @Override
  Runtime onOffer(RuntimeName name, Path installation) {
    return new ProcessRuntime(installation);
  }

  @Test
  void thereIsNoQueueToShare() {
    assertThat(magic("%queue q"))
        .isEqualTo(
            "only cpython interpreters can share a queue, and there is none here; %push, %scatter"
                + " and %map work between all\n");
  }
}
