package org.pyparallel.cli;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.PyParallelException;

/// What a script says of how it wants to be run, in the comments that it begins with: `#
/// pyparallel: runtime=graalpy`.
final class ScriptHeader {
  /// Whatever is further down is not looked at.
  private static final int MOST_BYTES = 1 << 13;

  private static final String MARK = "pyparallel:";
  private static final String RUNTIME = "runtime=";

  private ScriptHeader() {}

  /// The runtime that a script asks for.
  ///
  /// @param source its bytes as characters
  /// @param name the script as the user named it
  /// @return null if it does not say
  /// @throws PyParallelException.Usage if it says what nobody understands
  static @Nullable RuntimeChoice runtime(String source, String name) {
    String head = source.substring(0, Math.min(source.length(), MOST_BYTES));
    String text = new String(head.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    for (int number = 1; start < text.length(); number++) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      String line = text.substring(start, end).strip();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        return null; // the script itself begins
      }
      String comment = line.isEmpty() ? "" : line.substring(1).strip();
      if (comment.startsWith(MARK)) {
        return read(comment.substring(MARK.length()).strip(), name + ", line " + number + ": ");
      }
      start = end + 1;
    }
    return null;
  }

  private static RuntimeChoice read(String setting, String place) {
    if (!setting.startsWith(RUNTIME)) {
      throw new PyParallelException.Usage(
          place + "\"" + setting + "\" is no setting: only runtime=NAME can be set there");
    }
    String name = setting.substring(RUNTIME.length());
    for (RuntimeChoice choice : RuntimeChoice.values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(name)) {
        return choice;
      }
    }
    throw new PyParallelException.Usage(
        place + "there is no runtime " + name + ": it can be auto, cpython, graalpy or process");
  }
}
