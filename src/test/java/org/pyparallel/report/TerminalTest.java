package org.pyparallel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static final String ERASE = "\r\u001b[K";

  private final Screen screen = new Screen();
  private final Terminal terminal = screen.interactive(Colour.NEVER, 80);

  @Test
  void printingErasesTheStatusAndDrawsItAgain() {
    terminal.status("  10%");
    terminal.text("warning\n");
    terminal.line("pyparallel: error");
    terminal.status("  20%");
    terminal.status("");

    assertThat(screen.take())
        .isEqualTo(
            status("  10%")
                + (ERASE + "warning\n" + status("  10%"))
                + (ERASE + "pyparallel: error\n" + status("  10%"))
                + status("  20%")
                + ERASE);
  }

  @Test
  void anUnfinishedLineOfTheScriptKeepsTheStatusAway() {
    terminal.status("  10%");
    terminal.text("working");
    terminal.status("  20%");
    terminal.text("...\n");

    assertThat(screen.take())
        .isEqualTo(status("  10%") + ERASE + "working" + "...\n" + status("  20%"));
  }

  @Test
  void ourLinesStartOnALineOfTheirOwn() {
    terminal.text("half");
    terminal.line("pyparallel: error");
    terminal.line("pyparallel: another");

    assertThat(screen.take()).isEqualTo("half\npyparallel: error\npyparallel: another\n");
  }

  @Test
  void theSameStatusIsDrawnOnce() {
    terminal.status("  10%");
    screen.take();
    terminal.status("  10%");

    assertThat(screen.take()).isEmpty();
  }

  @Test
  void aFileGetsNoStatus() {
    Terminal plain = screen.plain();

    plain.status("  10%");
    plain.line("pyparallel: error");
    plain.status("");

    assertThat(screen.take()).isEqualTo("pyparallel: error\n");
  }

  @Test
  void whatTheEncodingLacksIsReplaced() {
    Terminal ascii =
        new Terminal(
            screen, StandardCharsets.US_ASCII, Terminal.Kind.PLAIN, Colour.NEVER, () -> 80);

    ascii.line("größer");

    assertThat(screen.take()).isEqualTo("gr??er\n");
  }

  @Test
  void aClosedStandardErrorIsNoReasonToStop() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Terminal terminal =
        new Terminal(closed, StandardCharsets.UTF_8, Terminal.Kind.PLAIN, Colour.NEVER, () -> 80);

    assertThatCode(() -> terminal.line("lost")).doesNotThrowAnyException();
  }

  private static String status(String text) {
    return "\r\u001b[?7l" + text + "\u001b[K\u001b[?7h";
  }
}
