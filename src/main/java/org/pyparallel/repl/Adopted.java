package org.pyparallel.repl;

import java.util.function.Consumer;
import java.util.function.Function;
import org.pyparallel.interpreter.Console;
import org.pyparallel.interpreter.ConsoleOutput;
import org.pyparallel.job.RuntimeName;

/// An interpreter that was there before the session, to be its first.
///
/// @param runtime what it runs on
/// @param opener makes a console of it, on the thread that it belongs to
/// @param thread has that thread do something, which lasts as long as the session; returns at once
public record Adopted(
    RuntimeName runtime, Function<ConsoleOutput, Console> opener, Consumer<Runnable> thread) {}
