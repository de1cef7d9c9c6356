/// Tells the user on standard error how a run is going and how it went.
///
/// [Reporter] listens to the run and hands each event to the one it concerns; all of them print
/// through one [Terminal], which alone writes to standard error, so that the progress line never
/// garbles a traceback.
///
/// May import `job` only.
///
/// Decisions:
/// - The progress line is drawn by a thread of its own, ten times a second, not when events come:
///   shards may take longer than the user's patience.
/// - Failures are told apart by exception type and innermost line of the user's code, not by
///   message, which often quotes the record and would make every one of them new.
/// - Events are told apart with `instanceof` where a clean short run passes: a pattern `switch`
///   over a sealed type links its call site at run time, which took 7 of the 200 ms such a run has.
///   `String.format`, regular expressions and streams stay out for the same reason.
/// - The width is asked for at every redraw, and the terminal is told not to wrap: a wrong width
///   cuts the line, it cannot spill it over the screen.
@NullMarked
package org.pyparallel.report;

import org.jspecify.annotations.NullMarked;
