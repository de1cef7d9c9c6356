package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pyparallel.interpreter.ScriptContract.bytes;
import static org.pyparallel.interpreter.ScriptContract.finished;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Share;

/// What values of every type become: in JSON, in tables, under tags; and the files that are shared.
interface ValueContract extends Subject {
  String VALUES =
      """
      import array, collections, dataclasses, datetime as dt, decimal, enum, fractions, ipaddress
      import math, pathlib, types, uuid

      @dataclasses.dataclass
      class Point:
          x: object
          y: object = None

      class Colour(enum.Enum):
          RED = "red"
          SET = frozenset({2, 1})

      class Level(enum.IntEnum):
          LOW = 1

      class Text(str):
          pass

      class Number(int):
          def __repr__(self):
              return "a number"

      class Listed:
          def tolist(self):
              return [1, {2}]

      Pair = collections.namedtuple("Pair", "a b")

      def generate():
          yield {1}
          yield (x for x in "ab")

      def nested(value, depth):
          for _ in range(depth):
              value = [value]
          return value

      """;

  /// Expressions and their JSON text.
  List<List<String>> TABLE =
      List.of(
          List.of("{'b', 'a', 'é'}", "[\"a\",\"b\",\"é\"]"),
          List.of("{10, 9, None, 'x'}", "[\"x\",10,9,null]"),
          List.of("frozenset({(2, 1), frozenset({2, 1})})", "[[1,2],[2,1]]"),
          List.of(
              "dt.datetime(2020, 1, 2, 3, 4, 5, 6, dt.timezone.utc)",
              "\"2020-01-02T03:04:05.000006+00:00\""),
          List.of("dt.date(2020, 1, 2)", "\"2020-01-02\""),
          List.of("dt.time(1, 2)", "\"01:02:00\""),
          List.of("dt.timedelta(days=1, milliseconds=500)", "86400.5"),
          List.of("decimal.Decimal('1.50')", "\"1.50\""),
          List.of("fractions.Fraction(1, 3)", "\"1/3\""),
          List.of("uuid.UUID(int=1)", "\"00000000-0000-0000-0000-000000000001\""),
          List.of("pathlib.Path('a/b')", "\"a/b\""),
          List.of("ipaddress.ip_address('::1')", "\"::1\""),
          List.of("ipaddress.ip_network('10.0.0.0/8')", "\"10.0.0.0/8\""),
          List.of("1.5 + 2j", "\"(1.5+2j)\""),
          List.of("Colour.RED", "\"red\""),
          List.of("Colour.SET", "[1,2]"),
          List.of("Level.LOW", "1"),
          List.of("Point(1, Point({2}))", "{\"x\":1,\"y\":{\"x\":[2],\"y\":null}}"),
          List.of("Pair(1, {2})", "[1,[2]]"),
          List.of("[b'a', bytearray(b'b'), memoryview(b'c')]", "[\"a\",\"b\",\"c\"]"),
          List.of("Listed()", "[1,[2]]"),
          List.of("array.array('d', [1.5])", "[1.5]"),
          List.of("collections.deque([1, {2}])", "[1,[2]]"),
          List.of("range(3)", "[0,1,2]"),
          List.of(
              "[{'b': 1}.keys(), {'b': 1}.values(), {'b': 1}.items()]",
              "[[\"b\"],[1],[[\"b\",1]]]"),
          List.of("types.MappingProxyType({'a': 1})", "{\"a\":1}"),
          List.of("collections.ChainMap({'a': 1})", "{\"a\":1}"),
          List.of("collections.Counter('aab')", "{\"a\":2,\"b\":1}"),
          List.of("collections.UserString('a')", "\"a\""),
          List.of("{'g': generate()}", "{\"g\":[[1],[\"a\",\"b\"]]}"),
          List.of("[Text('a'), Number(5)]", "[\"a\",5]"),
          List.of(
              "{1: 1, 2.5: 2, None: 3, dt.date(2020, 1, 2): 4, decimal.Decimal('1.5'): 5,"
                  + " Colour.RED: 6, b'k': 7}",
              "{\"1\":1,\"2.5\":2,\"null\":3,\"2020-01-02\":4,\"1.5\":5,\"red\":6,\"k\":7}"),
          List.of(
              "[1e16, 1e22, 1e-7, 0.1 + 0.2, -0.0, 2.0]",
              "[1e+16,1e+22,1e-07,0.30000000000000004,-0.0,2.0]"),
          List.of("['\\ud800é']", "[\"\\ud800\\u00e9\"]"));

