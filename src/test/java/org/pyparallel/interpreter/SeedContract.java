package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;

/// Random numbers that are the same in every run.
interface SeedContract extends Subject {
  String RANDOM =
      """
      import random, pyparallel
      START = random.random()
      def process(record):
          return f"{record} {pyparallel.seed} {random.random()} {START}"
      """;

  /// With `--seed`.
  static PythonOptions seeded(long seed) {
    return new PythonOptions(
        Optional.empty(), Optional.empty(), List.of(), OptionalLong.of(seed), Optional.empty());
  }

  private static String run(Session session, long index) {
    ByteBuffer data = ByteBuffer.wrap("a\nb\n".getBytes(StandardCharsets.UTF_8));
    Shard shard = new Shard(index, "source", 0, 0, new ShardData.Bytes(data));
    return session.run(shard).text();
  }

  @Test
  default void beginsEachShardWithTheSameRandomNumbersOnAnyWorker() {
    Setup setup = script(RANDOM).python(seeded(5));
    try (Session one = setup.open();
        Session two = setup.open()) {
      String first = run(one, 0);
      String second = run(one, 1);
      assertThat(run(two, 1)).isEqualTo(second);
      assertThat(run(two, 1)).isEqualTo(second);
      assertThat(run(two, 0)).isEqualTo(first);
      assertThat(first)
          .isEqualTo(
              """
              a 16247700015443706586 0.1098264421686389 0.9678708737019112
              b 16247700015443706586 0.7575090747953628 0.9678708737019112
              """);
      assertThat(second).startsWith("a 12064417309231021417 0.6778533126491323 ");
    }
  }

  @Test
  default void anotherSeedGivesOtherNumbersAndNoneGivesNone() {
    Setup setup = script(RANDOM);
    try (Session seeded = setup.python(seeded(6)).open();
        Session plain = setup.open()) {
      assertThat(run(seeded, 0)).startsWith("a 4277054828538873003 0.");
      assertThat(run(plain, 0)).contains("a None 0.");
    }
  }

  @Test
  default void seedsFiltersAndLeavesAScriptsOwnModuleAlone() throws IOException {
    try (Session session =
        script("import random\nprint(random.random())\n").python(seeded(5)).open()) {
      assertThat(run(session, 0)).isEqualTo("0.1098264421686389\n");
    }
    Files.writeString(folder().resolve("random.py"), "name = 'own'\n");
    try (Session session =
        script("import random\ndef process(record):\n    return random.name\n")
            .python(seeded(5))
            .open()) {
      assertThat(run(session, 0)).isEqualTo("own\nown\n");
    }
  }
}
