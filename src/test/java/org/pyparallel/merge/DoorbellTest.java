package org.pyparallel.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pyparallel.Aside;

@Timeout(30)
class DoorbellTest {
  private final ReentrantLock lock = new ReentrantLock();
  private final Doorbell doorbell = new Doorbell(lock.newCondition());

  @Test
  void whoHasJustWrittenWaitsForAMomentOnly() throws InterruptedException {
    Thread writer = writer(true, true);

    writer.join();
  }

  @Test
  void whoHasWrittenNothingWaitsUntilItRings() throws InterruptedException {
    assertWaitsForTheBell(writer(false, true));
  }

  @Test
  void whereNothingIsUnderWayItWaitsUntilItRings() throws InterruptedException {
    assertWaitsForTheBell(writer(true, false));
  }

  @Test
  void aDozeThatWasInVainIsFollowedByALongerWait() throws InterruptedException {
    writer(true, true).join();

    assertWaitsForTheBell(writer(false, true));
  }

  @Test
  void anInterruptIsKept() {
    locked(
        () -> {
          doorbell.answered();
          Thread.currentThread().interrupt();
          doorbell.await(true);
        });

    assertThat(Thread.interrupted()).isTrue();
  }

  private void assertWaitsForTheBell(Thread writer) throws InterruptedException {
    Aside.await(writer, Thread.State.WAITING);
    locked(doorbell::ring);
    writer.join();
  }

  private Thread writer(boolean hasWritten, boolean soon) {
    Runnable waiting =
        () -> {
          if (hasWritten) {
            doorbell.answered();
          }
          doorbell.await(soon);
        };
    return Thread.ofPlatform().daemon().start(() -> locked(waiting));
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
