package org.pyparallel.repl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;

/// A shell with nobody in front of it: all of standard input is one script, in which there may be
/// magics. As Python does it, values of expressions are not shown and an exception ends it.
final class PipedShell implements Shell {
  private static final String NAME = "<stdin>";
  private static final int FAILED = 1;
  private static final int BROKEN = 3;

  private final Surroundings surroundings;
  private final StreamScreen screen;
  private final Interrupts interrupts = new Interrupts();

  PipedShell(Surroundings surroundings) {
    this.surroundings = surroundings;
    screen = surroundings.screen(interrupts::raise);
  }

  @Override
  public Screen screen() {
    return screen;
  }

  /// All of standard input is the script.
  @Override
  public @Nullable String input(String prompt) {
    if (!prompt.isEmpty()) {
      screen.print(prompt);
    }
    return null;
  }

  @Override
  public int run(Session session, Opening opening) {
    Evaluator evaluator = new Evaluator(session, screen, interrupts, surroundings.palette());
    Outcome outcome = Conversation.begin(opening.script(), evaluator);
    if (!(outcome instanceof Outcome.Done)) {
      return status(outcome);
    }
    for (ScriptPieces.Piece piece : ScriptPieces.of(script())) {
      outcome = evaluator.execute(piece.source(), NAME);
      if (screen.isClosed()) {
        return 0;
      }
      if (!(outcome instanceof Outcome.Done)) {
        return status(outcome);
      }
    }
    return 0;
  }

  private static int status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> 0;
      case Outcome.Failed _, Outcome.Interrupted _ -> FAILED;
      case Outcome.Dead _ -> BROKEN;
      case Outcome.Left(int status) -> status;
    };
  }

  /// @throws PyParallelException.InputFailed if it cannot be read or is no UTF-8
  private String script() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(surroundings.stdin().readAllBytes());
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(bytes)
              .toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new PyParallelException.InputFailed("standard input is not UTF-8", e);
    } catch (IOException e) {
      throw new PyParallelException.InputFailed("cannot read standard input: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {}
}
