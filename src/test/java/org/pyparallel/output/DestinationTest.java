package org.pyparallel.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.merge.ClosedOutputException;

@EnabledOnOs({OS.LINUX, OS.MAC})
class DestinationTest {
  @TempDir Path folder;

  @Test
  void aFileAppearsOnlyWhenItIsWhole() throws IOException {
    Path file = folder.resolve("out.txt");
    try (Destination destination = open(file)) {
      destination.write(bytes("new"));
      assertThat(file).doesNotExist();
      assertThat(names()).singleElement().asString().matches("\\.out\\.txt\\.[0-9a-z]{4}\\.part");

      destination.commit();
    }

    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("out.txt");
  }

  @Test
  void withoutCommitTheTargetIsLeftAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("out.txt"), "old");
    Destination destination = open(file);
    destination.write(bytes("new"));

    destination.close();
    destination.close();

    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("out.txt");
  }

  @Test
  void oneThatIsToBeKeptAppearsWithoutCommit() throws IOException {
    Path file = Files.writeString(folder.resolve("out.txt"), "old");
    Destination destination = Destination.open(file, Destination.Unfinished.KEPT);
    destination.write(bytes("new"));

    destination.close();
    destination.close();

    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("out.txt");
  }

  @Test
  void oneThatIsToBeKeptLeavesTheTargetWhenThereIsNothingToKeep() throws IOException {
    Path file = Files.writeString(folder.resolve("out.txt"), "old");

    Destination.open(file, Destination.Unfinished.KEPT).close();

    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("out.txt");
  }

  @Test
  void aNewFileGetsTheModeThatAnyNewFileGets() throws IOException {
    Path file = folder.resolve("out.txt");
    write(file, "new");

    Path other = Files.createFile(folder.resolve("other.txt"));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void theModeOfAnExistingFileIsKept() throws IOException {
    Path file = Files.writeString(folder.resolve("out.txt"), "old, and longer than the new");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrw-rw-"));

    write(file, "new");

    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxrw-rw-");
  }

  @Test
  void aSymbolicLinkIsFollowed() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path target = Files.writeString(data.resolve("target"), "old");
    Path second = Files.createSymbolicLink(data.resolve("second"), Path.of("target"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("data/second"));

    write(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(second).isSymbolicLink();
    assertThat(target).hasContent("new");
  }

  @Test
  void aLinkToNothingCreatesItsTarget() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));

    write(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("target")).hasContent("new");
  }

  @Test
  void aLongNameIsNoProblem() throws IOException {
    Path file = folder.resolve("ü".repeat(59) + "\ud83d\ude00" + "x".repeat(100));

    write(file, "new");

    assertThat(file).hasContent("new");
  }

  @Test
  void aDeviceIsWrittenDirectly() throws IOException {
    write(Path.of("/dev/null"), "gone");

    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void aNamedPipeIsWrittenDirectly() throws Exception {
    Path pipe = namedPipe();
    Process reader =
        new ProcessBuilder("cat", pipe.toString())
            .redirectOutput(folder.resolve("read").toFile())
            .start();

    write(pipe, "through");

    assertThat(reader.waitFor()).isZero();
    assertThat(folder.resolve("read")).hasContent("through");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsAFailureThatNamesTheFile() {
    Destination full = open(Path.of("/dev/full"));

    assertThatThrownBy(() -> full.write(bytes("x")))
        .isInstanceOf(PyParallelException.OutputFailed.class)
        .hasMessageStartingWith("cannot write to '/dev/full': ");
    full.close();
  }

  @Test
  void aFileThatCannotBeRenamedIsAFailureThatNamesIt() throws IOException {
    Path file = folder.resolve("out.txt");
    Destination destination = open(file);
    Files.createDirectories(file.resolve("in the way"));

    assertThatThrownBy(destination::commit)
        .isInstanceOf(PyParallelException.OutputFailed.class)
        .hasMessageStartingWith("cannot write output file '" + file + "': ");
    destination.close();

    assertThat(names()).containsExactly("out.txt");
  }

  @Test
  void aReaderThatLeftIsNoFailure() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().close();
    Destination stdout = StreamDestination.standardOutput(pipe.sink());

    assertThatThrownBy(() -> stdout.write(bytes("x"))).isInstanceOf(ClosedOutputException.class);
    pipe.sink().close();
  }

  @Test
  void aReaderThatLeftIsKnownInAnyLanguage() throws Exception {
    MemoryChannel channel = new MemoryChannel();
    channel.failWith("Relais brisé (pipe)");
    Destination pipe = new StreamDestination(channel, "standard output", namedPipe(), null);
    Destination file =
        new StreamDestination(
            channel, "standard output", Files.createFile(folder.resolve("file")), null);

    assertThatThrownBy(() -> pipe.write(bytes("x"))).isInstanceOf(ClosedOutputException.class);
    assertThatThrownBy(() -> file.write(bytes("x")))
        .isInstanceOf(PyParallelException.OutputFailed.class)
        .hasMessage("cannot write to standard output: Relais brisé (pipe)");
  }

  @Test
  void aMissingFolderIsAWrongUsage() {
    assertUsage(folder.resolve("no/out.txt"), "there is no folder '" + folder.resolve("no") + "'");
  }

  @Test
  void aDirectoryIsAWrongUsage() {
    assertUsage(folder, "it is a directory; name a file in it");
  }

  @Test
  void linksInACircleAreAWrongUsage() throws IOException {
    Path a = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));

    assertUsage(a, "its symbolic links go round in a circle");
  }

  @Test
  void aReadOnlyPlaceIsAWrongUsage() throws IOException {
    Path file = Files.writeString(folder.resolve("out.txt"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(file)).as("the superuser may write anything").isFalse();

    assertUsage(file, "no permission to write it");
    assertUsage(closed.resolve("x"), "no permission to create files in '" + closed + "'");
  }

  private void assertUsage(Path file, String why) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(PyParallelException.Usage.class)
        .hasMessage("cannot write output file '" + file + "': " + why);
  }

  private static Destination open(Path file) {
    return Destination.open(file, new MemoryChannel());
  }

  private static void write(Path file, String text) throws IOException {
    try (Destination destination = open(file)) {
      destination.write(bytes(text));
      destination.commit();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private Path namedPipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
