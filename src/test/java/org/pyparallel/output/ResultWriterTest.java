package org.pyparallel.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.OutputFormat;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.RunReport.End;

class ResultWriterTest {
  @TempDir Path folder;

  @Test
  void writesTheOutputFileAndNotStandardOutput() throws IOException {
    Path file = folder.resolve("out.json");
    MemoryChannel stdout = new MemoryChannel();
    try (ResultWriter writer = open(OutputFormat.JSON, file, stdout)) {
      writeTwo(writer);
      writer.finish(Samples.report(End.COMPLETE));
    }

    assertThat(file).hasContent("[\n1,\n2\n]\n");
    assertThat(stdout.text()).isEmpty();
  }

  @Test
  void anInterruptedRunLeavesNoFile() throws IOException {
    try (ResultWriter writer =
        open(OutputFormat.TEXT, folder.resolve("out"), new MemoryChannel())) {
      writeTwo(writer);
      writer.finish(Samples.report(End.INTERRUPTED));
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aRunThatBrokeOffLeavesNoFile() throws IOException {
    try (ResultWriter writer =
        open(OutputFormat.JSONL, folder.resolve("out"), new MemoryChannel())) {
      writeTwo(writer);
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatCannotBeWrittenIsKnownBeforeTheRun() {
    assertThatThrownBy(() -> open(OutputFormat.DOCUMENT, folder, new MemoryChannel()))
        .isInstanceOf(PyParallelException.Usage.class);
  }

  /// What the class under test needs apart from itself is the JDK: Jackson is out of reach.
  @Test
  void onlyTheDocumentLoadsJackson() throws Exception {
    URL[] classes = {
      ResultWriter.class.getProtectionDomain().getCodeSource().getLocation(),
      ResultWriterTest.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader loader =
        new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
      Class<?> run = loader.loadClass(RunWithoutJackson.class.getName());

      assertThat(run.getMethod("call").invoke(run.getConstructor().newInstance()))
          .isEqualTo("1\n2\n1\n2\n[\n1,\n2\n]\n1\n2\n1\n2\n");
    }
  }

  /// Writes the same results in all formats but the document.
  public static final class RunWithoutJackson {
    public String call() throws IOException {
      MemoryChannel stdout = new MemoryChannel();
      for (OutputFormat format : OutputFormat.values()) {
        if (format != OutputFormat.DOCUMENT) {
          ResultWriter writer =
              ResultWriter.open(Samples.plan(format, Optional.empty()), "1.2.3", stdout);
          writeTwo(writer);
          writer.finish(Samples.report(End.COMPLETE));
        }
      }
      return stdout.text();
    }
  }

  private static ResultWriter open(OutputFormat format, Path file, MemoryChannel stdout) {
    return ResultWriter.open(Samples.plan(format, Optional.of(file)), "1.2.3", stdout);
  }

  private static void writeTwo(ResultWriter writer) throws IOException {
    writer.write(Samples.SHARD, ByteBuffer.wrap("1\n2\n".getBytes(StandardCharsets.UTF_8)));
    writer.endOfShard(Samples.ended(0, Samples.FINISHED));
  }
}
