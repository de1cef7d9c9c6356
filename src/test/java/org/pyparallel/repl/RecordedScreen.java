package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;

/// A screen that remembers what was shown.
final class RecordedScreen implements Screen {
  private final StringBuilder shown = new StringBuilder();
  private final StringBuilder errors = new StringBuilder();
  private final List<String> statuses = new ArrayList<>();

  @Override
  public synchronized void print(String text) {
    shown.append(text);
    notifyAll();
  }

  @Override
  public synchronized void error(String text) {
    errors.append(text);
    notifyAll();
  }

  @Override
  public synchronized void status(String line) {
    statuses.add(line);
  }

  @Override
  public int columns() {
    return 100;
  }

  /// What was printed since it was last taken.
  synchronized String takePrinted() {
    String text = shown.toString();
    shown.setLength(0);
    return text;
  }

  /// What went to standard error since it was last taken.
  synchronized String takeErrors() {
    String text = errors.toString();
    errors.setLength(0);
    return text;
  }

  synchronized List<String> statuses() {
    return List.copyOf(statuses);
  }

  /// Waits until a text was printed.
  synchronized void awaitPrinted(String text) throws InterruptedException {
    while (shown.indexOf(text) < 0) {
      wait();
    }
  }
}
