package org.pyparallel.interpreter;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Merging;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Script;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Share;

/// How a runtime and the Python driver (`_driver.py`) talk: lists of text joined by NUL, which no
/// path and no argument can hold. Not JSON, because importing Python's `json` costs every start 5
/// ms.
public final class DriverProtocol {
  private static final char SEPARATOR = '\0';
  private static final char NUL_SYMBOL = '\u2400';

  private DriverProtocol() {}

  /// The driver's `Config`: how many names and values, these, how many shared files, their names
  /// and paths, then the script's arguments.
  public static String config(InterpreterConfig config) {
    RunPlan plan = config.plan();
    Script script = plan.script();
    FormatOptions options = plan.formatOptions();
    Pairs pairs = new Pairs();
    pairs.add("script", script.file().toString());
    pairs.add("folder", Objects.toString(script.file().getParent(), ""));
    pairs.add("module", module(script.file()));
    pairs.add("kind", script.oneLiner().map(OneLiner::kind).map(Enum::name).orElse(""));
    pairs.add("expression", script.oneLiner().map(OneLiner::expression).orElse(""));
    pairs.add("call", script.call().orElse(""));
    if (script.concurrency().isPresent()) {
      pairs.add("concurrency", script.concurrency().getAsInt());
    }
    pairs.add("once", config.runOnce());
    pairs.add("format", plan.format().label());
    pairs.add("delimiter", String.valueOf(options.delimiter()));
    pairs.add("header", options.header());
    pairs.add("separator", options.separator().map(DriverProtocol::escaped).orElse(""));
    pairs.add("start", options.start().orElse(""));
    pairs.add("width", options.width());
    pairs.add("errors", plan.encodingErrors().label());
    pairs.add(
        "output", plan.outputFormat().wantsJsonValues() ? "json" : plan.outputFormat().label());
    pairs.add("tag", plan.tagged());
    pairs.add("live", plan.ordering() == Ordering.LINES);
    pairs.add("divisible", plan.isDivisible());
    pairs.add("tiers_up", plan.tiersUp());
    pairs.add("rejects", plan.rejects().isPresent());
    Recovery recovery = plan.safeguards().recovery();
    pairs.add("retries", recovery.recordsFailAlone() ? recovery.retries() : 0);
    pairs.add("on_error", recovery.recordsFailAlone() ? "record" : "shard");
    pairs.add("keep", recovery.looksInto());
    pairs.add("fallback", config.fallback());
    add(pairs, plan.merging());
    add(pairs, plan.python());
    pairs.add("worker", config.worker());
    pairs.add("workers", plan.workers());
    pairs.add("shards", config.shardCount().orElse(-1));
    StringBuilder text = pairs.counted();
    text.append(plan.shares().size()).append(SEPARATOR);
    for (Share share : plan.shares()) {
      text.append(share.name()).append(SEPARATOR).append(share.file()).append(SEPARATOR);
    }
    for (String argument : script.arguments()) {
      text.append(argument).append(SEPARATOR);
    }
    text.setLength(text.length() - 1);
    return text.toString();
  }

