package org.pyparallel.output;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Input;
import org.pyparallel.job.Merging;
import org.pyparallel.job.OneLiner;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Sharding;
import org.pyparallel.job.Tiering;
import tools.jackson.core.JsonGenerator;

/// The fields of the `pyparallel.run/1` document, results apart.
///
/// Times are decimal seconds with six places; what is not known is null. Within version 1 fields
/// may be added, never renamed or taken away. A shard that several workers shared is several rows
/// of `shards` with one index, each with its own byte range, in the order of the results; in
/// `stats` it is one. One that was taken from a journal has no attempts; `stats` count it as
/// `replayed`, and the attempts beyond the first of all shards as `retried`.
final class DocumentFields {
  static final String SCHEMA = "pyparallel.run/1";

  private static final int MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private DocumentFields() {}

  /// The document's first fields; leaves its object open.
  static void header(JsonGenerator json, RunPlan plan, String version) {
    json.writeStartObject();
    json.writeStringProperty("schema", SCHEMA);
    json.writeStringProperty("version", version);
    json.writeStringProperty("script", text(plan.script().file().toString()));
    json.writeStringProperty("runtime", plan.runtime().label());
    json.writeNumberProperty("workers", plan.workers());
    json.writeObjectPropertyStart("options");
    textOrNull(json, "call", plan.script().call().orElse(null));
    numberOrNull(json, "concurrency", plan.script().concurrency().orElse(-1));
    textOrNull(json, "expression", plan.script().oneLiner().map(OneLiner::expression).orElse(null));
    texts(json, "arguments", plan.script().arguments());
    texts(json, "input", inputs(plan.input()));
    json.writeStringProperty("format", plan.format().label());
    json.writeStringProperty("encodingErrors", plan.encodingErrors().label());
    sharding(json, plan.sharding());
    json.writeStringProperty("order", plan.ordering().name().toLowerCase(Locale.ROOT));
    textOrNull(json, "merging", merging(plan.merging()));
    textOrNull(json, "rejects", plan.rejects().map(Path::toString).orElse(null));
    textOrNull(json, "output", plan.outputFile().map(Path::toString).orElse(null));
    SafeguardFields.write(json, plan);
    json.writeEndObject();
  }

  /// As it could have been asked for, without the hyphens; null where results are just joined.
  private static @Nullable String merging(Merging merging) {
    return switch (merging) {
      case Merging.Join() -> null;
      case Merging.Distinct() -> "unique";
      case Merging.Reduce(String function) -> "reduce=" + function;
      case Merging.Sort(Optional<String> key, boolean descending, boolean distinct) ->
          "sort=" + (descending ? "-" : "") + key.orElse("") + (distinct ? " unique" : "");
    };
  }

  /// One row of `shards`.
  static void shard(JsonGenerator json, ShardReport report) {
    json.writeStartObject();
    json.writeNumberProperty("index", report.shard().index());
    json.writeStringProperty("source", text(report.shard().source()));
    json.writeNumberProperty("offset", report.shard().offset());
    json.writeNumberProperty("length", report.shard().length());
    json.writeNumberProperty("records", report.result().records());
    json.writeNumberProperty("failedRecords", report.result().failedRecords());
    json.writeNumberProperty("worker", report.worker());
    seconds(json, "startSeconds", report.start());
    seconds(json, "wallSeconds", report.wall());
    seconds(json, "cpuSeconds", report.cpu());
    json.writeNumberProperty("attempts", report.attempts());
    json.writeNumberProperty("outputBytes", report.outputBytes());
    json.writeStringProperty("status", status(report.result()));
    json.writeEndObject();
  }

