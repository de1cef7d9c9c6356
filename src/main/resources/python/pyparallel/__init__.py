"""What a script running under pyparallel can ask about its run.

``import pyparallel`` inside a script gives:

``shard``
    The shard being worked on, see :class:`Shard`. Always the same object, its fields change from
    shard to shard, so ``from pyparallel import shard`` works.
``record``
    The record being worked on, see :class:`Record`; one object as well.
``worker``
    This interpreter's number, from 0.
``workers``
    How many interpreters the run may use, at least 1.
``shared``
    The files that all interpreters share, see :class:`Shared`.
``seed``
    With ``--seed`` the number that ``random`` began with in this shard: 64 bits made of the seed and
    ``shard.index``, the same in every run; at the top level and in ``setup()`` one made of the seed
    alone. None without ``--seed``. It changes from shard to shard, so read it as
    ``pyparallel.seed``.

Outside a run ``worker`` is 0, ``workers`` is 1, ``seed`` is None, ``shard`` and ``record`` are
empty, and nothing is shared.
"""

import sys

__all__ = [
    "Record",
    "Shard",
    "Shared",
    "record",
    "seed",
    "shard",
    "shared",
    "worker",
    "workers",
]


class Shard:
    """One piece of the input.

    Attributes:
        index: 0 for the first shard, in input order.
        count: how many shards the run has, or None where that is not known before its end.
        source: the input's name, ``<stdin>`` for standard input, None where there is no input.
        start: where the shard starts in its source, in bytes (in items for the format ``files``).
        end: where it ends, exclusive.
        first_record: how many records of the source come before it, or None where only counting
            could tell.
    """

    __slots__ = ("index", "count", "source", "start", "end", "first_record")

    def __init__(self):
        self.index = 0
        self.count = None
        self.source = None
        self.start = 0
        self.end = 0
        self.first_record = None

    def __repr__(self):
        return f"<shard {self.index} of {self.source}, {self.start}..{self.end}>"


class Record:
    """What is known of a record beside its value: of the one ``process`` was called with last, or
    that ``process_shard`` took last from its iterator. Found out when asked for, so it costs
    nothing else.

    Attributes:
        number: how many records of the source come before it, or None where only counting could
            tell.
        line: the record's text as it stands in the source, without what ends it: of a line of JSON
            the line, of a row of a table the row with its quotes; where a record is no text in the
            source, its ``str()``. None where there is no record.
    """

    __slots__ = ("_decoder",)

    def __init__(self):
        self._decoder = None

    @property
    def number(self):
        first = shard.first_record
        position = self._position()
        return None if first is None or position < 0 else first + position

    @property
    def line(self):
        return None if self._position() < 0 else self._decoder.current_text()

    def _position(self):
        return -1 if self._decoder is None else self._decoder.cursor.position()

    def __repr__(self):
        return f"<record {self.number} of {shard.source}>"


class Shared:
    """The files given with ``--share NAME=FILE``: ``shared.NAME`` is a read-only ``memoryview`` on
    the bytes of ``FILE``, and ``dir(shared)`` lists the names.

    A file is mapped into memory when its name is first used, once in each interpreter; all of them
    see the same pages, so that a file of any size is in memory once. It must not shrink during the
    run: the system kills a process that reads a mapped page which is no longer there. GraalPy only
    imitates mapping, a thousand times slower: there each interpreter reads a copy, of up to 2 GiB.

    Raises:
        AttributeError: no file is shared under that name.
        OSError: the file cannot be opened or mapped.
    """

    def __getattr__(self, name):
        path = _shared_files.get(name)
        if path is None:
            known = ", ".join(sorted(_shared_files)) or "none"
            raise self._error(
                f"no file is shared as {name!r} (shared are: {known}); share one with"
                f" --share {name}=FILE",
                name,
            )
        view = self.__dict__[name] = _map(path)
        return view

    def __setattr__(self, name, value):
        raise self._error("what is shared cannot be changed", name)

    def _error(self, message, name):
        error = AttributeError(message)
        if sys.version_info >= (3, 10):
            error.name, error.obj = name, self
        return error

    def __dir__(self):
        return sorted(_shared_files)

    def __repr__(self):
        return f"<shared files: {', '.join(sorted(_shared_files)) or 'none'}>"


def _map(path):
    with open(path, "rb") as file:
        if sys.implementation.name == "graalpy":
            return memoryview(file.read())
        if not file.seek(0, 2):
            return memoryview(b"")  # nothing cannot be mapped
        from pyparallel._library import library

        mmap = library("mmap")
        try:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except OSError as error:
            raise OSError(error.errno, error.strerror, path) from None


def _share(files):
    """Called by the driver: has ``shared`` offer these files, paths by their names."""
    vars(shared).clear()
    _shared_files.clear()
    _shared_files.update(files)


_shared_files = {}

shard = Shard()
record = Record()
shared = Shared()
seed = None
worker = 0
workers = 1
