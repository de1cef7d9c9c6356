package org.pyparallel.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PyParallelException.Usage;

/// Refuses regular expressions that `java.util.regex` and Python's `re` read differently, that one
/// of them does not know, or that mean something else for the bytes of a text than for the text.
///
/// What is left is the common core: literals, `.`, classes, groups, alternatives, repetitions,
/// lookahead, `^ $ \A \b`, and the flags `i s x` at the start. Being certain was preferred to being
/// generous: what is refused has a plain way to say the same.
///
/// Sources: the documentation of `java.util.regex.Pattern` (25) and of `re` (3.12 and 3.14).
final class SharedSyntax {
  /// What a repetition would apply to.
  private enum Before {
    NOTHING,
    ITEM,
    /// The last byte of a character of several.
    PART_OF_CHARACTER,
    ASSERTION,
    REPETITION
  }

  private static final String LETTERS_ALIKE = "dDwWsSafnrt";
  private static final String BLANKS = " \t\n\u000b\f\r";
  private static final int MOST_DIGITS = 4;

  private final String pattern;
  private int at;
  private Before before = Before.NOTHING;

  /// Whether blanks and comments are no part of the pattern, and whether there were some right
  /// before.
  private boolean extended;

  private boolean spaced;

  /// Of each open group, whether it looks ahead only.
  private final Deque<Boolean> groups = new ArrayDeque<>();

  private SharedSyntax(String pattern) {
    this.pattern = pattern;
  }

  /// @param pattern bytes as Latin-1
  /// @throws Usage as said, with what to write instead
  static void check(String pattern) {
    new SharedSyntax(pattern).check();
  }

  /// @param position from 0, or -1 where unknown
  /// @param what what is there
  /// @param remedy what to do, or empty
  static PyParallelException refused(String pattern, int position, String what, String remedy) {
    String text = new String(pattern.getBytes(ISO_8859_1), UTF_8);
    String place = position < 0 ? "" : " at character " + (position + 1);
    return new Usage(
        "the pattern for the start of a record, '"
            + text
            + "', has "
            + what
            + place
            + (remedy.isEmpty() ? "" : ": " + remedy));
  }

  private PyParallelException refused(int position, String what, String remedy) {
    // Users count characters, not bytes.
    byte[] bytes = pattern.substring(0, position).getBytes(ISO_8859_1);
    return refused(pattern, new String(bytes, UTF_8).length(), what, remedy);
  }

