package org.pyparallel.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pyparallel.interpreter.ScriptContract.finished;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pyparallel.interpreter.ReduceStep.Side;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Merging;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardResult;

/// What becomes of results that are reduced, sorted, or written once. What runs look like is told
/// in `_sort.py`.
interface MergingContract extends Subject {
  ReduceStep TAKE = new ReduceStep.Take();
  ReduceStep WRITE = new ReduceStep.Write();
  Merging SORT = new Merging.Sort(Optional.empty(), false, false);

  String JOIN =
      """
      import json

      class Box:
          def __init__(self, items):
              self.items = items

      def process(line):
          return Box([line])

      def join(a, b):
          if b.items == ["refuse"]:
              raise ValueError("refused")
          print("joined", len(a.items), len(b.items))
          return Box(a.items + b.items)
      """;

  private static ByteBuffer take(Session session) {
    var outcome = session.reduce(TAKE);
    assertThat(outcome.result()).isEqualTo(finished(0));
    return ByteBuffer.wrap(outcome.bytes());
  }

  private static ReduceStep with(ByteBuffer taken, Side side) {
    return new ReduceStep.Combine(taken, side, "shard 0 and shard 1");
  }

  @Test
  default void reducesResultsOfSeveralShardsInOrder() {
    String script = "def process(line): return {line: 1, 'é': [line]}";
    try (Session session = script(script).merging(new Merging.Reduce("merge-dict")).open()) {
      assertThat(session.run("a\nb\n").bytes()).isEmpty();
      ByteBuffer earlier = take(session);
      session.run("x\nb\n");
      ByteBuffer later = take(session);
      assertThat(session.run("é\n").result().failedRecords()).isZero();
      session.reduce(TAKE);
      session.run("b\nc\n");
      assertThat(session.reduce(with(earlier, Side.EARLIER)).result()).isEqualTo(finished(0));
      assertThat(session.reduce(with(later, Side.LATER)).result()).isEqualTo(finished(0));

      var written = session.reduce(WRITE);

      assertThat(written.result()).isEqualTo(finished(0));
      assertThat(written.text())
          .isEqualTo(
              """
              {"a":1,"é":["a","b","b","c","x","b"],"b":3,"c":1,"x":1}
              """);
    }
  }

  @Test
  default void keepsCountsUntilTheEnd() {
    Setup setup =
        script("def process(line): return {line: 1}").merging(new Merging.Reduce("merge-dict"));
    byte[] kept;
    try (Session first = setup.open()) {
      first.run("c\nb\n");
      assertThat(first.reduce(new ReduceStep.Keep(1)).text()).isEqualTo(ReduceStep.KEPT);
      first.run("");
      assertThat(first.reduce(new ReduceStep.Keep(2)).bytes()).isEmpty();
      kept = first.reduce(new ReduceStep.HandIn()).bytes();
      assertThat(first.reduce(new ReduceStep.HandIn()).bytes()).isEmpty();
    }
    try (Session second = setup.open()) {
      second.run("a\nb\n");
      second.reduce(new ReduceStep.Keep(0));
      var received = second.reduce(new ReduceStep.Receive(ByteBuffer.wrap(kept)));
      assertThat(received.result()).isEqualTo(finished(0));
      assertThat(second.reduce(WRITE).text())
          .isEqualTo(
              """
              {"a":1,"b":2,"c":1}
              """);
    }
  }

  @Test
  default void saysWhatIsNotToBeKept() {
    try (Session session =
        script("def process(line): return line").merging(new Merging.Reduce("uniq")).open()) {
      session.run("a\n");
      assertThat(session.reduce(new ReduceStep.Keep(0)).text()).isEqualTo(ReduceStep.NEVER);
      assertThat(session.reduce(TAKE).bytes()).isNotEmpty();
    }
  }

  @Test
  default void writesWhatNothingGives() {
    try (Session session =
        script("def process(line): return line").merging(new Merging.Reduce("count")).open()) {
      assertThat(session.reduce(WRITE).text()).isEqualTo("0\n");
      session.run("");
      assertThat(session.reduce(TAKE).bytes()).isEmpty();
      session.run("a\nb\n");
      assertThat(session.reduce(WRITE).text()).isEqualTo("2\n");
    }
  }

  @Test
  default void passesObjectsOfTheScriptFromOneInterpreterToAnother() {
    Setup setup = script(JOIN).merging(new Merging.Reduce("join"));
    StringBuffer diagnostics = new StringBuffer();
    ByteBuffer earlier;
    try (Session first = setup.open()) {
      first.run("a\nb\n");
      earlier = take(first);
    }
    try (Session second = setup.open(diagnostics)) {
      second.run("c\n");
      assertThat(second.reduce(with(earlier, Side.EARLIER)).result()).isEqualTo(finished(0));
      assertThat(diagnostics).hasToString("joined 2 1\n");
      assertThat(second.reduce(WRITE).result().errors())
          .singleElement()
          .satisfies(error -> assertThat(error.message()).contains("cannot be written as JSON"));
    }
  }

