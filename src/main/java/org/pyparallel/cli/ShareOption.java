package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;

/// A file to share, as typed.
///
/// @param name what scripts call it
/// @param file the file's name
record ShareOption(String name, String file) {
  /// Reads all of them.
  ///
  /// @throws CommandLineError if one is no name and file, or a name is given twice
  static List<ShareOption> read(List<OptionValue> values) {
    List<ShareOption> shares = new ArrayList<>();
    for (OptionValue value : values) {
      int equals = value.text().indexOf('=');
      if (equals <= 0 || equals == value.text().length() - 1) {
        throw value.error("must be a name and a file, as in words=words.txt");
      }
      String name = value.text().substring(0, equals);
      if (!PythonName.isName(name)) {
        throw value.error(
            "'" + name + "' is no name that Python allows: letters, digits and _, no keyword");
      }
      for (ShareOption share : shares) {
        if (share.name.equals(name)) {
          throw value.error("the name " + name + " is taken: give each file a name of its own");
        }
      }
      shares.add(new ShareOption(name, value.text().substring(equals + 1)));
    }
    return shares;
  }
}
