package org.pyparallel.repl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// Colours Python while it is typed, and shows which bracket the one at the cursor belongs to.
final class PythonHighlighter implements Highlighter {
  /// Beyond this many characters, drawing anew at each key would be felt.
  private static final int MOST = 20_000;

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle KEYWORD = PLAIN.foreground(AttributedStyle.BLUE).bold();
  private static final AttributedStyle STRING = PLAIN.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle NUMBER = PLAIN.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle COMMENT =
      PLAIN.foreground(AttributedStyle.BRIGHT | AttributedStyle.BLACK);
  private static final AttributedStyle MAGIC = PLAIN.foreground(AttributedStyle.MAGENTA);
  private static final AttributedStyle DEFINED = PLAIN.bold();
  private static final AttributedStyle MATCH = PLAIN.bold().underline();
  private static final Set<String> DEFINING = Set.of("def", "class");

  private static final int NOWHERE = -1;

  private boolean accepted;

  /// Whether the entry is done: what stays on the screen has no cursor, and so no marked brackets.
  void accepted(boolean done) {
    accepted = done;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    return highlight(buffer, accepted ? NOWHERE : reader.getBuffer().cursor());
  }

  /// @param cursor where brackets are marked, or -1 for nowhere

  static AttributedString highlight(String source, int cursor) {
    if (source.length() > MOST) {
      return new AttributedString(source);
    }
    List<Token> tokens = PythonTokens.of(source);
    Token[] pair = pairAt(source, tokens, cursor);
    AttributedStringBuilder out = new AttributedStringBuilder(source.length());
    int end = 0;
    if (source.startsWith("%")) {
      end = endOfWord(source);
      out.styled(MAGIC, source.substring(0, end));
    }
    boolean defined = false;
    for (Token token : tokens) {
      if (token.start() < end) {
        continue;
      }
      String text = source.substring(token.start(), token.end());
      out.append(source.substring(end, token.start()));
      boolean matched = token.equals(pair[0]) || token.equals(pair[1]);
      out.styled(matched ? MATCH : style(token.kind(), defined), text);
      defined = token.kind() == TokenKind.KEYWORD && DEFINING.contains(text);
      end = token.end();
    }
    out.append(source.substring(end));
    return out.toAttributedString();
  }

  private static AttributedStyle style(TokenKind kind, boolean defined) {
    return switch (kind) {
      case KEYWORD -> KEYWORD;
      case STRING, OPEN_STRING -> STRING;
      case NUMBER -> NUMBER;
      case COMMENT -> COMMENT;
      case DECORATOR -> MAGIC;
      case NAME -> defined ? DEFINED : PLAIN;
      case OPENING, CLOSING, OPERATOR -> PLAIN;
    };
  }

  private static int endOfWord(String source) {
    int end = 0;
    while (end < source.length() && !Character.isWhitespace(source.charAt(end))) {
      end++;
    }
    return end;
  }

  /// The bracket under the cursor, else the one before it, with its other half.
  ///
  /// @return two tokens; two nulls where there is no such pair
  private static Token[] pairAt(String source, List<Token> tokens, int cursor) {
    Token[] before = new Token[2];
    Deque<Token> open = new ArrayDeque<>();
    for (Token token : tokens) {
      if (token.kind() == TokenKind.OPENING) {
        open.push(token);
      } else if (token.kind() == TokenKind.CLOSING && !open.isEmpty()) {
        Token opening = open.pop();
        if (!fits(source.charAt(opening.start()), source.charAt(token.start()))) {
          continue;
        }
        Token[] pair = {opening, token};
        if (opening.start() == cursor || token.start() == cursor) {
          return pair;
        }
        if (opening.end() == cursor || token.end() == cursor) {
          before = pair;
        }
      }
    }
    return before;
  }

  private static boolean fits(char opening, char closing) {
    return "()[]{}".contains("" + opening + closing);
  }
}
