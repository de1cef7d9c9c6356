"""Folds results into one value, and combines what the interpreters of a run have folded.

An interpreter holds one partial result at a time. A shard leaves the fold of its results, left to
right; the host then has it taken out, or combined with one that was taken out elsewhere, so that in
the end one is left, which is written. Which are combined is the host's to decide. What can be
combined in any order it may have kept here instead, beside that of the next shard, until the end.
"""

from pyparallel._counts import Counts
from pyparallel._encode import Output
from pyparallel._library import library
from pyparallel._merging import ReductionError, Results
from pyparallel._reducers import NOTHING, Function

# The names of the reductions as users see them.
BUILT_IN = (
    "sum", "count", "min", "max", "mean", "stats", "uniq", "top:N", "histogram", "merge-dict",
    "collect-by:KEY",
)

# How much of a value that was left out is shown.
SHOWN = 200


class Reducing:
    """See ``_merging.open_merging``.

    ``partial`` is what this interpreter holds, or ``NOTHING``.
    """

    def __init__(self, config, host, module):
        self._host = host
        self._json = config.output == "json"
        self._errors = host.errors
        self._reducer = _reducer(config.function, config.script, module)
        self._kept = Counts() if hasattr(self._reducer, "counts") else None
        self.partial = NOTHING

    def output(self, fail, position, per_shard):
        """What takes a shard's results."""
        self.partial = NOTHING
        return _Folding(self, self._errors, fail, position, per_shard)

    def step(self, name, place, data, fail):
        """One step after the shards.

        Args:
            name: ``take`` sends the partial result, nothing where there is none, and forgets it;
                ``earlier`` and ``later`` combine it with one that another interpreter took;
                ``keep`` keeps it instead, see :meth:`_keep`; ``hand_in`` sends all that is kept, and
                forgets it; ``receive`` takes what another interpreter handed in;
                ``write`` sends the result.
            place: says which shards' results are combined; for ``keep`` the number of the shard.
            data: what was taken or handed in, for ``earlier``, ``later`` and ``receive``.
            fail: called with -1 and an exception when a step fails.
        """
        if name == "take":
            self._take(fail)
        elif name == "write":
            self._write(fail)
        elif name == "keep":
            self._send(self._keep(int(place)))
        elif name == "hand_in":
            if self._kept:
                self._send(_pickled(self._kept.hand_in()))
        elif name == "receive":
            self._kept.receive(_unpickled(data))
        else:
            self._combine(name == "earlier", place, data, fail)

    def _take(self, fail):
        partial = self.partial
        self.partial = NOTHING
        if partial is NOTHING:
            return
        try:
            data = _pickled(partial)
        except Exception as error:
            kind = type(partial).__qualname__
            reason = str(error).partition(" at 0x")[0]
            text = (
                f"a {kind} cannot be passed on to another interpreter ({reason}): reduce to plain"
                " values, or to objects of classes at the top level of the script"
            )
            fail(-1, TypeError(text))
            return
        self._send(data)

    def _send(self, data):
        self._host.send([self._host.pack_bytes(data)])

    def _keep(self, shard):
        """Keeps the partial result of a shard where it does not matter what it is combined with
        first.

        Returns:
            ``b"kept"``; ``b""`` where there is none; ``b"other"`` where it is not of that kind, and is
            held as before; ``b"never"`` where none is.
        """
        if self._kept is None:
            return b"never"
        if self.partial is NOTHING:
            return b""
        values = self._reducer.counts(self.partial)
        if values is None:
            return b"other"
        self._kept.add(shard, values)
        self.partial = NOTHING
        return b"kept"

    def _combine(self, is_earlier, place, data, fail):
        other = _unpickled(data)
        own = self.partial
        if own is NOTHING:
            self.partial = other
            return
        earlier, later = (other, own) if is_earlier else (own, other)
        try:
            self.partial = self._reducer.combine(earlier, later)
        except Exception as error:
            # First: what this interpreter holds is not to change where the host tries elsewhere.
            fail(-1, error, f"{place}; the latter is left out: {_shown(later)}")
            self.partial = earlier

    def _write(self, fail):
        self._add_kept(fail)
        partial = self.partial
        self.partial = NOTHING
        output = Output(self._host, self._json, fail)
        try:
            output.add(self._reducer.result(partial))
        except Exception as error:
            fail(-1, error)
        output.finish()

    def _add_kept(self, fail):
        if not self._kept:
            return
        totals, _ = self._kept.hand_in()
        kept = self._reducer.of_counts(totals)
        rest = self.partial
        self.partial = kept
        if rest is NOTHING:
            return
        try:
            self.partial = self._reducer.combine(kept, rest)
        except Exception as error:
            place = "shards with nothing but integers, and the others"
            fail(-1, error, f"{place}; the latter is left out: {_shown(rest)}")


class _Folding(Results):
    """Takes a shard's results into the partial one."""

    def __init__(self, reducing, errors, fail, position, per_shard):
        super().__init__(errors, fail, position, per_shard)
        self._reducing = reducing
        self._fold = reducing._reducer.fold

    def take(self, value):
        reducing = self._reducing
        reducing.partial = self._fold(reducing.partial, value)


def _pickled(value):
    return library("pickle").dumps(value, protocol=5)


def _unpickled(data):
    return library("pickle").loads(bytes(data))


def _shown(value):
    try:
        text = repr(value)
    except Exception as trouble:
        text = f"a {type(value).__qualname__} ({type(trouble).__name__} in __repr__)"
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def built_in(name):
    """The reducer of that name, or None.

    Raises:
        ReductionError: its argument is wrong.
    """
    from pyparallel import _reducers

    name, colon, argument = name.partition(":")
    if name == "top" and colon:
        if not (argument.isascii() and argument.isdecimal() and int(argument) > 0):
            raise ReductionError(f"top:{argument}: it takes a number from 1, as in top:10")
        return _reducers.Top(int(argument))
    if name == "collect-by" and colon:
        if not argument:
            raise ReductionError("collect-by: it takes the name of an item, as in collect-by:id")
        return _reducers.CollectBy(argument)
    if colon:
        return None
    if name == "min" or name == "max":
        return _reducers.Extreme(name == "max")
    if name == "histogram":
        from pyparallel._histogram import Histogram

        return Histogram()
    if name == "merge-dict":
        from pyparallel._merge_dict import MergeDict

        return MergeDict()
    simple = {
        "sum": _reducers.Sum, "count": _reducers.Count, "mean": _reducers.Mean,
        "stats": _reducers.Stats, "uniq": _reducers.Uniq,
    }
    return simple[name]() if name in simple else None


def _reducer(name, script, module):
    known = built_in(name)
    if known is not None:
        return known
    function = getattr(module, name, None) if name.isidentifier() else None
    if callable(function):
        return Function(name, function)
    offered = ", ".join(BUILT_IN)
    if module is None:
        raise ReductionError(
            f"there is no reduction {name}: there are {offered}; a function of {script} can reduce"
            " only where the script has a function process as well"
        )
    own = [
        key
        for key, value in vars(module).items()
        if callable(value) and not key.startswith("_") and _is_own(value, module)
    ]
    theirs = f"; {script} defines {', '.join(own)}" if own else f"; {script} defines no function"
    raise ReductionError(f"there is no reduction {name}: there are {offered}{theirs}")


def _is_own(function, module):
    return getattr(function, "__module__", None) == module.__name__
