package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;

/// Shards that end early because another interpreter takes over the rest.
interface TailContract extends Subject {
  /// Asks between any two records, however little is left.
  String ECHO =
      """
      from pyparallel import _parts

      _parts.PATIENCE = _parts.WORTHWHILE = 0

      def process(record):
          return repr(record)
      """;

  @Test
  default void aShardEndsWhereItsTailBegins() {
    try (Session session = script(ECHO).open()) {
      Taker taker = new Taker(1);
      ShardResult result = session.run(bytes("é\nb\nc\nd\ne\n"), taker);

      assertThat(result).isEqualTo(new ShardResult.Finished(3, 0, List.of()));
      assertThat(taker.text()).isEqualTo("'é'\n'b'\n'c'\n");
      assertThat(taker.cuts).hasSize(1);
      assertThat(taker.cuts.getFirst())
          .extracting(ShardCut::records, ShardCut::lines, ShardCut::offset)
          .containsExactly(3L, 3L, 7L);
      assertThat(session.run("d\ne\n").text()).isEqualTo("'d'\n'e'\n");
    }
  }

  @Test
  default void whatIsLeftIsDividedAgain() {
    try (Session session = script(ECHO).open()) {
      Taker taker = new Taker(Integer.MAX_VALUE);
      ShardResult result = session.run(bytes("a\nb\nc\nd\ne\nf\ng\nh\n"), taker);

      assertThat(taker.cuts).hasSizeGreaterThan(1);
      assertThat(taker.cuts)
          .extracting(ShardCut::records)
          .isSortedAccordingTo((a, b) -> Long.compare(b, a));
      assertThat(result.records()).isEqualTo(taker.cuts.getLast().records());
    }
  }

  @Test
  default void aShardGoesOnWhereNobodyTakesItsTail() {
    try (Session session = script(ECHO).open()) {
      Taker taker = new Taker(0);
      ShardResult result = session.run(bytes("a\nb\nc\n"), taker);

      assertThat(result.records()).isEqualTo(3);
      assertThat(taker.text()).isEqualTo("'a'\n'b'\n'c'\n");
    }
  }

  @Test
  default void recordsOfATailAreNotReportedTwice() {
    byte[] text = "a\nb\nc\n?\n?\n?\n".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      text[i] = text[i] == '?' ? (byte) 0xff : text[i];
    }
    try (Session session = script(ECHO).open()) {
      Taker taker = new Taker(1);
      ShardResult result = session.run(shard(new ShardData.Bytes(ByteBuffer.wrap(text))), taker);

      int kept = (int) taker.cuts.getFirst().records();
      assertThat(result.records()).isEqualTo(kept);
      assertThat(result.failedRecords()).isEqualTo(Math.max(0, kept - 3));
    }
  }

  @Test
  default void aTableIsCutBetweenRows() {
    try (Session session = script(ECHO).format(Format.CSV).open()) {
      Taker taker = new Taker(1);
      String rows = "\"a\nb\"\n\"c\n\nd\"\n\"e\nf\"\n\"g\nh\"\n";
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(rows);
      Shard shard = new Shard(0, "source", 2, 0, 1, "k\n", new ShardData.Bytes(bytes));
      ShardResult result = session.run(shard, taker);

      ShardCut cut = taker.cuts.getFirst();
      String head = rows.substring(0, (int) cut.offset());
      assertThat(result.records()).isEqualTo(cut.records()).isBetween(2L, 3L);
      assertThat(result.lines())
          .isEqualTo(cut.lines())
          .isEqualTo(head.chars().filter(c -> c == '\n').count());
      assertThat(session.run(rows.substring((int) cut.offset()), "k\n").result().records())
          .isEqualTo(4 - cut.records());
    }
  }

  @Test
  default void aRangeIsCutBetweenIntegers() {
    try (Session session = script(ECHO).format(Format.RANGE).open()) {
      Taker taker = new Taker(1);
      ShardResult result = session.run(shard(new ShardData.Range(10, 5, -3)), taker);

      ShardCut cut = taker.cuts.getFirst();
      assertThat(cut.offset()).isEqualTo(cut.records()).isEqualTo(3);
      assertThat(result.records()).isEqualTo(3);
      assertThat(taker.text()).isEqualTo("10\n7\n4\n");
    }
  }

  @Test
  default void whatBreaksOnOurSideWhileATailIsGivenIsThrown() {
    Taker broken =
        new Taker(1) {
          @Override
          public boolean give(ShardCut cut) {
            throw new IllegalStateException("no slot");
          }
        };
    try (Session session = script(ECHO).open()) {
      assertThatThrownBy(() -> session.run(bytes("a\nb\nc\n"), broken))
          .hasMessageContaining("no slot");
    }
  }

  private static Shard bytes(String text) {
    return shard(new ShardData.Bytes(StandardCharsets.UTF_8.encode(text)));
  }

  private static Shard shard(ShardData data) {
    return new Shard(0, "source", 0, 0, data);
  }

  /// Takes a number of tails; always wants one.
  class Taker implements ShardOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<ShardCut> cuts = new ArrayList<>();
    private final int most;

    Taker(int most) {
      this.most = most;
    }

    @Override
    public boolean write(ByteBuffer chunk) {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      bytes.writeBytes(copy);
      return true;
    }

    @Override
    public boolean wanted() {
      return true;
    }

    @Override
    public boolean give(ShardCut cut) {
      return cuts.size() < most && cuts.add(cut);
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
