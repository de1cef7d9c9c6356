package org.pyparallel.cli;

import java.util.List;

/// A page of help in the making: headings, paragraphs and two-column lists, wrapped to a width.
final class HelpPage {
  private static final int INDENT = 2;
  private static final int GAP = 2;

  /// Below this width the second column goes below the first.
  private static final int NARROW = 70;

  private static final int NARROW_LEFT = 8;

  /// The longest term that may push the second column to the right.
  private static final int WIDEST_LEFT = 28;

  private final StringBuilder text = new StringBuilder();
  private final int width;
  private final boolean bold;

  /// @param width in columns
  /// @param bold whether headings stand out by ANSI escapes
  HelpPage(int width, boolean bold) {
    this.width = width;
    this.bold = bold;
  }

  /// Starts a section.
  HelpPage heading(String heading) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    text.append(bold ? "\u001b[1m" + heading + ":\u001b[0m" : heading + ":").append('\n');
    return this;
  }

  /// Adds wrapped text, set off from what is above.
  HelpPage paragraph(String paragraph) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    wrap(paragraph, 0, 0);
    return this;
  }

  /// Adds wrapped text that belongs to the heading above.
  HelpPage note(String note) {
    wrap(note, INDENT, 0);
    return this;
  }

  /// Adds a line that must not be wrapped, such as a command to type.
  HelpPage line(String line) {
    text.repeat(' ', INDENT).append(line).append('\n');
    return this;
  }

  /// Adds a list of terms with their explanations.
  HelpPage terms(List<Term> terms) {
    int left = leftWidth(terms);
    for (Term term : terms) {
      int used = INDENT + term.name().length();
      text.repeat(' ', INDENT).append(term.name());
      if (used + GAP > left) {
        text.append('\n');
        used = 0;
      }
      wrap(term.meaning(), left, used);
    }
    return this;
  }

  /// The page, ending in a line end.
  @Override
  public String toString() {
    return text.toString();
  }

  private int leftWidth(List<Term> terms) {
    if (width < NARROW) {
      return NARROW_LEFT;
    }
    int longest = 0;
    for (Term term : terms) {
      if (term.name().length() <= WIDEST_LEFT) {
        longest = Math.max(longest, term.name().length());
      }
    }
    return INDENT + longest + GAP;
  }

  /// Adds text in lines that begin at `indent` and end before the width; the first one is filled up
  /// to `column` already.
  private void wrap(String content, int indent, int column) {
    int end = column;
    for (String word : content.split(" ")) {
      if (end > indent && end + 1 + word.length() > width) {
        text.append('\n');
        end = 0;
      }
      if (end > indent) {
        text.append(' ');
        end++;
      } else {
        text.repeat(' ', indent - end);
        end = indent;
      }
      text.append(word);
      end += word.length();
    }
    text.append('\n');
  }

  /// A term of a list and what it means.
  record Term(String name, String meaning) {}
}
