package org.pyparallel.repl;

/// Keeps what was shown.
final class FakeScreen implements Screen {
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();

  synchronized String out() {
    return out.toString();
  }

  synchronized String err() {
    return err.toString();
  }

  @Override
  public synchronized void print(String text) {
    out.append(text);
  }

  @Override
  public synchronized void error(String text) {
    err.append(text);
    notifyAll();
  }

  /// Waits until this was shown as an error.
  synchronized void awaitError(String text) throws InterruptedException {
    while (err.indexOf(text) < 0) {
      wait();
    }
  }

  @Override
  public void status(String line) {}

  @Override
  public int columns() {
    return 80;
  }
}
