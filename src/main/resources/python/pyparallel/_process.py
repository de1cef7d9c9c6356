"""Connects the driver with its host when Python is a child process of the host's.

Both talk in frames: a byte that says what it is, eight bytes with the length, the highest first, and
as many bytes. The child begins with :data:`GREETING`; what others may have written before it, such
as a ``sitecustomize``, is no part of the talk. The host asks, and the child answers once with
:data:`ANSWER`, :data:`UNREADABLE` or :data:`BROKEN`; before that it sends what ``_cpython.py`` emits.

The pipes are taken away from the descriptors 0 and 1 at once: what the script's own children or C
libraries write to 1 and 2 goes to standard error, and closing them harms nothing.

A thread of its own reads what the host says, so that the script can be interrupted and looked at
while it runs, and ends with the host. It is not one of ``threading``'s, which the script may count.
"""

import _signal
import _thread
import _warnings
import errno
import faulthandler
import fcntl
import os
import sys
import time
from _queue import SimpleQueue

from pyparallel import _cpython, _stacks
from pyparallel._cpython import DIAGNOSTICS, GIVE, INPUT, WANTED
from pyparallel._interruption import WAKE, Interruption

GREETING = b"\0pyparallel worker 1\n"

# What the host says.
TERMINAL = 1
OPEN = 2
RUN = 3
REDUCE = 4
CLOSE = 5
DATA = 6
FILE = 7
NOTHING = 8
REPLY = 9
STOP = 10
INTERRUPT = 11
LOOK = 12
CONSOLE = 13
ASK = 14
ADOPT = 15

# What the child says, besides what `_cpython` emits.
ANSWER = 6
UNREADABLE = 7
BROKEN = 8
STACK = 9

# What a reply begins with to one who wants a line; the line follows `LINE`.
NO_LINE = b"\0"
LINE = b"\1"

HEADER = 9

# The most that is asked of a file at a time; more than 2 GiB is refused here and there.
MOST_READ = 1 << 30

# How long the script may take to end once the host is gone, or has said good-bye, in seconds.
PATIENCE = 1
LONG_PATIENCE = 15

# Where our descriptors begin: far from those a script may meet, close in a loop or copy over.
HIGH_DESCRIPTOR = 900

# As much as a pipe may hold without privileges.
PIPE_SIZE = 1 << 20
F_SETPIPE_SZ = 1031

# What a terminal sends to all of its processes: the host decides.
TERMINAL_SIGNALS = (_signal.SIGINT, _signal.SIGQUIT, _signal.SIGHUP)


class Connection:
    """Reads and writes frames. One thread reads; any may write."""

    def __init__(self, inbound, outbound, interruption):
        self.inbound = inbound
        self.outbound = outbound
        self._interruption = interruption
        self._lock = _thread.allocate_lock()
        self._reader = open(inbound, "rb", 1 << 16, closefd=False)

    def read(self):
        """The next frame: its kind and its bytes, None where there is not enough memory for them.
        None when the host is gone."""
        read = self._reader.read
        header = read(HEADER)
        if len(header) < HEADER:
            return None
        size = int.from_bytes(header[1:], "big")
        try:
            data = read(size)
        except MemoryError:
            while size > 0:
                size -= len(read(min(size, 1 << 16))) or size
            return header[0], None
        return (header[0], data) if len(data) == size else None

    def write(self, kind, data):
        """Blocks while the host is behind. Ends the process where it is gone."""
        main = self._interruption.hold()
        try:
            with self._lock:
                _write(self.outbound, bytes((kind,)) + len(data).to_bytes(8, "big"), data)
        except OSError as error:
            if error.errno == errno.EBADF:
                text = b"the script closed the file descriptors of its worker process\n"
                _write(2, text, b"")
            os._exit(1)
        if main:
            self._interruption.release()

    def close(self):
        """Closes it for this process only."""
        for descriptor in (self.inbound, self.outbound):
            try:
                os.close(descriptor)
            except OSError:
                pass  # the script was there first


def _write(descriptor, header, data):
    done = os.writev(descriptor, (header, data))
    if done < len(header) + len(data):  # a signal came
        rest = memoryview(header + data)[done:]
        while rest:
            rest = rest[os.write(descriptor, rest) :]


