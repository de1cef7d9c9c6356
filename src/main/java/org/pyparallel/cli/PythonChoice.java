package org.pyparallel.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What was said about the Python that runs the script: names, not yet held against the files.
///
/// @param runtime which kind
/// @param program the CPython to use; only where the runtime is not `graalpy`
/// @param venv the virtual environment
/// @param path folders to import from
/// @param seed what random numbers begin with, from 0
/// @param sandbox what the script may do; only where the runtime is `graalpy`
record PythonChoice(
    RuntimeChoice runtime,
    Optional<Program> program,
    Optional<String> venv,
    List<String> path,
    OptionalLong seed,
    Optional<SandboxChoice> sandbox) {
  PythonChoice {
    path = List.copyOf(path);
  }

  /// The same with another runtime.
  PythonChoice with(RuntimeChoice changed) {
    return new PythonChoice(changed, program, venv, path, seed, sandbox);
  }

  /// A Python program.
  ///
  /// @param name a file, or a command
  /// @param yields whether it gives way, being a default, where the runtime cannot use it
  record Program(String name, boolean yields) {}

  /// What a sandboxed script may do.
  ///
  /// @param readable files and folders it may read
  /// @param writable files and folders it may write
  /// @param network whether it may open connections
  /// @param environment whether it sees the environment variables
  /// @param statements how many statements a shard may execute, at least 1
  record SandboxChoice(
      List<String> readable,
      List<String> writable,
      boolean network,
      boolean environment,
      OptionalLong statements) {
    SandboxChoice {
      readable = List.copyOf(readable);
      writable = List.copyOf(writable);
    }
  }
}
