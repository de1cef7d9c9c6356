package org.pyparallel.repl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What the current interpreter, the magics and the files know about an entry while it is typed. An
/// interpreter that is busy is not asked, and one that thinks for too long is interrupted: whoever
/// types must never wait. One thread.
final class Assistance {
  private static final long PATIENCE_MILLIS = 2_000;

  /// Those whose first argument is a file.
  private static final List<String> OF_FILES = List.of("%run", "%load", "%save", "%cd");

  private final Session session;
  private final FileWords files;

  /// Those that are open for sure: one that is still being opened is busy, but soon done with that.
  private final Set<Integer> answered = new HashSet<>();

  Assistance(Session session, FileWords files) {
    this.session = session;
    this.files = files;
  }

  /// Whether an entry can be run, or wants another line.
  Completeness check(String source) {
    if (source.startsWith("%%")) {
      return cell(source);
    }
    if (session.magics().handles(source) || Question.of(source) != null) {
      return Completeness.COMPLETE;
    }
    String code = withoutBlankEnd(source);
    List<String> answer = ask("check", code);
    return answer == null ? Completeness.guess(code) : Completeness.of(answer);
  }

  /// A block of lines ends with a blank one.
  private static Completeness cell(String source) {
    int end = source.lastIndexOf('\n');
    if (end < 0) {
      return new Completeness(false, 0);
    }
    String last = source.substring(end + 1);
    if (last.isBlank()) {
      return Completeness.COMPLETE;
    }
    Completeness guess = Completeness.guess(source.substring(source.indexOf('\n') + 1));
    return new Completeness(false, guess.indent());
  }

  /// A last line of white space only is an empty one.
  private static String withoutBlankEnd(String source) {
    int start = source.lastIndexOf('\n') + 1;
    return start > 0 && source.substring(start).isBlank() ? source.substring(0, start) : source;
  }

  /// What the word before the cursor could become.
  Completions complete(String source, int cursor) {
    String before = source.substring(0, cursor);
    boolean magic = source.startsWith("%");
    if (magic && before.indexOf(' ') < 0 && before.indexOf('\n') < 0) {
      return magics(before);
    }
    int word = Math.max(before.lastIndexOf(' '), before.lastIndexOf('\n')) + 1;
    if (magic && OF_FILES.contains(source.substring(0, Math.max(0, source.indexOf(' '))))) {
      return new Completions(word, files.of(before.substring(word), ""));
    }
    Token string = openString(before);
    if (string != null) {
      return strings(before, string);
    }
    int code = magic ? word : source.startsWith("?") ? 1 : 0;
    return names(source.substring(code), cursor - code, code);
  }

  private Completions magics(String typed) {
    List<Completions.Word> words = new ArrayList<>();
    int marks = typed.startsWith("%%") ? 2 : 1;
    for (String name : session.magics().names()) {
      if (name.startsWith(typed.substring(marks))) {
        words.add(new Completions.Word(typed.substring(0, marks) + name, "magic", " "));
      }
    }
    return new Completions(0, words);
  }

  /// The string literal in which the text ends, if it does.
  private static @Nullable Token openString(String before) {
    List<Token> tokens = PythonTokens.of(before);
    Token last = tokens.isEmpty() ? null : tokens.getLast();
    boolean open =
        last != null && last.kind() == TokenKind.OPEN_STRING && last.end() == before.length();
    return open ? last : null;
  }

  private Completions strings(String before, Token string) {
    int quote = string.start();
    while (before.charAt(quote) != '"' && before.charAt(quote) != '\'') {
      quote++;
    }
    Completions known = names(before, before.length(), 0);
    if (!known.isEmpty()) {
      return known; // the key of a dict
    }
    int start = quote + 1;
    return new Completions(
        start, files.of(before.substring(start), before.substring(quote, start)));
  }

  /// What the interpreter offers.
  ///
  /// @param above how much of the entry is left out in front
  private Completions names(String source, int cursor, int above) {
    List<String> answer = ask("complete", source, Integer.toString(cursor));
    if (answer == null || answer.isEmpty()) {
      return Completions.none(cursor + above);
    }
    int start;
    try {
      start = Math.clamp(Integer.parseInt(answer.getFirst()), 0, cursor);
    } catch (NumberFormatException _) {
      return Completions.none(cursor + above);
    }
    List<Completions.Word> words = new ArrayList<>();
    for (int i = 1; i + 2 < answer.size(); i += 3) {
      words.add(new Completions.Word(answer.get(i), answer.get(i + 1), answer.get(i + 2)));
    }
    words.sort(Comparator.comparing(Completions.Word::text));
    return new Completions(start + above, words);
  }

  /// @return null where there was no answer in time
  private @Nullable List<String> ask(String... request) {
    Seat seat = session.seats().current();
    if (seat.state() == Seat.State.DEAD
        || (seat.state() == Seat.State.BUSY && answered.contains(seat.id()))) {
      return null;
    }
    Future<List<String>> answer = seat.ask(request);
    try {
      List<String> fields = answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      answered.add(seat.id());
      return fields;
    } catch (TimeoutException _) {
      seat.withdraw(answer);
      return null;
    } catch (InterruptedException _) {
      seat.withdraw(answer);
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException _) {
      return null; // running it tells
    }
  }
}
