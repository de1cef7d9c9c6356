package org.pyparallel.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.Halt;
import org.pyparallel.job.Journaling;
import org.pyparallel.job.Limits;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PythonError;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Recovery;
import org.pyparallel.job.RunEvent;
import org.pyparallel.job.RunPlan;
import org.pyparallel.job.RunReport.End;
import org.pyparallel.job.Safeguards;
import org.pyparallel.job.Sandbox;
import org.pyparallel.job.ShardResult;
import org.pyparallel.job.TimeLimit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocumentWriterTest {
  private final MemoryChannel stdout = new MemoryChannel();
  private final ResultWriter writer =
      ResultWriter.open(Samples.plan(OutputFormat.DOCUMENT, Optional.empty()), "1.2.3", stdout);

  @Test
  void isOneDocument() throws IOException {
    write("{\"a\":1}\n[");
    write("2]\n");
    writer.endOfShard(Samples.ended(0, Samples.FINISHED));
    writer.failure(Samples.placed(3, 4, 20));
    writer.failure(Samples.failure(-1, 0));
    write("\"ü\"\n");
    writer.endOfShard(Samples.ended(1, Samples.FAILED));
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(stdout.text())
        .isEqualTo(
            """
            {"schema":"pyparallel.run/1","version":"1.2.3","script":"script.py",\
            "runtime":"cpython","workers":2,\
            "options":{"call":"work","concurrency":null,"expression":null,"arguments":["--fast","ü"],"input":["in.jsonl"],\
            "format":"jsonl","encodingErrors":"strict",\
            "sharding":{"by":"block","bytes":1000000},"order":"input",\
            "merging":null,"rejects":null,"output":null,\
            "python":{"executable":null,"venv":null,"path":[],"seed":null,"sandbox":null},\
            "limits":{"shardSeconds":null,"shardPercent":null,"runSeconds":null,\
            "setupSeconds":null,"memoryBytes":null,"workerLifespan":null},\
            "recovery":{"onError":"record","retries":0,"bisect":false,"halt":null},\
            "journal":null,"jobLog":null},
            "results":[
            {"a":1},
            [2],
            "ü"
            ],
            "shards":[
            {"index":0,"source":"in.jsonl","offset":0,"length":100,"records":2,\
            "failedRecords":0,"worker":1,"startSeconds":0.000000,"wallSeconds":1.234567,\
            "cpuSeconds":1.100000,"attempts":1,"outputBytes":42,"status":"ok"},
            {"index":1,"source":"in.jsonl","offset":100,"length":100,"records":2,\
            "failedRecords":1,"worker":1,"startSeconds":0.001000,"wallSeconds":1.234567,\
            "cpuSeconds":1.100000,"attempts":1,"outputBytes":42,"status":"failed"}
            ],
            "errors":[
            {"shard":1,"source":"in.jsonl","record":3,"line":4,"offset":120,"type":"ValueError",\
            "message":"bad \\"x\\"\\n","frames":[{"file":"script.py","line":4,\
            "function":"work","source":"return int(x)"}],"count":1},
            {"shard":1,"source":"in.jsonl","record":null,"line":null,"offset":null,"type":"ValueError",\
            "message":"bad \\"x\\"\\n","frames":[{"file":"script.py","line":4,\
            "function":"work","source":"return int(x)"}],"count":0}
            ],
            "moreErrors":0,
            "stats":{"end":"complete","shards":2,"failedShards":1,"records":4,"failedRecords":1,\
            "failedTeardowns":0,"retried":0,"replayed":0,"inputBytes":200,"outputBytes":84,"workers":2,"tierUp":null,"wallSeconds":2.500000,\
            "cpuSeconds":4.000000,"recordsPerSecond":2,"inputBytesPerSecond":80}}
            """);
    assertThat(document().get("results").get(2).asString()).isEqualTo("ü");
  }

  @Test
  void whatProtectsTheRunIsAmongTheOptions() throws IOException {
    RunPlan plan =
        Samples.plan(OutputFormat.DOCUMENT, Optional.empty())
            .with(
                new PythonOptions(
                    Optional.of(Path.of("/bin/python3")),
                    Optional.of(Path.of("/venv")),
                    List.of(Path.of("/lib")),
                    OptionalLong.of(7),
                    Optional.of(
                        new Sandbox(
                            List.of(Path.of("/r")),
                            List.of(Path.of("/w")),
                            true,
                            false,
                            OptionalLong.of(9)))))
            .with(
                new Safeguards(
                    new Limits(
                        Optional.of(new TimeLimit.Fixed(Duration.ofMillis(1_500))),
                        Optional.of(Duration.ofHours(1)),
                        Optional.of(Duration.ofSeconds(3)),
                        OptionalLong.of(1 << 30),
                        OptionalLong.of(5)),
                    new Recovery(
                        2,
                        false,
                        true,
                        Optional.of(new Halt(Halt.When.NOW, Halt.What.DONE, 5, true))),
                    Optional.of(new Journaling(Path.of("j"), true, false)),
                    Optional.of(Path.of("log"))));
    ResultWriter full = ResultWriter.open(plan, "1.2.3", stdout);
    full.finish(Samples.report(End.TIME_LIMIT));

    assertThat(stdout.text())
        .contains(
            """
            "python":{"executable":"/bin/python3","venv":"/venv","path":["/lib"],"seed":7,\
            "sandbox":{"read":["/r"],"write":["/w"],"net":true,"env":false,"maxStatements":9}},\
            "limits":{"shardSeconds":1.500000,"shardPercent":null,"runSeconds":3600.000000,\
            "setupSeconds":3.000000,"memoryBytes":1073741824,"workerLifespan":5},\
            "recovery":{"onError":"shard","retries":2,"bisect":true,"halt":"now,done=5%"},\
            "journal":{"folder":"j","resume":true,"resumeFailed":false},"jobLog":"log"},""")
        .contains("\"end\":\"time_limit\"");
  }

  @Test
  void isADocumentWithoutAnyShard() throws IOException {
    writer.finish(Samples.report(End.INTERRUPTED));

    JsonNode document = document();
    assertThat(new ArrayList<>(document.propertyNames()))
        .containsExactly(
            "schema",
            "version",
            "script",
            "runtime",
            "workers",
            "options",
            "results",
            "shards",
            "errors",
            "moreErrors",
            "stats");
    assertThat(document.get("results").isEmpty()).isTrue();
    assertThat(document.get("shards").isEmpty()).isTrue();
    assertThat(document.get("errors").isEmpty()).isTrue();
    assertThat(document.get("stats").get("end").asString()).isEqualTo("interrupted");
  }

  @Test
  void everyKindOfResultHasItsStatus() throws IOException {
    List<ShardResult> results =
        List.of(
            Samples.FINISHED,
            new ShardResult.Finished(2, 1, List.of()),
            Samples.FAILED,
            new ShardResult.Interrupted());
    for (int i = 0; i < results.size(); i++) {
      writer.endOfShard(Samples.ended(i, results.get(i)));
    }
    writer.finish(Samples.report(End.COMPLETE));

    List<String> statuses = new ArrayList<>();
    for (JsonNode shard : document().get("shards")) {
      statuses.add(shard.get("status").asString());
    }
    assertThat(statuses).containsExactly("ok", "partial", "failed", "interrupted");
  }

  @Test
  void manyShardsAreAllThere() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      writer.endOfShard(Samples.ended(i, Samples.FINISHED));
    }
    writer.finish(Samples.report(End.COMPLETE));

    JsonNode shards = document().get("shards");
    assertThat(shards.size()).isEqualTo(5_000);
    assertThat(shards.get(4_999).get("index").asInt()).isEqualTo(4_999);
  }

  @Test
  void errorsBeyondTheLimitAreOnlyCounted() throws IOException {
    for (int i = 0; i < DocumentWriter.MAX_ERRORS; i++) {
      writer.failure(Samples.failure(i, 1));
    }
    writer.failure(Samples.failure(-1, 0));
    writer.failure(Samples.failure(5, 7));
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(document().get("errors").size()).isEqualTo(DocumentWriter.MAX_ERRORS);
    assertThat(document().get("moreErrors").asInt()).isEqualTo(8);
  }

  @Test
  void hugeMessagesAreLimitedToo() throws IOException {
    String message = "x".repeat((int) DocumentWriter.MAX_ERROR_BYTES + 10_000);
    writer.failure(failure(message));
    writer.failure(failure(message));
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(document().get("errors").size()).isEqualTo(1);
    assertThat(document().get("moreErrors").asInt()).isEqualTo(1);
  }

  @Test
  void textThatUtf8CannotHoldIsReplaced() throws IOException {
    writer.failure(failure("half \ud83d and whole \ud83d\ude00"));
    writer.finish(Samples.report(End.COMPLETE));

    assertThat(document().get("errors").get(0).get("message").asString())
        .isEqualTo("half \ufffd and whole \ud83d\ude00");
  }

  private JsonNode document() {
    return JsonMapper.shared().readTree(stdout.text());
  }

  private void write(String text) throws IOException {
    writer.write(Samples.SHARD, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static RunEvent.Failure failure(String message) {
    return new RunEvent.Failure(
        Samples.SHARD, 1, new PythonError(0, "ValueError", message, List.of(), ""), 1);
  }
}
