package org.pyparallel.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pyparallel.job.PythonOptions;
import org.pyparallel.job.Script;

/// The modules a script imports that lie in its own folder or on `--python-path`, and those which
/// these import.
///
/// They are found by reading `import` and `from` lines, wherever they stand: a line that is none
/// after all, within a string, only makes that a module is looked at which is not needed. What is
/// imported by a computed name is not found, nor are installed packages, which change rarely.
final class Modules {
  /// Whoever has more of them has a package that is installed somewhere.
  private static final int MOST = 1_000;

  private final List<Path> folders = new ArrayList<>();
  private final Map<Path, byte[]> found = new TreeMap<>();
  private final ArrayDeque<Found> unread = new ArrayDeque<>();

  /// A module.
  ///
  /// @param source its text, each byte as the character of the same number
  /// @param folder in which its own relative imports are looked for
  private record Found(String source, Path folder) {}

  private Modules() {}

  /// Finds those of a script; none for a one-liner.
  static Modules of(Script script, PythonOptions python) {
    Modules modules = new Modules();
    if (script.oneLiner().isEmpty()) {
      Path folder = script.file().toAbsolutePath().getParent();
      if (folder != null) {
        modules.folders.add(folder);
        modules.folders.addAll(python.path());
        modules.unread.add(new Found(text(RunKey.bytes(script)), folder));
      }
    }
    modules.follow();
    return modules;
  }

  private static String text(byte[] source) {
    return new String(source, StandardCharsets.ISO_8859_1);
  }

  private void follow() {
    Found next;
    while ((next = unread.poll()) != null) {
      for (String line : next.source.split("\n")) {
        String text = line.strip();
        if (text.startsWith("from ")) {
          from(text.substring(5).strip(), next.folder);
        } else if (text.startsWith("import ")) {
          for (String name : text.substring(7).split(",")) {
            look(word(name.strip()), folders);
          }
        }
      }
    }
  }

  /// `from a.b import c, d`: both the module and what is in it may be modules.
  private void from(String text, Path here) {
    String module = word(text);
    int start = text.indexOf(" import ");
    String names = start < 0 ? "" : text.substring(start + 8);
    List<Path> places = folders;
    if (module.startsWith(".")) {
      Path folder = here;
      int dots = 1;
      while (module.startsWith(".", dots)) {
        folder = folder.getParent() == null ? folder : folder.getParent();
        dots++;
      }
      module = module.substring(dots);
      places = List.of(folder);
    }
    look(module, places);
    for (String name : names.replace('(', ' ').replace(')', ' ').split(",")) {
      look(module.isEmpty() ? word(name.strip()) : module + "." + word(name.strip()), places);
    }
  }

  private static String word(String text) {
    int end = 0;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || "._".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return text.substring(0, end);
  }

  /// Takes up a module and the packages it is in, if they are in one of these folders.
  private void look(String name, List<Path> places) {
    for (Path place : places) {
      Path at = place;
      for (String part : name.split("\\.")) {
        if (part.isEmpty()) {
          break;
        }
        take(at.resolve(part + ".py"), at);
        at = at.resolve(part);
        take(at.resolve("__init__.py"), at);
      }
    }
  }

  private void take(Path file, Path folder) {
    if (found.containsKey(file) || found.size() == MOST || !Files.isRegularFile(file)) {
      return;
    }
    try {
      byte[] source = Files.readAllBytes(file);
      found.put(file, source);
      unread.add(new Found(text(source), folder));
    } catch (IOException _) {
      // Python will not be able to read it either.
    }
  }

  /// What changes when one of them does; empty where there are none.
  String digest() {
    if (found.isEmpty()) {
      return "";
    }
    Digest digest = new Digest();
    found.forEach(
        (file, source) -> {
          digest.add(String.valueOf(file.getFileName()));
          digest.add(source);
        });
    return digest.text();
  }
}
