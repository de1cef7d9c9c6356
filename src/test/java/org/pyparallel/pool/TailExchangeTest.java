package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.merge.MergeStage;

@Timeout(30)
class TailExchangeTest {
  private static final long LONG = 60_000;

  private final TailExchange exchange = new TailExchange();

  @Test
  void aTailGoesToWhoeverIsIdle() throws Exception {
    enter(2);
    CompletableFuture<TailExchange.@Nullable Tail> idle = idle(true);
    TailExchange.Tail tail = tail();

    assertThat(exchange.give(LONG, () -> tail)).isTrue();

    assertThat(idle.get()).isSameAs(tail);
    assertThat(exchange.wanted()).isFalse();
  }

  @Test
  void nobodyTakesATailTwice() throws Exception {
    enter(2);
    CompletableFuture<TailExchange.@Nullable Tail> idle = idle(true);

    assertThat(exchange.give(LONG, TailExchangeTest::tail)).isTrue();
    assertThat(exchange.give(LONG, TailExchangeTest::unwanted)).isFalse();

    assertThat(idle.get()).isNotNull();
  }

  @Test
  void nothingIsWantedWhileAllAreBusy() {
    enter(2);

    assertThat(exchange.wanted()).isFalse();
    assertThat(exchange.give(LONG, TailExchangeTest::unwanted)).isFalse();
  }

  @Test
  void allLeaveOnceNobodyIsBusy() throws Exception {
    enter(3);
    CompletableFuture<TailExchange.@Nullable Tail> first = idle(true);
    CompletableFuture<TailExchange.@Nullable Tail> second = idle(false);
    assertThat(first).isNotDone();

    assertThat(exchange.await(true)).isNull();

    assertThat(first.get()).isNull();
    assertThat(second.get()).isNull();
    assertThat(exchange.wanted()).isFalse();
  }

  @Test
  void whoTakesATailIsBusyBeforeItWakesUp() throws Exception {
    enter(2);
    CompletableFuture<TailExchange.@Nullable Tail> taker = idle(true);
    assertThat(exchange.give(LONG, TailExchangeTest::tail)).isTrue();
    CompletableFuture<TailExchange.@Nullable Tail> giver = idle(true);

    assertThat(taker.get()).isNotNull();
    assertThat(giver).isNotDone();
    assertThat(exchange.await(true)).isNull();
    assertThat(giver.get()).isNull();
  }

  @Test
  void anOpenInterpreterGoesFirst() throws Exception {
    enter(3);
    CompletableFuture<TailExchange.@Nullable Tail> unopened = idle(false);
    awaitWanted();
    CompletableFuture<TailExchange.@Nullable Tail> open = idle(true);

    assertThat(exchange.give(LONG, TailExchangeTest::tail)).isTrue();
    assertThat(open.get()).isNotNull();
    assertThat(unopened).isNotDone();

    assertThat(exchange.give(LONG, TailExchangeTest::tail)).isTrue();
    assertThat(unopened.get()).isNotNull();
  }

  @Test
  void anInterpreterIsOpenedOnlyForWorkThatTakesLonger() throws Exception {
    enter(2);
    exchange.opened(TimeUnit.SECONDS.toNanos(2));
    CompletableFuture<TailExchange.@Nullable Tail> unopened = idle(false);

    assertThat(exchange.give(4_000, TailExchangeTest::unwanted)).isFalse();
    assertThat(exchange.give(4_002, TailExchangeTest::tail)).isTrue();

    assertThat(unopened.get()).isNotNull();
  }

  @Test
  void aStopWakesTheIdle() throws Exception {
    enter(2);
    CompletableFuture<TailExchange.@Nullable Tail> idle = idle(true);

    exchange.stop();

    assertThat(idle.get()).isNull();
    assertThat(exchange.give(LONG, TailExchangeTest::unwanted)).isFalse();
  }

  private void enter(int workers) {
    for (int i = 0; i < workers; i++) {
      exchange.enter();
    }
  }

  /// One of those who entered is idle when this returns.
  private CompletableFuture<TailExchange.@Nullable Tail> idle(boolean open) throws Exception {
    CompletableFuture<TailExchange.@Nullable Tail> tail = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon().start(() -> tail.complete(exchange.await(open)));
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.sleep(1);
    }
    return tail;
  }

  private void awaitWanted() throws InterruptedException {
    while (!exchange.wanted()) {
      Thread.sleep(1);
    }
  }

  private static TailExchange.Tail tail() {
    Shard shard = new Shard(0, "in", 0, -1, new ShardData.Bytes(ByteBuffer.allocate(1)));
    return new TailExchange.Tail(shard, new MergeStage(Ordering.INPUT, 1).open(shard));
  }

  private static TailExchange.Tail unwanted() {
    throw new AssertionError("a slot is opened for nobody");
  }
}
