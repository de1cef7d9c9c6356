package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.pyparallel.interpreter.ScriptContract.bytes;

import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.PythonError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where failing records are, what is kept of them, and what a script can ask about a record.
interface PlaceContract extends Subject {
  String FAIL =
      """
      def process(record):
          if "bad" in str(record):
              raise ValueError("no good")
          return ascii(record)
      """;

  @Test
  default void knowsWhereFailingLinesAre() {
    try (Session session = script(FAIL).open()) {
      var outcome = session.run(bytes("\uFEFFbad\r\né\n\n", 0xff, "\nbad\n"));
      assertThat(outcome.text()).isEqualTo("'\\xe9'\n''\n");
      assertThat(outcome.result().errors())
          .extracting(PythonError::record, PythonError::line, PythonError::offset)
          .containsExactly(tuple(0L, 0L, 3L), tuple(3L, 3L, 12L), tuple(4L, 4L, 14L));
    }
  }

  @Test
  default void knowsWhereFailingRowsAre() {
    try (Session session = script(FAIL).format(Format.CSV).open()) {
      var outcome = session.run("\"é\n\"\r\n\nbad\n1,2\n\"b\nad\nbad\"\n", "a");
      assertThat(outcome.text()).isEqualTo("{'a': '\\xe9\\n'}\n");
      assertThat(outcome.result().errors())
          .extracting(PythonError::record, PythonError::line, PythonError::offset)
          .containsExactly(tuple(2L, 3L, 8L), tuple(3L, 4L, 12L), tuple(4L, 5L, 16L));
    }
  }

  @Test
  default void knowsWhereAShardStopped() {
    String script =
        """
        def process_shard(records):
            for record in records:
                if record == 2:
                    1 / 0
        """;
    try (Session session = script(script).format(Format.JSON).open()) {
      PythonError error = session.run("[\"é\",\n 2, 3]").result().errors().getLast();
      assertThat(error.record()).isEqualTo(1);
      assertThat(error.line()).isEqualTo(1);
      assertThat(error.offset()).isEqualTo(8);
    }
  }

  @Test
  default void passesOnRecordsThatFail() {
    try (Session session = script(FAIL).rejecting().format(Format.JSONL).open()) {
      var outcome = session.run("\"bad é\"\n1\n\n{x\n", "");
      assertThat(outcome.text()).isEqualTo("1\n");
      String[] lines = outcome.rejects().split("\n");
      assertThat(lines).hasSize(2);
      assertThat(outcome.rejects()).endsWith("\n");
      JsonNode first = JsonMapper.shared().readTree(lines[0]);
      assertThat(first.get("source").asString()).isEqualTo("source");
      assertThat(first.get("record").asInt()).isEqualTo(11);
      assertThat(first.get("line").asInt()).isEqualTo(21);
      assertThat(first.get("offset").asInt()).isEqualTo(1000);
      assertThat(first.at("/error/type").asString()).isEqualTo("ValueError");
      assertThat(first.at("/error/message").asString()).isEqualTo("no good");
      assertThat(first.get("traceback").asString())
          .contains("line 3, in process")
          .endsWith("ValueError: no good");
      assertThat(first.get("data").asString()).isEqualTo("\"bad é\"");
      JsonNode second = JsonMapper.shared().readTree(lines[1]);
      assertThat(second.get("record").asInt()).isEqualTo(14);
      assertThat(second.get("line").asInt()).isEqualTo(24);
      assertThat(second.get("offset").asInt()).isEqualTo(1012);
      assertThat(second.at("/error/type").asString()).isEqualTo("json.decoder.JSONDecodeError");
      assertThat(second.get("data").asString()).isEqualTo("{x");
    }
  }

  @Test
  default void passesOnBytesThatAreNoText() {
    try (Session session = script(FAIL).rejecting().open()) {
      var outcome = session.run(bytes("ok\n", 0xff, 0, "\n"));
      JsonNode reject = JsonMapper.shared().readTree(outcome.rejects());
      assertThat(reject.has("data")).isFalse();
      assertThat(reject.get("dataBase64").asString()).isEqualTo("/wA=");
      assertThat(session.run("bad\n".repeat(500)).rejects().lines()).hasSize(500);
    }
  }

  @Test
  default void tellsOfTheCurrentRecord() {
    String script =
        """
        import pyparallel
        def process(record):
            return [pyparallel.record.number, ascii(pyparallel.record.line)]
        """;
    try (Session session = script(script).json().format(Format.CSV).open()) {
      assertThat(session.run("\"é\"\r\n\n\"x\ny\"\n", "a").text())
          .isEqualTo("[10,\"'\\\"\\\\xe9\\\"'\"]\n[12,\"'\\\"x\\\\ny\\\"'\"]\n");
    }
    try (Session session = script(script).json().format(Format.JSON).open()) {
      assertThat(session.run("[1 , {\"a\":\"é\"}]", "").text())
          .isEqualTo("[10,\"'1'\"]\n[11,\"'{\\\"a\\\":\\\"\\\\xe9\\\"}'\"]\n");
    }
  }
}
