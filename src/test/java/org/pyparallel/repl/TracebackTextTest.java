package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TracebackTextTest {
  private static final String TRACEBACK =
      "Traceback (most recent call last):\n  File \"<input 1>\", line 1, in <module>\n    1 / 0\n"
          + "ZeroDivisionError: division by zero\n";

  @Test
  void isLeftAloneWithoutColour() {
    assertThat(new TracebackText(Palette.NONE).of(TRACEBACK)).isEqualTo(TRACEBACK);
  }

  @Test
  void framesAreDimAndTheTypeIsRed() {
    assertThat(new TracebackText(Palette.ANSI).of(TRACEBACK))
        .contains("\u001b[2m  File \"<input 1>\", line 1, in <module>\u001b[0m\n")
        .endsWith("\u001b[1;31mZeroDivisionError\u001b[0m: division by zero\n");
  }

  @Test
  void aTypeAloneAndOneInAModuleAreRed() {
    assertThat(new TracebackText(Palette.ANSI).of("KeyboardInterrupt"))
        .isEqualTo("\u001b[1;31mKeyboardInterrupt\u001b[0m\n");
    assertThat(new TracebackText(Palette.ANSI).of("a.b.C: no"))
        .isEqualTo("\u001b[1;31ma.b.C\u001b[0m: no\n");
    assertThat(new TracebackText(Palette.ANSI).of("two words")).isEqualTo("two words\n");
  }

  @Test
  void whatWouldFillScreensIsCut() {
    String text = new TracebackText(Palette.NONE).of("E: " + "x".repeat(100_000));

    assertThat(text).hasSizeLessThan(TracebackText.MOST + 100).contains("characters left out");
  }
}
