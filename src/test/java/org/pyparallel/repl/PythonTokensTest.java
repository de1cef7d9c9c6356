package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonTokensTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def f(x): | KEYWORD:def NAME:f OPENING:( NAME:x CLOSING:) OPERATOR::",
        "x = 1.5e-3 | NAME:x OPERATOR:= NUMBER:1.5e-3",
        "0xe-1 | NUMBER:0xe OPERATOR:- NUMBER:1",
        "1_000j | NUMBER:1_000j",
        ".5 | NUMBER:.5",
        "'a' + \"b\" | STRING:'a' OPERATOR:+ STRING:\"b\"",
        "rb'x' | STRING:rb'x'",
        "t'x' | STRING:t'x'",
        "names'x' | NAME:names STRING:'x'",
        "'a\\'b' | STRING:'a\\'b'",
        "'open | OPEN_STRING:'open",
        "\"\"\"a\"b\"\"\" | STRING:\"\"\"a\"b\"\"\"",
        "''' open | OPEN_STRING:''' open",
        "x # y | NAME:x COMMENT:# y",
        "@a.b | DECORATOR:@a.b",
        "a @ b | NAME:a OPERATOR:@ NAME:b",
        "größe | NAME:größe",
        "match | NAME:match"
      })
  void cutsIntoPieces(String source, String expected) {
    String text = source.strip();
    List<String> pieces =
        PythonTokens.of(text).stream()
            .map(token -> token.kind() + ":" + text.substring(token.start(), token.end()))
            .toList();

    assertThat(String.join(" ", pieces)).isEqualTo(expected.strip());
  }

  @Property(tries = 2000)
  void piecesAreInOrderAndLeaveOutOnlyBlanks(@ForAll("sources") String source) {
    int end = 0;
    for (Token token : PythonTokens.of(source)) {
      assertThat(token.start()).isGreaterThanOrEqualTo(end);
      assertThat(token.end()).isGreaterThan(token.start()).isLessThanOrEqualTo(source.length());
      assertThat(source.substring(end, token.start())).isBlank();
      end = token.end();
    }
    assertThat(source.substring(end)).isBlank();
  }

  @Property(tries = 500)
  void nothingTypedIsTooMuchForTheHelpers(@ForAll("sources") String source) {
    Completeness.guess(source);
    Question.of(source);
    ScriptPieces.of(source);
    for (int cursor = 0; cursor <= source.length(); cursor++) {
      assertThat(PythonHighlighter.highlight(source, cursor).toString()).isEqualTo(source);
    }
  }

  @Provide
  Arbitrary<String> sources() {
    return Arbitraries.of(
            "'",
            "\"",
            "'''",
            "\"\"\"",
            "\\",
            "\n",
            " ",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "#",
            "@",
            "%",
            "?",
            ":",
            "a",
            "def",
            "1",
            "1e",
            ".",
            "é",
            "\ud83d\ude00",
            "f'",
            "if x",
            "%%all",
            ";")
        .list()
        .ofMaxSize(14)
        .map(list -> String.join("", list));
  }
}
