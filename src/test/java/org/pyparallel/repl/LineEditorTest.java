package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pyparallel.repl.ScriptedTerminal.BACKSPACE;
import static org.pyparallel.repl.ScriptedTerminal.CTRL_A;
import static org.pyparallel.repl.ScriptedTerminal.CTRL_C;
import static org.pyparallel.repl.ScriptedTerminal.CTRL_D;
import static org.pyparallel.repl.ScriptedTerminal.CTRL_R;
import static org.pyparallel.repl.ScriptedTerminal.ENTER;
import static org.pyparallel.repl.ScriptedTerminal.LEFT;
import static org.pyparallel.repl.ScriptedTerminal.TAB;
import static org.pyparallel.repl.ScriptedTerminal.UP;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.Aside;

@Timeout(60)
class LineEditorTest {
  @TempDir Path directory;
  private final FakeSeats seats = new FakeSeats();
  private ScriptedTerminal keyboard;
  private TerminalScreen screen;
  private LineEditor editor;

  @BeforeEach
  void start() throws IOException {
    open(Optional.empty());
  }

  private void open(Optional<Path> history) throws IOException {
    keyboard = new ScriptedTerminal();
    screen = new TerminalScreen(keyboard.terminal);
    Session session = new Session(seats, new FakeMagics());
    Assistance assistance = new Assistance(session, new FileWords(directory, ""));
    editor = new LineEditor(keyboard.terminal, screen, assistance, Palette.ANSI, history);
  }

  @AfterEach
  void end() throws IOException {
    screen.close();
    keyboard.terminal.close();
  }

  private String typed(String... keys) throws IOException {
    keyboard.type(keys);
    return editor.next(1);
  }

  @Test
  void aLineIsAnEntry() throws IOException {
    assertThat(typed("x = 1", ENTER)).isEqualTo("x = 1");
    assertThat(keyboard.text()).contains("[1]", " >>> ");
  }

  @Test
  void blocksAreIndentedAndEndWithABlankLine() throws IOException {
    assertThat(typed("def f(x):", ENTER, "if x:", ENTER, "return 1", ENTER, ENTER))
        .isEqualTo("def f(x):\n    if x:\n        return 1");
    assertThat(keyboard.text()).contains("    ... ");
  }

  @Test
  void openBracketsGoOn() throws IOException {
    assertThat(typed("f(1,", ENTER, "2)", ENTER)).isEqualTo("f(1,\n    2)");
  }

  @Test
  void tabIndentsAndBackspaceTakesAStepBack() throws IOException {
    assertThat(typed("if x:", ENTER, TAB, "a", ENTER, BACKSPACE, "b", ENTER, ENTER))
        .isEqualTo("if x:\n        a\n    b");
  }

  @Test
  void inTheMiddleOfLinesEnterBeginsAnother() throws IOException {
    assertThat(
            typed(
                "if x:",
                ENTER,
                "y",
                UP,
                CTRL_A,
                "if z: pass",
                ENTER,
                "\u001bOB\u0005",
                ENTER,
                ENTER))
        .isEqualTo("if z: pass\nif x:\n    y");
  }

  @Test
  void altEnterBeginsAnotherLineInAnyCase() throws IOException {
    assertThat(typed("a = 1", "\u001b\r", "b = 2", ENTER)).isEqualTo("a = 1\nb = 2");
  }

  @Test
  void pastedBlocksStayAsTheyAre() throws IOException {
    String block = "def f():\n    if 1:\n        return 2\n\n    return 3\n";
    keyboard.paste(block);

    assertThat(typed(ENTER)).isEqualTo(block.stripTrailing());
  }

  @Test
  void exclamationMarksAndBackslashesMeanNothing() throws IOException {
    assertThat(typed("print('!!', '\\n', a != b)", ENTER)).isEqualTo("print('!!', '\\n', a != b)");
  }

  @Test
  void theOnlyCompletionIsTaken() throws IOException {
    seats.first.answers =
        request ->
            request.getFirst().equals("complete")
                ? List.of("3", "path", "module", "")
                : FakeSeat.usual(request);

    assertThat(typed("os.pa", TAB, ENTER)).isEqualTo("os.path");
  }

  @Test
  void whatSeveralCompletionsShareIsTakenAndTheyAreListed() throws IOException {
    seats.first.answers =
        request ->
            request.getFirst().equals("complete")
                ? List.of("0", "printer", "name", "", "printed", "name", "")
                : FakeSeat.usual(request);

    assertThat(typed("pri", TAB, ENTER)).isEqualTo("printe");
  }

  @Test
  void magicsAreCompleted() throws IOException {
    assertThat(typed("%int", TAB, "new", ENTER)).isEqualTo("%interp new");
  }

  @Test
  void filesAreCompleted() throws IOException {
    Files.writeString(directory.resolve("numbers.txt"), "");

    assertThat(typed("open('num", TAB, ")", ENTER)).isEqualTo("open('numbers.txt')");
  }

  @Test
  void upBringsBackWhatWasTyped() throws IOException {
    typed("first()", ENTER);
    typed("if x:", ENTER, "y", ENTER, ENTER);

    assertThat(typed(UP, ENTER, ENTER)).isEqualTo("if x:\n    y");
  }

  @Test
  void ctrlRSearchesWhatWasTyped() throws IOException {
    typed("needle = 1", ENTER);
    typed("hay = 2", ENTER);

    assertThat(typed(CTRL_R, "need", ENTER)).isEqualTo("needle = 1");
  }

  @Test
  void entriesAreRememberedAcrossSessions() throws IOException {
    Path history = directory.resolve("history");
    open(Optional.of(history));
    typed("if x:", ENTER, "y = '\\n'", ENTER, ENTER);

    open(Optional.of(history));

    assertThat(typed(UP, ENTER, ENTER)).isEqualTo("if x:\n    y = '\\n'");
  }

  @Test
  void ctrlDEndsAndBlankLinesAreNothing() throws IOException {
    assertThat(typed(ENTER)).isEmpty();
    assertThat(typed(CTRL_D)).isNull();
  }

  @Test
  void ctrlCClearsTheLine() throws Exception {
    CompletableFuture<String> entry = Aside.run(() -> editor.next(1));
    keyboard.await(">>> ");
    keyboard.type("half");
    keyboard.await("half");

    keyboard.type(CTRL_C);

    assertThat(entry.get(30, TimeUnit.SECONDS)).isEmpty();
    assertThat(typed("whole", ENTER)).isEqualTo("whole");
  }

  @Test
  void theMiddleOfALineCanBeEdited() throws IOException {
    assertThat(typed("ac", LEFT, "b", ENTER)).isEqualTo("abc");
  }

  @Test
  void keywordsAreColoured() throws IOException {
    typed("import os", ENTER);

    assertThat(keyboard.text()).contains("\u001b[34;1mi");
  }

  @Test
  void whatIsPrintedMeanwhileStandsAboveTheLine() throws Exception {
    CompletableFuture<String> entry = Aside.run(() -> editor.next(1));
    keyboard.await(">>> ");
    keyboard.type("half");
    keyboard.await("half");

    screen.print("from behind\nunfinished");
    keyboard.await("from behind");
    assertThat(keyboard.text()).doesNotContain("unfinished");
    keyboard.type(" done", ENTER);

    assertThat(entry.get(30, TimeUnit.SECONDS)).isEqualTo("half done");
    assertThat(keyboard.text()).endsWith("unfinished");
  }
}
