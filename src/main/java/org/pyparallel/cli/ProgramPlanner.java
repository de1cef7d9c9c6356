package org.pyparallel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Script;

/// Looks for the script, and finds out about it what the plan depends on.
final class ProgramPlanner {
  /// Nobody writes a longer script; whatever is behind this is not looked at.
  private static final int MOST_SOURCE = 4 << 20;

  private static final String PROCESS = "process";
  private static final String REDUCE = "def reduce(";

  private final Environment environment;

  /// The bytes of the script as characters; empty where there is none, or it cannot be read, of
  /// which the interpreter says why.
  private String source = "";

  ProgramPlanner(Environment environment) {
    this.environment = environment;
  }

  /// @param arguments what the script finds in `sys.argv`
  /// @throws PyParallelException.Usage if the file is missing or unfit
  Script script(Program program, List<String> arguments) {
    if (program instanceof Program.Expression(OneLiner oneLiner, boolean _)) {
      Path name = Path.of("<" + oneLiner.kind().name().toLowerCase(Locale.ROOT) + ">");
      return new Script(name, arguments, oneLiner);
    }
    Program.ScriptFile script = (Program.ScriptFile) program;
    Path file = file(script.name());
    source = read(file);
    boolean awaits =
        script.concurrency().isPresent()
            || hasLine(source, "async def " + script.call().orElse(PROCESS) + "(");
    return new Script(
        file, script.call(), arguments, Optional.empty(), script.concurrency(), awaits);
  }

  private Path file(String name) {
    if (name.equals("-")) {
      throw new PyParallelException.Usage(
          "the script cannot come from standard input: save it in a file");
    }
    Path file = FileNames.path(environment, name);
    if (!Files.exists(file)) {
      throw new PyParallelException.Usage(
          "no such script: "
              + name
              + (name.startsWith("/")
                  ? ""
                  : " (in " + environment.resolve("").toAbsolutePath() + ")"));
    }
    if (Files.isDirectory(file)) {
      throw new PyParallelException.Usage(
          "the script " + name + " is a directory: name a Python file in it");
    }
    if (!Files.isRegularFile(file)) {
      // Every interpreter reads it, and all but the first would find it empty.
      throw new PyParallelException.Usage(
          "the script "
              + name
              + " is no regular file, so it can be read only once: save it in one");
    }
    if (!Files.isReadable(file)) {
      throw new PyParallelException.Usage(
          "cannot read the script " + name + ": permission denied; make it readable (chmod +r)");
    }
    return file.toAbsolutePath();
  }

  /// The runtime that the script which was found asks for; null if it does not say.
  ///
  /// @param name the script as the user named it
  /// @throws PyParallelException.Usage if it says what nobody understands
  @Nullable RuntimeChoice runtime(String name) {
    return ScriptHeader.runtime(source, name);
  }

  /// Whether the script reduces its results without being told to: it has a line that begins with
  /// `def reduce(`, and a function that gives results. A filter that has a function of that name
  /// for itself does not count.
  boolean reducesItself(Script script) {
    if (script.oneLiner().isPresent()) {
      return false;
    }
    boolean hasFunction = script.call().isPresent() || source.contains(PROCESS);
    return hasFunction && hasLine(source, REDUCE);
  }

  private static String read(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return new String(content.readNBytes(MOST_SOURCE), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  private static boolean hasLine(String source, String start) {
    return source.startsWith(start) || source.contains("\n" + start);
  }

  /// Whether records must be numbered for it: an expression asks for `i`, or seems to.
  static boolean asksForNumbers(Program program) {
    return program instanceof Program.Expression(OneLiner oneLiner, boolean _)
        && oneLiner.kind() != OneLiner.Kind.REDUCE
        && PythonName.mentions(oneLiner.expression(), "i");
  }
}
