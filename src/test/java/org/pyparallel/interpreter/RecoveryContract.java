package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.ShardResult;

/// What becomes of records that fail where the user asked for more than to leave them out.
interface RecoveryContract extends Subject {
  String FLAKY =
      """
      tries = {}

      def process(record):
          tries[record] = tries.get(record, 0) + 1
          print("try", record, tries[record])
          yield "begun"
          if record.startswith("bad") and tries[record] <= int(record[3:]):
              raise ValueError(record)
          yield record
      """;

  @Test
  default void triesARecordAgainInPlace() {
    Setup setup = script(FLAKY).recovery(new Recovery(2, true, false, Optional.empty()));
    try (Session session = setup.open()) {
      var outcome = session.run("a\nbad2\nbad9\nb\n");
      assertThat(outcome.text())
          .isEqualTo(
              """
              try a 1
              begun
              a
              try bad2 3
              begun
              bad2
              try bad9 3
              begun
              try b 1
              begun
              b
              """);
      assertThat(outcome.result()).isInstanceOf(ShardResult.Finished.class);
      assertThat(outcome.result().failedRecords()).isEqualTo(1);
      assertThat(outcome.result().errors()).extracting(PythonError::record).containsExactly(2L);
    }
  }

  @Test
  default void endsTheShardWithTheFirstRecordThatFails() {
    Setup setup =
        script("def process(record):\n    return record.upper() if record != 'x' else 1 / 0\n")
            .recovery(new Recovery(3, false, false, Optional.empty()));
    try (Session session = setup.open()) {
      var outcome = session.run("a\nb\nx\nc\nx\n");
      assertThat(outcome.text()).isEqualTo("A\nB\n");
      assertThat(outcome.result()).isInstanceOf(ShardResult.Failed.class);
      assertThat(outcome.result().records()).isEqualTo(5);
      assertThat(outcome.result().errors())
          .extracting(
              PythonError::record, PythonError::line, PythonError::offset, PythonError::type)
          .containsExactly(tuple(2L, 2L, 4L, "ZeroDivisionError"));

      var undecodable = session.run(ScriptContract.bytes("a\n", 0xff, "\nb\n"));
      assertThat(undecodable.text()).isEqualTo("A\n");
      assertThat(undecodable.result().records()).isEqualTo(3);
      assertThat(undecodable.result().errors()).extracting(PythonError::record).containsExactly(1L);

      assertThat(session.run("c\n").text()).isEqualTo("C\n");
    }
  }
}
