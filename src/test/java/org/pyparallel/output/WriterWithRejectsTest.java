package org.pyparallel.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunReport.End;
import org.pyparallel.job.ShardResult;

class WriterWithRejectsTest {
  @TempDir Path folder;

  private final MemoryChannel stdout = new MemoryChannel();
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("rejects.jsonl");
  }

  @Test
  void resultsAndRejectsGoTheirWays() throws IOException {
    try (ResultWriter writer = open()) {
      reject(writer, "{\"a");
      writer.write(Samples.SHARD, bytes("1\n"));
      reject(writer, "\":1}\n{}\n");
      writer.endOfShard(Samples.ended(0, Samples.FINISHED));
      assertThat(file).doesNotExist();
      writer.finish(Samples.report(End.COMPLETE));
    }

    assertThat(stdout.text()).isEqualTo("1\n");
    assertThat(file).hasContent("{\"a\":1}\n{}\n");
  }

  @Test
  void withoutRejectsTheFileIsEmpty() throws IOException {
    Files.writeString(file, "old");
    try (ResultWriter writer = open()) {
      writer.finish(Samples.report(End.COMPLETE));
    }

    assertThat(file).isEmptyFile();
  }

  @Test
  void aRunThatBreaksOffLeavesWhatItHasRejected() throws IOException {
    try (ResultWriter writer = open()) {
      reject(writer, "{}\n");
    }

    assertThat(file).hasContent("{}\n");
  }

  @Test
  void anInterruptedRunDoesToo() throws IOException {
    try (ResultWriter writer = open()) {
      reject(writer, "{}\n{\"half");
      writer.endOfShard(Samples.ended(0, new ShardResult.Interrupted()));
      writer.finish(Samples.report(End.INTERRUPTED));
    }

    assertThat(file).hasContent("{}\n");
  }

  @Test
  void aRunThatBreaksOffBeforeAnyRejectLeavesTheFileAsItWas() throws IOException {
    Files.writeString(file, "old");
    try (ResultWriter writer = open()) {
      writer.finish(Samples.report(End.INTERRUPTED));
    }

    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aFileThatCannotBeWrittenIsKnownBeforeTheRun() {
    file = folder.resolve("no/rejects.jsonl");

    assertThatThrownBy(this::open).isInstanceOf(PyParallelException.Usage.class);
  }

  private ResultWriter open() {
    return WriterWithRejects.of(
        ResultWriter.open(Samples.plan(OutputFormat.TEXT, Optional.empty()), "1.2.3", stdout),
        file);
  }

  private static void reject(ResultWriter writer, String text) throws IOException {
    writer.reject(Samples.SHARD, bytes(text));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
