package org.pyparallel.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardReport;

@Timeout(30)
class MergeStageTest {
  /// A stage of this window gives a slot its least size.
  private static final int WIDE_WINDOW = 512;

  private static final long LEAST_SLOT_BYTES = 256 << 10;
  private static final int CHUNK = 64 << 10;

  private final CollectingSink sink = new CollectingSink();
  private final CollectingSink byLine = new CollectingSink(Ordering.LINES);

  @Test
  void inInputOrderALateFirstShardComesFirst() throws IOException {
    MergeStage stage = new MergeStage(Ordering.INPUT, 3);
    Slot first = open(stage, 0);
    Slot second = open(stage, 1);

    write(second, "second");
    Shards.end(second);
    write(first, "first ");
    Shards.end(first);
    stage.finish();
    stage.drain(sink);

    assertThat(sink.text()).isEqualTo("first second");
    assertThat(sink.ended()).containsExactly(0L, 1L);
  }

  @Test
  void inOrderOfCompletionTheFirstToEndComesFirst() throws IOException {
    MergeStage stage = new MergeStage(Ordering.COMPLETION, 3);
    List<Slot> slots = List.of(open(stage, 0), open(stage, 1), open(stage, 2));

    for (int index : List.of(2, 0, 1)) {
      write(slots.get(index), index + " ");
      Shards.end(slots.get(index));
    }
    stage.finish();
    stage.drain(sink);

    assertThat(sink.text()).isEqualTo("2 0 1 ");
  }

  @Test
  void rejectsComeInTheSameOrderButAreNoOutput() throws IOException {
    MergeStage stage = new MergeStage(Ordering.INPUT, 3);
    Slot first = open(stage, 0);
    Slot second = open(stage, 1);

    reject(second, "second");
    write(second, "out");
    assertThat(Shards.end(second).outputBytes()).isEqualTo(3);
    reject(first, "first ");
    assertThat(Shards.end(first).outputBytes()).isZero();
    stage.finish();
    stage.drain(sink);

    assertThat(sink.rejects()).isEqualTo("first second");
    assertThat(sink.text()).isEqualTo("out");
  }

  @Test
  void aShardMayCollectSoManyRejects() throws Exception {
    MergeStage stage = new MergeStage(Ordering.INPUT, WIDE_WINDOW);
    Slot slot = open(stage, 0);
    assertThat(slot.reject(Shards.chunk(0, 0, (int) LEAST_SLOT_BYTES + 1))).isTrue();

    var second = async(() -> slot.reject(Shards.chunk(0, 0, 1)));
    awaitWaiting(second);
    drainAside(stage);

    assertThat(second.result.get()).isTrue();
    stage.stop();
  }

  @ParameterizedTest
  @EnumSource(
      value = Ordering.class,
      names = {"COMPLETION", "LINES"})
  void rejectsNeedNoFloorWhereShardsAreNotInOrder(Ordering ordering) throws Exception {
    MergeStage stage = new MergeStage(ordering, WIDE_WINDOW);
    Slot first = open(stage, 0);
    Slot second = open(stage, 1);
    write(first, "unfinished");
    drainAside(stage);

    for (int i = 0; i < 4; i++) {
      assertThat(second.reject(Shards.chunk(0, 0, (int) LEAST_SLOT_BYTES))).isTrue();
    }
    stage.stop();
  }

  @Test
  void aShardWithoutOutputEndsAllTheSame() throws IOException {
    MergeStage stage = new MergeStage(Ordering.INPUT, 2);
    Slot slot = open(stage, 0);

    assertThat(Shards.end(slot).outputBytes()).isZero();
    stage.finish();
    stage.drain(sink);

    assertThat(sink.bytes()).isEmpty();
    assertThat(sink.ended()).containsExactly(0L);
  }

  @Test
  void aStageWithoutShardsEndsAtOnce() throws IOException {
    MergeStage stage = new MergeStage(Ordering.INPUT, 2);
    stage.finish();

    stage.drain(sink);

    assertThat(sink.ended()).isEmpty();
  }

  @Test
  void chunksAreCopiedBeforeTheCallReturns() throws IOException {
    MergeStage stage = new MergeStage(Ordering.INPUT, 1);
    Slot slot = open(stage, 0);
    ByteBuffer chunk = ByteBuffer.wrap("kept".getBytes());

    slot.write(chunk);
    chunk.put("lost".getBytes());
    Shards.end(slot);
    stage.finish();
    stage.drain(sink);

    assertThat(sink.text()).isEqualTo("kept");
  }

