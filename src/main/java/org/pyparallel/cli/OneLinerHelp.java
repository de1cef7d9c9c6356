package org.pyparallel.cli;

import java.util.List;
import org.pyparallel.cli.HelpPage.Term;
import org.pyparallel.job.OneLiner;

/// What the help of `map`, `filter` and `reduce` says that the others do not.
final class OneLinerHelp {
  private OneLinerHelp() {}

  /// An expression as an example.
  static String expression(OneLiner.Kind kind) {
    return switch (kind) {
      case MAP -> "x.upper()";
      case FILTER -> "\"error\" in x";
      case REDUCE -> "a + b";
    };
  }

  /// Writes what goes before the options.
  static void introduce(OneLiner.Kind kind, HelpPage page) {
    switch (kind) {
      case MAP ->
          page.paragraph(
              "Prints what the Python expression EXPR gives for each record, in the order of the"
                  + " input, evaluated in as many Python interpreters as there are cores. None"
                  + " prints nothing, a generator each of its items, and all but text and bytes is"
                  + " written as JSON.");
      case FILTER ->
          page.paragraph(
              "Prints the records for which the Python expression EXPR is true, in the order of the"
                  + " input, evaluated in as many Python interpreters as there are cores. Lines are"
                  + " printed as they are, tables stay tables.");
      case REDUCE ->
          page.paragraph(
              "Makes all records one: the Python expression EXPR makes one of two of them, a and b,"
                  + " in as many Python interpreters as there are cores. It must not matter in"
                  + " which groups they come together: (a b) c is to give what a (b c) gives. The"
                  + " format is values unless the input's name tells another: a line that is a JSON"
                  + " value, such as a number, is that value.");
    }
    page.heading("Names in EXPR").terms(names(kind));
    page.heading("Inputs")
        .note(
            "Files, or quoted patterns such as 'logs/**/*.jsonl' (in the order of their names), or"
                + " - for standard input, which is read where there are none. What follows -- is"
                + " sys.argv[1:].");
  }

  private static List<Term> names(OneLiner.Kind kind) {
    Term modules =
        new Term(
            "any module",
            "imported if the name is no other: math.sqrt, os.path.join, or a module in the working"
                + " directory");
    if (kind == OneLiner.Kind.REDUCE) {
      return List.of(new Term("a, b", "two records, or what they were made"), modules);
    }
    return List.of(
        new Term("x", "the record"),
        new Term("line", "the record as it stands in the input, as text"),
        new Term("i", "its number in its input, from 0"),
        modules);
  }

  /// Writes what goes after the options.
  static void conclude(OneLiner.Kind kind, HelpPage page) {
    page.heading("Examples");
    switch (kind) {
      case MAP ->
          page.line("pyparallel map 'x.split()[0]' access.log")
              .line("pyparallel map 'x[\"user\"][\"id\"]' events.jsonl.gz --unique")
              .line("pyparallel map 'math.sqrt(x)' --range 1..1e6 --reduce sum")
              .line("pyparallel map 'hashlib.sha256(open(x, \"rb\").read()).hexdigest()' ::: *.iso")
              .line("pyparallel map --explain 'f\"{i}: {x}\"'");
      case FILTER ->
          page.line("pyparallel filter 're.search(r\"\\b5\\d\\d\\b\", x)' access.log")
              .line("pyparallel filter 'float(x[\"price\"]) > 9.99' items.csv > dear.csv")
              .line("pyparallel filter 'x[\"status\"] >= 500' 'logs/**/*.jsonl.zst'");
      case REDUCE ->
          page.line("seq 1000 | pyparallel map 'int(x)**2' | pyparallel reduce 'a + b'")
              .line("pyparallel reduce 'max(a, b)' numbers.txt")
              .line("pyparallel reduce 'a | b' objects.jsonl");
    }
  }
}
