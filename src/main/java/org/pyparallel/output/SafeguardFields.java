package org.pyparallel.output;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.Limits;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Sandbox;
import org.pyparallel.job.TimeLimit;
import tools.jackson.core.JsonGenerator;

/// The options of a `pyparallel.run/1` document that are about Python and about what may go wrong;
/// null stands for what nobody asked for.
final class SafeguardFields {
  private SafeguardFields() {}

  /// Fields of the object `options`, which stays open.
  static void write(JsonGenerator json, RunPlan plan) {
    python(json, plan.python());
    Safeguards safeguards = plan.safeguards();
    limits(json, safeguards.limits());
    recovery(json, safeguards.recovery());
    if (safeguards.journal().isEmpty()) {
      json.writeNullProperty("journal");
    } else {
      Journaling journal = safeguards.journal().get();
      json.writeObjectPropertyStart("journal");
      DocumentFields.textOrNull(json, "folder", journal.folder().toString());
      json.writeBooleanProperty("resume", journal.resume());
      json.writeBooleanProperty("resumeFailed", journal.redoFailed());
      json.writeEndObject();
    }
    path(json, "jobLog", safeguards.jobLog());
  }

  private static void python(JsonGenerator json, PythonOptions python) {
    json.writeObjectPropertyStart("python");
    path(json, "executable", python.executable());
    path(json, "venv", python.venv());
    paths(json, "path", python.path());
    number(json, "seed", python.seed());
    if (python.sandbox().isEmpty()) {
      json.writeNullProperty("sandbox");
    } else {
      Sandbox sandbox = python.sandbox().get();
      json.writeObjectPropertyStart("sandbox");
      paths(json, "read", sandbox.readable());
      paths(json, "write", sandbox.writable());
      json.writeBooleanProperty("net", sandbox.network());
      json.writeBooleanProperty("env", sandbox.environment());
      number(json, "maxStatements", sandbox.statements());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void limits(JsonGenerator json, Limits limits) {
    json.writeObjectPropertyStart("limits");
    @Nullable TimeLimit shard = limits.shard().orElse(null);
    time(
        json,
        "shardSeconds",
        shard instanceof TimeLimit.Fixed(Duration time) ? Optional.of(time) : Optional.empty());
    number(
        json,
        "shardPercent",
        shard instanceof TimeLimit.OfMedian(int percent)
            ? OptionalLong.of(percent)
            : OptionalLong.empty());
    time(json, "runSeconds", limits.run());
    time(json, "setupSeconds", limits.setup());
    number(json, "memoryBytes", limits.memoryBytes());
    number(json, "workerLifespan", limits.lifespan());
    json.writeEndObject();
  }

  private static void recovery(JsonGenerator json, Recovery recovery) {
    json.writeObjectPropertyStart("recovery");
    json.writeStringProperty("onError", recovery.recordsFailAlone() ? "record" : "shard");
    json.writeNumberProperty("retries", recovery.retries());
    json.writeBooleanProperty("bisect", recovery.bisect());
    DocumentFields.textOrNull(json, "halt", recovery.halt().map(Halt::label).orElse(null));
    json.writeEndObject();
  }

  private static void path(JsonGenerator json, String name, Optional<Path> path) {
    DocumentFields.textOrNull(json, name, path.map(Path::toString).orElse(null));
  }

  private static void paths(JsonGenerator json, String name, List<Path> paths) {
    DocumentFields.texts(json, name, paths.stream().map(Path::toString).toList());
  }

  private static void number(JsonGenerator json, String name, OptionalLong number) {
    DocumentFields.numberOrNull(json, name, number.orElse(-1));
  }

  private static void time(JsonGenerator json, String name, Optional<Duration> time) {
    if (time.isEmpty()) {
      json.writeNullProperty(name);
    } else {
      DocumentFields.seconds(json, name, time.get());
    }
  }
}