  @Test
  void onlySoManyShardsAreAdmittedAsTheWindowIsWide() throws Exception {
    MergeStage stage = new MergeStage(Ordering.INPUT, 2);
    Slot first = open(stage, 0);
    open(stage, 1);
    var third = async(stage::admit);
    drainAside(stage);

    awaitWaiting(third);
    Shards.end(first);

    assertThat(third.result.get()).isTrue();
    stage.stop();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LINES")
  void anEndlessShardStreamsWhileTheOthersWait(Ordering ordering) throws Exception {
    MergeStage stage = new MergeStage(ordering, WIDE_WINDOW);
    AtomicLong accepted = new AtomicLong();
    Slot endless = open(stage, 0);
    var endlessWriter = async(() -> writeEndlessly(endless, new AtomicLong()));
    var drain = drainAside(stage);
    awaitTrue(() -> sink.bytes(0).length > LEAST_SLOT_BYTES);
    List<Aside<Boolean>> others = new ArrayList<>();
    for (int index = 1; index <= 3; index++) {
      Slot slot = open(stage, index);
      others.add(async(() -> writeEndlessly(slot, accepted)));
    }

    others.forEach(MergeStageTest::awaitWaiting);
    long before = sink.bytes(0).length;
    awaitTrue(() -> sink.bytes(0).length > before + 8 * LEAST_SLOT_BYTES);

    assertThat(accepted.get()).isEqualTo(3 * LEAST_SLOT_BYTES);
    stage.stop();
    assertThat(endlessWriter.result.get()).isFalse();
    for (var other : others) {
      assertThat(other.result.get()).isFalse();
    }
    drain.result.get();
  }

  @Test
  void inOrderOfCompletionAFullShardGetsTheFloorBeforeItEnds() throws Exception {
    MergeStage stage = new MergeStage(Ordering.COMPLETION, WIDE_WINDOW);
    Slot quiet = open(stage, 0);
    Slot full = open(stage, 1);
    var writer = async(() -> writeEndlessly(full, new AtomicLong()));
    awaitWaiting(writer);

    write(quiet, "quiet");
    Shards.end(quiet);
    drainAside(stage);

    awaitTrue(() -> sink.bytes(1).length > 2 * LEAST_SLOT_BYTES);
    assertThat(sink.ended()).isEmpty();
    stage.stop();
    assertThat(writer.result.get()).isFalse();
  }

  @Test
  void byLineWholeLinesOfAnyShardComeAtOnce() throws Exception {
    MergeStage stage = new MergeStage(Ordering.LINES, 3);
    Slot first = open(stage, 0);
    Slot second = open(stage, 1);
    drainAside(stage, byLine);

    write(first, "a1\na2");
    awaitTrue(() -> byLine.text().equals("a1\n"));
    write(second, "b1\nb2\nb");
    awaitTrue(() -> byLine.text().equals("a1\nb1\nb2\n"));
    write(first, " more\na3");
    awaitTrue(() -> byLine.text().equals("a1\nb1\nb2\na2 more\n"));
    Shards.end(second);
    awaitTrue(() -> byLine.ended().equals(List.of(1L)));
    Shards.end(first);
    awaitTrue(() -> byLine.ended().equals(List.of(1L, 0L)));

    assertThat(byLine.text()).isEqualTo("a1\nb1\nb2\na2 more\nb\na3\n");
    stage.stop();
  }

  @Test
  void byLineEndlessShardsTakeTurns() throws Exception {
    MergeStage stage = new MergeStage(Ordering.LINES, WIDE_WINDOW);
    List<Aside<Boolean>> writers = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      Slot slot = open(stage, index);
      writers.add(async(() -> writeEndlessly(slot, new AtomicLong())));
    }
    var drain = drainAside(stage, byLine);

    for (int index = 0; index < 3; index++) {
      long shard = index;
      awaitTrue(() -> byLine.bytes(shard).length > 8 * LEAST_SLOT_BYTES);
    }
    stage.stop();
    for (var writer : writers) {
      assertThat(writer.result.get()).isFalse();
    }
    drain.result.get();
  }

  @Test
  void byLineALineLongerThanASlotKeepsTheFloorToItsEnd() throws Exception {
    MergeStage stage = new MergeStage(Ordering.LINES, WIDE_WINDOW);
    Slot big = open(stage, 0);
    Slot small = open(stage, 1);
    String part = "x".repeat((int) LEAST_SLOT_BYTES);
    drainAside(stage, byLine);

    for (int i = 0; i < 4; i++) {
      write(big, part);
    }
    awaitTrue(() -> byLine.text().length() >= 3 * LEAST_SLOT_BYTES);
    write(small, "small\n");
    Shards.end(small);
    write(big, "end\nnext");
    Shards.end(big);
    stage.finish();
    awaitTrue(() -> byLine.ended().size() == 2);

    assertThat(byLine.text().replace(part, "X"))
        .isIn("XXXXend\nsmall\nnext\n", "XXXXend\nnext\nsmall\n");
  }

