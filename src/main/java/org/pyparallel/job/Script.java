package org.pyparallel.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The user's script and how it is to be called.
///
/// @param file the script, absolute and known to be readable when the run was planned; for a
///   one-liner a name that stands for it, such as `<map>`
/// @param call the function to call (`--call`), or empty to go by what the script defines
/// @param arguments `sys.argv[1:]` as the script sees it
/// @param oneLiner the expression that stands for the script, or empty for a file
/// @param concurrency how many records an `async def` function works on at once in each interpreter
///   (`--concurrency`), 1 to 10000; empty to leave that to the driver
/// @param awaits whether its function seems to be `async def`, so that records of different shards
///   are not worked on at once in one interpreter, but those of one shard are
public record Script(
    Path file,
    Optional<String> call,
    List<String> arguments,
    Optional<OneLiner> oneLiner,
    OptionalInt concurrency,
    boolean awaits) {
  public Script {
    arguments = List.copyOf(arguments);
  }

  /// A script in a file.
  public Script(Path file, Optional<String> call, List<String> arguments) {
    this(file, call, arguments, Optional.empty(), OptionalInt.empty(), false);
  }

  /// What stands for a script.
  public Script(Path name, List<String> arguments, OneLiner oneLiner) {
    this(name, Optional.empty(), arguments, Optional.of(oneLiner), OptionalInt.empty(), false);
  }
}
