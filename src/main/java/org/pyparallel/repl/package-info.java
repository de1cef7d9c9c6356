/// The interactive shell: several consoles side by side, what is typed into them, and the magics.
///
/// Two halves meet in a [Session]. On one side sit the interpreters: [SessionSeats] holds a
/// [SessionSeat] with a thread and a console each, and [MagicRegistry] the commands that work on
/// them. On the other side is whoever types: a [Shell], of which there are three kinds ([Shells]),
/// for a terminal on which lines are edited (`EditedShell`), one on which they are not
/// (`LineShell`), and a pipe (`PipedShell`). All of them hand entries to an `Evaluator`, and show
/// what comes of it on a [Screen].
///
/// An entry is edited by a `LineEditor` on JLine's line reader, with `PythonHighlighter` for the
/// colours and `Assistance` for what only the current interpreter knows: whether the entry is
/// complete, and what a word could become.
///
/// May import `interpreter` and `job`. The only place that knows JLine.
///
/// Decisions:
/// - The interpreter decides what is a complete entry, not rules of our own: every runtime has its
///   own grammar. Where it is busy, a guess from brackets, quotes and indentation must do
///   (`Completeness`): whoever types never waits for code that runs.
/// - Ctrl-C takes back the request that the prompt waits for, and nothing else; what does not stop
///   can be left running (`Waiting`), so that there is a prompt again at which to kill it.
/// - What is printed while a line is edited stands above it, printed by a thread of its own
///   (`TerminalScreen`): the editor holds its lock while it asks an interpreter for completions,
///   and an interpreter that printed under that lock would wait for itself.
/// - A script from a pipe is run in as few pieces as its magics allow, so that a syntax error at
///   its end runs nothing, as for Python itself.
@NullMarked
package org.pyparallel.repl;

import org.jspecify.annotations.NullMarked;
