package org.pyparallel.cli;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.RunEvent;

/// Passes on what a runtime has to say to users while a run goes on. A runtime is there before
/// those who tell users are; nothing is said before. Any thread.
final class RunNotices implements Consumer<String> {
  private volatile @Nullable Consumer<RunEvent> listener;

  /// Sets who is told from now on, of one notice after the other or of several at once.
  void to(Consumer<RunEvent> listener) {
    this.listener = listener;
  }

  @Override
  public void accept(String text) {
    Consumer<RunEvent> current = listener;
    if (current != null) {
      current.accept(new RunEvent.Notice(text, false));
    }
  }
}
