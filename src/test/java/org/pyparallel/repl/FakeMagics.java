package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Magics that do what a test tells them to, and keep what they were given.
final class FakeMagics implements Magics {
  final List<String> ran = new ArrayList<>();
  Consumer<String> action = _ -> {};
  volatile int interrupts;

  @Override
  public boolean handles(String line) {
    return line.startsWith("%");
  }

  @Override
  public boolean run(String line) {
    ran.add(line);
    action.accept(line);
    return !line.startsWith("%fail");
  }

  @Override
  public List<String> names() {
    return List.of("all", "interp", "run");
  }

  @Override
  public synchronized void interrupt() {
    interrupts++;
    notifyAll();
  }
}
