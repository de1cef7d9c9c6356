package org.pyparallel.output;

import java.util.function.LongSupplier;

/// The system's clock. A class, because a method reference costs a run milliseconds at its start.
final class NanoClock implements LongSupplier {
  @Override
  public long getAsLong() {
    return System.nanoTime();
  }
}
