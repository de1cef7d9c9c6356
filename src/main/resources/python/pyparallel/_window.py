"""Calls an ``async def`` function for several records of a shard at once.

The records under way, and those done whose turn has not come, are the *window*: a queue in the
records' order. Its first is the *head*, whose results are written as they come. What the others give
and print is held until they are the head, so a shard's output is the same however fast each of its
records is. A new record is taken up where the window has room, so that no more results than that
wait in memory.

All but the coroutines themselves runs outside of the event loop, which is only run while the head is
waited for.
"""

from collections import deque
from types import GeneratorType

from pyparallel._driver import Interrupted
from pyparallel._encode import Stopped
from pyparallel._library import library
from pyparallel._records import Cursor
from pyparallel._retries import FIRST_PAUSE, LONGEST_PAUSE
from pyparallel._retries import KEPT as KEPT_FOR_RETRIES

# How many records are worked on at once where the user does not say: what the usual HTTP clients
# allow as many connections.
CONCURRENCY = 100

# So many items of a generator are held before its turn, where it is not to be called again.
KEPT = 256

# So many records' results are packed together.
PACK_RECORDS = 64

# The slot of the record that a task, or one that it started, works for.
_current = library("contextvars").ContextVar("pyparallel record", default=None)


class Slot:
    """A record of the window.

    Attributes:
        number, record: which, and its value.
        element: what stands for it in its batch.
        task: what works on it; None where it could not be decoded.
        held: what it gave and printed, in order: pairs of what takes it, None for a result, and the
            thing. None where that goes on directly.
        again: whether what is held may still be dropped for another attempt.
        turn: a future that it waits for until what it holds was passed on, or None.
        done: whether the task is over; ``value`` or ``error`` is what became of it.
    """

    __slots__ = (
        "number", "record", "element", "task", "held", "again", "turn", "done", "value", "error",
    )

    def __init__(self, number, record, element, again):
        self.number = number
        self.record = record
        self.element = element
        self.task = None
        self.held = []
        self.again = again
        self.turn = None
        self.done = False
        self.value = None
        self.error = None


class WindowCursor(Cursor):
    """Knows which record is being worked on, for a task and for who takes its results.

    Attributes:
        taken: the slot whose results are being written, or None.
    """

    def __init__(self, fail):
        super().__init__(fail)
        self.taken = None

    def position(self):
        slot = _current.get() or self.taken
        return super().position() if slot is None else slot.number

    def element(self, number):
        slot = _current.get() or self.taken
        if slot is not None and slot.number == number:
            return slot.element
        return super().element(number)

    def oldest(self):
        return self.base if self.taken is None else self.taken.number


