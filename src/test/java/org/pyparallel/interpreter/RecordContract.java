package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pyparallel.interpreter.ScriptContract.bytes;
import static org.pyparallel.interpreter.ScriptContract.finished;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardResult;

/// How a shard's bytes become records.
interface RecordContract extends Subject {
  String ASCII = "def process(record):\n    return ascii(record)\n";

  @Test
  default void cutsLines() {
    try (Session session = script(ASCII).open()) {
      // A mark at the start of the source is dropped, once; anywhere else it is text.
      var first = session.run("\uFEFF\uFEFFa\r\nb\rc\u2028d\r\r\n\n\uFEFFé€😀\nlast");
      assertThat(first.text())
          .isEqualTo(
              """
              '\\ufeffa'
              'b\\rc\\u2028d\\r'
              ''
              '\\ufeff\\xe9\\u20ac\\U0001f600'
              'last'
              """);
      assertThat(first.result()).isEqualTo(finished(5));
      assertThat(session.run("\uFEFFx\r").text()).isEqualTo("'\\ufeffx\\r'\n");
      assertThat(session.run("\n\n").text()).isEqualTo("''\n''\n");
      assertThat(session.run("\uFFFD\n").text()).isEqualTo("'\\ufffd'\n");
    }
  }

  @Test
  default void cutsManyLinesOfAllLengths() {
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      input.append(i).append(i % 7 == 0 ? "ü" : "").append("-".repeat(i % 97));
      input.append(i % 3 == 0 ? "\r\n" : "\n");
    }
    input.append("x".repeat(100_000)).append('\n');
    try (Session session = script("def process(record):\n    return record\n").open()) {
      var outcome = session.run(input.toString());
      assertThat(outcome.text()).isEqualTo(input.toString().replace("\r\n", "\n"));
      assertThat(outcome.result()).isEqualTo(finished(3001));
    }
  }

  @Test
  default void failsOnlyTheLinesThatAreNotUtf8() {
    String good = "g".repeat(20) + "\n";
    byte[] input = bytes(good.repeat(2000), "ok\r\n", 0xff, "bad\r\n", "é\n", "cut", 0xc3, "\nend");
    try (Session session = script("def process(record):\n    return record\n").open()) {
      var outcome = session.run(input);
      assertThat(outcome.text()).isEqualTo(good.repeat(2000) + "ok\né\nend\n");
      assertThat(outcome.result().records()).isEqualTo(2005);
      assertThat(outcome.result().failedRecords()).isEqualTo(2);
      assertThat(outcome.result().errors())
          .extracting(PythonError::record, PythonError::type)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(2001L, "UnicodeDecodeError"),
              org.assertj.core.groups.Tuple.tuple(2003L, "UnicodeDecodeError"));
      assertThat(outcome.result().errors().getFirst().message())
          .startsWith("'utf-8' codec can't decode byte 0xff in position 0");
    }
  }

  @Test
  default void replacesOrEscapesWhatIsNotUtf8() {
    byte[] input = bytes("a", 0xff, "\n", 0xe2, 0x82, "b\n", 0xed, 0xa0, 0x80, "\r\n", "é", 0xc3);
    try (Session session = script(ASCII).errors(EncodingErrors.REPLACE).open()) {
      assertThat(session.run(input).text())
          .isEqualTo("'a\\ufffd'\n'\\ufffdb'\n'\\ufffd\\ufffd\\ufffd'\n'\\xe9\\ufffd'\n");
    }
    Setup escape =
        script("def process(record):\n    return ascii(record) + ' ' + record\n")
            .errors(EncodingErrors.SURROGATEESCAPE);
    try (Session session = escape.open()) {
      var outcome = session.run(input);
      assertThat(outcome.bytes())
          .isEqualTo(
              bytes(
                  "'a\\udcff' a",
                  0xff,
                  "\n'\\udce2\\udc82b' ",
                  0xe2,
                  0x82,
                  "b\n",
                  "'\\udced\\udca0\\udc80' ",
                  0xed,
                  0xa0,
                  0x80,
                  "\n'\\xe9\\udcc3' é",
                  0xc3,
                  "\n"));
      assertThat(outcome.result()).isEqualTo(finished(4));
    }
  }

  @Test
  default void decodesJsonLines() {
    try (Session session =
        script("def process(record):\n    return record\n").format(Format.JSONL).open()) {
      String values =
          """
          {"a": [1, 2.5, -0.0, 1e300, true, false, null], "ü": "\\u00e9\\ud83d\\ude00\\n"}

          [123456789012345678901234567890, -7, {}, [], ""]
            "text"\t
          {"a": 1, "b": {"c": [{"d": 0.1}]}, "a": 2}
          3
          """;
      var outcome = session.run(values);
      assertThat(outcome.text())
          .isEqualTo(
              """
              {"a":[1,2.5,-0.0,1e+300,true,false,null],"ü":"é😀\\n"}
              [123456789012345678901234567890,-7,{},[],""]
              text
              {"a":2,"b":{"c":[{"d":0.1}]}}
              3
              """);
      assertThat(outcome.result()).isEqualTo(finished(6));

      var broken = session.run("{\"a\": 1}\n{oops}\n[1, 2\n\n4 5\n6\n");
      assertThat(broken.text()).isEqualTo("{\"a\":1}\n6\n");
      assertThat(broken.result().records()).isEqualTo(6);
      assertThat(broken.result().failedRecords()).isEqualTo(3);
      assertThat(broken.result().errors())
          .extracting(PythonError::record)
          .containsExactly(1L, 2L, 4L);
      assertThat(broken.result().errors().getFirst().type())
          .isEqualTo("json.decoder.JSONDecodeError");
      assertThat(broken.result().errors().getLast().message())
          .isEqualTo("Extra data: line 1 column 3 (char 2)");
      assertThat(broken.result().errors())
          .as("a broken record has no frames of the library that reads it")
          .allSatisfy(error -> assertThat(error.frames()).isEmpty());
    }
  }

  @Test
  default void givesTextAndBytesWhole() {
    try (Session session = script(ASCII).format(Format.TEXT).open()) {
      var first = session.run("\uFEFFa\r\nb\n");
      assertThat(first.text()).isEqualTo("'a\\r\\nb\\n'\n");
      assertThat(first.result()).isEqualTo(finished(1, 0));
      var broken = session.run(bytes("a", 0xff));
      assertThat(broken.text()).isEmpty();
      assertThat(broken.result().failedRecords()).isEqualTo(1);
      assertThat(broken.result().errors().getFirst().record()).isZero();
    }
    try (Session session = script(ASCII).format(Format.BYTES).open()) {
      var outcome = session.run(bytes("\uFEFF", 0, 0xff, "\r\n"));
      assertThat(outcome.text()).isEqualTo("b'\\xef\\xbb\\xbf\\x00\\xff\\r\\n'\n");
      assertThat(outcome.result()).isEqualTo(finished(1, 0));
    }
  }

  @Test
  default void cutsItemsAtNul() {
    Setup setup = script(ASCII);
    for (Format format : new Format[] {Format.NULL, Format.FILES}) {
      try (Session session = setup.format(format).open()) {
        var outcome = session.run("\uFEFFa\nb\r\0\0é\0");
        assertThat(outcome.text()).isEqualTo("'\\ufeffa\\nb\\r'\n''\n'\\xe9'\n");
        assertThat(outcome.result()).isEqualTo(finished(3, 0));
      }
    }
  }

  @Test
  default void readsRangesOfFilesAndFailsWhereTheyShrank() throws IOException {
    Path one = Files.writeString(folder().resolve("one"), "aa\nbb\ncc\n");
    Path two = Files.writeString(folder().resolve("two"), "dd\n");
    try (Session session = script("def process(record):\n    return record\n").open()) {
      assertThat(session.run(one, 3, 3).text()).isEqualTo("bb\n");
      assertThat(session.run(two, 0, 3).text()).isEqualTo("dd\n");
      assertThat(session.run(one, 0, 0).result()).isEqualTo(finished(0));
      for (long start : new long[] {6, 50}) {
        // What is gone must not be lost in silence, nor half a record taken for a whole one.
        var shrunk = session.run(one, start, 100);
        assertThat(shrunk.text()).isEmpty();
        assertThat(shrunk.result()).isInstanceOf(ShardResult.Failed.class);
        assertThat(shrunk.result().errors().getLast().message()).contains("it has shrunk");
      }
      var missing = session.run(folder().resolve("missing"), 0, 3);
      assertThat(missing.result()).isInstanceOf(ShardResult.Failed.class);
      assertThat(session.run(one, 6, 3).text()).isEqualTo("cc\n");
    }
  }
}
