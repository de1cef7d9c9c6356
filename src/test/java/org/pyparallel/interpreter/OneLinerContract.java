package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Format;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Script;

/// Expressions in the place of a script.
interface OneLinerContract extends Subject {
  private Setup expression(OneLiner.Kind kind, String expression) {
    Path name = Path.of("<" + kind.name().toLowerCase(Locale.ROOT) + ">");
    Script script = new Script(name, List.of("-a"), new OneLiner(kind, expression));
    return script("").script(script);
  }

  @Test
  default void mapsRecordsWithAnExpression() {
    Setup setup =
        expression(
            OneLiner.Kind.MAP,
            "[*sys.argv, math.isqrt(int(x)), xml.etree.ElementTree.Element('e').tag,"
                + " *(os for os in os.path.basename('a/b')), (lambda re: re)(len(f'{x!r:>4}'))]");
    try (Session session = setup.open()) {
      assertThat(session.run("9\n16\n").text())
          .isEqualTo("[\"<map>\",\"-a\",3,\"e\",\"b\",4]\n[\"<map>\",\"-a\",4,\"e\",\"b\",4]\n");

      PythonError error = session.run("é\n").result().errors().getFirst();
      assertThat(error.type()).isEqualTo("ValueError");
      assertThat(error.frames())
          .containsExactly(
              new PythonError.Frame(
                  "<map>",
                  8,
                  "process",
                  "return " + setup.plan().script().oneLiner().orElseThrow().expression()));
    }
  }

  @Test
  default void filtersRecordsWithAnExpression() {
    try (Session session = expression(OneLiner.Kind.FILTER, "x > 'a' # why").open()) {
      assertThat(session.run("a\nb\n").text()).isEqualTo("b\n");
    }
  }

  @Test
  default void passesTheLinesOfJsonOnAsTheyAre() {
    Setup setup = expression(OneLiner.Kind.FILTER, "x['a'] > 1").format(Format.JSONL);
    try (Session session = setup.open()) {
      assertThat(session.run("{\"a\": 1}\n\n{\"a\":  2.0}\n").text()).isEqualTo("{\"a\":  2.0}\n");
    }
  }

  @Test
  default void givesExpressionsTheLineAndItsNumber() {
    try (Session session = expression(OneLiner.Kind.MAP, "f'{i}:{line}'").open()) {
      assertThat(session.run("a\nb\n").text()).isEqualTo("0:a\n1:b\n");
      assertThat(session.run("c\n").text()).isEqualTo("2:c\n");
    }
  }

  @Test
  default void showsWhatIsWrongWithAnExpression() {
    assertRefused("x +* 2", "invalid syntax\n  x +* 2\n     ^");
    assertRefused("x +", "invalid syntax\n  x +\n     ^");
    assertRefused(
        "'é' + foo(x)",
        "the name foo is not known: there are x, line, i, builtins and modules\n"
            + "  'é' + foo(x)\n"
            + "        ^");
    assertRefused(
        "import os",
        "an expression is needed: leave the import out, modules are imported on demand\n"
            + "  import os\n"
            + "  ^");
  }

  private void assertRefused(String expression, String message) {
    assertThatThrownBy(() -> expression(OneLiner.Kind.MAP, expression).open())
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage(message);
  }
}
