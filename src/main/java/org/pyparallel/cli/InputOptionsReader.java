package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Input;

/// Turns what was said about the input into [InputOptions].
final class InputOptionsReader {
  private final OptionValues values;
  private final List<String> names;

  /// @param names the inputs as typed
  InputOptionsReader(OptionValues values, List<String> names) {
    this.values = values;
    this.names = names;
  }

  /// @throws CommandLineError if a value is out of range or options exclude each other
  InputOptions read() {
    List<String> nameLists = new ArrayList<>();
    for (OptionValue value : values.all(InputFlags.FILES_FROM)) {
      nameLists.add(value.nonEmpty());
    }
    List<ArgumentList> lists = new ArrayList<>();
    for (OptionValue value : values.all(InputFlags.ARG_FILE)) {
      lists.add(new ArgumentList(ArgumentList.Kind.FILES, List.of(value.nonEmpty())));
    }
    lists.addAll(values.line().lists());
    OptionValue range = values.of(InputFlags.RANGE);
    rejectTwo(nameLists, lists, range);
    return new InputOptions(
        names,
        nameLists,
        lists,
        linked(lists),
        range == null ? Optional.empty() : Optional.of(range(range)),
        values.has(InputFlags.NULL));
  }

  /// What `--null` is about: names and lists, if there are any in files.
  static boolean readsWords(List<String> nameLists, List<ArgumentList> lists) {
    boolean files = !nameLists.isEmpty();
    for (ArgumentList list : lists) {
      files |= list.kind() == ArgumentList.Kind.FILES;
    }
    return files;
  }

  /// What messages call the lists, null where there are none.
  static @Nullable String listName(OptionValues values, List<ArgumentList> lists) {
    if (lists.isEmpty()) {
      return null;
    }
    return values.has(InputFlags.ARG_FILE)
        ? InputFlags.ARG_FILE.longName()
        : lists.getFirst().kind().separator();
  }

  /// Refuses records that come from two places.
  private void rejectTwo(
      List<String> nameLists, List<ArgumentList> lists, @Nullable OptionValue range) {
    String files = null;
    if (!nameLists.isEmpty()) {
      files = InputFlags.FILES_FROM.longName();
    } else if (!names.isEmpty()) {
      files = "the input ".concat(names.getFirst());
    }
    String list = listName(values, lists);
    String numbers = range == null ? null : InputFlags.RANGE.longName();
    if (files != null && (list != null || numbers != null)) {
      throw values.line().exclusive(files, list == null ? String.valueOf(numbers) : list);
    }
    if (list != null && numbers != null) {
      throw values.line().exclusive(list, numbers);
    }
  }

  private boolean linked(List<ArgumentList> lists) {
    OptionValue link = values.of(InputFlags.LINK);
    if (link != null && link.typed() && lists.isEmpty()) {
      throw values.line().error("--link is for lists: give two or more after ::: or --arg-file");
    }
    return link != null;
  }

  private static Input.Range range(OptionValue value) {
    try {
      return IntegerRange.parse(value.text());
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }
}
