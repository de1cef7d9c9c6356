package org.pyparallel.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.Shard;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardReport;
import org.pyparallel.job.ShardResult;

class FailureNumberingProperties {
  /// A shard by how it went.
  ///
  /// @param records 0 where they could not be counted
  /// @param failing the records that failed, from 0
  /// @param broken whether the shard stopped before its end
  private record Course(int records, List<Integer> failing, boolean broken) {}

  @Property(tries = 300)
  void anyOrderOfCompletionGivesTheSameNumbers(
      @ForAll("inputs") List<List<Course>> input, @ForAll Random random) {
    List<ShardReport> reports = reports(input, false);
    List<ShardReport> shuffled = new ArrayList<>(reports);
    Collections.shuffle(shuffled, random);
    FailureNumbering numbering = new FailureNumbering();

    assertThat(completed(numbering, shuffled))
        .isEqualTo(completed(new FailureNumbering(), reports));
    assertThat(numbering.rest()).isEmpty();
  }

  @Property(tries = 300)
  void theNumbersAreThoseOfTheSource(
      @ForAll("inputs") List<List<Course>> input, @ForAll Random random) {
    List<ShardReport> shuffled = reports(input, false);
    Collections.shuffle(shuffled, random);

    List<RunEvent.Failure> failures = completed(new FailureNumbering(), shuffled);

    List<Long> expected = new ArrayList<>();
    for (List<Course> source : input) {
      long before = 0;
      for (Course course : source) {
        for (int record : course.failing) {
          expected.add(before < 0 ? -1 : before + record + 1);
        }
        if (course.broken) {
          expected.add(-1L);
        }
        before = before < 0 || course.records == 0 ? -1 : before + course.records;
      }
    }
    assertThat(failures).extracting(RunEvent.Failure::record).isEqualTo(expected);
  }

