package org.pyparallel.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunReport.End;
import org.pyparallel.job.ShardResult;

class CsvWriterTest {
  private final MemoryChannel stdout = new MemoryChannel();
  private final ResultWriter writer = writer(',');
  private long index;

  @Test
  void theFirstNamesAreTheHeaderAndStandOnce() throws IOException {
    shard("~a,b\n1,2\n3,4\n");
    shard("~a,b\n5,6\n");

    assertThat(finished()).isEqualTo("a,b\n1,2\n3,4\n5,6\n");
  }

  @Test
  void aShardWithoutRowsDoesNotMatter() throws IOException {
    shard("");
    shard("~a\n1\n");
    shard("");

    assertThat(finished()).isEqualTo("a\n1\n");
  }

  @Test
  void nothingGivesNothing() throws IOException {
    assertThat(finished()).isEmpty();
  }

  @Test
  void rowsWithoutNamesPass() throws IOException {
    shard("~\n1,2\n3\n");
    shard("~\n4\n");

    assertThat(finished()).isEqualTo("1,2\n3\n4\n");
  }

  @Test
  void rowsWithoutNamesPassUnderAHeaderToo() throws IOException {
    shard("~a,b\n1,2\n~\nprinted\n~a,b\n3,4\n~b\n5\n~\n6,7\n");

    assertThat(finished()).isEqualTo("a,b\n1,2\nprinted\n3,4\n,5\n6,7\n");
  }

  @Test
  void columnsInAnotherOrderAreRearranged() throws IOException {
    shard("~a,b,c\n1,2,3\n");
    shard("~c,a,b\n3,1,2\n\"x\"\"y,\",\"p\nq\",\n~a,b,c\n7,8,9\n");

    assertThat(finished()).isEqualTo("a,b,c\n1,2,3\n1,2,3\n\"p\nq\",,\"x\"\"y,\"\n7,8,9\n");
  }

  @Test
  void missingColumnsAreEmpty() throws IOException {
    shard("~a,b,c\n1,2,3\n~b\n2\n\"\"\n~c,a\n3,1\n");

    assertThat(finished()).isEqualTo("a,b,c\n1,2,3\n,2,\n,\"\",\n1,,3\n");
  }

  @Test
  void namesMayBeQuotedOrEmpty() throws IOException {
    shard("~\"a\nb\",\"c\"\"d\",\n1,2,3\n");
    shard("~\"\"\n9\n~,\"a\nb\"\n6,4\n");

    assertThat(finished()).isEqualTo("\"a\nb\",\"c\"\"d\",\n1,2,3\n,,9\n4,,6\n");
  }

  @Test
  void tabsSeparateToo() throws IOException {
    ResultWriter tabs = writer('\t');
    write(tabs, "~a\tb\n1,5\t2\n~b\ta\n\"x\ty\"\t3\n");
    end(tabs, Samples.FINISHED);
    tabs.finish(Samples.report(End.COMPLETE));

    assertThat(stdout.text()).isEqualTo("a\tb\n1,5\t2\n3\t\"x\ty\"\n");
  }

  @Test
  void aColumnThatTheHeaderLacksEndsTheRun() throws IOException {
    shard("~a,b\n1,2\n");

    assertThatThrownBy(() -> shard("~a,b\n3,4\n~a,\"ü\"\"x\"\n5,6\n"))
        .isInstanceOf(PyParallelException.ResultsDiffer.class)
        .hasMessage(
            "in.jsonl: shard 1 has a column 'ü\"x', which the header lacks, as it has the names of"
                + " the first row; give every result the same names, or use --output-format jsonl");
    assertThat(stdout.text()).isEqualTo("a,b\n1,2\n3,4\n");
  }

  @Test
  void namesAfterRowsWithoutThemEndTheRun() throws IOException {
    shard("~\n1,2\n");

    assertThatThrownBy(() -> shard("~a\n3\n"))
        .isInstanceOf(PyParallelException.ResultsDiffer.class)
        .hasMessageContaining("the first row had no names");
  }

  @Test
  void whatABrokenShardLeftUnfinishedIsDropped() throws IOException {
    shard("~a,b\n1,2\n");
    write(writer, "~b,a\n4,3\n\"6\n");
    end(writer, Samples.FAILED);
    write(writer, "~a,");
    end(writer, new ShardResult.Interrupted());
    shard("~b,a\n8,7\n");

    assertThat(finished()).isEqualTo("a,b\n1,2\n3,4\n7,8\n");
  }

  private ResultWriter writer(char delimiter) {
    return new CsvWriter(
        new OutputBuffer(StreamDestination.standardOutput(stdout), new NanoClock()), delimiter);
  }

  /// A tilde stands for NUL.
  private void shard(String rows) throws IOException {
    write(writer, rows);
    end(writer, Samples.FINISHED);
  }

  private void write(ResultWriter target, String rows) throws IOException {
    target.write(
        Samples.shard(index),
        ByteBuffer.wrap(rows.replace('~', '\0').getBytes(StandardCharsets.UTF_8)));
  }

  private void end(ResultWriter target, ShardResult result) throws IOException {
    target.endOfShard(Samples.ended(index, result));
    index++;
  }

  private String finished() throws IOException {
    writer.finish(Samples.report(End.COMPLETE));
    return stdout.text();
  }
}
