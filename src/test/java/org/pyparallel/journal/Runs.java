package org.pyparallel.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.Input;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Sharding;

/// Plans, shards and what they give, for a folder of a test's.
final class Runs {
  static final Sharding CUT = new Sharding.Block(64);

  private Runs() {}

  /// A plan whose script, journal and everything lie in a folder.
  static RunPlan plan(Path folder, boolean resume) throws IOException {
    Path script = folder.resolve("script.py");
    if (!Files.exists(script)) {
      Files.writeString(script, "def process(x): return x");
    }
    return new RunPlan(
            new Script(script, Optional.empty(), List.of()),
            new Input.Stdin(),
            Format.LINES,
            EncodingErrors.STRICT,
            new Sharding.Adaptive(),
            RuntimeName.CPYTHON,
            2,
            Ordering.INPUT,
            OutputFormat.TEXT,
            Optional.empty())
        .with(
            new Safeguards(
                Limits.NONE,
                Recovery.NONE,
                Optional.of(new Journaling(journal(folder), resume, false)),
                Optional.empty()));
  }

  static Path journal(Path folder) {
    return folder.resolve("journal");
  }

  static Journal open(Path folder, boolean resume) throws IOException {
    return Journal.open(plan(folder, resume), "Python 3", CUT);
  }

  static Shard shard(int index) {
    byte[] bytes = ("input " + index).getBytes(UTF_8);
    return new Shard(
        index, "<stdin>", 100L * index, -1, new ShardData.Bytes(ByteBuffer.wrap(bytes)));
  }

  /// What a shard gives; some give nothing, some much.
  static String output(int index) {
    return switch (index % 4) {
      case 0 -> "";
      case 3 -> ("output " + index + "\n").repeat(20);
      default -> "output " + index + "\n";
    };
  }

  static ShardResult.Finished result(int index) {
    PythonError error =
        new PythonError(
            1,
            2,
            3,
            "ValueError",
            "no \ud800 " + index,
            List.of(new PythonError.Frame("script.py", 4, "process", "raise")),
            "Traceback: schön");
    return new ShardResult.Finished(
        10 + index, 11, index % 3, index % 3 == 0 ? List.of() : List.of(error));
  }

  /// Takes down a shard as it would be run.
  static void run(Journal journal, int index) {
    Recording recording = java.util.Objects.requireNonNull(journal.record(shard(index)));
    recording.output(bytes(output(index)));
    recording.reject(bytes("reject " + index));
    recording.partial(bytes("partial " + index));
    recording.end(result(index));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  /// What a replayed shard gave, as one text; null where it has to be run.
  static @Nullable String replayed(Journal journal, int index) {
    Replay replay = journal.find(shard(index));
    if (replay == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    replay.to(
        new Replay.Receiver() {
          @Override
          public boolean output(ByteBuffer bytes) {
            return add("", bytes);
          }

          @Override
          public boolean reject(ByteBuffer bytes) {
            return add("R:", bytes);
          }

          @Override
          public boolean partial(ByteBuffer bytes) {
            return add("P:", bytes);
          }

          private boolean add(String kind, ByteBuffer bytes) {
            text.append(kind).append(ISO_8859_1.decode(bytes));
            return true;
          }
        });
    return text + "|" + replay.result();
  }

  /// What [#replayed] gives for a shard that [#run] took down.
  static String expected(int index) {
    return output(index) + "R:reject " + index + "P:partial " + index + "|" + result(index);
  }

  static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          delete(file);
        }
      }
    }
    Files.deleteIfExists(folder);
  }
}