  @Property(tries = 300)
  void shardsThatKnowTheirPlaceAreNumberedWithoutTheOthers(
      @ForAll("inputs") List<List<Course>> input, @ForAll Random random) {
    List<ShardReport> reports = reports(input, true);
    Collections.shuffle(reports, random);
    List<ShardReport> some = reports.subList(0, reports.size() / 2);
    FailureNumbering numbering = new FailureNumbering();

    List<RunEvent.Failure> failures = new ArrayList<>(completed(numbering, some));
    failures.addAll(numbering.rest());

    assertThat(failures)
        .extracting(failure -> failure.shard().index())
        .isSorted()
        .hasSize(some.stream().mapToInt(report -> report.result().errors().size()).sum());
    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(failure.record())
                    .isEqualTo(
                        failure.error().record() < 0
                            ? -1
                            : failure.shard().firstRecord() + failure.error().record() + 1));
    assertThat(numbering.rest()).isEmpty();
  }

  @Property(tries = 300)
  void everyFailedRecordIsCountedOnce(@ForAll("inputs") List<List<Course>> input) {
    List<ShardReport> reports = reports(input, false);

    List<RunEvent.Failure> failures = completed(new FailureNumbering(), reports);

    assertThat(failures.stream().mapToLong(RunEvent.Failure::failedRecords).sum())
        .isEqualTo(reports.stream().mapToLong(report -> report.result().failedRecords()).sum());
    assertThat(failures)
        .allSatisfy(
            failure ->
                assertThat(failure.failedRecords() == 0).isEqualTo(failure.error().record() < 0));
  }

  @Property(tries = 300)
  void tailsAreCountedBehindWhatTheyWereCutOff(
      @ForAll("inputs") List<List<Course>> input, @ForAll Random random) {
    List<ShardReport> whole = reports(input, false);
    List<ShardReport> divided = new ArrayList<>();
    for (ShardReport report : whole) {
      divide(report, random, divided);
    }
    Collections.shuffle(divided, random);
    FailureNumbering numbering = new FailureNumbering();

    List<RunEvent.Failure> failures = completed(numbering, divided);

    assertThat(failures)
        .extracting(RunEvent.Failure::record)
        .isEqualTo(
            completed(new FailureNumbering(), whole).stream()
                .map(RunEvent.Failure::record)
                .toList());
    assertThat(numbering.rest()).isEmpty();
  }

  /// Cuts a shard in up to four parts of at least one record each.
  private static void divide(ShardReport report, Random random, List<ShardReport> parts) {
    Shard shard = report.shard();
    ShardResult result = report.result();
    int records = (int) result.records();
    int from = 0;
    while (from < records || from == 0) {
      boolean last = records - from < 2 || random.nextInt(3) == 0;
      int to = last ? records : from + 1 + random.nextInt(records - from - 1);
      List<PythonError> errors = new ArrayList<>();
      for (PythonError error : result.errors()) {
        if (error.record() >= from && error.record() < to) {
          errors.add(FakeScripts.error(error.record() - from, "bad"));
        } else if (error.record() < 0 && last) {
          errors.add(error);
        }
      }
      boolean failed = last && result instanceof ShardResult.Failed;
      int failedRecords = failed ? errors.size() - 1 : errors.size();
      parts.add(
          new ShardReport(
              shard(shard.index(), shard.source(), shard.offset() + from, -1),
              failed
                  ? new ShardResult.Failed(to - from, failedRecords, errors)
                  : new ShardResult.Finished(to - from, failedRecords, errors),
              0,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              0,
              from > 0,
              last ? -1 : shard.offset() + to,
              1));
      from = last ? Math.max(1, records) : to;
    }
  }

  @Example
  void theLastKeptErrorStandsForThoseThatWereNotKept() {
    List<PythonError> errors = List.of(FakeScripts.error(0, "a"), FakeScripts.error(4, "b"));
    ShardReport report = report(shard(0, "in", 0, 0), new ShardResult.Finished(100, 37, errors));

    assertThat(new FailureNumbering().completed(report))
        .extracting(RunEvent.Failure::failedRecords)
        .containsExactly(1L, 36L);
  }

  @Example
  void theSameFileTwiceIsCountedFromItsStartAgain() {
    ShardResult result = new ShardResult.Finished(10, 1, List.of(FakeScripts.error(2, "x")));
    FailureNumbering numbering = new FailureNumbering();

    List<RunEvent.Failure> failures =
        completed(
            numbering,
            List.of(
                report(shard(0, "in", 0, -1), result),
                report(shard(1, "in", 100, -1), result),
                report(shard(2, "in", 0, -1), result)));

    assertThat(failures).extracting(RunEvent.Failure::record).containsExactly(3L, 13L, 3L);
  }

  @Example
  void aShardThatKnowsItsPlaceEndsAGapInTheCount() {
    ShardResult unknown = new ShardResult.Failed(0, 0, List.of(FakeScripts.error(-1, "gone")));
    ShardResult result = new ShardResult.Finished(10, 1, List.of(FakeScripts.error(2, "x")));
    FailureNumbering numbering = new FailureNumbering();

    List<RunEvent.Failure> failures =
        completed(
            numbering,
            List.of(
                report(shard(0, "in", 0, 0), unknown),
                report(shard(1, "in", 100, -1), result),
                report(shard(2, "in", 200, 20), result),
                report(shard(3, "in", 300, -1), result)));

    assertThat(failures).extracting(RunEvent.Failure::record).containsExactly(-1L, -1L, 23L, 33L);
  }

  @Provide
  Arbitrary<List<List<Course>>> inputs() {
    Arbitrary<Course> course =
        Arbitraries.integers()
            .between(1, 40)
            .flatMap(
                records ->
                    Combinators.combine(
                            Arbitraries.integers()
                                .between(0, records - 1)
                                .set()
                                .ofMaxSize(4)
                                .map(set -> set.stream().sorted().toList()),
                            Arbitraries.of(false, false, false, true))
                        .as((failing, broken) -> new Course(records, failing, broken)));
    Arbitrary<Course> uncounted = Arbitraries.just(new Course(0, List.of(), true));
    return Arbitraries.frequencyOf(Tuple.of(12, course), Tuple.of(1, uncounted))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .list()
        .ofMaxSize(4);
  }

  private static List<RunEvent.Failure> completed(
      FailureNumbering numbering, List<ShardReport> reports) {
    List<RunEvent.Failure> failures = new ArrayList<>();
    reports.forEach(report -> failures.addAll(numbering.completed(report)));
    return failures;
  }

  private static List<ShardReport> reports(List<List<Course>> input, boolean numbered) {
    List<ShardReport> reports = new ArrayList<>();
    for (int source = 0; source < input.size(); source++) {
      long before = 0;
      for (Course course : input.get(source)) {
        Shard shard =
            shard(reports.size(), "source " + source, before * 10, numbered ? before : -1);
        List<PythonError> errors = new ArrayList<>();
        course.failing.forEach(record -> errors.add(FakeScripts.error(record, "bad")));
        int failed = errors.size();
        if (course.broken) {
          errors.add(FakeScripts.error(-1, "the shard is no good"));
        }
        reports.add(
            report(
                shard,
                course.broken
                    ? new ShardResult.Failed(course.records, failed, errors)
                    : new ShardResult.Finished(course.records, failed, errors)));
        before += Math.max(1, course.records);
      }
    }
    return reports;
  }

  private static Shard shard(long index, String source, long offset, long firstRecord) {
    return new Shard(
        index, source, offset, firstRecord, new ShardData.Bytes(ByteBuffer.allocate(1)));
  }

  private static ShardReport report(Shard shard, ShardResult result) {
    return new ShardReport(shard, result, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
  }
}
