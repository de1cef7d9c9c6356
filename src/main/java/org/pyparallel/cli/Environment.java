package org.pyparallel.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.pyparallel.interpreter.Runtime;
import org.pyparallel.job.RuntimeName;

/// The world outside: everything the commands touch of it.
///
/// @param stdin standard input
/// @param stdout standard output, for results and nothing else
/// @param stderr standard error, in UTF-8
/// @param terminals which of the three are terminals
/// @param columns the width of the terminal, or 0 where unknown
/// @param variables the environment variables
/// @param workingDirectory what relative names are relative to; an empty path in a real process, so
///   that names stay as the user typed them
/// @param home where pyparallel is installed, or empty where it was started without its launcher
/// @param version the version of pyparallel
/// @param cores how many cores this process may use, at least 1
/// @param runtimes the Pythons on offer, best first; nothing is loaded before `get`
public record Environment(
    InputStream stdin,
    WritableByteChannel stdout,
    PrintStream stderr,
    Set<Stream> terminals,
    int columns,
    Map<String, String> variables,
    Path workingDirectory,
    Optional<Path> home,
    String version,
    int cores,
    Map<RuntimeName, Supplier<Runtime>> runtimes) {
  /// The standard streams.
  public enum Stream {
    STDIN('0'),
    STDOUT('1'),
    STDERR('2');

    private final char descriptor;

    Stream(char descriptor) {
      this.descriptor = descriptor;
    }

    /// The streams of these file descriptors, as in `02`.
    public static Set<Stream> parse(String descriptors) {
      Set<Stream> streams = EnumSet.noneOf(Stream.class);
      for (Stream stream : values()) {
        if (descriptors.indexOf(stream.descriptor) >= 0) {
          streams.add(stream);
        }
      }
      return streams;
    }
  }

  /// Whether a stream is a terminal.
  boolean isTerminal(Stream stream) {
    return terminals.contains(stream);
  }

  /// An environment variable, empty if unset.
  String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /// The path a name on the command line stands for.
  ///
  /// @throws java.nio.file.InvalidPathException if it can be none
  Path resolve(String name) {
    return workingDirectory.resolve(name);
  }
}
