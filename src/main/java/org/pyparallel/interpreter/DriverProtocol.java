package org.pyparallel.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardResult;

/// How a runtime and the Python driver (`_driver.py`) talk: lists of text joined by NUL, which no
/// path and no argument can hold. Not JSON, because importing Python's `json` costs every start 5
/// ms.
public final class DriverProtocol {
  private static final char SEPARATOR = '\0';

  private DriverProtocol() {}

  /// The driver's `Config`: nine names and values, then the script's arguments.
  public static String config(InterpreterConfig config) {
    StringBuilder text = new StringBuilder();
    pair(text, "script", config.script().file().toString());
    pair(text, "call", config.script().call().orElse(""));
    pair(text, "once", config.runOnce() ? "1" : "0");
    pair(text, "format", config.format().label());
    pair(text, "errors", config.encodingErrors().label());
    pair(text, "json", config.jsonValues() ? "1" : "0");
    pair(text, "worker", Integer.toString(config.worker()));
    pair(text, "workers", Integer.toString(config.workers()));
    pair(text, "shards", Long.toString(config.shardCount().orElse(-1)));
    for (String argument : config.script().arguments()) {
      text.append(argument).append(SEPARATOR);
    }
    text.setLength(text.length() - 1);
    return text.toString();
  }

  private static void pair(StringBuilder text, String name, String value) {
    text.append(name).append(SEPARATOR).append(value).append(SEPARATOR);
  }

  /// What `Driver.run` is told of a shard.
  public static String shard(Shard shard) {
    return new StringBuilder()
        .append(shard.index())
        .append(SEPARATOR)
        .append(shard.source())
        .append(SEPARATOR)
        .append(shard.offset())
        .append(SEPARATOR)
        .append(shard.offset() + shard.length())
        .append(SEPARATOR)
        .append(shard.firstRecord())
        .toString();
  }

  /// Reads what `open` and `close` of the driver's host module return.
  ///
  /// @return whether all is well; false after an interrupt
  /// @throws PyParallelException.ScriptFailed if the script raised
  /// @throws PyParallelException.Usage if the script does not fit the command line
  public static boolean accept(String answer) {
    Fields fields = new Fields(answer);
    return switch (fields.text()) {
      case "ok" -> true;
      case "interrupted" -> false;
      case "usage" -> throw new PyParallelException.Usage(fields.text());
      case "script" -> throw new PyParallelException.ScriptFailed(fields.error());
      default -> throw new PyParallelException.RuntimeFailed("the driver answered: " + answer);
    };
  }

  /// Reads what `run` of the driver's host module returns.
  public static ShardResult result(String answer) {
    Fields fields = new Fields(answer);
    String status = fields.text();
    long records = fields.number();
    long failed = fields.number();
    int count = (int) fields.number();
    List<PythonError> errors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      errors.add(fields.error());
    }
    return switch (status) {
      case "finished" -> new ShardResult.Finished(records, failed, errors);
      case "failed" -> new ShardResult.Failed(records, failed, errors);
      case "interrupted" -> new ShardResult.Interrupted();
      default -> throw new PyParallelException.RuntimeFailed("the driver answered: " + answer);
    };
  }

  /// Walks over fields joined by NUL.
  private static final class Fields {
    private final String answer;
    private int position;

    Fields(String answer) {
      this.answer = answer;
    }

    String text() {
      if (position > answer.length()) {
        throw new PyParallelException.RuntimeFailed("the driver's answer is cut short: " + answer);
      }
      int end = answer.indexOf(SEPARATOR, position);
      if (end < 0) {
        end = answer.length();
      }
      String field = answer.substring(position, end);
      position = end + 1;
      return field;
    }

    long number() {
      return Long.parseLong(text());
    }

    PythonError error() {
      long record = number();
      String type = text();
      String message = text();
      String traceback = text();
      int count = (int) number();
      List<PythonError.Frame> frames = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        frames.add(new PythonError.Frame(text(), (int) number(), text(), text()));
      }
      return new PythonError(record, type, message, frames, traceback);
    }
  }
}
