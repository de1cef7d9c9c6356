package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.repl.Completions.Word;

class AssistanceTest {
  @TempDir Path directory;
  private final FakeSeats seats = new FakeSeats();
  private Assistance assistance;

  @BeforeEach
  void start() {
    Session session = new Session(seats, new FakeMagics());
    assistance = new Assistance(session, new FileWords(directory, directory.toString()));
  }

  @Test
  void theInterpreterSaysWhetherAnEntryIsComplete() {
    seats.first.answers = _ -> List.of("incomplete", "2");

    assertThat(assistance.check("anything")).isEqualTo(new Completeness(false, 2));
  }

  @Test
  void blanksOnTheLastLineAreABlankLine() {
    assertThat(assistance.check("if x:\n    y\n    ")).isEqualTo(Completeness.COMPLETE);
    assertThat(seats.first.asked).containsExactly(List.of("check", "if x:\n    y\n"));
  }

  @Test
  void aBusyInterpreterIsNotAsked() {
    assistance.check("x");
    seats.first.asked.clear();
    seats.first.state = Seat.State.BUSY;

    assertThat(assistance.check("if x:")).isEqualTo(new Completeness(false, 4));
    assertThat(assistance.complete("a.", 2).isEmpty()).isTrue();
    assertThat(seats.first.asked).isEmpty();
  }

  @Test
  void magicsAndQuestionsAreCompleteAndBlocksEndWithABlankLine() {
    assertThat(assistance.check("%interp new")).isEqualTo(Completeness.COMPLETE);
    assertThat(assistance.check("x?")).isEqualTo(Completeness.COMPLETE);
    assertThat(assistance.check("%%all")).isEqualTo(new Completeness(false, 0));
    assertThat(assistance.check("%%all\nif x:")).isEqualTo(new Completeness(false, 4));
    assertThat(assistance.check("%%all\nif x:\n    y\n    ")).isEqualTo(Completeness.COMPLETE);
    assertThat(seats.first.asked).isEmpty();
  }

  @Test
  void namesComeFromTheInterpreterSorted() {
    seats.first.answers =
        _ -> List.of("3", "path", "module", ".", "open", "name", "(", "incomplete");

    Completions found = assistance.complete("os.p", 4);

    assertThat(found)
        .isEqualTo(
            new Completions(
                3, List.of(new Word("open", "name", "("), new Word("path", "module", "."))));
    assertThat(seats.first.asked).containsExactly(List.of("complete", "os.p", "4"));
  }

  @Test
  void magicsAreCompletedByName() {
    assertThat(assistance.complete("%in", 3).words())
        .containsExactly(new Word("%interp", "magic", " "));
    assertThat(assistance.complete("%%a", 3).words())
        .containsExactly(new Word("%%all", "magic", " "));
  }

  @Test
  void codeBehindAMagicIsCompletedAsCode() {
    seats.first.answers = _ -> List.of("0", "value", "name", "");

    Completions found = assistance.complete("%all val", 8);

    assertThat(found).isEqualTo(new Completions(5, List.of(new Word("value", "name", ""))));
    assertThat(seats.first.asked).containsExactly(List.of("complete", "val", "3"));
  }

  @Test
  void filesAreCompletedInStringsAndForMagicsThatTakeThem() throws IOException {
    Files.createDirectory(directory.resolve("data"));
    Files.writeString(directory.resolve("data.csv"), "");
    Files.writeString(directory.resolve(".hidden"), "");

    assertThat(assistance.complete("open('da", 8))
        .isEqualTo(
            new Completions(
                6, List.of(new Word("data", "file", "/"), new Word("data.csv", "file", "'"))));
    assertThat(assistance.complete("%run data.", 10))
        .isEqualTo(new Completions(5, List.of(new Word("data.csv", "file", ""))));
    assertThat(assistance.complete("%cd ~/da", 8).words()).hasSize(2);
    assertThat(assistance.complete("open('", 6).words()).hasSize(2);
    assertThat(assistance.complete("open('missing/", 14).isEmpty()).isTrue();
  }

  @Test
  void keysOfADictGoBeforeFiles() throws IOException {
    Files.writeString(directory.resolve("key"), "");
    seats.first.answers = _ -> List.of("3", "key", "key", "']");

    assertThat(assistance.complete("d['k", 4).words())
        .containsExactly(new Word("key", "key", "']"));
  }
}