  /// One row of `errors`.
  static void error(JsonGenerator json, RunEvent.Failure failure) {
    PythonError error = failure.error();
    json.writeStartObject();
    json.writeNumberProperty("shard", failure.shard().index());
    json.writeStringProperty("source", text(failure.shard().source()));
    numberOrNull(json, "record", failure.record());
    numberOrNull(json, "line", failure.line());
    numberOrNull(json, "offset", failure.offset());
    json.writeStringProperty("type", text(error.type()));
    json.writeStringProperty("message", text(error.message()));
    json.writeArrayPropertyStart("frames");
    for (PythonError.Frame frame : error.frames()) {
      json.writeStartObject();
      json.writeStringProperty("file", text(frame.file()));
      json.writeNumberProperty("line", frame.line());
      json.writeStringProperty("function", text(frame.function()));
      json.writeStringProperty("source", text(frame.source()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("count", failure.failedRecords());
    json.writeEndObject();
  }

  /// The object `stats`.
  static void stats(JsonGenerator json, RunReport report) {
    json.writeStartObject();
    json.writeStringProperty("end", report.end().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("shards", report.shards());
    json.writeNumberProperty("failedShards", report.failedShards());
    json.writeNumberProperty("records", report.records());
    json.writeNumberProperty("failedRecords", report.failedRecords());
    json.writeNumberProperty("failedTeardowns", report.failedTeardowns());
    json.writeNumberProperty("retried", report.retried());
    json.writeNumberProperty("replayed", report.replayed());
    json.writeNumberProperty("inputBytes", report.inputBytes());
    json.writeNumberProperty("outputBytes", report.outputBytes());
    json.writeNumberProperty("workers", report.workers());
    tiering(json, report.tiering());
    seconds(json, "wallSeconds", report.wall());
    seconds(json, "cpuSeconds", report.cpu());
    json.writeNumberProperty("recordsPerSecond", perSecond(report.records(), report.wall()));
    json.writeNumberProperty("inputBytesPerSecond", perSecond(report.inputBytes(), report.wall()));
    json.writeEndObject();
  }

  /// What was decided about the runtime; null where there was nothing to decide.
  private static void tiering(JsonGenerator json, Optional<Tiering> made) {
    if (made.isEmpty()) {
      json.writeNullProperty("tierUp");
      return;
    }
    Tiering tiering = made.get();
    json.writeObjectPropertyStart("tierUp");
    json.writeStringProperty("decision", tiering.decision().label());
    json.writeStringProperty("reason", text(tiering.reason()));
    Duration decided = tiering.decided();
    if (decided == null) {
      json.writeNullProperty("decidedSeconds");
    } else {
      seconds(json, "decidedSeconds", decided);
    }
    json.writeNumberProperty("cpythonPerCpuSecond", Math.round(tiering.cpythonSpeed()));
    json.writeNumberProperty("graalpyPerCpuSecond", Math.round(tiering.graalpySpeed()));
    json.writeNumberProperty("graalpyShards", tiering.graalpyShards());
    json.writeEndObject();
  }

  private static String status(ShardResult result) {
    return switch (result) {
      case ShardResult.Finished finished -> finished.failedRecords() == 0 ? "ok" : "partial";
      case ShardResult.Failed _ -> "failed";
      case ShardResult.Interrupted _ -> "interrupted";
    };
  }

  private static void sharding(JsonGenerator json, Sharding sharding) {
    json.writeObjectPropertyStart("sharding");
    switch (sharding) {
      case Sharding.Adaptive _ -> json.writeStringProperty("by", "adaptive");
      case Sharding.Block(long bytes) -> {
        json.writeStringProperty("by", "block");
        json.writeNumberProperty("bytes", bytes);
      }
      case Sharding.Count(long count) -> {
        json.writeStringProperty("by", "count");
        json.writeNumberProperty("shards", count);
      }
      case Sharding.Records(long records) -> {
        json.writeStringProperty("by", "records");
        json.writeNumberProperty("records", records);
      }
    }
    json.writeEndObject();
  }

  private static List<String> inputs(Input input) {
    return switch (input) {
      case Input.Files(List<Path> files) -> files.stream().map(Path::toString).toList();
      case Input.Stdin _ -> List.of("<stdin>");
      case Input.Range(long first, long last, long step) ->
          List.of(first + ".." + last + ".." + step);
      case Input.Arguments _, Input.None _ -> List.of();
    };
  }

  static void texts(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    for (String value : values) {
      json.writeString(text(value));
    }
    json.writeEndArray();
  }

  /// Negative numbers stand for what is not known.
  static void numberOrNull(JsonGenerator json, String name, long value) {
    if (value < 0) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value);
    }
  }

  static void textOrNull(JsonGenerator json, String name, @Nullable String value) {
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, text(value));
    }
  }

  /// Python's text may hold lone surrogates (undecodable bytes of a file name), UTF-8 may not.
  private static String text(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        return wellFormed(value);
      }
    }
    return value;
  }

  private static String wellFormed(String value) {
    StringBuilder text = new StringBuilder(value.length());
    value
        .codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  static void seconds(JsonGenerator json, String name, Duration duration) {
    long micros = duration.toNanos() / NANOS_PER_MICRO;
    String fraction = Long.toString(MICROS_PER_SECOND + micros % MICROS_PER_SECOND);
    json.writeName(name);
    json.writeNumber(micros / MICROS_PER_SECOND + "." + fraction.substring(1));
  }

  private static long perSecond(long amount, Duration wall) {
    long nanos = wall.toNanos();
    return nanos <= 0 ? 0 : Math.round(amount * 1e9 / nanos);
  }
}
