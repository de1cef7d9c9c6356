package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pyparallel.interpreter.ScriptContract.bytes;
import static org.pyparallel.interpreter.ScriptContract.finished;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardData;

/// How a shard's bytes become records where these are not simply its lines.
interface FormatContract extends Subject {
  String SHOW = "def process(record):\n    return ascii(record)\n";

  @Test
  default void readsTablesAsDicts() {
    try (Session session = script(SHOW).format(Format.CSV).open()) {
      var plain = session.run("1,é\r\n\n2,\n3\n", "n,\u00c3\u00bc\r\n");
      assertThat(plain.text())
          .isEqualTo(
              """
              {'n': '1', '\\xfc': '\\xe9'}
              {'n': '2', '\\xfc': ''}
              {'n': '3', '\\xfc': None}
              """);
      assertThat(plain.result()).isEqualTo(finished(4, 4));

      String long70k = "x".repeat(70_000);
      var quoted =
          session.run(
              "\"a\n\nb\",\"say \"\"hi\"\", é\"\n1,2\rz,5\" disk\n\"" + long70k + "\n\",3\n",
              "n,m");
      assertThat(quoted.text())
          .isEqualTo(
              """
              {'n': 'a\\n\\nb', 'm': 'say "hi", \\xe9'}
              {'n': '1', 'm': '2'}
              {'n': 'z', 'm': '5" disk'}
              {'n': 'LONG\\n', 'm': '3'}
              """
                  .replace("LONG", long70k));
      assertThat(quoted.result()).isEqualTo(finished(4, 6));
    }
  }

  @Test
  default void readsTablesWithoutNamesAsLists() {
    FormatOptions options =
        new FormatOptions(';', false, Optional.empty(), Optional.empty(), Optional.empty(), 1);
    try (Session session = script(SHOW).format(Format.TSV, options).open()) {
      assertThat(session.run("\uFEFFa;\"b;c\"\n;\n").text()).isEqualTo("['a', 'b;c']\n['', '']\n");
    }
  }

