package org.pyparallel.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    lock.lock();
    try {
      doorbell.answered();
      Thread.currentThread().interrupt();
      doorbell.await(true);
    } finally {
      lock.unlock();
    }

    assertThat(Thread.interrupted()).isTrue();
  }

  private void assertWaitsForTheBell(Thread writer) throws InterruptedException {
    while (writer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    lock.lock();
    try {
      doorbell.ring();
    } finally {
      lock.unlock();
    }
    writer.join();
  }

  private Thread writer(boolean hasWritten, boolean soon) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              lock.lock();
              try {
                if (hasWritten) {
                  doorbell.answered();
                }
                doorbell.await(soon);
              } finally {
                lock.unlock();
              }
            });
  }
}
