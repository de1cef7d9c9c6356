package org.pyparallel.repl;

import java.util.List;
import java.util.Optional;
import org.pyparallel.job.RuntimeName;

/// Two seats, the first of which is the current one.
final class FakeSeats implements Seats {
  final FakeSeat first = new FakeSeat(1);
  final FakeSeat second = new FakeSeat(2);
  private Seat current = first;

  @Override
  public List<Seat> all() {
    return List.of(first, second);
  }

  @Override
  public Seat current() {
    return current;
  }

  @Override
  public Optional<Seat> find(int id) {
    return all().stream().filter(seat -> seat.id() == id).findFirst();
  }

  @Override
  public void select(Seat seat) {
    current = seat;
  }

  @Override
  public Seat open(RuntimeName runtime) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean close(Seat seat) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void kill(Seat seat) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