  @Test
  void byLineALongLineWithoutEndGetsOne() throws Exception {
    MergeStage stage = new MergeStage(Ordering.LINES, WIDE_WINDOW);
    Slot slot = open(stage, 0);
    String part = "x".repeat((int) LEAST_SLOT_BYTES);
    var drain = drainAside(stage, byLine);

    for (int i = 0; i < 3; i++) {
      write(slot, part);
    }
    Shards.end(slot);
    stage.finish();
    drain.result.get();

    assertThat(byLine.text().replace(part, "X")).isEqualTo("XXX\n");
  }

  @Test
  void byLineTheUnfinishedLineOfAnInterruptedShardIsDropped() throws IOException {
    MergeStage stage = new MergeStage(Ordering.LINES, 2);
    Slot slot = open(stage, 0);

    write(slot, "whole\nhalf");
    Shards.interrupt(slot);
    stage.stop();
    stage.drain(byLine);

    assertThat(byLine.text()).isEqualTo("whole\n");
    assertThat(byLine.ended()).containsExactly(0L);
  }

  @Test
  void aChunkLargerThanASlotPassesAlone() throws Exception {
    MergeStage stage = new MergeStage(Ordering.INPUT, WIDE_WINDOW);
    Slot slot = open(stage, 0);
    int size = (int) (3 * LEAST_SLOT_BYTES);

    assertThat(slot.write(Shards.chunk(0, 0, size))).isTrue();
    var second = async(() -> slot.write(Shards.chunk(0, size, 1)));
    awaitWaiting(second);
    drainAside(stage);

    assertThat(second.result.get()).isTrue();
    awaitTrue(() -> sink.bytes().length == size + 1);
    stage.stop();
  }

  @Test
  void aSlowSinkMakesTheWorkerWait() throws Exception {
    MergeStage stage = new MergeStage(Ordering.INPUT, WIDE_WINDOW);
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch reached = new CountDownLatch(1);
    ResultSink slow =
        new CollectingSink() {
          @Override
          public void write(Shard shard, ByteBuffer chunk) {
            reached.countDown();
            await(gate);
          }
        };
    AtomicLong accepted = new AtomicLong();
    Slot slot = open(stage, 0);
    var drain = async(() -> drain(stage, slow));
    var writer = async(() -> writeEndlessly(slot, accepted));

    reached.await();
    awaitWaiting(writer);

    assertThat(accepted.get()).isEqualTo(LEAST_SLOT_BYTES + CHUNK); // the sink has one chunk
    gate.countDown();
    awaitTrue(() -> accepted.get() > 4 * LEAST_SLOT_BYTES);
    stage.stop();
    assertThat(writer.result.get()).isFalse();
    drain.result.get();
  }

  @ParameterizedTest
  @EnumSource
  void stopWakesEverybody(Ordering ordering) throws Exception {
    MergeStage stage = new MergeStage(ordering, 1);
    assertThat(stage.admit()).isTrue();
    var admission = async(stage::admit);
    var drain = drainAside(stage);
    awaitWaiting(admission);
    awaitWaiting(drain);

    stage.stop();

    assertThat(admission.result.get()).isFalse();
    drain.result.get();
    assertThat(stage.isStopped()).isTrue();
    assertThat(stage.admit()).isFalse();
    Slot late = stage.open(Shards.shard(0));
    assertThat(late.write(Shards.chunk(0, 0, 1))).isFalse();
    assertThat(Shards.end(late).outputBytes()).isZero();
  }

  @Test
  void whatIsCompleteWhenTheStageStopsIsStillWritten() throws IOException {
    MergeStage stage = new MergeStage(Ordering.INPUT, 4);
    Slot first = open(stage, 0);
    Slot second = open(stage, 1);
    write(first, "whole ");
    Shards.end(first);
    write(second, "half");

    stage.stop();
    stage.drain(sink);

    assertThat(sink.text()).isEqualTo("whole half");
    assertThat(sink.ended()).containsExactly(0L);
  }

