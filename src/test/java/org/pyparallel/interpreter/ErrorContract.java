package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pyparallel.interpreter.ScriptContract.frame;

import org.junit.jupiter.api.Test;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardResult;

/// What becomes of a script's exceptions.
interface ErrorContract extends Subject {
  @Test
  default void failsSingleRecordsAndGoesOn() {
    Setup setup =
        script(
            """
            class Odd(Exception):
                pass

            def inner(record):
                raise Odd("no " + record)

            def process(record):
                if record == "deep":
                    return process(record)
                if record.startswith("x"):
                    inner(record)
                return record
            """);
    try (Session session = setup.open()) {
      var outcome = session.run("a\nx1\nb\nx2\nc\n");
      assertThat(outcome.text()).isEqualTo("a\nb\nc\n");
      assertThat(outcome.result()).isInstanceOf(ShardResult.Finished.class);
      assertThat(outcome.result().records()).isEqualTo(5);
      assertThat(outcome.result().failedRecords()).isEqualTo(2);
      PythonError error = outcome.result().errors().getFirst();
      assertThat(error.record()).isEqualTo(1);
      assertThat(error.type()).isEqualTo("script.Odd");
      assertThat(error.message()).isEqualTo("no x1");
      assertThat(error.frames())
          .containsExactly(
              frame(setup, 11, "process", "inner(record)"),
              frame(setup, 5, "inner", "raise Odd(\"no \" + record)"));
      assertThat(error.traceback())
          .startsWith(
              "Traceback (most recent call last):\n  File \""
                  + setup.plan().script().file()
                  + "\", line 11")
          .endsWith("Odd: no x1")
          .doesNotContain("_driver.py", ".java");
      assertThat(outcome.result().errors().getLast().record()).isEqualTo(3);

      var many = session.run("x\n".repeat(100) + "end\n");
      assertThat(many.result().failedRecords()).isEqualTo(100);
      assertThat(many.result().errors()).hasSizeBetween(1, 100);
      assertThat(many.text()).isEqualTo("end\n");

      var deep = session.run("deep\nb\n");
      assertThat(deep.text()).isEqualTo("b\n");
      assertThat(deep.result().errors())
          .singleElement()
          .satisfies(e -> assertThat(e.type()).isEqualTo("RecursionError"));
    }
  }

  @Test
  default void endsTheShardWhereProcessShardRaises() {
    Setup setup =
        script(
            """
            import sys
            def process_shard(records):
                for record in records:
                    if record == "bad":
                        1 / 0
                    if record == "exit":
                        sys.exit("enough")
                    yield record
            """);
    try (Session session = setup.open()) {
      var outcome = session.run("a\nb\nbad\nc\n");
      assertThat(outcome.text()).isEqualTo("a\nb\n");
      assertThat(outcome.result()).isInstanceOf(ShardResult.Failed.class);
      assertThat(outcome.result().records()).isEqualTo(4);
      PythonError error = outcome.result().errors().getLast();
      assertThat(error.record()).isEqualTo(2);
      assertThat(error.type()).isEqualTo("ZeroDivisionError");
      assertThat(error.frames()).containsExactly(frame(setup, 5, "process_shard", "1 / 0"));

      var exited = session.run("a\nexit\n");
      assertThat(exited.text()).isEqualTo("a\n");
      assertThat(exited.result()).isInstanceOf(ShardResult.Failed.class);
      assertThat(exited.result().errors().getLast().message())
          .isEqualTo("the script called sys.exit('enough')");
      assertThat(session.run("fine\n").text()).isEqualTo("fine\n");
    }
  }

  @Test
  default void endsTheShardWhereProcessExits() {
    try (Session session =
        script(
                """
                import sys
                def process(record):
                    if record == "exit":
                        sys.exit(3)
                    return record
                """)
            .open()) {
      var outcome = session.run("a\nexit\nb\n");
      assertThat(outcome.result()).isInstanceOf(ShardResult.Failed.class);
      assertThat(outcome.text()).isEqualTo("a\n");
      assertThat(outcome.result().errors().getLast().type()).isEqualTo("SystemExit");
      assertThat(session.run("c\n").text()).isEqualTo("c\n");
    }
  }

  @Test
  default void reportsTheCauseAndABrokenMessage() {
    try (Session session =
        script(
                """
                class Mute(Exception):
                    def __str__(self):
                        raise ValueError("mute")

                def process(record):
                    if record == "mute":
                        raise Mute
                    try:
                        {}[record]
                    except KeyError as error:
                        raise RuntimeError("outer\\0") from error
                """)
            .open()) {
      var errors = session.run("k\nmute\n").result().errors();
      assertThat(errors.getFirst().traceback())
          .contains("KeyError: 'k'")
          .contains("The above exception was the direct cause of the following exception")
          .contains("RuntimeError: outer");
      assertThat(errors.getFirst().message()).isEqualTo("outer\\x00");
      assertThat(errors.getLast().type()).isEqualTo("script.Mute");
    }
  }

  @Test
  default void endsTheShardWhereAFilterRaisesOrExits() {
    Setup setup =
        script(
            """
            import sys
            word = sys.stdin.read().strip()
            print("read", word)
            if word == "raise":
                raise ValueError(word)
            sys.exit(int(word))
            """);
    try (Session session = setup.open()) {
      var raised = session.run("raise\n");
      assertThat(raised.text()).isEqualTo("read raise\n");
      assertThat(raised.result()).isInstanceOf(ShardResult.Failed.class);
      PythonError error = raised.result().errors().getLast();
      assertThat(error.record()).isEqualTo(-1);
      assertThat(error.type()).isEqualTo("ValueError");
      assertThat(error.frames())
          .containsExactly(frame(setup, 5, "<module>", "raise ValueError(word)"));
      assertThat(session.run("0\n").result()).isInstanceOf(ShardResult.Finished.class);
      var exited = session.run("3\n");
      assertThat(exited.result()).isInstanceOf(ShardResult.Failed.class);
      assertThat(exited.result().errors().getLast().message())
          .isEqualTo("the script called sys.exit(3)");
    }
  }
}
