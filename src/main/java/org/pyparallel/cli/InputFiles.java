package org.pyparallel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.pyparallel.job.Input;
import org.pyparallel.job.PyParallelException;

/// Finds the input: the files named on the command line or in a list, or the records that were
/// typed themselves.
///
/// Any file that can be read will do, a FIFO or `/dev/fd/63` too.
///
/// A name that is no file but has `*`, `?`, `[` or `{` in it is a pattern, for those who quote it
/// because the shell's list would be too long. Names in a list are names and nothing else.
final class InputFiles {
  private final Environment environment;
  private final boolean namesOnly;
  private final boolean isFilter;

  /// @param namesOnly whether the paths themselves are the records, so that they need to exist but
  ///   not to be readable files
  /// @param isFilter whether standard input is read even from a terminal
  InputFiles(Environment environment, boolean namesOnly, boolean isFilter) {
    this.environment = environment;
    this.namesOnly = namesOnly;
    this.isFilter = isFilter;
  }

  /// The input that was asked for, files in the order of the words.
  ///
  /// @throws PyParallelException.Usage if a file is missing or unfit
  Input find(InputOptions options) {
    if (options.range().isPresent()) {
      return options.range().get();
    }
    if (!options.lists().isEmpty()) {
      return arguments(options);
    }
    List<String> words = options.names();
    if (!options.nameLists().isEmpty()) {
      return listed(words, options);
    }
    if (words.isEmpty()) {
      return environment.isTerminal(Environment.Stream.STDIN) && !isFilter
          ? new Input.None()
          : new Input.Stdin();
    }
    if (words.contains("-")) {
      if (words.size() > 1) {
        throw new PyParallelException.Usage(
            "'-' stands for standard input and must be the only input: pipe the files in instead"
                + " (cat FILE... | pyparallel run SCRIPT)");
      }
      return new Input.Stdin();
    }
    List<Path> files = new ArrayList<>(words.size());
    for (String word : words) {
      add(word, true, files);
    }
    return new Input.Files(files);
  }

  private Input.Arguments arguments(InputOptions options) {
    WordFiles reader =
        new WordFiles(
            environment,
            options.nulSeparated(),
            "make it an input instead (pyparallel run SCRIPT FILE)");
    List<List<String>> sources = new ArrayList<>();
    for (ArgumentList list : options.lists()) {
      switch (list.kind()) {
        case WORDS -> sources.add(list.words());
        case FILES -> {
          for (String name : list.words()) {
            sources.add(reader.read(name));
          }
        }
      }
    }
    return new Input.Arguments(sources, options.linked());
  }

  /// The files named by words, and those named in lists; blank lines there are passed over.
  private Input.Files listed(List<String> words, InputOptions options) {
    List<Path> files = new ArrayList<>();
    for (String word : words) {
      if (word.equals("-")) {
        throw new PyParallelException.Usage(
            "'-' and --files-from exclude each other: leave one of them out");
      }
      add(word, true, files);
    }
    WordFiles reader =
        new WordFiles(environment, options.nulSeparated(), "make it several, for a run each");
    for (String list : options.nameLists()) {
      int number = 0;
      for (String name : reader.read(list)) {
        number++;
        if (name.isEmpty()) {
          continue;
        }
        try {
          add(name, false, files);
        } catch (PyParallelException.Usage e) {
          throw new PyParallelException.Usage(
              e.getMessage() + " (" + reader.place(list, number) + ")");
        }
      }
    }
    if (files.isEmpty()) {
      throw new PyParallelException.Usage(
          "--files-from " + options.nameLists().getFirst() + ": there is no name in it");
    }
    return new Input.Files(files);
  }

  private void add(String word, boolean patterns, List<Path> files) {
    if (word.isEmpty()) {
      throw new PyParallelException.Usage(
          "an input's name is empty: is a variable in the command unset?");
    }
    Path file;
    try {
      file = environment.resolve(word);
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!namesOnly) {
        check(word, file, attributes);
      }
    } catch (NoSuchFileException e) {
      if (!patterns || !Glob.isPattern(word)) {
        throw new PyParallelException.Usage("no such input: " + word);
      }
      files.addAll(matches(word));
      return;
    } catch (IOException e) {
      throw new PyParallelException.Usage(
          "cannot read the input " + word + ": " + FileProblem.of(e));
    } catch (InvalidPathException e) {
      throw new PyParallelException.Usage("'" + word + "' is no file name: " + e.getReason());
    }
    files.add(file);
  }

  private List<Path> matches(String pattern) {
    List<Path> found = new Glob(environment.workingDirectory(), pattern).files();
    if (found.isEmpty()) {
      throw new PyParallelException.Usage("no file matches " + pattern);
    }
    return found;
  }

  private static void check(String word, Path file, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      String folder = word.endsWith("/") ? word : word + "/";
      throw new PyParallelException.Usage(
          "the input " + word + " is a directory: name the files in it, as in '" + folder + "**'");
    }
    if (!Files.isReadable(file)) {
      throw new PyParallelException.Usage(
          "cannot read the input " + word + ": permission denied; make it readable (chmod +r)");
    }
  }
}
