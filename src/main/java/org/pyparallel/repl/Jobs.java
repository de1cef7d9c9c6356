package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// What runs in the background. Safe for use by several threads.
final class Jobs {
  /// How many are remembered; of more, those that ended first are forgotten.
  private static final int MOST = 100;

  private final Screen screen;

  // Guarded by this.
  private final List<Job> jobs = new ArrayList<>();
  private int lastId;

  Jobs(Screen screen) {
    this.screen = screen;
  }

  /// Sends code to seats and returns at once. That it has ended is shown when it has.
  ///
  /// @param name what stands for a file's name in tracebacks
  /// @param announced called with the job's number before it begins
  synchronized void begin(
      List<SessionSeat> seats, String code, String name, IntConsumer announced) {
    List<CompletableFuture<List<String>>> answers = new ArrayList<>();
    int id = ++lastId;
    announced.accept(id);
    for (SessionSeat seat : seats) {
      answers.add(seat.ask(Voice.BACKGROUND, "run", code, "1", name));
    }
    Job job = new Job(id, code, List.copyOf(seats), List.copyOf(answers), screen);
    jobs.add(job);
    for (int i = 0; jobs.size() > MOST && i < jobs.size(); i++) {
      if (jobs.get(i).isDone()) {
        jobs.remove(i--);
      }
    }
  }

  synchronized List<Job> all() {
    return List.copyOf(jobs);
  }

  synchronized @Nullable Job find(int id) {
    for (Job job : jobs) {
      if (job.id() == id) {
        return job;
      }
    }
    return null;
  }

  /// One piece of code in one or several seats.
  static final class Job {
    private final int id;
    private final String code;
    private final List<SessionSeat> seats;
    private final List<CompletableFuture<List<String>>> answers;
    private final Screen screen;
    private final long began = System.nanoTime();
    private final CompletableFuture<Void> told;

    // Guarded by this.
    private String state = "running";
    private long ended;

    Job(
        int id,
        String code,
        List<SessionSeat> seats,
        List<CompletableFuture<List<String>>> answers,
        Screen screen) {
      this.id = id;
      this.code = code;
      this.seats = seats;
      this.answers = answers;
      this.screen = screen;
      // On a thread of its own: a seat's is needed for what comes next.
      this.told =
          CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
              .handleAsync((_, _) -> tell(), Thread::startVirtualThread);
    }

    int id() {
      return id;
    }

    /// Its code's first line.
    String title() {
      int end = code.indexOf('\n');
      return end < 0 ? code : code.substring(0, end) + " …";
    }

    /// The numbers of its seats.
    String places() {
      return SeatNumbers.list(seats);
    }

    /// Done when its end has been shown.
    CompletableFuture<Void> told() {
      return told;
    }

    boolean isDone() {
      return told.isDone();
    }

    synchronized String state() {
      return state;
    }

    /// How long it has been running, or ran.
    synchronized long nanos() {
      return (state.equals("running") ? System.nanoTime() : ended) - began;
    }

    /// Has it end.
    void stop() {
      for (int i = 0; i < seats.size(); i++) {
        seats.get(i).withdraw(answers.get(i));
      }
    }

    private @Nullable Void tell() {
      String outcome = "done";
      for (int i = 0; i < seats.size(); i++) {
        SeatAnswer answer = new SeatAnswer(seats.get(i), fields(answers.get(i)));
        if (!answer.isOk()) {
          screen.error(Labels.all("[" + seats.get(i).id() + "] ", answer.report()));
          outcome = answer.isInterrupted() ? "interrupted" : "failed";
        }
      }
      synchronized (this) {
        ended = System.nanoTime();
        state = outcome;
      }
      screen.print("job " + id + " " + outcome + ", " + Figures.nanos(nanos()) + "\n");
      return null;
    }

    private static List<String> fields(CompletableFuture<List<String>> answer) {
      if (answer.isCancelled()) {
        return List.of("interrupted");
      }
      try {
        return answer.get();
      } catch (ExecutionException e) {
        return List.of("died", Asking.reason(e.getCause()));
      } catch (InterruptedException e) {
        return List.of("interrupted"); // nobody interrupts this thread
      }
    }
  }
}