class Ranges:
    """Reads byte ranges of files; keeps the last file open."""

    def __init__(self):
        self._path = None
        self._descriptor = -1

    def read(self, place):
        """The bytes at ``place``: offset, length and path, joined by NUL.

        Raises:
            OSError: they cannot be read; ``strerror`` says why.
        """
        offset, length, path = place.decode("utf-8", "surrogateescape").split("\0", 2)
        self._open(path)
        offset, length = int(offset), int(length)
        end = offset + length
        pieces = []
        while offset < end:
            try:
                piece = os.pread(self._descriptor, min(MOST_READ, end - offset), offset)
            except MemoryError:
                raise no_memory(length) from None
            if not piece:
                shrunk = f"the file ends at byte {offset}: it has shrunk during the run"
                raise OSError(errno.EIO, shrunk)
            pieces.append(piece)
            offset += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _open(self, path):
        if path == self._path:
            return
        if self._path is not None:
            self._path = None
            os.close(self._descriptor)
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._path = path


def no_memory(size):
    """What is wrong where a shard does not fit."""
    return OSError(errno.ENOMEM, f"not enough memory for a shard of {size} bytes")


class Worker:
    """Serves the host until it says good-bye or is gone."""

    def __init__(self, inbound, outbound):
        self._interruption = Interruption()
        self._connection = Connection(inbound, outbound, self._interruption)
        self._ranges = Ranges()
        self._requests = SimpleQueue()
        self._replies = SimpleQueue()
        self._main = _thread.get_ident()
        self._listener = 0
        self._stopped = False
        self._closing = False
        self._forked = False
        os.register_at_fork(after_in_child=self._leave)
        for number in TERMINAL_SIGNALS:
            # Not SIG_IGN, which the script's children would inherit; but where that was inherited,
            # as from nohup, it stays.
            if _signal.getsignal(number) not in (_signal.SIG_IGN, None):
                _signal.signal(number, _leave_to_host)

    def serve(self):
        """Returns the status to exit with."""
        _thread.start_new_thread(self._listen, ())
        connection = self._connection
        take = self._requests.get
        while True:
            kind, text = take()
            try:
                if kind == RUN or kind == REDUCE:
                    answer = self._work(kind, text, *take())
                elif kind == OPEN:
                    answer = self._interruption.guard(_cpython.open, text, self._emit, False)
                elif kind == CLOSE:
                    answer = self._interruption.guard(_cpython.close)
                elif kind == CONSOLE:
                    self._interruption.begin_console()
                    answer = _cpython.console_open(text, self._emit, _resident)
                elif kind == ADOPT:
                    self._interruption.begin_console()
                    answer = _cpython.console_adopt(self._emit, _resident)
                elif kind == ASK:
                    answer = self._interruption.ask(_cpython.console_ask, text)
                elif kind == TERMINAL:
                    _read_terminal()
                    continue
                else:
                    return 0
            except OSError as error:
                # Of ours: the script's were caught.
                gone = isinstance(error, FileNotFoundError)
                reason = "" if gone else error.strerror or str(error)
                connection.write(UNREADABLE, reason.encode("utf-8", "replace"))
                continue
            except Exception as error:
                connection.write(BROKEN, repr(error).encode("utf-8", "replace"))
                continue
            text = None
            if self._forked:
                return _end_of_copy(answer)
            connection.write(ANSWER, answer)

    def _work(self, kind, text, form, data):
        if form == NOTHING:
            data = None
        elif form == FILE:
            data = self._ranges.read(data)
        elif data is None:
            raise no_memory("that many")
        self._stopped = False
        guard = self._interruption.guard
        if kind == RUN:
            return guard(_cpython.run, text, data)
        step, place = text.split(b"\0", 1)
        return guard(_cpython.reduce, step, place, data)

    def _emit(self, kind, data):
        if self._forked:
            # The answer is another process's to give; but nothing is lost without a word.
            _write(2 if kind == DIAGNOSTICS else 1, data, b"")
            return None if kind == INPUT else kind != WANTED and kind != GIVE
        self._connection.write(kind, data)
        if kind == WANTED or kind == GIVE:
            return self._replies.get() == b"\1"
        if kind == INPUT:
            return _line(self._replies.get())
        return kind == DIAGNOSTICS or not self._stopped

    # ---- beside the script ---------------------------------------------------------------------

    def _listen(self):
        """Takes what the host says; must never wait for anything else."""
        self._listener = _thread.get_ident()
        read = self._connection.read
        while True:
            frame = read()
            if frame is None:
                break
            kind, data = frame
            if kind == REPLY:
                self._replies.put(data)
            elif kind == STOP:
                self._stopped = True
            elif kind == INTERRUPT:
                self._interruption.request()
            elif kind == LOOK:
                _thread.start_new_thread(self._tell_stack, ())
            else:
                self._closing = self._closing or kind == CLOSE
                if kind == ASK:
                    self._interruption.forget()
                self._requests.put(frame)
            frame = data = None  # a shard is large
        if not self._closing:
            self._interruption.request()
        self._requests.put((NOTHING, b""))
        self._replies.put(NO_LINE)
        time.sleep(LONG_PATIENCE if self._closing else PATIENCE)
        os._exit(1)

    def _tell_stack(self):
        frames = sys._current_frames()
        for mine in (self._listener, _thread.get_ident()):
            frames.pop(mine, None)
        main = frames.pop(self._main, None)
        text = _stacks.describe([main, *frames.values()])
        self._connection.write(STACK, text.encode("utf-8", "backslashreplace"))

    def _leave(self):
        """In a copy of this process that ``os.fork`` made: it is not the host's child, and whatever
        it prints must not look like it."""
        self._forked = True
        faulthandler.disable()
        self._connection.close()
        try:
            _signal.signal(WAKE, _signal.SIG_DFL)
            for number in TERMINAL_SIGNALS:
                if _signal.getsignal(number) is _leave_to_host:
                    plain = _signal.SIG_DFL
                    plain = _signal.default_int_handler if number == _signal.SIGINT else plain
                    _signal.signal(number, plain)
        except ValueError:
            pass  # the copy of a subinterpreter: it has no signals
        sys.stdout = open(1, "w", 1, "utf-8", "backslashreplace", closefd=False)
        sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)


