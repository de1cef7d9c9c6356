package org.pyparallel.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.pyparallel.job.RunEvent;

/// Keeps a run's events, and whether two ever came at a time.
final class EventLog implements Consumer<RunEvent> {
  private final List<RunEvent> events = new ArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean overlapped;

  @Override
  public void accept(RunEvent event) {
    overlapped |= inside.incrementAndGet() != 1;
    synchronized (this) {
      events.add(event);
    }
    Thread.yield();
    inside.decrementAndGet();
  }

  boolean overlapped() {
    return overlapped;
  }

  synchronized List<RunEvent> all() {
    return List.copyOf(events);
  }

  <T extends RunEvent> List<T> of(Class<T> kind) {
    return all().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
