package org.pyparallel.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Merging;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Sandbox;
import org.pyparallel.job.Script;
import org.pyparallel.job.Sharding;
import org.pyparallel.job.Share;

/// All that the results of a shard depend on besides the shard: by name, so that what has changed
/// can be told.
///
/// What only says how fast, how often or in which order things are done is not in it: workers,
/// retries, time limits, the order of the results, the output file.
///
/// @param parts names as users know them, and values: short printable text as it is, else a hash
record RunKey(Map<String, String> parts) {
  private static final int LONGEST_VALUE = 60;

  RunKey {
    parts = Map.copyOf(parts);
  }

  /// @param python version and kind of the Python that runs the script
  /// @throws PyParallelException.Usage if the script or a shared file cannot be read
  static RunKey of(RunPlan plan, String python) {
    Map<String, String> parts = new LinkedHashMap<>();
    Script script = plan.script();
    parts.put("the script", script(script));
    parts.put("a module beside the script", Modules.of(script, plan.python()).digest());
    parts.put("--call", script.call().orElse(""));
    parts.put("the script's arguments", list(script.arguments()));
    parts.put("--format", plan.format().label());
    parts.put("how records are told apart", options(plan.formatOptions()));
    parts.put("--encoding-errors", plan.encodingErrors().label());
    parts.put("--numbered", String.valueOf(plan.numbered()));
    parts.put("--block, --shards or -N", sharding(plan.sharding()));
    parts.put("--reduce, --sort or --unique", merging(plan.merging()));
    parts.put("--output-format", plan.outputFormat().label());
    parts.put("--tag", String.valueOf(plan.tagged()));
    parts.put("--rejects", plan.rejects().isPresent() ? "yes" : "no");
    parts.put("--share", shares(plan.shares()));
    parts.put("--on-error", String.valueOf(plan.safeguards().recovery().recordsFailAlone()));
    parts.put("Python", python);
    PythonOptions options = plan.python();
    parts.put("--python", options.executable().map(Path::toString).orElse(""));
    parts.put("--venv", options.venv().map(Path::toString).orElse(""));
    parts.put("--python-path", list(options.path().stream().map(Path::toString).toList()));
    parts.put("--seed", options.seed().isPresent() ? "" + options.seed().getAsLong() : "");
    parts.put("--sandbox", options.sandbox().map(RunKey::sandbox).orElse(""));
    parts.replaceAll((_, value) -> shown(value));
    return new RunKey(parts);
  }

  private static String script(Script script) {
    Optional<OneLiner> oneLiner = script.oneLiner();
    if (oneLiner.isPresent()) {
      return oneLiner.get().kind() + " " + oneLiner.get().expression();
    }
    Digest digest = new Digest();
    digest.add(bytes(script));
    return digest.text();
  }

  /// @throws PyParallelException.Usage if the script cannot be read
  static byte[] bytes(Script script) {
    try {
      return Files.readAllBytes(script.file());
    } catch (IOException e) {
      throw new PyParallelException.Usage(
          "cannot read script '" + script.file() + "': " + Trouble.reason(e));
    }
  }

  private static String options(FormatOptions options) {
    return list(
        List.of(
            String.valueOf((int) options.delimiter()),
            String.valueOf(options.header()),
            options.separator().orElse("-"),
            options.start().orElse("-"),
            options.groupBy().orElse("-"),
            String.valueOf(options.width())));
  }

  private static String sharding(Sharding sharding) {
    return switch (sharding) {
      case Sharding.Adaptive() -> "";
      case Sharding.Block(long bytes) -> "block " + bytes;
      case Sharding.Count(long count) -> "shards " + count;
      case Sharding.Records(long records) -> "records " + records;
    };
  }

  private static String merging(Merging merging) {
    return switch (merging) {
      case Merging.Join() -> "";
      case Merging.Distinct() -> "unique";
      case Merging.Sort(Optional<String> key, boolean descending, boolean distinct) ->
          list(
              List.of(
                  "sort", key.orElse("-"), String.valueOf(descending), String.valueOf(distinct)));
      case Merging.Reduce(String function) -> "reduce " + function;
    };
  }

  private static String shares(List<Share> shares) {
    List<String> texts = new ArrayList<>();
    for (Share share : shares) {
      FileIdentity file = FileIdentity.of(share.file());
      texts.add(share.name());
      texts.add(share.file().toString());
      texts.add(file.size() + " " + file.modified());
    }
    return list(texts);
  }

  private static String sandbox(Sandbox sandbox) {
    return list(
        List.of(
            list(sandbox.readable().stream().map(Path::toString).toList()),
            list(sandbox.writable().stream().map(Path::toString).toList()),
            String.valueOf(sandbox.network()),
            String.valueOf(sandbox.environment()),
            String.valueOf(sandbox.statements())));
  }

  /// One text for a list of any texts.
  private static String list(List<String> texts) {
    if (texts.isEmpty()) {
      return "";
    }
    Digest digest = new Digest();
    texts.forEach(digest::add);
    return digest.text();
  }

  private static String shown(String value) {
    boolean printable = value.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (printable && value.length() <= LONGEST_VALUE) {
      return value;
    }
    Digest digest = new Digest();
    digest.add(value);
    return "sha256 " + digest.text().substring(0, LONGEST_VALUE / 2);
  }

  /// The SHA-256 of all of it.
  String id() {
    Digest digest = new Digest();
    parts.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              digest.add(name);
              digest.add(parts.getOrDefault(name, ""));
            });
    return digest.text();
  }

  /// The names of the parts that differ, sorted.
  List<String> changed(RunKey other) {
    return parts.keySet().stream()
        .filter(name -> !parts.getOrDefault(name, "").equals(other.parts.getOrDefault(name, "")))
        .sorted()
        .toList();
  }
}
