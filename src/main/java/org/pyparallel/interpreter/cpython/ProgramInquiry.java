package org.pyparallel.interpreter.cpython;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pyparallel.job.PyParallelException.Usage;

/// Asks a program what Python it is, by having it run a file of ours.
final class ProgramInquiry {
  private static final String MARK = "\0\0pyparallel-python\0\0";
  private static final long ANSWER_SECONDS = 20;

  /// What is looked at while it runs; in milliseconds.
  private static final long STEP_MILLIS = 50;

  /// Less than a pipe holds, and more than any Python has to say; in bytes.
  private static final int MOST = 32 << 10;

  private static final int MOST_SHOWN = 200;

  private ProgramInquiry() {}

  /// @param inquiry `_embedding.py`
  /// @param build whether to ask how it was compiled, too
  /// @return what it says, without the marks around it
  /// @throws Usage if it is no Python
  static String ask(Path program, Path inquiry, boolean build) {
    String said = run(program, inquiry, build);
    int start = said.indexOf(MARK);
    int end = start < 0 ? -1 : said.indexOf(MARK, start + MARK.length());
    if (end < 0) {
      throw noPython(program, said);
    }
    return said.substring(start + MARK.length(), end);
  }

  private static String run(Path program, Path inquiry, boolean build) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("-I");
    command.add("-S");
    command.add(inquiry.toString());
    if (build) {
      command.add("build");
    }
    Process process = null;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      InputStream output = process.getInputStream();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
      while (!process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        if (output.available() > MOST) {
          throw noPython(program, text(output));
        }
        if (System.nanoTime() - deadline > 0) {
          throw new Usage(
              program + " did not say what Python it is within " + ANSWER_SECONDS + " s");
        }
      }
      return text(output);
    } catch (IOException e) {
      throw noPython(program, String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Usage(program + " was not asked what Python it is: interrupted");
    } finally {
      end(process);
    }
  }

  private static String text(InputStream output) throws IOException {
    return new String(output.readNBytes(MOST), StandardCharsets.UTF_8);
  }

  private static void end(@org.jspecify.annotations.Nullable Process process) {
    if (process != null && process.isAlive()) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly();
      for (ProcessHandle child : children) {
        child.destroyForcibly();
      }
    }
  }

  private static Usage noPython(Path program, String said) {
    String reason = said.strip();
    int line = reason.indexOf('\n');
    reason = line < 0 ? reason : reason.substring(0, line).strip();
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < reason.length() && i < MOST_SHOWN; i++) {
      char c = reason.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return new Usage(
        program
            + " is no Python 3"
            + (shown.isEmpty() ? "" : " (it says \"" + shown + "\")")
            + "; give the path of a CPython");
  }
}
