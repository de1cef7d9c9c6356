package org.pyparallel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import org.pyparallel.job.PyParallelException;

/// Reads files of words, one to a line or each ended by NUL, into memory. `-` is standard input,
/// which can be read once.
///
/// All that one instance reads is bounded, in bytes and in words.
final class WordFiles {
  /// Of all files together.
  static final int MOST_BYTES = 32 << 20;

  /// Of all files together: a short word takes some 60 bytes of the heap.
  static final int MOST_WORDS = 1 << 20;

  private static final String MARK = "\ufeff";

  private final Environment environment;
  private final boolean nulSeparated;
  private final String remedy;
  private int bytes;
  private int words;
  private boolean stdinRead;

  /// @param nulSeparated whether words end in NUL, and not in a line end
  /// @param remedy what to do about a file that is too large
  WordFiles(Environment environment, boolean nulSeparated, String remedy) {
    this.environment = environment;
    this.nulSeparated = nulSeparated;
    this.remedy = remedy;
  }

  /// The words of a file, in order; empty ones are there, too.
  ///
  /// @throws PyParallelException.Usage if it cannot be read, is too large, or is no text
  List<String> read(String name) {
    byte[] content = content(name);
    bytes += content.length;
    List<String> found = new ArrayList<>();
    byte separator = (byte) (nulSeparated ? 0 : '\n');
    int start = 0;
    while (start < content.length) {
      int end = start;
      while (end < content.length && content[end] != separator) {
        end++;
      }
      if (++words > MOST_WORDS) {
        throw tooLarge(name);
      }
      found.add(word(content, start, end, name, found.size() + 1));
      start = end + 1;
    }
    return found;
  }

  private byte[] content(String name) {
    byte[] content;
    try (InputStream file = open(name)) {
      content = file.readNBytes(MOST_BYTES - bytes + 1);
    } catch (IOException e) {
      throw new PyParallelException.Usage("cannot read " + title(name) + ": " + FileProblem.of(e));
    } catch (InvalidPathException e) {
      throw new PyParallelException.Usage("'" + name + "' is no file name: " + e.getReason());
    }
    if (content.length > MOST_BYTES - bytes) {
      throw tooLarge(name);
    }
    return content;
  }

  private InputStream open(String name) throws IOException {
    if (!name.equals("-")) {
      return Files.newInputStream(environment.resolve(name));
    }
    if (stdinRead) {
      throw new PyParallelException.Usage(
          "'-' stands for standard input and can be read once: leave one of them out");
    }
    stdinRead = true;
    return environment.stdin();
  }

  private String word(byte[] content, int start, int end, String name, int number) {
    boolean isReturn = !nulSeparated && end > start && content[end - 1] == '\r';
    int length = end - start - (isReturn && end < content.length ? 1 : 0);
    String word;
    try {
      ByteBuffer text = ByteBuffer.wrap(content, start, length);
      word = StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException _) {
      throw new PyParallelException.Usage(place(name, number) + ": not UTF-8 text");
    }
    if (word.indexOf('\0') >= 0) {
      throw new PyParallelException.Usage(
          place(name, number) + ": holds a NUL character; with -0 each ends in one");
    }
    return start == 0 && word.startsWith(MARK) ? word.substring(1) : word;
  }

  /// Where a word is, for messages.
  ///
  /// @param number of the word, from 1
  String place(String name, int number) {
    return title(name) + (nulSeparated ? ", item " : ", line ") + number;
  }

  private static String title(String name) {
    return name.equals("-") ? "standard input" : name;
  }

  private PyParallelException tooLarge(String name) {
    return new PyParallelException.Usage(
        title(name)
            + " is too large to be held in memory, at most "
            + (MOST_BYTES >> 20)
            + "M and "
            + MOST_WORDS
            + " words: "
            + remedy);
  }
}