  @Test
  void aFailingSinkStopsTheStage() throws Exception {
    MergeStage stage = new MergeStage(Ordering.INPUT, 1);
    Slot slot = open(stage, 0);
    var admission = async(stage::admit);
    awaitWaiting(admission);
    write(slot, "x");
    IOException trouble = new IOException("no space left");
    ResultSink full =
        new CollectingSink() {
          @Override
          public void write(Shard shard, ByteBuffer chunk) throws IOException {
            throw trouble;
          }
        };

    assertThatThrownBy(() -> stage.drain(full)).isSameAs(trouble);

    assertThat(stage.isStopped()).isTrue();
    assertThat(admission.result.get()).isFalse();
    assertThat(slot.write(Shards.chunk(0, 0, 1))).isFalse();
  }

  @Test
  void aSinkThatBreaksStopsTheStageToo() {
    MergeStage stage = new MergeStage(Ordering.INPUT, 1);
    stage.finish();
    Shards.end(open(stage, 0));
    ResultSink broken =
        new CollectingSink() {
          @Override
          public void endOfShard(ShardReport report) {
            throw new IllegalStateException("a bug");
          }
        };

    assertThatThrownBy(() -> stage.drain(broken)).isInstanceOf(IllegalStateException.class);

    assertThat(stage.isStopped()).isTrue();
  }

  @Test
  void theSinkIsToldBeforeTheWriterWaits() throws Exception {
    MergeStage stage = new MergeStage(Ordering.INPUT, 2);
    Slot slot = open(stage, 0);
    List<String> calls = new ArrayList<>();
    ResultSink listening =
        new ResultSink() {
          @Override
          public void write(Shard shard, ByteBuffer chunk) {
            calls.add("write");
          }

          @Override
          public void endOfShard(ShardReport report) {
            calls.add("end");
          }

          @Override
          public void idle() {
            calls.add("idle");
          }
        };
    var drain = async(() -> drain(stage, listening));

    awaitWaiting(drain);
    assertThat(calls).containsOnly("idle");
    calls.clear();
    write(slot, "x");
    awaitTrue(() -> slotIsEmpty(stage, slot));
    awaitWaiting(drain);
    assertThat(calls.getFirst()).isEqualTo("write");
    assertThat(calls.subList(1, calls.size())).isNotEmpty().containsOnly("idle");
    calls.clear();
    Shards.end(slot);
    stage.finish();
    drain.result.get();

    assertThat(calls.getFirst()).isEqualTo("end");
    assertThat(calls.subList(1, calls.size())).doesNotContain("write", "end");
  }

  private static boolean slotIsEmpty(MergeStage stage, Slot slot) {
    stage.isStopped(); // takes the lock that guards the slot
    return slot.bytes == 0;
  }

  private static Slot open(MergeStage stage, long index) {
    assertThat(stage.admit()).isTrue();
    return stage.open(Shards.shard(index));
  }

  private static void write(Slot slot, String text) {
    assertThat(slot.write(ByteBuffer.wrap(text.getBytes()))).isTrue();
  }

  private static void reject(Slot slot, String text) {
    assertThat(slot.reject(ByteBuffer.wrap(text.getBytes()))).isTrue();
  }

  private static boolean writeEndlessly(Slot slot, AtomicLong accepted) {
    long written = 0;
    while (slot.write(Shards.chunk(slot.shard.index(), written, CHUNK))) {
      written += CHUNK;
      accepted.addAndGet(CHUNK);
    }
    return false;
  }

  private Aside<Boolean> drainAside(MergeStage stage) {
    return drainAside(stage, sink);
  }

  private static Aside<Boolean> drainAside(MergeStage stage, CollectingSink sink) {
    return async(() -> drain(stage, sink));
  }

  private static boolean drain(MergeStage stage, ResultSink sink) {
    try {
      stage.drain(sink);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Something that goes on in a thread of its own.
  private record Aside<T>(Thread thread, CompletableFuture<T> result) {}

  private static Aside<Boolean> async(BooleanSupplier action) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    result.complete(action.getAsBoolean());
                  } catch (Throwable e) {
                    result.completeExceptionally(e);
                  }
                });
    return new Aside<>(thread, result);
  }

  private static void awaitWaiting(Aside<?> aside) {
    // Twice, some time apart: it may wait for the lock for a moment only.
    int seen = 0;
    while (seen < 3) {
      if (aside.result.isDone()) {
        throw new AssertionError("it should wait, but is done: " + aside.result);
      }
      seen = aside.thread.getState() == Thread.State.WAITING ? seen + 1 : 0;
      pause();
    }
  }

  private static void awaitTrue(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      pause();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
