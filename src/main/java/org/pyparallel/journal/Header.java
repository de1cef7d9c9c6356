package org.pyparallel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.Sharding;

/// The text file at the head of a journal.
///
/// @param key what results depend on
/// @param cut how the input is cut
record Header(RunKey key, Sharding cut) {
  static final String FILE = "journal";

  /// While it is written.
  static final String PART = "journal.part";

  private static final String TITLE = "pyparallel journal ";
  private static final String VERSION = "1";
  private static final String CUT = "cut";
  private static final String SUM = "crc32c";

  /// Reads the header of a folder that has one.
  ///
  /// @throws PyParallelException.Usage if it is damaged, of another version, or none of ours
  static Header read(Path folder) {
    String text;
    try {
      text = Files.readString(folder.resolve(FILE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Trouble.unusable(folder, "its file 'journal' cannot be read: " + Trouble.reason(e));
    }
    if (!text.startsWith(TITLE)) {
      throw Trouble.unusable(
          folder, "its file 'journal' is none of pyparallel's; name another folder");
    }
    int end = text.indexOf('\n');
    String version = text.substring(TITLE.length(), end < 0 ? text.length() : end);
    if (!version.equals(VERSION)) {
      throw Trouble.unusable(
          folder,
          "another version of pyparallel wrote it (format "
              + version
              + ", this one has "
              + VERSION
              + "); use that version, or name another folder");
    }
    int sum = text.lastIndexOf(SUM + "\t");
    if (sum < 0 || !text.substring(sum).equals(sum(text.substring(0, sum)))) {
      throw Trouble.unusable(
          folder, "its file 'journal' is damaged; name another folder, or remove this one");
    }
    Map<String, String> parts = new LinkedHashMap<>();
    Sharding cut = new Sharding.Adaptive();
    for (String line : text.substring(end + 1, sum).split("\n")) {
      int tab = line.indexOf('\t');
      String name = line.substring(0, Math.max(0, tab));
      String value = line.substring(tab + 1);
      if (name.equals(CUT)) {
        cut = cut(value);
      } else {
        parts.put(name, value);
      }
    }
    return new Header(new RunKey(parts), cut);
  }

  private static Sharding cut(String text) {
    int blank = text.indexOf(' ');
    if (blank < 0) {
      return new Sharding.Adaptive();
    }
    long size = Long.parseLong(text.substring(blank + 1));
    return text.startsWith("block") ? new Sharding.Block(size) : new Sharding.Records(size);
  }

  private String cutText() {
    return switch (cut) {
      case Sharding.Block(long bytes) -> "block " + bytes;
      case Sharding.Records(long records) -> "records " + records;
      case Sharding.Adaptive(), Sharding.Count(_) -> "as-asked";
    };
  }

  /// Puts it into a folder, in place of any other, and onto the disk.
  void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(TITLE).append(VERSION).append('\n');
    text.append(CUT).append('\t').append(cutText()).append('\n');
    new TreeMap<>(key.parts())
        .forEach((name, value) -> text.append(name).append('\t').append(value).append('\n'));
    text.append(sum(text.toString()));
    Path part = folder.resolve(PART);
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    JournalFolder.sync(folder);
  }

  private static String sum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return SUM + "\t" + Long.toHexString(crc.getValue()) + "\n";
  }
}
