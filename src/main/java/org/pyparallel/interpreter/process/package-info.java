/// CPython in a child process per worker: any CPython from 3.9 on, and every extension module.
///
/// The child runs the same driver; its host module `_process.py` describes the frames that both
/// sides talk in. [Frames] names them, [FrameReader] and [FrameWriter] read and write them,
/// [WorkerProcess] is the child with its pipes, [Conversation] asks it and hears it out,
/// [ProcessInterpreter] speaks the language of the SPI; for consoles [ConsoleListener] and
/// [ProcessConsole] do. [Python] is the program, [StartFailure] and [WorkerDeath] say what became
/// of it. For systems with signals and `/dev/null`.
///
/// Decisions:
/// - Three pipes, those that Java gives a child. The driver moves the first two away from the
///   descriptors 0 and 1 and lets 1 point where 2 does: what the script writes past `sys.stdout`
///   (`os.system("echo ...")`) is shown as diagnostics. A socket would leave standard input alone,
///   but needs a name in the file system, and something to remove it after a crash.
/// - The owner's thread alone reads what the child says. A reader per child would copy every chunk
///   once more, to no end: only [ProcessInterpreter#stack] asks from elsewhere, and while nobody
///   listens it is the results that wait, which is what it then says.
/// - A console's process has a listener's thread all the same: what is typed may start threads,
///   which print when nothing is asked.
/// - A file's range is read by the child: its bytes go through no pipe.
/// - Whoever does not stop within [ProcessInterpreter#GRACE_MILLIS] of an interruption is killed,
///   so that nothing here waits for ever.
@NullMarked
package org.pyparallel.interpreter.process;

import org.jspecify.annotations.NullMarked;
