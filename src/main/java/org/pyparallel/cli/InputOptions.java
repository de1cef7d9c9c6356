package org.pyparallel.cli;

import java.util.List;
import java.util.Optional;
import org.pyparallel.job.Input;

/// Where the records are to come from, as typed. At most one of files (`names`, `nameLists`),
/// `lists` and `range` is there.
///
/// @param names the inputs; `-` is standard input
/// @param nameLists the files that hold names of further inputs (`--files-from`)
/// @param lists the lists of arguments
/// @param linked whether the lists are gone through side by side
/// @param range the whole numbers that are the records
/// @param nulSeparated whether names and lists, where any are read, are separated by NUL, not by
///   line ends
record InputOptions(
    List<String> names,
    List<String> nameLists,
    List<ArgumentList> lists,
    boolean linked,
    Optional<Input.Range> range,
    boolean nulSeparated) {
  InputOptions {
    names = List.copyOf(names);
    nameLists = List.copyOf(nameLists);
    lists = List.copyOf(lists);
  }
}
