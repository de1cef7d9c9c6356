package org.pyparallel.repl;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RuntimeName;

/// A session whose screen remembers, with nobody at the keyboard.
final class Playground implements AutoCloseable {
  private final RecordedScreen screen = new RecordedScreen();
  private final SessionSeats seats;
  private final MagicRegistry magics;
  private int inputs;

  Playground(Function<RuntimeName, Runtime> onOffer, RuntimeName runtime, int workers) {
    seats =
        new SessionSeats(
            onOffer, PythonOptions.NONE, runtime, workers, screen, prompt -> "typed " + prompt);
    magics = new MagicRegistry(seats, screen);
  }

  RecordedScreen screen() {
    return screen;
  }

  SessionSeats seats() {
    return seats;
  }

  MagicRegistry magics() {
    return magics;
  }

  /// Types code into the current seat.
  ///
  /// @return what it printed, or the last line of what went wrong
  String type(String code) throws InterruptedException, ExecutionException {
    List<String> answer = seats.current().ask("run", code, "1", "<input " + ++inputs + ">").get();
    String printed = screen.takePrinted();
    return answer.getFirst().equals("ok") ? printed : printed + answer;
  }

  /// Types code into one seat.
  String type(int id, String code) throws InterruptedException, ExecutionException {
    seats.get(id).ask("run", code, "1", "<input " + ++inputs + ">").get();
    return screen.takePrinted();
  }

  /// Types a magic.
  ///
  /// @return what it printed, then what went to standard error
  String magic(String line) {
    magics.run(line);
    return screen.takePrinted() + screen.takeErrors();
  }

  /// The lines of [#magic], sorted: what several seats print comes in any order.
  List<String> sorted(String line) {
    return magic(line).lines().sorted().toList();
  }

  @Override
  public void close() {
    seats.close();
  }
}
