package org.pyparallel.interpreter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.ShardResult;

/// Scripts for a [FakeRuntime].
public final class FakeScripts {
  /// How many errors of a shard are kept, as in the driver.
  public static final int KEPT_ERRORS = 20;

  private FakeScripts() {}

  /// Thrown by a script that takes its interpreter down, as a segmentation fault does a process.
  public static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Gives each line back in upper case.
  public static FakeScript upperCase() {
    return failingRecords(_ -> false);
  }

  /// As [#upperCase], but raises for some of the lines.
  public static FakeScript failingRecords(Predicate<String> fails) {
    return (_, bytes, output) -> {
      StringBuilder results = new StringBuilder();
      List<PythonError> errors = new ArrayList<>();
      long failed = 0;
      List<String> lines = new String(bytes, UTF_8).lines().toList();
      for (int record = 0; record < lines.size(); record++) {
        String line = lines.get(record);
        if (!fails.test(line)) {
          results.append(line.toUpperCase(Locale.ROOT)).append('\n');
          continue;
        }
        failed++;
        if (errors.size() < KEPT_ERRORS) {
          errors.add(error(record, "cannot use " + line));
        }
      }
      write(output, results.toString());
      return new ShardResult.Finished(lines.size(), failed, errors);
    };
  }

  /// Writes what it was given, and then raises outside any record.
  public static FakeScript failingShard() {
    return (_, bytes, output) -> {
      output.write(ByteBuffer.wrap(bytes));
      long records = new String(bytes, UTF_8).lines().count();
      return new ShardResult.Failed(records, 0, List.of(error(-1, "the shard is no good")));
    };
  }

  /// Counts `started` down for every shard and then waits until it is interrupted.
  public static FakeScript blocking(CountDownLatch started) {
    return (_, _, _) -> {
      started.countDown();
      new CountDownLatch(1).await();
      throw new AssertionError("nothing counts this latch down");
    };
  }

  /// Writes the shard's bytes again and again, for as long as anybody takes them.
  public static FakeScript endless() {
    return (_, bytes, output) -> {
      while (output.write(ByteBuffer.wrap(bytes))) {}
      return new ShardResult.Finished(0, 0, List.of());
    };
  }

  public static boolean write(ShardOutput output, String text) {
    return output.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  /// A `ValueError` with one frame.
  ///
  /// @param record counted from 0 within the shard, or -1
  public static PythonError error(long record, String message) {
    return new PythonError(
        record,
        "ValueError",
        message,
        List.of(new PythonError.Frame("script.py", 2, "process", "raise ValueError(record)")),
        """
        Traceback (most recent call last):
          File "script.py", line 2, in process
            raise ValueError(record)
        ValueError: %s"""
            .formatted(message));
  }
}