  @Test
  default void failsOnlyTheRowsThatAreNone() {
    try (Session session = script(SHOW).format(Format.CSV).open()) {
      var outcome = session.run("1,2\n3,4,5\n6,7\n\"8,\n", "a,b");
      assertThat(outcome.text()).isEqualTo("{'a': '1', 'b': '2'}\n{'a': '6', 'b': '7'}\n");
      assertThat(outcome.result().records()).isEqualTo(4);
      assertThat(outcome.result().errors())
          .extracting(PythonError::record, PythonError::type, PythonError::message)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  1L, "ValueError", "the row has 3 fields, but the header 2"),
              org.assertj.core.groups.Tuple.tuple(
                  3L, "ValueError", "a quoted field does not end: its closing quote is missing"));
    }
    byte[] bad = bytes("\"a\n", 0xff, "\"\nb\n");
    FormatOptions options =
        new FormatOptions(',', false, Optional.empty(), Optional.empty(), Optional.empty(), 1);
    Setup lists = script(SHOW).format(Format.CSV, options);
    try (Session session = lists.open()) {
      var outcome = session.run(bad);
      assertThat(outcome.text()).isEqualTo("['b']\n");
      assertThat(outcome.result().errors())
          .singleElement()
          .satisfies(error -> assertThat(error.type()).isEqualTo("UnicodeDecodeError"));
    }
    try (Session session = lists.errors(EncodingErrors.REPLACE).open()) {
      assertThat(session.run(bad).text()).isEqualTo("['a\\n\\ufffd']\n['b']\n");
    }
  }

  @Test
  default void readsJsonTextsOverShards() {
    try (Session session = script(SHOW).format(Format.JSON).open()) {
      var first = session.run("\uFEFF {\"a\": [1, 2]}\n[1, [2,\n 3], \"é\" ,");
      assertThat(first.text()).isEqualTo("{'a': [1, 2]}\n1\n[2, 3]\n'\\xe9'\n");
      assertThat(first.result()).isEqualTo(finished(4, 2));
      var second = session.run(" 4 ] [] \"x\"7\n[true ]", "[");
      assertThat(second.text()).isEqualTo("4\n'x'\n7\nTrue\n");
      assertThat(second.result()).isEqualTo(finished(4, 1));

      var broken = session.run("1,, {\"a\": x, \"b\": [2, 3]}, 4 5,\n6, ] {", "[");
      assertThat(broken.text()).isEqualTo("1\n6\n");
      assertThat(broken.result().records()).isEqualTo(7);
      assertThat(broken.result().errors())
          .extracting(PythonError::record, PythonError::line, PythonError::offset)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(1L, 0L, 2L),
              org.assertj.core.groups.Tuple.tuple(2L, 0L, 4L),
              org.assertj.core.groups.Tuple.tuple(3L, 0L, 27L),
              org.assertj.core.groups.Tuple.tuple(5L, 1L, 35L),
              org.assertj.core.groups.Tuple.tuple(6L, 1L, 37L));
    }
    try (Session session =
        script(SHOW).format(Format.JSON).errors(EncodingErrors.SURROGATEESCAPE).open()) {
      assertThat(session.run(bytes("[\"", 0xff, "\", \"é\"]")).text())
          .isEqualTo("'\\udcff'\n'\\xe9'\n");
    }
  }

  @Test
  default void readsValuesOfAnyKind() {
    try (Session session = script(SHOW).format(Format.VALUES).open()) {
      var outcome =
          session.run("1\n007\n-1.5e3\n\ntrue\nnull\n {\"a\": 1}\nNaN\né\n\"é\"\n10000000000");
      assertThat(outcome.text())
          .isEqualTo(
              """
              1
              '007'
              -1500.0
              True
              None
              {'a': 1}
              'NaN'
              '\\xe9'
              '\\xe9'
              10000000000
              """);
      assertThat(outcome.result()).isEqualTo(finished(11));
    }
  }

  @Test
  default void cutsRecordsAtASeparatorOrWhereTheyStart() {
    try (Session session = script(SHOW).format(Format.RECORDS, separator("\n\n")).open()) {
      var outcome = session.run("a\nb\n\n\nc\n\n" + "x".repeat(40_000) + "\n\né\n\n");
      assertThat(outcome.text())
          .isEqualTo("'a\\nb'\n'\\nc'\n'" + "x".repeat(40_000) + "'\n'\\xe9'\n");
      assertThat(outcome.result()).isEqualTo(finished(4, 10));
    }
    FormatOptions started =
        new FormatOptions(
            ',', true, Optional.empty(), Optional.of("^[0-9]+ "), Optional.empty(), 1);
    try (Session session = script(SHOW).format(Format.RECORDS, started).open()) {
      var outcome = session.run(bytes("head\n1 a\n  at é\n\n2 b\n20\n3 ", 0xff, "\n4 c"));
      assertThat(outcome.text()).isEqualTo("'head'\n'1 a\\n  at \\xe9\\n'\n'2 b\\n20'\n'4 c'\n");
      assertThat(outcome.result().records()).isEqualTo(5);
      assertThat(outcome.result().errors().getFirst().line()).isEqualTo(6);
    }
  }

  private static FormatOptions separator(String separator) {
    return new FormatOptions(
        ',', true, Optional.of(separator), Optional.empty(), Optional.empty(), 1);
  }

  @Test
  default void countsThroughRanges() {
    try (Session session = script(SHOW).format(Format.RANGE).open()) {
      var outcome = session.run(new ShardData.Range(5, 20_000, -2));
      assertThat(outcome.text()).startsWith("5\n3\n1\n-1\n").endsWith("\n-39993\n");
      assertThat(outcome.result()).isEqualTo(finished(20_000, 0));
    }
  }

  @Test
  default void groupsArguments() {
    FormatOptions pairs =
        new FormatOptions(',', true, Optional.empty(), Optional.empty(), Optional.empty(), 2);
    try (Session session = script(SHOW).format(Format.ARGS, pairs).open()) {
      assertThat(session.run("a\0é\nc\0\0d\0").text()).isEqualTo("('a', '\\xe9\\nc')\n('', 'd')\n");
    }
    try (Session session = script(SHOW).format(Format.ARGS).open()) {
      assertThat(session.run("a\0b\0").text()).isEqualTo("'a'\n'b'\n");
    }
  }

  @Test
  default void countsWhatProcessShardLeavesUnread() {
    String script = "def process_shard(records):\n    yield ascii(next(records))\n";
    try (Session session = script(script).format(Format.CSV).open()) {
      var outcome = session.run("1\n\"2\n\"\n3\n", "a");
      assertThat(outcome.text()).isEqualTo("{'a': '1'}\n");
      assertThat(outcome.result()).isEqualTo(finished(3, 4));
    }
    try (Session session = script(script).format(Format.RANGE).open()) {
      var outcome = session.run(new ShardData.Range(0, 1_000_000_000_000L, 1));
      assertThat(outcome.result()).isEqualTo(finished(1_000_000_000_000L, 0));
    }
  }
}
