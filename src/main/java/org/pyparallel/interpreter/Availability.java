package org.pyparallel.interpreter;

/// Whether a runtime can run here.
public sealed interface Availability {
  /// It can.
  ///
  /// @param version the Python version and implementation, one line
  /// @param detail what a user should know of it (JIT or not, where it lives), one line
  /// @param advice what would make it better, or empty
  record Available(String version, String detail, String advice) implements Availability {}

  /// It cannot.
  ///
  /// @param reason why, one line
  /// @param remedy what to do about it, one line
  record Missing(String reason, String remedy) implements Availability {}
}