  /// A file's name without its ending; one that begins with the only dot has none.
  private static String module(Path file) {
    String name = Objects.toString(file.getFileName(), "");
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /// What `console_open` of the driver's host module is told: how many names and values, and these.
  public static String config(ConsoleConfig config) {
    Pairs pairs = new Pairs();
    add(pairs, config.python());
    pairs.add("worker", config.number());
    pairs.add("workers", config.workers());
    StringBuilder text = pairs.counted();
    text.setLength(text.length() - 1);
    return text.toString();
  }

  /// What `console_ask` is asked. A NUL in a field becomes the symbol for it: Python takes neither
  /// in source text, and says so.
  public static String request(String... fields) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      text.append(field.replace(SEPARATOR, NUL_SYMBOL)).append(SEPARATOR);
    }
    text.setLength(Math.max(0, text.length() - 1));
    return text.toString();
  }

  /// Reads what `console_ask` returns.
  public static List<String> fields(String answer) {
    List<String> list = new ArrayList<>();
    int start = 0;
    for (int end; (end = answer.indexOf(SEPARATOR, start)) >= 0; start = end + 1) {
      list.add(answer.substring(start, end));
    }
    list.add(answer.substring(start));
    return list;
  }

  /// No switch, which costs each start 2 ms: it makes a class for its types.
  private static void add(Pairs pairs, Merging merging) {
    if (merging
        instanceof Merging.Sort(Optional<String> key, boolean descending, boolean distinct)) {
      pairs.add("merging", "sort");
      pairs.add("keyed", key.isPresent());
      pairs.add("key", key.orElse(""));
      pairs.add("descending", descending);
      pairs.add("distinct", distinct);
    } else if (merging instanceof Merging.Reduce(String function)) {
      pairs.add("merging", "reduce");
      pairs.add("function", function);
    } else {
      pairs.add("merging", merging instanceof Merging.Distinct ? "distinct" : "join");
    }
  }

  private static void add(Pairs pairs, PythonOptions python) {
    if (python.seed().isPresent()) {
      pairs.add("seed", python.seed().getAsLong());
    }
    if (python.venv().isPresent()) {
      pairs.add("venv", python.venv().get().toString());
    }
    if (python.sandbox().isPresent()) {
      pairs.add("sandbox", true);
      pairs.add("network", python.sandbox().get().network());
    }
    if (!python.path().isEmpty()) {
      pairs.add("paths", python.path().size());
      for (int i = 0; i < python.path().size(); i++) {
        pairs.add("path" + i, python.path().get(i).toString());
      }
    }
  }

  /// Bytes, which may be zero, as two hexadecimal digits each.
  private static String escaped(String latin1) {
    return HexFormat.of().formatHex(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Names and values on their way into one text.
  private static final class Pairs {
    private final StringBuilder text = new StringBuilder();
    private int count;

    void add(String name, String value) {
      text.append(name).append(SEPARATOR).append(value).append(SEPARATOR);
      count++;
    }

    void add(String name, boolean value) {
      add(name, value ? "1" : "0");
    }

    void add(String name, long value) {
      add(name, Long.toString(value));
    }

    StringBuilder counted() {
      return text.insert(0, SEPARATOR).insert(0, count);
    }
  }

  /// What `Driver.run` is told of a shard: six fields, then the preamble, which may hold any
  /// character.
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
        .append(SEPARATOR)
        .append(shard.firstLine())
        .append(SEPARATOR)
        .append(shard.preamble())
        .toString();
  }

  /// What the driver is given for the data of a shard of integers: `first`, `count` and `step`.
  public static byte[] range(ShardData.Range range) {
    String text = range.first() + " " + range.count() + " " + range.step();
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads what the driver's `give` is called with.
  public static ShardCut cut(String numbers) {
    Fields fields = new Fields(numbers);
    return new ShardCut(fields.number(), fields.number(), fields.number(), fields.number());
  }

  /// Reads what `open` and `close` of the driver's host module return.
  ///
  /// @return whether all is well; false after an interrupt
  /// @throws PyParallelException.ScriptFailed if the script raised
  /// @throws PyParallelException.Usage if the script does not fit the command line
  /// @throws ExtensionRefused if the script needs another interpreter, and there is one
  public static boolean accept(String answer) {
    Fields fields = new Fields(answer);
    return switch (fields.text()) {
      case "ok" -> true;
      case "interrupted" -> false;
      case "usage" -> throw new PyParallelException.Usage(fields.text());
      case "script" -> throw new PyParallelException.ScriptFailed(fields.error());
      case "refused" -> throw new ExtensionRefused(fields.text());
      default -> throw new PyParallelException.RuntimeFailed("the driver answered: " + answer);
    };
  }

  /// Reads what `run` of the driver's host module returns.
  ///
  /// @throws ExtensionRefused if the script needs another interpreter, and there is one
  public static ShardResult result(String answer) {
    Fields fields = new Fields(answer);
    String status = fields.text();
    if (status.equals("refused")) {
      throw new ExtensionRefused(fields.text());
    }
    long records = fields.number();
    long lines = fields.number();
    long failed = fields.number();
    int count = (int) fields.number();
    List<PythonError> errors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      errors.add(fields.error());
    }
    return switch (status) {
      case "finished" -> new ShardResult.Finished(records, lines, failed, errors);
      case "failed" -> new ShardResult.Failed(records, lines, failed, errors);
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
      long line = number();
      long offset = number();
      String type = text();
      String message = text();
      String traceback = text();
      int count = (int) number();
      List<PythonError.Frame> frames = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        frames.add(new PythonError.Frame(text(), (int) number(), text(), text()));
      }
      return new PythonError(record, line, offset, type, message, frames, traceback);
    }
  }
}
