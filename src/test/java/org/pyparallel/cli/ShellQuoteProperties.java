package org.pyparallel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What is written for a shell comes back from it.
class ShellQuoteProperties {
  private static final String SPECIAL = " \t\n'\"\\$`*?[]{}()<>|&;!#~=%@:,./-+^é漢";

  @Provide
  Arbitrary<List<String>> words() {
    Arbitrary<String> special =
        Arbitraries.strings().withChars(SPECIAL).alpha().numeric().ofMaxLength(12);
    Arbitrary<String> printable = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(12);
    return Arbitraries.oneOf(special, printable).list().ofMinSize(1).ofMaxSize(40);
  }

  @Property(tries = 60)
  void aPosixShellGivesTheWordsBack(@ForAll("words") List<String> words) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\0' " + ShellQuote.join(words)).start();
    shell.getOutputStream().close();

    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output).isEqualTo(String.join("\0", words) + "\0");
  }

  @Property(tries = 200)
  void ourOwnReaderGivesThemBackToo(@ForAll("words") List<String> words) {
    assertThat(ShellWords.split(ShellQuote.join(words))).isEqualTo(words);
  }

  @Example
  void quotesStandOnlyWhereTheyMust() {
    assertThat(
            ShellQuote.join(
                List.of("run", "s.py", "--sort=-size", "data/**/*.csv", "", "it's", "=x", "10%")))
        .isEqualTo("run s.py --sort=-size 'data/**/*.csv' '' 'it'\\''s' '=x' 10%");
  }
}
