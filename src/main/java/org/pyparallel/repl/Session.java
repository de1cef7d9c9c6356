package org.pyparallel.repl;

/// What a shell works on.
///
/// @param seats the interpreters
/// @param magics the commands that are no Python
public record Session(Seats seats, Magics magics) {}
