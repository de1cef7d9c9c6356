/// GraalPy contexts; the only place that knows the polyglot API.
///
/// [GraalPyRuntime] gives each interpreter a context, and few workers an engine each ([Engines]).
/// In a context runs the same Python driver as everywhere; `_graalpy.py` connects it with
/// [DriverHost] and [ShardText], or for a console with [ConsoleHost]: the classes that guest code
/// can call. May import `interpreter`, `job`, polyglot and Truffle's instruments. GraalPy's modules
/// may be absent: only [GraalPyRuntime] is loaded before they are needed, and its signatures name
/// none of their types.
///
/// Decisions, with what was measured on GraalPy 25.0.3, JDK 25.0.3, host code compiled by C1:
/// - **Data goes in as text**, cut and decoded here in pieces of 16 KiB, which Python splits into
///   lines. A megabyte of lines of 100 bytes takes 1.8 ms that way, from cutting to joined results.
///   A `String[]` of lines per piece takes the same time and more code; cutting in Python warms up
///   more slowly. Making `bytes` of a `byte[]` takes 160 to 560 ms a megabyte, of a Latin-1 string
///   5.4 ms: that is for filters that read bytes, the format `bytes` and pieces that are not UTF-8.
/// - **Results come out as text** joined by the driver and encoded here (0.5 ms a megabyte);
///   Python's own `encode` takes 5 ms. Raw `bytes` are read through the buffer interface (0.06 ms),
///   which works in this direction only.
/// - **An engine for each of up to eight workers that have a processor each**: code bound to one
///   context can run up to eight times as fast (small objects, in a benchmark of their own), and a
///   further engine costs 25 MB and 200 ms of parsing. Beyond that one shared engine keeps
///   compilations from multiplying: 8 workers on 2 processors took 20 and 17 s (n-body), 67 and 39
///   (sudoku), 33 and 19 (Mandelbrot), 9.4 and 5.8 (primes) with own engines and a shared one; 2
///   and 4 workers about the same time either way.
/// - **The core of `import` is never compiled** ([Engines]): it came first in the queue of the one
///   compiler thread that two cores have, and took 12 of the 30 s that the compiler was busy in a
///   word count on a machine under load, while that job's own functions waited.
/// - **The Java backend of `posix`**: paths, descriptors and the working directory belong to the
///   context. The native one would share them with the whole process.
/// - **Interrupts on a thread of their own** ([Interruption]): `Context.interrupt` waits. Closing
///   the context instead would be quicker, but loses the interpreter in a race with a shard's end.
/// - **A console raises a real `KeyboardInterrupt`**, in Python code that runs at the thread's next
///   safepoint: `except` and `finally` see it. `Context.interrupt` passes both by.
/// - **`json` makes numbers with functions** (see `_graalpy.py`): with the types `int` and `float`
///   its scanner walks the whole stack for every number. A megabyte through `json.loads` takes 50
///   instead of 180 ms of CPU time, the format `jsonl` 35.
/// - **Filters have streams that stay with text** (`_quick_streams.py`) while a script reads lines
///   and writes text, and become the stock `io` streams for anything else. A megabyte of lines
///   takes a third of the CPU time that it takes through the stock streams.
/// - **A stack is told by the thread itself**, at its next safepoint ([Safepoints], [Onlooker]):
///   GraalPy knows no frames of other threads. A thread in a long computation of the library's, a
///   power of huge numbers for one, does not come to a safepoint, and nothing can be told. Engines
///   find the instrument as a service; it costs a script nothing before it is asked.
/// - **The sandbox is the engine's** ([SandboxContext], [SandboxFiles]), but for signals, which
///   GraalPy lets every script have: `_sandbox.py` takes these away. Limits of memory and CPU time
///   are not in this edition of the engine, which knows `sandbox.MaxHeapMemory` not at all;
///   statements it counts, at the cost of running a loop at a third of its speed.
/// - No compiled `.pyc` files: importing the driver from them is no faster than from source.
@NullMarked
package org.pyparallel.interpreter.graalpy;

import org.jspecify.annotations.NullMarked;
