package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One `%map` at work: each seat takes the next piece when it is done with one.
final class MapRun {
  private static final int BAR = 20;
  private static final long GLANCE_MILLIS = 50;

  private final Asking asking;
  private final Screen screen;
  private final String function;
  private final List<String> pieces;
  private final String[] results;
  private final long began = System.nanoTime();
  private final BlockingQueue<Slot> ready = new LinkedBlockingQueue<>();
  private final List<Slot> working = new ArrayList<>();
  private int next;
  private int done;

  private record Slot(SessionSeat seat, int piece, CompletableFuture<List<String>> answer) {}

  /// @param function an expression
  /// @param pieces pickled lists of items
  MapRun(Asking asking, Screen screen, String function, List<String> pieces) {
    this.asking = asking;
    this.screen = screen;
    this.function = function;
    this.pieces = pieces;
    this.results = new String[pieces.size()];
  }

  /// The pickled lists of results, in the order of the pieces.
  ///
  /// @throws MagicError if the function fails, or after an interrupt
  List<String> over(List<SessionSeat> seats) {
    for (SessionSeat seat : seats) {
      give(seat);
    }
    SeatAnswer failure = null;
    while (!working.isEmpty()) {
      show();
      Slot slot = await();
      if (slot == null) {
        if (asking.isOverdue()) {
          break;
        }
        continue;
      }
      working.remove(slot);
      SeatAnswer answer = asking.await(slot.seat(), slot.answer());
      if (answer.isOk()) {
        results[slot.piece()] = answer.values().getFirst();
        done++;
        give(slot.seat());
      } else if (failure == null) {
        failure = answer;
        asking.interrupt(); // the others need not go on
      }
    }
    if (failure != null) {
      screen.status("");
      screen.error(report(failure));
      throw new MagicError("");
    }
    for (Slot slot : working) {
      asking.check(asking.await(slot.seat(), slot.answer()));
    }
    return Arrays.asList(results);
  }

  private static String report(SeatAnswer failure) {
    String label = failure.isInterrupted() ? "" : "[" + failure.seat().id() + "] ";
    return Labels.all(label, failure.report());
  }

  private void give(SessionSeat seat) {
    if (next < pieces.size() && !asking.isInterrupted()) {
      String[] request = {"call", "_magic_map.work", function, pieces.get(next)};
      Slot slot = new Slot(seat, next++, asking.begin(seat, Voice.TOGETHER, request));
      working.add(slot);
      CompletableFuture<Boolean> _ = slot.answer().handle((_, _) -> ready.add(slot));
    }
  }

  private @Nullable Slot await() {
    try {
      return ready.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      asking.interrupt();
      return null;
    }
  }

  private void show() {
    int filled = pieces.isEmpty() ? BAR : BAR * done / pieces.size();
    StringBuilder line = new StringBuilder("%map [");
    line.repeat('#', filled).repeat('.', BAR - filled).append("] ");
    line.append(100 * done / Math.max(1, pieces.size())).append(" %, ");
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    screen.status(line.append(seconds).append(" s").toString());
  }
}
