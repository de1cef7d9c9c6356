"""Finds out how much of its time a script spends in functions written in C.

A runtime that compiles Python makes those no faster, so a run that could move to one wants to know
before it tries. What counts is the time from a call to its return, where no Python runs between and
unless it is short; what C does for operators, or for the next item of an iterator, counts as Python.

It looks at the first milliseconds of a shard now and then, through ``sys.monitoring`` (PEP 669): a
loop that calls nothing loses no time to it, code that calls a lot is slower while it lasts, and each
look costs a tenth of a millisecond.
"""

import sys

from pyparallel._library import library

# In seconds: how long is looked at, how much must have been seen, and when the next look is due.
LONGEST = 0.008
ENOUGH = 0.0005
APART = 0.2

# In shortest times between two events, which is what looking takes itself: what is taken off each,
# and how long a call is not short any more, some half a microsecond.
_OWN = 1.3
_LONG = 4

# Tools that no well-known program is expected to use, see the documentation of sys.monitoring.
_TOOLS = (4, 3)


class Sampling:
    """Between :meth:`begin` and :meth:`end`, both on the thread of the script."""

    def __init__(self):
        self._clock = library("time").perf_counter
        self._tool = None
        self._next = 0.0
        self._least = LONGEST
        self._python = self._native = 0.0
        self._events = 0

    def is_due(self):
        """Whether the last look is long enough ago."""
        return self._clock() >= self._next

    def begin(self):
        monitoring = sys.monitoring
        events = monitoring.events
        for tool in _TOOLS:
            if monitoring.get_tool(tool) is None:
                monitoring.use_tool_id(tool, "pyparallel")
                break
        else:
            return
        self._tool = tool
        self._python = self._native = 0.0
        self._events = 0
        python = (events.PY_START, events.PY_RETURN, events.PY_RESUME, events.PY_YIELD)
        for event in python:
            monitoring.register_callback(tool, event, self._in_python)
        monitoring.register_callback(tool, events.CALL, self._calls)
        monitoring.register_callback(tool, events.C_RETURN, self._returns)
        monitoring.register_callback(tool, events.C_RAISE, self._returns)
        self._called = False
        self._last = self._clock()
        self._due = self._last + LONGEST
        self._next = self._last + APART
        # C_RETURN and C_RAISE come with CALL.
        monitoring.set_events(tool, sum(python, events.CALL))

    def end(self):
        """Returns the share in percent; None where too little was seen."""
        self._stop()
        python = max(0.0, self._python - self._events * _OWN * self._least)
        whole = python + self._native
        return None if whole < ENOUGH else round(100 * self._native / whole)

    def _stop(self):
        if self._tool is not None:
            sys.monitoring.set_events(self._tool, 0)
            sys.monitoring.free_tool_id(self._tool)
            self._tool = None

    def _in_python(self, *_):
        self._called = False
        self._spent()

    def _calls(self, *_):
        self._called = True
        self._spent()

    def _returns(self, *_):
        self._spent(self._called)
        self._called = False

    def _spent(self, native=False):
        now = self._clock()
        spent = now - self._last
        self._least = min(self._least, spent)
        if native and spent > _LONG * self._least:
            # Who takes longer than this looks waits for something, or for the host.
            self._native += spent if spent < LONGEST else 0.0
        else:
            self._python += spent
            self._events += 1
        if now > self._due:
            self._stop()
        self._last = self._clock()
