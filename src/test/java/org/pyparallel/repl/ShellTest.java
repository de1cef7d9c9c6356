package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The shells that need no terminal.
@Timeout(30)
class ShellTest {
  private static final Opening PLAIN = new Opening("", Optional.empty());

  private final FakeSeats seats = new FakeSeats();
  private final FakeMagics magics = new FakeMagics();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aPipeIsRunAsAScript() {
    assertThat(pipe("x = 1\nx\n")).isZero();

    assertThat(seats.first.asked).containsExactly(List.of("run", "x = 1\nx\n", "0", "<stdin>"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void magicsWorkInAPipe() {
    assertThat(pipe("x = 1\n%push x\nprint(x)\n")).isZero();

    assertThat(magics.ran).containsExactly("%push x");
    assertThat(seats.first.ran()).containsExactly("x = 1\n", "\n\nprint(x)\n");
  }

  @Test
  void anExceptionEndsAPipe() {
    seats.first.answers = _ -> List.of("error", "E", "no", "E: no\n");

    assertThat(pipe("f()\n%who\n")).isEqualTo(1);

    assertThat(magics.ran).isEmpty();
    assertThat(err.toString()).isEqualTo("E: no\n");
  }

  @Test
  void aMagicThatFailsEndsAPipe() {
    assertThat(pipe("%fail\nx\n")).isEqualTo(1);

    assertThat(seats.first.asked).isEmpty();
  }

  @Test
  void aScriptMayLeaveWithAStatus() {
    seats.first.answers = _ -> List.of("exit", "3");

    assertThat(pipe("exit(3)\n")).isEqualTo(3);
  }

  @Test
  void aPipeWithoutAnInterpreterHasBroken() {
    seats.first.state = Seat.State.DEAD;

    assertThat(pipe("x\n")).isEqualTo(3);
  }

  @Test
  void aPipeThatNobodyReadsIsLeftQuietly() {
    Surroundings full = surroundings("x", OutputStream.nullOutputStream());
    OutputStream closed = full.stdout();
    try (Shell shell = Shells.open(Shells.Kind.PIPE, full)) {
      closed.close();
      seats.first.answers =
          _ -> {
            shell.screen().print("lost");
            return List.of("ok");
          };
      assertThat(shell.run(new Session(seats, magics), PLAIN)).isZero();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aDumbTerminalHasPromptsAndBlocks() {
    assertThat(lines("x = 1\nif x:\n    y\n\nx?\n", PLAIN)).isZero();

    assertThat(seats.first.ran()).containsExactly("x = 1", "if x:\n    y");
    assertThat(out.toString())
        .isEqualTo("[1] >>> [1] >>>     ...     ... [1] >>> about x at 1\n[1] >>> \n");
  }

  @Test
  void anExceptionDoesNotEndAConversation() {
    seats.first.answers =
        request ->
            request.getFirst().equals("run")
                ? List.of("error", "E", "no", "E: no\n")
                : FakeSeat.usual(request);

    assertThat(lines("f()\ng()\n", PLAIN)).isZero();

    assertThat(seats.first.ran()).containsExactly("f()", "g()");
  }

  @Test
  void aConversationBeginsWithABannerAndAScript() {
    Opening.Script script = new Opening.Script("s.py", "/a'b", "x = 1\n");

    lines("x\n", new Opening("hello", Optional.of(script)));

    assertThat(out.toString()).startsWith("hello\n[1] >>> ");
    assertThat(seats.first.ran())
        .containsExactly("__import__('sys').path.insert(0, '/a\\'b')", "x = 1\n", "x");
  }

  @Test
  void leavingEndsAConversation() {
    seats.first.answers =
        request ->
            request.getFirst().equals("run") ? List.of("exit", "4") : FakeSeat.usual(request);

    assertThat(lines("exit(4)\nx\n", PLAIN)).isEqualTo(4);
    assertThat(seats.first.ran()).containsExactly("exit(4)");
  }

  private int pipe(String stdin) {
    return run(Shells.Kind.PIPE, stdin, PLAIN);
  }

  private int lines(String stdin, Opening opening) {
    return run(Shells.Kind.LINES, stdin, opening);
  }

  private int run(Shells.Kind kind, String stdin, Opening opening) {
    try (Shell shell = Shells.open(kind, surroundings(stdin, out))) {
      return shell.run(new Session(seats, magics), opening);
    }
  }

  private Surroundings surroundings(String stdin, OutputStream stdout) {
    return new Surroundings(
        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
        stdout,
        err,
        0,
        Palette.NONE,
        Map.of(),
        Path.of(""));
  }
}
