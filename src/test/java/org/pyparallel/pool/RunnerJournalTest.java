package org.pyparallel.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.interpreter.FakeRuntime;
import org.pyparallel.interpreter.FakeScript;
import org.pyparallel.interpreter.FakeScripts;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;
import org.pyparallel.job.FormatOptions;
import org.pyparallel.job.Input;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.Limits;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport;
import org.pyparallel.job.RuntimeName;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Script;
import org.pyparallel.job.ShardData;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.Sharding;
import org.pyparallel.journal.Journal;
import org.pyparallel.merge.CollectingSink;
import org.pyparallel.workload.ShardSource;
import org.pyparallel.workload.ShardSources;

/// Runs that go on with what earlier ones have done: their output is that of one which was never
/// broken off.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunnerJournalTest {
  private static final int LINES = 600;

  private final Path folder;
  private final Path script;
  private final Path input;

  /// How many shards were run.
  private final AtomicInteger ran = new AtomicInteger();

  /// What [#run] has told.
  private EventLog events = new EventLog();

  private FakeRuntime runtime = new FakeRuntime();

  RunnerJournalTest(@TempDir Path folder) {
    this.folder = folder;
    this.script = folder.resolve("script.py");
    this.input = folder.resolve("input.txt");
  }

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(script, "def process(line): ...");
    write(lines(LINES));
  }

  private static String lines(int count) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, count).forEach(i -> text.append("line ").append(i).append('\n'));
    return text.toString();
  }

  private void write(String text) throws IOException {
    Files.writeString(input, text);
  }

  private RunPlan plan(Input from, Format format, int workers, Merging merging, boolean resume) {
    var journaling = new Journaling(folder.resolve("journal"), resume, false);
    return new RunPlan(
        new Script(script, Optional.empty(), List.of()),
        from,
        format,
        FormatOptions.of(format),
        EncodingErrors.STRICT,
        false,
        new Sharding.Adaptive(),
        RuntimeName.CPYTHON,
        false,
        workers,
        Ordering.INPUT,
        merging,
        OutputFormat.TEXT,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        PythonOptions.NONE,
        new Safeguards(Limits.NONE, Recovery.NONE, Optional.of(journaling), Optional.empty()));
  }

  private RunPlan plan(int workers, boolean resume) {
    var files = new Input.Files(List.of(input));
    return plan(files, Format.LINES, workers, new Merging.Join(), resume);
  }

  private FakeScript counted(FakeScript inner) {
    return (shard, bytes, output) -> {
      ran.incrementAndGet();
      if (shard.data() instanceof ShardData.FileRange) {
        output.loaded(ByteBuffer.wrap(bytes));
      }
      return inner.run(shard, bytes, output);
    };
  }

  private String run(RunPlan plan, FakeScript inner) {
    return run(plan, inner, InputStream.nullInputStream());
  }

  private String run(RunPlan plan, FakeScript inner, InputStream stdin) {
    CollectingSink sink = new CollectingSink();
    report(plan, inner, stdin, sink);
    return sink.text();
  }

  /// As the command line does it.
  private RunReport report(RunPlan plan, FakeScript inner, InputStream stdin, CollectingSink sink) {
    ran.set(0);
    events = new EventLog();
    runtime = new FakeRuntime(counted(inner));
    try (Journal journal = Journal.open(plan, "Fake 1.0", ShardSources.cut(plan));
        ShardSource source = ShardSources.open(plan.with(journal.cut()), stdin)) {
      return new Runner(plan, new Lineup(runtime), input.getParent(), source, sink, events, journal)
          .run();
    }
  }

  /// Runs until so many shards were begun, and is then interrupted.
  private void interruptedRun(RunPlan plan, FakeScript inner, int shards) {
    Runner[] runner = new Runner[1];
    AtomicInteger begun = new AtomicInteger();
    FakeScript stopping =
        (shard, bytes, output) -> {
          if (begun.incrementAndGet() == shards) {
            runner[0].stop();
          }
          return counted(inner).run(shard, bytes, output);
        };
    try (Journal journal = Journal.open(plan, "Fake 1.0", ShardSources.cut(plan));
        ShardSource source =
            ShardSources.open(plan.with(journal.cut()), InputStream.nullInputStream())) {
      runner[0] =
          new Runner(
              plan,
              new Lineup(new FakeRuntime(stopping)),
              folder,
              source,
              new CollectingSink(),
              events,
              journal);
      runner[0].run();
    }
  }

  private List<String> notices() {
    return events.of(RunEvent.Notice.class).stream().map(RunEvent.Notice::text).toList();
  }

  private String expected() throws IOException {
    return Files.readString(input).toUpperCase(java.util.Locale.ROOT);
  }

  @Test
  void aCompleteRunIsReplayedWithoutAnInterpreter() throws IOException {
    String first = run(plan(3, false), FakeScripts.upperCase());
    int shards = ran.get();
    CollectingSink sink = new CollectingSink();
    RunReport report =
        report(plan(2, true), FakeScripts.upperCase(), InputStream.nullInputStream(), sink);

    assertThat(sink.text()).isEqualTo(first).isEqualTo(expected());
    assertThat(ran).hasValue(0);
    assertThat(runtime.interpreters()).isEmpty();
    assertThat(report.replayed()).isEqualTo(shards).isEqualTo(report.shards());
    assertThat(report.records()).isEqualTo(LINES);
    assertThat(report.inputBytes()).isEqualTo(Files.size(input));
    assertThat(events.of(RunEvent.ShardEnded.class))
        .allSatisfy(ended -> assertThat(ended.report().isReplayed()).isTrue());
    assertThat(notices())
        .containsExactly(
            "journal '%s': %d of %d shards taken from it"
                .formatted(folder.resolve("journal"), shards, shards));
  }

  @Test
  void brokenOffAnywhereTheResumedRunGivesTheSame() throws IOException {
    Random random = new Random(7);
    run(plan(2, false), FakeScripts.upperCase());
    final int all = ran.get();
    delete(folder.resolve("journal"));
    boolean resume = false;
    for (int i = 0; i < 6; i++) {
      interruptedRun(
          plan(1 + random.nextInt(4), resume), FakeScripts.upperCase(), 1 + random.nextInt(15));
      resume = Files.exists(folder.resolve("journal/journal"));
    }
    String text = run(plan(3, true), FakeScripts.upperCase());

    assertThat(text).isEqualTo(expected());
    assertThat(ran.get()).isLessThan(all);
  }

  @Test
  void aJournalThatIsThereWithoutResumeIsAnErrorAndIsLeftAlone() throws IOException {
    String first = run(plan(2, false), FakeScripts.upperCase());

    assertThatThrownBy(() -> run(plan(2, false), FakeScripts.upperCase()))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessageContaining("add --resume")
        .hasMessageContaining("another folder");
    assertThat(run(plan(2, true), FakeScripts.upperCase())).isEqualTo(first);
    assertThat(ran).hasValue(0);
  }

  @Test
  void resumeWithNothingThereStartsFromScratch() throws IOException {
    assertThat(run(plan(2, true), FakeScripts.upperCase())).isEqualTo(expected());
    assertThat(notices()).isEmpty();
  }

  @Test
  void failuresAreToldAgainAndFailedShardsAreRunAgain() throws IOException {
    FakeScript first =
        (shard, bytes, output) ->
            (shard.index() == 3
                    ? FakeScripts.failingShard()
                    : FakeScripts.failingRecords(line -> line.endsWith("77")))
                .run(shard, bytes, output);
    run(plan(2, false), first);
    final int failures = events.of(RunEvent.Failure.class).size();
    CollectingSink sink = new CollectingSink();
    RunReport report =
        report(
            plan(2, true),
            FakeScripts.failingRecords(line -> line.endsWith("77")),
            InputStream.nullInputStream(),
            sink);

    assertThat(ran).hasValue(1);
    assertThat(report.failedRecords()).isEqualTo(6);
    assertThat(events.of(RunEvent.Failure.class))
        .hasSize(failures - 1)
        .first()
        .satisfies(
            failure -> {
              assertThat(failure.record()).isEqualTo(78);
              assertThat(failure.error().message()).isEqualTo("cannot use line 77");
              assertThat(failure.error().frames()).hasSize(1);
            });
  }

  @Test
  void resumeFailedRunsShardsWithFailedRecordsAgain() throws IOException {
    run(plan(2, false), FakeScripts.failingRecords(line -> line.endsWith("577")));
    RunPlan plain = plan(2, true);
    RunPlan again =
        plain.with(
            new Safeguards(
                Limits.NONE,
                Recovery.NONE,
                Optional.of(new Journaling(folder.resolve("journal"), true, true)),
                Optional.empty()));

    assertThat(run(again, FakeScripts.upperCase())).isEqualTo(expected());
    assertThat(ran).hasValue(1);
    assertThat(notices()).singleElement().asString().contains("run again: 1 with records");
    assertThat(run(plain, FakeScripts.upperCase())).isEqualTo(expected());
    assertThat(ran).hasValue(0);
  }

  @Test
  void aChangedScriptIsSaidAndAllIsRunAgain() throws IOException {
    run(plan(2, false), FakeScripts.upperCase());
    final int all = ran.get();
    Files.writeString(script, "def process(line): return line");

    run(plan(2, true), FakeScripts.upperCase());

    assertThat(ran).hasValue(all);
    assertThat(notices())
        .singleElement()
        .asString()
        .endsWith("all is run again, since this has changed: the script");
    run(plan(2, true), FakeScripts.upperCase());
    assertThat(ran).hasValue(0);
  }

  @Test
  void aChangedScriptThatFailsAtOnceLeavesTheJournal() throws IOException {
    run(plan(2, false), FakeScripts.upperCase());
    String before = Files.readString(script);
    Files.writeString(script, "oops");
    run(plan(2, true), FakeScripts.failingShard());
    Files.writeString(script, before);

    assertThat(run(plan(2, true), FakeScripts.upperCase())).isEqualTo(expected());
    assertThat(ran).hasValue(0);
  }

  @Test
  void aTouchedFileIsComparedAndNotRunAgain() throws IOException {
    String first = run(plan(2, false), FakeScripts.upperCase());
    Files.setLastModifiedTime(input, FileTime.fromMillis(1_000_000_000_000L));

    assertThat(run(plan(4, true), FakeScripts.upperCase())).isEqualTo(first);
    assertThat(ran).hasValue(0);
  }

  @Test
  void ofAnEditedFileOnlyWhatChangedIsRunAgain() throws IOException {
    run(plan(2, false), FakeScripts.upperCase());
    write(Files.readString(input).replace("line 300\n", "LINE three\n".substring(0, 8) + "\n"));

    assertThat(run(plan(2, true), FakeScripts.upperCase())).isEqualTo(expected());
    assertThat(ran).hasValue(1);
    assertThat(notices()).singleElement().asString().endsWith("run again: 1 changed since");
  }

  @ParameterizedTest
  @ValueSource(ints = {LINES + 1, 2 * LINES, 10 * LINES})
  void ofAGrownFileOnlyTheEndIsRun(int count) throws IOException {
    run(plan(2, false), FakeScripts.upperCase());
    final int before = ran.get();
    write(lines(count));

    CollectingSink sink = new CollectingSink();
    RunReport report =
        report(plan(3, true), FakeScripts.upperCase(), InputStream.nullInputStream(), sink);

    assertThat(sink.text()).isEqualTo(expected());
    assertThat(report.replayed()).isGreaterThanOrEqualTo(before - 1);
  }

  @Test
  void aStreamIsComparedAsItComes() throws IOException {
    RunPlan fresh = plan(new Input.Stdin(), Format.LINES, 2, new Merging.Join(), false);
    RunPlan resumed = plan(new Input.Stdin(), Format.LINES, 3, new Merging.Join(), true);
    byte[] text = lines(4_000).getBytes(UTF_8);
    String first = run(fresh, FakeScripts.upperCase(), new ByteArrayInputStream(text));
    final int all = ran.get();

    assertThat(run(resumed, FakeScripts.upperCase(), new ByteArrayInputStream(text)))
        .isEqualTo(first);
    assertThat(ran).hasValue(0);
    text[10_000] = 'x';
    String second = run(resumed, FakeScripts.upperCase(), new ByteArrayInputStream(text));
    assertThat(second).isEqualTo(new String(text, UTF_8).toUpperCase(java.util.Locale.ROOT));
    assertThat(ran).hasValue(1);
    assertThat(all).isGreaterThan(10);
  }

  @Test
  void rangesAreKnownByTheirNumbers() {
    FakeScript echo =
        (_, bytes, output) -> {
          output.write(ByteBuffer.wrap((new String(bytes, UTF_8) + "\n").getBytes(UTF_8)));
          return new ShardResult.Finished(1, 0, List.of());
        };
    var shorter = new Input.Range(0, 999, 1);
    var longer = new Input.Range(0, 1_499, 1);
    run(plan(shorter, Format.RANGE, 2, new Merging.Join(), false), echo);
    final int before = ran.get();
    run(plan(longer, Format.RANGE, 5, new Merging.Join(), true), echo);

    assertThat(ran.get()).isBetween(1, before);
    run(plan(longer, Format.RANGE, 1, new Merging.Join(), true), echo);
    assertThat(ran).hasValue(0);
  }

  @Test
  void aSeedMakesTheShardsNumberMatter() throws IOException {
    RunPlan seeded =
        plan(2, false)
            .with(
                new PythonOptions(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    OptionalLong.of(1),
                    Optional.empty()));
    run(seeded, FakeScripts.upperCase());
    final int all = ran.get();
    run(plan(2, true).with(seeded.python()), FakeScripts.upperCase());
    assertThat(ran).hasValue(0);
    run(plan(2, true), FakeScripts.upperCase());

    assertThat(ran).hasValue(all);
    assertThat(notices()).singleElement().asString().endsWith("changed: --seed");
  }

  // ---- reductions -----------------------------------------------------------------------------

  private RunPlan reduced(int workers, boolean resume) {
    var files = new Input.Files(List.of(input));
    return plan(files, Format.LINES, workers, new Merging.Reduce("join"), resume);
  }

  /// Gives each shard's first line, and an empty partial result now and then.
  private static FakeScript firstLine() {
    return (shard, bytes, output) -> {
      if (shard.index() % 5 != 4) {
        FakeScripts.write(output, new String(bytes, UTF_8).lines().findFirst().orElse("") + ",");
      }
      return new ShardResult.Finished(1, 0, List.of());
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aReductionIsTheSameWhateverComesFromTheJournal(int workers) throws IOException {
    String whole = run(reduced(3, false), firstLine());
    final int all = ran.get();

    assertThat(run(reduced(workers, true), firstLine())).isEqualTo(whole);
    assertThat(ran).hasValue(0);
    assertThat(runtime.interpreters()).hasSize(1);
    for (int seed = 0; seed < 20; seed++) {
      delete(folder.resolve("journal"));
      Random random = new Random(seed);
      interruptedRun(reduced(1 + random.nextInt(4), false), firstLine(), 1 + random.nextInt(all));
      assertThat(run(reduced(workers, true), firstLine())).describedAs("%d", seed).isEqualTo(whole);
      assertThat(ran.get()).isLessThanOrEqualTo(all);
      assertThat(run(reduced(workers, true), firstLine())).isEqualTo(whole);
      assertThat(ran).hasValue(0);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