def _leave_to_host(number, frame):
    """Takes a signal that the host has got as well."""


def _end_of_copy(answer):
    """Says how the copy of a process ended in the shard that it was made in; returns its status."""
    fields = answer.decode("utf-8", "replace").split("\0")
    if fields[0] in ("finished", "ok"):
        return 0
    if fields[0] == "exit":  # of a console
        return int(fields[1])
    if fields[0] == "error":
        sys.stderr.write(fields[3] + "\n")
        return 1
    traceback = 5 + 5
    if len(fields) > traceback:
        sys.stderr.write(fields[traceback] + "\n")
    return 1


def _line(reply):
    """A line as the driver has it: ``bytes``, None at the end, False for an interruption."""
    if reply[:1] == LINE:
        return reply[1:]
    return None if reply == NO_LINE else False


def _resident():
    """How many bytes of memory this process uses, 0 where that is not known."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


class _AboutThreads:
    """Matches the warning that ``os.fork`` gives from 3.12 on where there are several threads. Ours
    alone is no reason for it: it holds no lock while it waits."""

    def match(self, text):
        return "is multi-threaded, use of" in text


def _read_terminal():
    """Makes the terminal the standard input, as it is that of the host."""
    try:
        descriptor = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return  # there is none: it stays empty
    os.dup2(descriptor, 0)
    os.close(descriptor)


def main():
    """Takes over the process."""
    inbound, outbound = _take(0), _take(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    # The host knows it from a frame: no kind is called like what such a report begins with.
    faulthandler.enable(outbound, all_threads=False)
    _end_with_host()
    _warnings.filters.insert(0, ("ignore", _AboutThreads(), DeprecationWarning, None, 0))
    # What children of the script would run otherwise, as multiprocessing has it.
    sys.modules["__main__"] = type(sys)("__main__")
    worker = Worker(inbound, outbound)
    _write(outbound, GREETING, b"")
    sys.exit(worker.serve())


def _take(descriptor):
    """Moves a pipe away from a descriptor that scripts use; children do not inherit the new one."""
    try:
        taken = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR)
    except OSError:  # fewer are allowed
        taken = os.dup(descriptor)
    try:
        fcntl.fcntl(taken, F_SETPIPE_SZ, PIPE_SIZE)
    except OSError:
        pass  # it stays as small as it is
    return taken


def _end_with_host():
    """Has the system kill this process with the thread that started it, even when that is killed
    and this is stuck in C. Where that cannot be had, :meth:`Worker._listen` does what it can."""
    try:
        import _ctypes

        set_death_signal = 1
        prctl = _ctypes.dlsym(_ctypes.dlopen(None, 0), "prctl")
        _ctypes.call_function(prctl, (set_death_signal, int(_signal.SIGKILL)))
    except (ImportError, AttributeError, OSError):
        pass
