package org.pyparallel.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The user's script and how it is to be called.
///
/// @param file the script, absolute and known to be readable when the run was planned; for a
///   one-liner a name that stands for it, such as `<map>`
/// @param call the function to call (`--call`), or empty to go by what the script defines
/// @param arguments `sys.argv[1:]` as the script sees it
/// @param oneLiner the expression that stands for the script, or empty for a file
public record Script(
    Path file, Optional<String> call, List<String> arguments, Optional<OneLiner> oneLiner) {
  public Script {
    arguments = List.copyOf(arguments);
  }

  /// A script in a file.
  public Script(Path file, Optional<String> call, List<String> arguments) {
    this(file, call, arguments, Optional.empty());
  }
}
