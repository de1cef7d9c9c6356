/// CPython 3.14 inside this process, one subinterpreter with its own lock per worker.
///
/// Three layers: [LibPython] is the C API as it is ([Downcall] makes the calls), [Subinterpreter]
/// and [PythonProcess] wrap what has a life cycle, [DriverModule] is the driver inside of an
/// interpreter, [CPythonRuntime], [CPythonInterpreter] and [CPythonConsole] speak the language of
/// the SPI. No address leaves this package. The only place, with the mapped input, that uses the
/// foreign function API.
///
/// Decisions:
/// - CPython is initialised once per process on a thread of its own that never ends, and never
///   finalised: ending each subinterpreter runs all that user code registered, and `Py_FinalizeEx`
///   hangs when a worker is stuck in C.
/// - The library is called directly. The Java classes that come with its packaging leak every
///   object they touch (no `Py_DecRef`) and cost two to three times as much per call.
/// - One call per shard, not per record: a shard's bytes are read straight into a Python `bytes`.
/// - A stack is read from outside, by a visitor that waits for the interpreter's lock ([Onlooker]).
///   Not with `sys._current_frames()`, which walks the frames of all interpreters while their
///   threads run on: only an interpreter's own threads stand still while its lock is held.
/// - With a seed string hashes begin with it too. They belong to the process, so the first
///   interpreter decides for all.
/// - A console is interrupted by an exception that is set from outside ([KeyboardInterrupts]), as
///   an interpreter is. Signals do not reach subinterpreters, so `time.sleep` takes naps there
///   (`_naps.py`); waiting for a lock, a thread or a socket ends when it ends, or the console is
///   given up.
/// - All C functions are called with four `long`s, so that one call shape serves them all: every
///   further shape costs each start a few milliseconds. So does each kind of value that is read
///   with a segment's own `get`, which is why [CMemory] reads through buffers.
@NullMarked
package org.pyparallel.interpreter.cpython;

import org.jspecify.annotations.NullMarked;
