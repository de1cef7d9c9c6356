/// The one seam behind which the Python runtimes stand.
///
/// A [Runtime] opens [Interpreter]s; an interpreter belongs to the thread that opened it, and only
/// plain bytes and text cross. Every runtime runs the same Python driver
/// (`src/main/resources/python/pyparallel`), so that results are the same bytes.
///
/// A [Console] is the interactive kind: text is typed into it, and its namespace lasts. What the
/// runtimes' consoles have in common is here: [Prompter] waits for lines, [Interrupts] sees to it
/// that an interruption ends nothing but what it was meant for.
///
/// May import `job` only. The runtimes are sub-packages that nothing but `Main` names.
///
/// Decision: output leaves an interpreter while a shard is still running, in chunks, so that a
/// shard with endless output needs no endless memory. The rejected alternative, one result per
/// shard, is simpler but bounds nothing.
@NullMarked
package org.pyparallel.interpreter;

import org.jspecify.annotations.NullMarked;
