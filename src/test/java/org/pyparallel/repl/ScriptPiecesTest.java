package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pyparallel.repl.ScriptPieces.Piece;

class ScriptPiecesTest {
  @Test
  void pythonAloneStaysWhole() {
    assertThat(ScriptPieces.of("x = 1\nprint(x)\n"))
        .containsExactly(new Piece("x = 1\nprint(x)\n", false));
    assertThat(ScriptPieces.of(" \n\n")).isEmpty();
  }

  @Test
  void magicsStandBetweenPython() {
    assertThat(ScriptPieces.of("x = 1\n%push x \nprint(x)\n%who\n"))
        .containsExactly(
            new Piece("x = 1\n", false),
            new Piece("%push x", true),
            new Piece("\n\nprint(x)\n", false),
            new Piece("%who", true));
  }

  @Test
  void aBlockGoesOnToTheBlankLine() {
    assertThat(ScriptPieces.of("%%all\nfor i in range(2):\n    print(i)\n\ny = 1\n"))
        .containsExactly(
            new Piece("%%all\nfor i in range(2):\n    print(i)", true),
            new Piece("\n\n\n\ny = 1\n", false));
  }

  @Test
  void whatGoesOnFromTheLineAboveIsPython() {
    assertThat(ScriptPieces.of("x = (7\n% 3)\ns = '''\n%no\n'''\n")).hasSize(1);
  }
}
