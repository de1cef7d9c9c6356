package org.pyparallel.workload;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.pyparallel.job.PyParallelException;

/// A regular expression that tells the lines with which records begin.
///
/// It is applied to the bytes of a line, without its `\n`, from the line's start; the Python driver
/// applies the same one to the same bytes. So it has to mean the same there, see [SharedSyntax].
/// Used by one thread at a time.
public final class RecordStart {
  private final Matcher matcher;
  private final Line line = new Line();

  private RecordStart(Pattern pattern) {
    this.matcher = pattern.matcher(line);
  }

  /// @param pattern bytes as Latin-1, those of UTF-8 for what is not ASCII
  /// @throws PyParallelException.Usage if it is no regular expression, or not the same one in Java
  ///   and Python, or for text and for bytes
  public static RecordStart of(String pattern) {
    SharedSyntax.check(pattern);
    try {
      return new RecordStart(Pattern.compile(pattern, Pattern.UNIX_LINES));
    } catch (PatternSyntaxException e) {
      throw SharedSyntax.refused(
          pattern, e.getIndex(), e.getDescription().toLowerCase(Locale.ROOT), "");
    }
  }

  /// Whether a record begins with this line.
  ///
  /// @param from its first byte
  /// @param to behind its last byte, without the `\n`
  /// @throws PyParallelException.InputFailed if the line is too long for the pattern
  boolean matches(ByteBuffer buffer, int from, int to) {
    line.buffer = buffer;
    line.from = from;
    line.length = to - from;
    try {
      return matcher.reset().lookingAt();
    } catch (StackOverflowError e) {
      throw InputFailures.patternOverflowed(to - from, e);
    }
  }

  /// Bytes of a buffer as characters of the same number.
  private static final class Line implements CharSequence {
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int from;
    private int length;

    @Override
    public int length() {
      return length;
    }

    @Override
    public char charAt(int index) {
      return (char) (buffer.get(from + index) & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new StringBuilder(end - start).append(this, start, end);
    }

    @Override
    public String toString() {
      return new StringBuilder(length).append(this).toString();
    }
  }
}
