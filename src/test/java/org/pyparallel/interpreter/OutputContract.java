package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pyparallel.interpreter.ScriptContract.bytes;
import static org.pyparallel.interpreter.ScriptContract.finished;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// What becomes of results and prints.
interface OutputContract extends Subject {
  String KINDS =
      """
      def generate():
          yield "one"
          yield None
          yield 2
          yield b"three\\n"

      VALUES = {
          "none": None, "str": "é\\nf", "bytes": b"raw\\n", "int": 12345678901234567890, "float": 0.1,
          "bool": True, "dict": {"a": (1, None)}, "list": [1, "ü"], "tuple": (1.5, "b"),
          "whole": 2.0, "array": bytearray(b"x\\n"),
      }

      def process(record):
          if record == "generator":
              return generate()
          if record == "print":
              print("a", end="")
              print("b", 3)
              print("tail", end=" ")
              return "joined"
          return VALUES[record]
      """;

  String NAMES =
      "none\nstr\nbytes\nint\nfloat\nbool\ndict\nlist\ntuple\nwhole\narray\ngenerator\nprint\nstr\n";

  @Test
  default void writesEveryKindOfResultAsText() {
    try (Session session = script(KINDS).open()) {
      var outcome = session.run(NAMES);
      assertThat(outcome.text())
          .isEqualTo(
              """
              é
              f
              raw
              12345678901234567890
              0.1
              true
              {"a":[1,null]}
              [1,"ü"]
              [1.5,"b"]
              2.0
              x
              one
              2
              three
              ab 3
              tail joined
              é
              f
              """);
      assertThat(outcome.result()).isEqualTo(finished(14));
    }
  }

  @Test
  default void writesEveryKindOfResultAsJson() {
    try (Session session = script(KINDS).json().open()) {
      var outcome = session.run(NAMES);
      assertThat(outcome.text())
          .isEqualTo(
              """
              "é\\nf"
              "raw\\n"
              12345678901234567890
              0.1
              true
              {"a":[1,null]}
              [1,"ü"]
              [1.5,"b"]
              2.0
              "x\\n"
              "one"
              2
              "three\\n"
              "ab 3"
              "tail "
              "joined"
              "é\\nf"
              """);
    }
  }

  @Test
  default void keepsPrintsAndRawBytesInPlace() {
    try (Session session =
        script(
                """
                import sys
                def process(record):
                    print("<", end="")
                    sys.stdout.buffer.write(b"\\xfe")
                    sys.stdout.write(record)
                    print(">")
                    return b"\\xff" if record == "a" else record
                """)
            .open()) {
      assertThat(session.run("a\nb\n").bytes())
          .isEqualTo(bytes("<", 0xfe, "a>\n", 0xff, "<", 0xfe, "b>\nb\n"));
    }
  }

  @Test
  default void sendsLargeOutputInChunks() {
    try (Session session =
        script(
                """
                def process(record):
                    line = "x" * 99
                    for _ in range(500_000):
                        yield line
                """)
            .open()) {
      var outcome = session.run("go\n");
      assertThat(outcome.bytes()).hasSize(50_000_000);
      assertThat(outcome.chunks()).isGreaterThan(10);
      assertThat(outcome.result()).isEqualTo(finished(1));
    }
  }

  @Test
  default void stopsAShardWhoseOutputNobodyWants() {
    try (Session session =
        script(
                """
                def process(record):
                    try:
                        while True:
                            yield "x" * 99
                    except Exception:
                        raise AssertionError
                """)
            .open()) {
      int[] chunks = new int[1];
      Shard shard =
          new Shard(0, "source", 0, 0, new ShardData.Bytes(ByteBuffer.wrap(bytes("a\n"))));
      ShardResult result = session.run(shard, _ -> ++chunks[0] < 3);
      assertThat(result).isEqualTo(new ShardResult.Interrupted());
      assertThat(chunks[0]).isEqualTo(3);
    }
  }

  @Test
  default void failsOnlyResultsThatCannotBeWritten() {
    Setup setup =
        script(
            """
            def process(record):
                return {"s": "\\ud800", "e": "\\udcff", "n": float("nan"), "o": object()}.get(record, record)
            """);
    try (Session session = setup.open()) {
      var outcome = session.run("a\ns\nb\ne\nn\no\nc\n");
      assertThat(outcome.text()).isEqualTo("a\nb\nc\n");
      assertThat(outcome.result().failedRecords()).isEqualTo(4);
      assertThat(outcome.result().errors())
          .extracting(PythonError::type)
          .containsExactlyInAnyOrder(
              "ValueError", "TypeError", "UnicodeEncodeError", "UnicodeEncodeError");
    }
    try (Session session = setup.errors(EncodingErrors.SURROGATEESCAPE).open()) {
      var outcome = session.run("a\ns\né😀\ne\nb\n");
      assertThat(outcome.bytes()).isEqualTo(bytes("a\né😀\n", 0xff, "\nb\n"));
      assertThat(outcome.result().errors())
          .singleElement()
          .satisfies(error -> assertThat(error.record()).isEqualTo(1));
    }
  }
}
