package org.pyparallel.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the Python that runs the script is to be like.
///
/// @param executable the CPython to use instead of the bundled one (`--python`): 3.9 or later in
///   process workers, 3.14 where it is embedded; absolute
/// @param venv the virtual environment whose packages the script may import (`--venv`); absolute
/// @param path folders to import from, first of all but the script's own (`--python-path`);
///   absolute
/// @param seed what random numbers begin with in every shard (`--seed`), from 0; together with the
///   shard's index, and the shards are then cut in the same way for any number of workers
/// @param sandbox what the script may do, or empty for everything
public record PythonOptions(
    Optional<Path> executable,
    Optional<Path> venv,
    List<Path> path,
    OptionalLong seed,
    Optional<Sandbox> sandbox) {
  /// What holds where the user says nothing.
  public static final PythonOptions NONE =
      new PythonOptions(
          Optional.empty(), Optional.empty(), List.of(), OptionalLong.empty(), Optional.empty());

  public PythonOptions {
    path = List.copyOf(path);
  }

  /// What the hashes of strings begin with, so that sets have the same order in every run; as
  /// `PYTHONHASHSEED` has it, from 0 to 4294967295. Empty without a seed.
  public OptionalLong hashSeed() {
    return seed.isPresent() ? OptionalLong.of(seed.getAsLong() & 0xFFFF_FFFFL) : seed;
  }
}
