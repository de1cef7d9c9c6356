package org.pyparallel.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Files that are read through, and inputs that break off. The files are made by Python's modules,
/// which stand on other libraries than ours.
@EnabledOnOs(OS.LINUX)
class CompressedInputIT {
  private static final int BROKEN = 3;

  private static final String MAKE =
      """
      import bz2, gzip, lzma
      from compression import zstd
      for suffix, module in (("gz", gzip), ("bz2", bz2), ("xz", lzma), ("zst", zstd)):
          whole = module.compress(b"1\\n2\\n") + module.compress(b"3\\n")
          open("whole." + suffix, "wb").write(whole)
          open("cut." + suffix, "wb").write(whole[:-3])
      """;

  @RegisterExtension final Launcher pyparallel = new Launcher();

  @BeforeEach
  void files() throws IOException {
    pyparallel.write("same.py", "def process(record):\n    return record\n");
    pyparallel.write("plain.txt", "plain\n");
    pyparallel.write("make.py", MAKE);
    pyparallel.run(new byte[0], Launcher.python("make.py")).isClean();
  }

  @Test
  void compressedFilesAreReadThrough() throws IOException {
    pyparallel
        .run("run", "same.py", "whole.gz", "whole.bz2", "plain.txt", "whole.xz", "whole.zst")
        .isClean()
        .prints("1\n2\n3\n1\n2\n3\nplain\n1\n2\n3\n1\n2\n3\n");
  }

  @Test
  void aCompressedPipeIsReadThrough() throws IOException {
    pyparallel
        .shell("mkfifo p.gz && { cat whole.gz > p.gz & } && pyparallel run same.py p.gz; wait")
        .isClean()
        .prints("1\n2\n3\n");
  }

  @Test
  void eachBrokenFileIsToldOnceAndTheOthersAreDone() throws IOException {
    pyparallel.write("plain.zst", "plain\n");
    String check = " -t' and copy it again";
    String next = "; going on with the next input\n";

    Outcome outcome =
        pyparallel.run("run", "same.py", "cut.gz", "plain.zst", "whole.xz", "plain.txt", "cut.bz2");

    outcome.hasStatus(BROKEN).prints("1\n2\n3\n1\n2\n3\nplain\n1\n2\n3\n");
    assertThat(outcome.stderr().replaceAll("[0-9]+", "N"))
        .isEqualTo(
            "pyparallel: cannot read cut.gz: it ends too early, at byte N (byte N when"
                + " decompressed); check it with 'gzip"
                + check
                + next
                + "pyparallel: cannot read plain.zst: it is not compressed with zstd, whatever its"
                + " name says; rename it"
                + next
                + "pyparallel: cannot read cut.bzN: it ends too early, at byte N (byte N when"
                + " decompressed); check it with 'bzipN"
                + check
                + "\n");
  }

  @Test
  void aBrokenFileLeavesTheOutputFileAsItWas() throws IOException {
    pyparallel.write("out.txt", "before\n");

    pyparallel
        .run("run", "same.py", "cut.xz", "plain.txt", "-o", "out.txt")
        .hasStatus(BROKEN)
        .prints("")
        .says("'out.txt' left as it was, since not all of the input could be read\n");

    assertThat(pyparallel.file("out.txt")).hasContent("before\n");
  }

  @Test
  void decodersAreLoadedOnlyForTheirFiles() throws IOException {
    pyparallel.variables.put("PYPARALLEL_JAVA_OPTS", "-Xlog:class+load:file=classes.log");

    pyparallel.run("run", "same.py", "plain.txt").hasStatus(0);
    assertThat(loaded())
        .contains("org.pyparallel.Main")
        .doesNotContain("org.apache.commons", "org.tukaani", "com.github.luben", "GzipInput");

    pyparallel.run("run", "same.py", "whole.xz").hasStatus(0);
    assertThat(loaded())
        .contains("org.tukaani.xz.XZInputStream")
        .doesNotContain("org.apache.commons", "com.github.luben", "GzipInput");
  }

  private String loaded() throws IOException {
    return Files.readString(pyparallel.file("classes.log"), UTF_8);
  }
}
