package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.pyparallel.interpreter.ConsoleDied;
import org.pyparallel.job.RuntimeName;

/// A seat that answers at once what a test tells it to, and keeps what it was asked.
final class FakeSeat implements Seat {
  final List<List<String>> asked = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  volatile State state = State.IDLE;

  /// Gives the answer to a request; null leaves it open.
  volatile Function<List<String>, List<String>> answers = FakeSeat::usual;

  /// Whether an interrupt ends what is open.
  volatile boolean stubborn;

  private final int id;
  private final List<CompletableFuture<List<String>>> open = new ArrayList<>();

  FakeSeat(int id) {
    this.id = id;
  }

  static List<String> usual(List<String> request) {
    return switch (request.getFirst()) {
      case "check" -> check(request.get(1));
      case "complete" -> List.of("0");
      case "inspect" -> List.of("about " + request.get(1) + " at " + request.get(2));
      default -> List.of("ok");
    };
  }

  static List<String> check(String source) {
    Completeness guess = Completeness.guess(source);
    return guess.complete()
        ? List.of("complete")
        : List.of("incomplete", Integer.toString(guess.indent()));
  }

  /// What was run, as it was sent.
  synchronized List<String> ran() {
    return asked.stream()
        .filter(request -> request.getFirst().equals("run"))
        .map(request -> request.get(1))
        .toList();
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public RuntimeName runtime() {
    return RuntimeName.CPYTHON;
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public synchronized Future<List<String>> ask(String... request) {
    asked.add(List.of(request));
    CompletableFuture<List<String>> answer = new CompletableFuture<>();
    if (state == State.DEAD) {
      answer.completeExceptionally(new ConsoleDied("interpreter " + id + " was killed"));
      return answer;
    }
    List<String> fields = answers.apply(List.of(request));
    if (fields == null) {
      state = State.BUSY;
      open.add(answer);
      notifyAll();
    } else {
      answer.complete(fields);
    }
    return answer;
  }

  /// Waits until it was asked something that it leaves open.
  synchronized void awaitBusy() throws InterruptedException {
    while (open.isEmpty()) {
      wait();
    }
  }

  /// Answers what is open.
  synchronized void answer(String... fields) {
    state = State.IDLE;
    for (CompletableFuture<List<String>> answer : open) {
      answer.complete(List.of(fields));
    }
    open.clear();
  }

  @Override
  public synchronized void interrupt() {
    calls.add("interrupt");
    if (!stubborn) {
      answer("interrupted");
    }
  }

  @Override
  public synchronized void withdraw(Future<List<String>> answer) {
    calls.add("withdraw");
    if (!stubborn) {
      answer("interrupted");
    }
  }

  @Override
  public String stack() {
    return "";
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public long cpuNanos() {
    return 0;
  }
}
