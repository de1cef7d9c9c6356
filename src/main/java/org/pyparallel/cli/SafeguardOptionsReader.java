package org.pyparallel.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.TimeLimit;

/// Turns what was said about limits, failures and the journal into [SafeguardOptions].
final class SafeguardOptionsReader {
  private static final int MOST_RETRIES = 1000;
  private static final int MOST_PERCENT = 1_000_000;

  /// A Java that runs a Python has little less than this for itself.
  private static final long LEAST_MEMORY = 64 << 20;

  private static final long MOST_MEMORY = 1L << 50;

  private final OptionValues values;

  SafeguardOptionsReader(OptionValues values) {
    this.values = values;
  }

  /// @throws CommandLineError if a value is out of range or options exclude each other
  SafeguardOptions read() {
    OptionValue bisect = values.of(SafetyFlags.BISECT);
    OptionValue call = values.of(WorkFlags.CALL);
    if (bisect != null && call != null) {
      bisect = withoutFunction(bisect, call);
    }
    boolean looksInto = values.has(SafetyFlags.REPL_ON_ERROR);
    if (looksInto) {
      bisect = unlessLookedInto(bisect);
    }
    Optional<String> journal = name(JournalFlags.JOURNAL);
    boolean redoFailed = values.has(JournalFlags.RESUME_FAILED);
    boolean resume = redoFailed || values.has(JournalFlags.RESUME);
    if (resume && journal.isEmpty()) {
      RunOption asked = redoFailed ? JournalFlags.RESUME_FAILED : JournalFlags.RESUME;
      throw values
          .line()
          .error(asked.longName() + " needs --journal DIR, the journal of the run to go on with");
    }
    return new SafeguardOptions(
        limits(),
        new Recovery(
            retries(), recordsFailAlone() && !looksInto, bisect != null, halt(), looksInto),
        bisect != null && bisect.typed(),
        journal,
        resume,
        redoFailed,
        name(JournalFlags.JOBLOG));
  }

  private static @Nullable OptionValue withoutFunction(OptionValue bisect, OptionValue call) {
    if (bisect.typed() == call.typed()) {
      throw bisect
          .source()
          .error(
              "--bisect is for filters and process_shard, and a function that --call names fails"
                  + " record by record: leave one of them out (--rejects keeps the records)");
    }
    return OptionValue.unless(bisect, call);
  }

  /// @param bisect null where it was not asked for
  private @Nullable OptionValue unlessLookedInto(@Nullable OptionValue bisect) {
    if (values.has(PythonFlags.SANDBOX)) {
      throw values
          .line()
          .error(
              "--repl-on-error opens a shell, for which there is no sandbox: leave one of them out");
    }
    if (bisect != null && bisect.typed()) {
      throw values
          .line()
          .error(
              "--repl-on-error ends the run at the first failure, where --bisect goes on: leave one"
                  + " of them out");
    }
    return null;
  }

  private Limits limits() {
    return new Limits(
        shardLimit(),
        time(SafetyFlags.TIME_LIMIT),
        time(SafetyFlags.SETUP_TIMEOUT),
        memory(),
        values.number(SafetyFlags.WORKER_LIFESPAN, 1, Long.MAX_VALUE));
  }

  private Optional<TimeLimit> shardLimit() {
    OptionValue value = values.of(SafetyFlags.TIMEOUT);
    if (value == null) {
      return Optional.empty();
    }
    String text = value.text();
    if (!text.endsWith("%")) {
      return Optional.of(new TimeLimit.Fixed(TimeSpan.read(value, ", or a share such as 200%")));
    }
    long percent = WholeNumber.parse(text.substring(0, text.length() - 1));
    if (percent <= 100 || percent > MOST_PERCENT) {
      throw value.error(
          "must be more than 100%, since it is of what shards usually take, and a whole number");
    }
    return Optional.of(new TimeLimit.OfMedian((int) percent));
  }

  private Optional<Duration> time(RunOption option) {
    OptionValue value = values.of(option);
    return value == null ? Optional.empty() : Optional.of(TimeSpan.read(value, ""));
  }

  private OptionalLong memory() {
    OptionValue value = values.of(SafetyFlags.MEMORY_LIMIT);
    if (value == null) {
      return OptionalLong.empty();
    }
    long bytes = ByteSize.parse(value.text(), LEAST_MEMORY, MOST_MEMORY);
    if (bytes == WholeNumber.NONE) {
      throw value.error("must be a size from 64M to 1024T, such as 512M or 4G");
    }
    return OptionalLong.of(bytes);
  }

  private int retries() {
    return (int) values.number(SafetyFlags.RETRIES, 0, MOST_RETRIES).orElse(0);
  }

  private boolean recordsFailAlone() {
    OptionValue value = values.of(SafetyFlags.ON_ERROR);
    return value == null || value.choice(ErrorScope.values()) == ErrorScope.RECORD;
  }

  private Optional<Halt> halt() {
    OptionValue value = values.of(SafetyFlags.HALT);
    return value == null ? Optional.empty() : HaltRule.read(value);
  }

  private Optional<String> name(RunOption option) {
    OptionValue value = values.of(option);
    if (value == null) {
      return Optional.empty();
    }
    if (value.nonEmpty().equals("-")) {
      throw value.error("must be a name: standard output is for results");
    }
    return Optional.of(value.text());
  }

  /// What may follow `--on-error`.
  private enum ErrorScope {
    RECORD,
    SHARD
  }
}
