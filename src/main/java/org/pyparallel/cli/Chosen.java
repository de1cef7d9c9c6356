package org.pyparallel.cli;

/// A choice and whose it is. What was typed must fit the rest of the command; a default that does
/// not fit is passed over, since it was not meant for this command.
///
/// @param typed whether it stood on the command line; else it is the user's default or ours
record Chosen<T>(T value, boolean typed) {
  /// What holds where nothing was typed.
  static <T> Chosen<T> byDefault(T value) {
    return new Chosen<>(value, false);
  }
}
