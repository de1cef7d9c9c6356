/// The command line: from what was typed to a value of `job`, and from an outcome to an exit
/// status.
///
/// The way of a command: [org.pyparallel.cli.CommandLines] picks it, `ArgumentParser` reads the
/// words against the option table (`CommandDef`, `OptionDef`), `RunOptions` holds what was asked
/// for without having looked at a single file, `RunPlanner` looks and makes the `RunPlan`, and
/// `RunExecution` wires the other packages together and runs it.
///
/// May import every package but the runtimes, which arrive through the
/// [org.pyparallel.cli.Environment].
///
/// Decision: one table of options feeds parser, help and completions, and there is no library
/// behind it. picocli was measured: to build its model of `run` and to parse takes 45 ms of a start
/// that takes 200 (with an AOT cache; 70 ms without, 80 and 115 when made from annotations), what
/// is here takes 3 (12 without). Its help breaks lines inside of words such as `.jsonl`, and its
/// bash completion cannot tell scripts from other files. What was left for it to do was to guess
/// misspelt options.
///
/// On the way of a plain `run` there are no regular expressions, `String.format`, streams, lambdas,
/// pattern switches or string concatenations: each links its call site at first use, which takes
/// milliseconds.
@NullMarked
package org.pyparallel.cli;

import org.jspecify.annotations.NullMarked;