  /// Expressions, the error's type, and what its message says.
  List<List<String>> ERRORS =
      List.of(
          List.of("math.nan", "ValueError", "it is nan, which JSON has no number for"),
          List.of("{'a': [1, -math.inf]}", "ValueError", "result['a'][1] is -inf"),
          List.of("{'a': {(1, 2): 3}}", "TypeError", "result['a'] has the key (1, 2)"),
          List.of("[object()]", "TypeError", "result[0] is of type object"),
          List.of("(l := [], l.append(l))[0]", "ValueError", "result[0] contains itself"),
          List.of("{'a': b'\\xff'}", "ValueError", "result['a'] is bytes that are not UTF-8"),
          List.of("nested(1, 300_000)", "RecursionError", "it is nested too deep"));

  @Test
  default void writesValuesOfEveryType() {
    StringBuilder source = new StringBuilder(VALUES).append("VALUES = [\n");
    TABLE.forEach(row -> source.append("    lambda: ").append(row.getFirst()).append(",\n"));
    source.append("]\ndef process(record): return VALUES[int(record)]()\n");
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < TABLE.size(); i++) {
      records.append(i).append('\n');
    }
    try (Session session = script(source.toString()).json().open()) {
      var outcome = session.run(records.toString());
      assertThat(outcome.text().split("\n"))
          .containsExactlyElementsOf(TABLE.stream().map(List::getLast).toList());
      assertThat(outcome.result()).isEqualTo(finished(TABLE.size()));
    }
  }

  @Test
  default void writesValuesThatAreNestedDeep() {
    String process = "def process(record): return nested(record, 5000)\n";
    try (Session session = script(VALUES + process).json().open()) {
      assertThat(session.run("x\n").text())
          .isEqualTo("[".repeat(5000) + "\"x\"" + "]".repeat(5000) + "\n");
    }
  }

  @Test
  default void saysWhichResultHasNoJsonAndWhy() {
    StringBuilder source = new StringBuilder(VALUES).append("VALUES = [\n");
    ERRORS.forEach(row -> source.append("    lambda: ").append(row.getFirst()).append(",\n"));
    source.append("]\ndef process(record): return VALUES[int(record)]() if record else 'fine'\n");
    StringBuilder records = new StringBuilder("\n");
    for (int i = 0; i < ERRORS.size(); i++) {
      records.append(i).append("\n\n");
    }
    try (Session session = script(source.toString()).json().open()) {
      var outcome = session.run(records.toString());
      assertThat(outcome.text()).isEqualTo("\"fine\"\n".repeat(ERRORS.size() + 1));
      List<PythonError> errors = outcome.result().errors();
      assertThat(errors).hasSameSizeAs(ERRORS);
      for (int i = 0; i < errors.size(); i++) {
        assertThat(errors.get(i).record()).isEqualTo(2 * i + 1);
        assertThat(errors.get(i).type()).isEqualTo(ERRORS.get(i).get(1));
        assertThat(errors.get(i).message())
            .startsWith("the result cannot be written as JSON: ")
            .contains(ERRORS.get(i).get(2));
        assertThat(errors.get(i).traceback()).doesNotContain("another exception");
      }
    }
  }

  @Test
  default void writesWholeNumbersOfAnySize() {
    BigInteger huge = BigInteger.ONE;
    for (int i = 2; i <= 10_000; i++) {
      huge = huge.multiply(BigInteger.valueOf(i));
    }
    try (Session session =
        script(
                """
                import math, sys
                HUGE = math.prod(range(1, 10_001))
                def process(record):
                    return {"a": HUGE, "b": [HUGE], "c": {HUGE: 1}, "d": sys.get_int_max_str_digits()}[record]
                """)
            .open()) {
      assertThat(session.run("a\nb\nc\nd\n").text())
          .isEqualTo(huge + "\n[" + huge + "]\n{\"" + huge + "\":1}\n4300\n");
    }
  }

  @Test
  default void writesRowsAndMarksTheirColumns() {
    Setup setup =
        script(
            """
            import collections, dataclasses, datetime
            Pair = collections.namedtuple("Pair", "a b")
            @dataclasses.dataclass
            class Point:
                b: object
                a: object
            def process(record):
                if record == "print":
                    print("printed, too")
                    return None
                return {
                    "dict": {"a": 1, "b": None}, "pair": Pair(True, [1, "x"]), "point": Point(0.5, "p"),
                    "list": ["l", datetime.date(2020, 1, 2)], "str": "é", "empty": "", "none": None,
                    "quotes": {"a": 'a"b', "b": "c\\nd"}, "nul": ["\\0"], "surrogate": ["\\ud800"],
                    "fields": {},
                }[record]
            """);
    String records =
        "dict\npair\npoint\nquotes\nlist\nstr\nempty\nprint\nnone\nnul\nsurrogate\nfields\ndict\n";
    try (Session session = setup.output(OutputFormat.CSV).open()) {
      var outcome = session.run(records);
      assertThat(outcome.text())
          .isEqualTo(
              """
              ~a,b
              1,
              True,"[1,""x""]"
              ~b,a
              0.5,p
              ~a,b
              "a""b","c
              d"
              ~
              l,2020-01-02
              é
              ""
              "printed, too"
              ~a,b
              1,
              """
                  .replace('~', '\0'));
      assertThat(outcome.result().errors())
          .extracting(PythonError::record)
          .containsExactly(9L, 10L, 11L);
      assertThat(session.run("list\n").text()).isEqualTo("\0\nl,2020-01-02\n");
    }
    try (Session session = setup.output(OutputFormat.TSV).open()) {
      assertThat(session.run("pair\nprint\n").text())
          .isEqualTo("\0a\tb\nTrue\t\"[1,\"\"x\"\"]\"\n\0\nprinted, too\n");
    }
  }

  @Test
  default void aFilterHasNoRows() {
    assertThatThrownBy(() -> script("print(1)\n").output(OutputFormat.CSV).open())
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining("--output-format csv needs a function");
  }

  @Test
  default void tagsEveryLine() {
    Setup setup =
        script(
                """
                import sys
                def process(record):
                    print("printed")
                    sys.stdout.buffer.write(b"raw ")
                    yield "one\\ntwo"
                    yield b"\\xfe\\n"
                    yield [record]
                """)
            .tagged();
    try (Session session = setup.open()) {
      assertThat(session.run("a\n").bytes())
          .isEqualTo(
              bytes(
                  "source\tprinted\nsource\traw one\nsource\ttwo\nsource\t",
                  0xfe,
                  "\nsource\t[\"a\"]\n"));
    }
    try (Session session = setup.format(Format.NULL).open()) {
      assertThat(session.run("é\0").bytes())
          .isEqualTo(bytes("é\tprinted\né\traw one\né\ttwo\né\t", 0xfe, "\né\t[\"é\"]\n"));
    }
    Setup filter = script("import sys\nsys.stdout.write(sys.stdin.read())\n").tagged();
    try (Session session = filter.open()) {
      assertThat(session.run("a\nb").text()).isEqualTo("source\ta\nsource\tb\n");
    }
  }

  @Test
  default void sharesFiles() throws IOException {
    Path words = Files.write(folder().resolve("words.bin"), bytes("hello", 0xff));
    Path empty = Files.createFile(folder().resolve("empty.bin"));
    try (Session session =
        script(
                """
                from pyparallel import shared
                import pyparallel
                def process(record):
                    if record == "list":
                        return [dir(shared), dir(pyparallel.shared)]
                    view = getattr(shared, record)
                    assert view is getattr(pyparallel.shared, record)
                    return [type(view).__name__, view.readonly, len(view), list(view[4:])]
                """)
            .shares(
                new Share("words", words),
                new Share("empty", empty),
                new Share("gone", folder().resolve("gone.bin")))
            .open()) {
      var outcome = session.run("list\nwords\nempty\ngone\nother\n");
      assertThat(outcome.text())
          .isEqualTo(
              """
              [["empty","gone","words"],["empty","gone","words"]]
              ["memoryview",true,6,[111,255]]
              ["memoryview",true,0,[]]
              """);
      assertThat(outcome.result().errors())
          .extracting(PythonError::type)
          .containsExactly("FileNotFoundError", "AttributeError");
      assertThat(outcome.result().errors().getFirst().message()).contains("gone.bin");
      assertThat(outcome.result().errors().getLast().message())
          .contains("shared are: empty, gone, words");
    }
  }
}