  private void check() {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == 0 || pattern.charAt(i) > 0xff) {
        throw refused(i, "a character that stands for no byte of a text", "write \\x00 for NUL");
      }
    }
    flags();
    while (at < pattern.length()) {
      item();
    }
    if (!groups.isEmpty()) {
      throw refused(at - 1, "a group without its ')'", "close it");
    }
  }

  private void flags() {
    if (!pattern.startsWith("(?")) {
      return;
    }
    int end = 2;
    while (end < pattern.length() && "isx".indexOf(pattern.charAt(end)) >= 0) {
      end++;
    }
    if (end > 2 && end < pattern.length() && pattern.charAt(end) == ')') {
      extended = pattern.substring(0, end).indexOf('x') >= 0;
      at = end + 1;
    }
  }

  private void item() {
    char c = pattern.charAt(at);
    if (extended && (c == '#' || BLANKS.indexOf(c) >= 0)) {
      int lineEnd = pattern.indexOf('\n', at);
      at = c != '#' ? at + 1 : lineEnd < 0 ? pattern.length() : lineEnd + 1;
      spaced = true;
      return;
    }
    before =
        switch (c) {
          case '\\' -> escape(false);
          case '[' -> characterClass();
          case '(' -> group();
          case ')' -> endOfGroup();
          case '*', '+', '?', '{' -> repetition();
          case '|' -> passed(Before.NOTHING);
          case '^', '$' -> passed(Before.ASSERTION);
          default -> passed(c < 0x80 ? Before.ITEM : Before.PART_OF_CHARACTER);
        };
    spaced = false;
  }

  private Before passed(Before what) {
    at++;
    return what;
  }

  private Before group() {
    int start = at++;
    boolean special = pattern.startsWith("?", at);
    boolean ahead = pattern.startsWith("?=", at) || pattern.startsWith("?!", at);
    if (special && !ahead && !pattern.startsWith("?:", at)) {
      throw refused(start, specialGroup(), "use (...), (?:...), (?=...) or (?!...)");
    }
    at += special ? 2 : 0;
    groups.push(ahead);
    return Before.NOTHING;
  }

  private String specialGroup() {
    char kind = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
    char next = at + 2 < pattern.length() ? pattern.charAt(at + 2) : ' ';
    return switch (kind) {
      case 'P', '\'' -> "a named group";
      case '<' -> next == '=' || next == '!' ? "a look behind the line's start" : "a named group";
      case '>' -> "an atomic group";
      case '#' -> "a comment";
      case '(' -> "a conditional group";
      default -> "flags other than i, s and x at the start";
    };
  }

  private Before endOfGroup() {
    if (groups.isEmpty()) {
      throw refused(at, "a ')' without its '('", "write \\) for the character");
    }
    return passed(groups.pop() ? Before.ASSERTION : Before.ITEM);
  }

  private Before repetition() {
    int start = at;
    char c = pattern.charAt(at++);
    if (c == '{') {
      bounds(start);
    }
    switch (before) {
      case ITEM -> {}
      case NOTHING ->
          throw refused(start, "nothing to repeat", "write \\" + c + " for the character");
      case ASSERTION ->
          throw refused(start, "a repetition of something without width", "leave it out");
      case PART_OF_CHARACTER ->
          throw refused(
              start,
              "a repetition of the last byte of a character that has several",
              "put the character into (?:...)");
      case REPETITION ->
          throw refused(start, "a repetition of a repetition", "put the first one into (?:...)");
    }
    if (spaced) {
      throw refused(start, "blanks before a repetition", "leave them out");
    }
    if (pattern.startsWith("?", at)) {
      at++;
    } else if (pattern.startsWith("+", at)) {
      throw refused(start, "a repetition that never gives back", "leave out the second '+'");
    }
    return Before.REPETITION;
  }

  /// `{m}`, `{m,}` or `{m,n}`.
  private void bounds(int start) {
    long least = number();
    long most = least;
    if (least >= 0 && pattern.startsWith(",", at)) {
      at++;
      most = pattern.startsWith("}", at) ? Long.MAX_VALUE : number();
    }
    if (least < 0 || most < least || !pattern.startsWith("}", at)) {
      throw refused(
          start,
          "a '{' that begins no repetition up to 9999",
          "write {m}, {m,} or {m,n}, or \\{ for the character");
    }
    at++;
  }

  private long number() {
    int start = at;
    while (at < pattern.length() && isDigit(pattern.charAt(at))) {
      at++;
    }
    int digits = at - start;
    return digits == 0 || digits > MOST_DIGITS ? -1 : Long.parseLong(pattern, start, at, 10);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private Before escape(boolean inClass) {
    int start = at++;
    if (at == pattern.length()) {
      throw refused(start, "a '\\' at its end", "write \\\\ for the character");
    }
    char c = pattern.charAt(at++);
    if (c == 'x') {
      hexadecimal(start);
      return Before.ITEM;
    }
    if (!inClass && (c == 'b' || c == 'A')) {
      return Before.ASSERTION;
    }
    if (LETTERS_ALIKE.indexOf(c) >= 0) {
      return Before.ITEM;
    }
    if (isDigit(c)) {
      throw refused(
          start, "\\" + c + ", a back reference or a number", "spell it out, or write \\xhh");
    }
    if (isLetter(c) || c >= 0x80) {
      throw refused(start, "\\" + shown(c), inClass ? CLASS_REMEDY : REMEDY);
    }
    return Before.ITEM;
  }

  private static final String CLASS_REMEDY =
      "in a class, Java and Python agree on \\d \\w \\s \\D \\W \\S \\a \\f \\n \\r \\t \\xhh and"
          + " escaped punctuation only";

  private static final String REMEDY =
      "Java and Python agree on \\d \\w \\s \\D \\W \\S \\A \\b \\a \\f \\n \\r \\t \\xhh and escaped"
          + " punctuation only";

  private static String shown(char c) {
    return c < 0x80 ? String.valueOf(c) : "before a character that is not ASCII";
  }

  private void hexadecimal(int start) {
    boolean two =
        at + 2 <= pattern.length()
            && Character.digit(pattern.charAt(at), 16) >= 0
            && Character.digit(pattern.charAt(at + 1), 16) >= 0;
    if (!two) {
      throw refused(start, "\\x without two hexadecimal digits", "write \\xhh");
    }
    at += 2;
  }

  private Before characterClass() {
    int start = at++;
    if (pattern.startsWith("^", at)) {
      at++;
    }
    int first = at;
    while (true) {
      if (at == pattern.length()) {
        throw refused(start, "a class without its ']'", "close it, or write \\[ for the character");
      }
      char c = pattern.charAt(at);
      if (c == ']') {
        if (at == first) {
          throw refused(at, "a ']' first in a class", "write \\] for the character");
        }
        return passed(Before.ITEM);
      }
      classItem(c, first);
    }
  }

  /// One member of a class, or a range.
  private void classItem(char c, int first) {
    int start = at;
    boolean single = member(c);
    boolean last = pattern.startsWith("]", at);
    if (c == '-' && start != first && !last) {
      throw refused(start, "a '-' between two members of a class", "write \\- for the character");
    }
    if (!pattern.startsWith("-", at) || pattern.startsWith("-]", at)) {
      return;
    }
    int dash = at++;
    char to = at < pattern.length() ? pattern.charAt(at) : ']';
    if (to == ']' || to == '-' || !member(to) || !single) {
      throw refused(
          dash, "a range without a character at both ends", "write \\- for the character");
    }
  }

  /// @return whether it is one character
  private boolean member(char c) {
    if (c == '\\') {
      char escaped = at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ';
      escape(true);
      return "dDwWsS".indexOf(escaped) < 0;
    }
    if (c >= 0x80) {
      throw refused(
          at,
          "a character of several bytes in a class",
          "write alternatives, such as (?:\u00e4|b)");
    }
    boolean twice = at + 1 < pattern.length() && pattern.charAt(at + 1) == c;
    if (c == '[' || (twice && "&-~|".indexOf(c) >= 0)) {
      throw refused(at, "'" + c + "' in a class", "write \\" + c + " for the character");
    }
    if (extended && (c == '#' || BLANKS.indexOf(c) >= 0)) {
      throw refused(at, "a blank or '#' in a class with the flag x", "put a \\ before it");
    }
    at++;
    return true;
  }
}