  @Test
  default void tellsWhatCannotBeCombined() {
    try (Session session = script(JOIN).merging(new Merging.Reduce("join")).open()) {
      session.run("refuse\n");
      ByteBuffer later = take(session);
      session.run("a\n");

      ShardResult result = session.reduce(with(later, Side.LATER)).result();

      assertThat(result).isInstanceOf(ShardResult.Failed.class);
      PythonError error = result.errors().getFirst();
      assertThat(error.type()).isEqualTo("ValueError");
      assertThat(error.message())
          .startsWith("refused (where two results were reduced: shard 0 and shard 1; the latter is")
          .contains("left out: <script.Box object");
      assertThat(error.frames())
          .singleElement()
          .satisfies(frame -> assertThat(frame.function()).isEqualTo("join"));
    }
  }

  @Test
  default void tellsWhatCannotBePassedOn() {
    String script = "def process(line): return lambda: 1\ndef join(a, b): return a";
    try (Session session = script(script).merging(new Merging.Reduce("join")).open()) {
      session.run("a\n");
      var outcome = session.reduce(TAKE);
      assertThat(outcome.bytes()).isEmpty();
      assertThat(outcome.result().errors())
          .singleElement()
          .satisfies(
              error ->
                  assertThat(error.message())
                      .startsWith("a function cannot be passed on to another interpreter"));
    }
  }

  @Test
  default void refusesAReductionThatDoesNotExist() {
    Setup setup =
        script("def process(line): return 1\ndef add(a, b): return a + b")
            .merging(new Merging.Reduce("total"));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(setup::open))
        .isInstanceOf(org.pyparallel.job.PyParallelException.Usage.class)
        .hasMessageContaining("--reduce total: there is no reduction total: there are sum, count,")
        .hasMessageEndingWith("script.py defines process, add");
  }

  @Test
  default void sortsTextAsPlainLines() {
    String script = "def process(line): return line";
    try (Session session = script(script).merging(SORT).open()) {
      var outcome = session.run("b\n\u00e9\na\n\uff01\n\ud83d\ude00\n\na\tb\nB\n");
      assertThat(outcome.result()).isEqualTo(finished(8));
      assertThat(runs(outcome.bytes()))
          .containsExactly("P\nB\na\na\tb\nb\n\u00e9\n\uff01\n\ud83d\ude00\n");
      assertThat(session.run("").bytes()).isEmpty();
    }
  }

  @Test
  default void sortsEverythingElseWithItsKey() {
    String script =
        """
        VALUES = [{"b": 1}, [2], 3, 2.5, True, "x\\ny", 10**20, -7]
        def process(line): return VALUES[int(line)]
        """;
    try (Session session = script(script).merging(SORT).open()) {
      List<String> runs = runs(session.run("0\n1\n2\n3\n4\n5\n6\n7\n").bytes());
      assertThat(runs).containsExactly("Ftrue|-7|2.5|3|100000000000000000000|x\ny|[2]|{\"b\":1}|");
    }
  }

  @Test
  default void sortsByAKeyAndKeepsTheOrderOfEqualOnes() {
    String script = "def process(line): return line";
    Merging sort = new Merging.Sort(Optional.of("2"), true, false);
    try (Session session = script(script).merging(sort).open()) {
      assertThat(runs(session.run("3 a\n2 \u00e9\n1 a\n3 a\n4\n").bytes()))
          .containsExactly("F2 \u00e9|3 a|1 a|3 a|4|");
    }
    Merging distinct = new Merging.Sort(Optional.of("2"), false, true);
    try (Session session = script(script).merging(distinct).open()) {
      assertThat(runs(session.run("3 a\n2 \u00e9\n1 a\n3 a\n4\n").bytes()))
          .containsExactly("F4|1 a|3 a|2 \u00e9|");
    }
  }

  @Test
  default void sortsBytesThatAreNoTextAsBytes() {
    Setup setup =
        script("def process(line): return line")
            .merging(SORT)
            .errors(EncodingErrors.SURROGATEESCAPE);
    try (Session session = setup.open()) {
      byte[] output = session.run(new byte[] {(byte) 0xFF, '\n', (byte) 0xC3, (byte) 0xA9}).bytes();
      assertThat(output).endsWith((byte) 0xC3, (byte) 0xA9, '\n', (byte) 0xFF, '\n');
    }
  }

  @Test
  default void sendsEachResultOnce() {
    String script =
        """
        def process(line):
            return "two\\nlines" if line == "two" else line
        """;
    try (Session session = script(script).merging(new Merging.Distinct()).open()) {
      assertThat(session.run("a\ntwo\nb\na\ntwo\n").text()).isEqualTo("a\ntwo\0nlines\nb\n");
      assertThat(session.run("b\nc\n").text()).isEqualTo("c\n");
    }
  }

  /// The runs in what a shard sent: their kind, then a plain run's bytes, or a framed one's lines.
  private static List<String> runs(byte[] bytes) {
    List<String> runs = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      StringBuilder run = new StringBuilder().append((char) rest.get());
      int size = Math.toIntExact(rest.getLong());
      ByteBuffer body = rest.slice(rest.position(), size);
      rest.position(rest.position() + size);
      if (run.charAt(0) == 'P') {
        run.append(text(body, size));
      }
      while (body.hasRemaining()) {
        int key = body.getInt();
        int line = body.getInt();
        body.position(body.position() + Math.max(key, 0));
        run.append(text(body, line)).append('|');
      }
      runs.add(run.toString());
    }
    return runs;
  }

  private static String text(ByteBuffer bytes, int size) {
    byte[] copy = new byte[size];
    bytes.get(copy);
    return new String(copy, UTF_8);
  }
}
