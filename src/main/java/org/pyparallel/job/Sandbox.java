package org.pyparallel.job;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// What a script may do whose author is not trusted (`--sandbox`): compute, and what is said here.
///
/// @param readable files and folders it may read besides its own folder and the standard library
///   (`--allow-read`); absolute
/// @param writable files and folders it may write (`--allow-write`); absolute
/// @param network whether it may open sockets (`--allow-net`)
/// @param environment whether it sees the environment variables (`--allow-env`)
/// @param statements how many statements a shard may execute (`--max-statements`), at least 1
public record Sandbox(
    List<Path> readable,
    List<Path> writable,
    boolean network,
    boolean environment,
    OptionalLong statements) {
  public Sandbox {
    readable = List.copyOf(readable);
    writable = List.copyOf(writable);
  }
}
