package org.pyparallel.repl;

import java.util.List;
import java.util.Optional;
import org.pyparallel.job.RuntimeName;

/// The interpreters of a session. Any thread.
public interface Seats extends AutoCloseable {
  /// All that were not closed, by number.
  List<Seat> all();

  /// The one that what is typed goes to.
  Seat current();

  /// The one with a number, if it is there.
  Optional<Seat> find(int id);

  /// Makes another one the current one.
  void select(Seat seat);

  /// Opens one more; it does not become the current one.
  ///
  /// @throws org.pyparallel.job.PyParallelException if that runtime cannot run here
  Seat open(RuntimeName runtime);

  /// Closes one. Where it was the current one, the next takes its place; the last one stays.
  ///
  /// @return false for the last one
  boolean close(Seat seat);

  /// Gives up one that does not stop; it is dead then, and still listed.
  void kill(Seat seat);

  /// Ends all, those that do not stop included.
  @Override
  void close();
}