class Window:
    """The window of one shard; takes what is printed meanwhile, as an output does.

    Args:
        loop: an :class:`pyparallel._event_loop.EventLoop`.
        function: of one record.
        limit: how many records at once.
        retries: how many more times it is called for a record that it fails for.
        fail: called with the number of a record that failed, and the exception.
    """

    def __init__(self, loop, function, limit, retries, fail):
        self.cursor = WindowCursor(self._skip)
        self._loop = loop
        self._function = function
        self._limit = limit
        self._retries = retries
        self._fail = fail
        self._output = None
        self._set_tag = None
        self._slots = deque()
        self._head = None
        # What was raised where it had to wait.
        self._broken = None
        # The records whose results are not packed yet: the first, how many, and whether each gave
        # one value at most.
        self._first = 0
        self._count = 0
        self._even = True

    def run(self, decoder, parts, open_batch, output, set_tag):
        """Works through a shard.

        Args:
            decoder: has begun the shard.
            parts: those of the decoder's batches, see :class:`pyparallel._parts.Parts`.
            open_batch: opens them.
            output: takes the results.
            set_tag: called with each record before its results are added, or None.
        """
        self._output = output
        self._set_tag = set_tag
        self._loop.watch = self._watch
        if not decoder.recalls:
            decoder.batches = self._emptied(decoder.batches)
        try:
            for part in parts:
                for record in open_batch(part):
                    self._start(record)
            self._check()
            while self._slots:
                self._take()
            self._pack()
        finally:
            slots = self._slots
            self._slots = deque()
            self._head = self._loop.watch = None
            self._loop.cancel([slot.task for slot in slots if slot.task is not None])

    def _emptied(self, batches):
        """The batches; before each the window is emptied."""
        for batch in batches:
            yield batch
            try:
                while self._slots and self._broken is None:
                    self._take()
            except BaseException as trouble:
                self._broken = trouble  # as in `_skip`

    def _start(self, record):
        self._check()
        while len(self._slots) >= self._limit:
            self._take()
        number = self.cursor.position()
        slot = Slot(number, record, self.cursor.element(number), self._retries > 0)
        self._slots.append(slot)
        slot.task = self._loop.create_task(self._work(slot))

    def _skip(self, number, error):
        """Takes a record that cannot be decoded: it has its turn as well."""
        if not self._slots:
            self._fail(number, error)
            return
        slot = Slot(number, None, self.cursor.element(number), False)
        slot.error = error
        slot.done = True
        self._slots.append(slot)
        if len(self._slots) > self._limit and self._broken is None:
            try:
                self._take()
            except BaseException as trouble:
                # Here it would end the decoder, which must still count.
                self._broken = trouble

    def _check(self):
        if self._broken is not None:
            raise self._broken

    # ---- outside of the event loop -------------------------------------------------------------

    def _take(self):
        """Waits for the first record of the window, and writes what it gives."""
        slot = self._head = self.cursor.taken = self._slots[0]
        if self._set_tag is not None and slot.task is not None:
            self._set_tag(slot.record)
        try:
            error = self._results(slot)
        except Exception as trouble:  # what it gave cannot be written
            self._give_up(slot)
            error = trouble
        self._slots.popleft()
        if self._count == 0:
            self._first = slot.number
        # Also those that were no records, but have a number.
        self._count = slot.number - self._first + 1
        if error is not None:
            if not isinstance(error, (Exception, self._loop.cancelled)):
                raise error
            self._fail(slot.number, error)
        self._head = self.cursor.taken = None
        if self._count >= PACK_RECORDS:
            self._pack()

    def _results(self, slot):
        """Adds all that the head gives; returns its error."""
        if slot.done or not slot.again:
            self._release(slot)
        while not slot.done:
            if slot.turn is not None:
                self._release(slot)
                slot.turn.set_result(None)
                slot.turn = None
            if self._output.live:
                self._output.flush()
            self._loop.run()
        self._release(slot)
        if slot.value is not None:
            self._output.add(slot.value)
        return slot.error

    def _release(self, slot):
        """Passes on what a slot holds, and has it pass on directly what comes."""
        held = slot.held
        if held is None:
            return
        slot.held = None
        output = self._output
        for target, thing in held:
            if target is None:
                self._even = False
                output.add(thing)
            else:
                target(thing)

    def _give_up(self, slot):
        """Ends the work on the head, of which nothing more is wanted."""
        slot.held = []
        if not slot.done:
            slot.task.cancel()
            while not slot.done:
                self._loop.run()

    def _pack(self):
        if self._even:
            self._output.pack(self._first, self._count)
        else:
            self._output.pack()
        self._count = 0
        self._even = True

    # ---- inside of it --------------------------------------------------------------------------

    async def _work(self, slot):
        _current.set(slot)
        try:
            slot.value = await (self._attempts(slot) if slot.again else self._call(slot))
            error = None
        except BaseException as trouble:
            error = trouble
        self._end(slot, error)

    def _end(self, slot, error):
        slot.error = error
        slot.done = True
        if isinstance(error, (Interrupted, Stopped)):
            self._loop.end(error)
        elif slot is self._head:
            self._loop.stop()

    async def _attempts(self, slot):
        left = self._retries
        pause = FIRST_PAUSE
        while True:
            slot.held = []
            try:
                return await self._call(slot)
            except Exception:
                if left == 0 or not slot.again:
                    raise
            left -= 1
            await self._loop.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _call(self, slot):
        """Calls the function and returns its result; of an async generator, passes on its items."""
        value = self._function(slot.record)
        if hasattr(value, "__await__"):
            value = await value
        if hasattr(value, "__anext__"):
            try:
                async for item in value:
                    await self._give(slot, item)
            finally:
                close = getattr(value, "aclose", None)
                if close is not None:
                    await close()
            return None
        if slot.again and isinstance(value, GeneratorType):
            for item in value:
                await self._give(slot, item)
            return None
        return value

    async def _give(self, slot, item):
        if slot.held is None:
            self._even = False
            self._output.add(item)
            if self._output.live:
                self._output.flush()
            return
        slot.held.append((None, item))
        if len(slot.held) >= (KEPT_FOR_RETRIES if slot.again else KEPT):
            slot.again = False
            slot.turn = self._loop.create_future()
            if slot is self._head:
                self._loop.stop()
            await slot.turn

    def _watch(self):
        """Looks whether the head's task ended without a word: it was cancelled before it began, or
        hit by what was to end it."""
        head = self._head
        if head is not None and not head.done and head.task.done():
            task = head.task
            self._end(head, self._loop.cancelled() if task.cancelled() else task.exception())

    def write(self, text):
        """Takes printed text."""
        self._hold_or_pass(self._output.write, text)

    def add_bytes(self, data):
        """Takes printed bytes."""
        self._hold_or_pass(self._output.add_bytes, data)

    def _hold_or_pass(self, target, thing):
        slot = _current.get()
        if slot is None or slot.held is None:
            target(thing)
        else:
            slot.held.append((target, thing))


def run_shard(loop, function, records, output):
    """Calls an ``async def`` function of all records of a shard, and adds what it gives."""
    result = function(records)
    if hasattr(result, "__anext__"):
        loop.complete(_add_items(result, output))
    else:
        output.add(loop.complete(result))


async def _add_items(items, output):
    try:
        async for item in items:
            output.add(item)
            if output.live:
                output.flush()
    finally:
        close = getattr(items, "aclose", None)
        if close is not None:
            await close()
