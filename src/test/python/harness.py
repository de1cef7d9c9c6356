"""Runs scripts through ``_cpython.py``, as a runtime does, with a list in place of the host."""

import json
import os.path
import sys
import tempfile
import textwrap
import unittest
from types import SimpleNamespace

import pyparallel
from pyparallel import _cpython, _records

FRAME_FIELDS = 4
STREAMS = ("stdin", "stdout", "stderr")


def reading(data, format, errors="strict", first=True, preamble="", **options):
    """A decoder that has begun a shard; ``failed`` is the list of the numbers that it reports, and
    ``troubles`` that of their errors."""
    config = SimpleNamespace(
        format=format,
        errors=errors,
        delimiter="\t" if format == "tsv" else ",",
        header=False,
        separator=b"",
        start="",
        width=1,
    )
    vars(config).update(options)
    decoder = _records.decoder(config)
    decoder.failed = []
    decoder.troubles = []

    def fail(number, error):
        decoder.failed.append(number)
        decoder.troubles.append(error)

    decoder.begin(data, _records.Cursor(fail), first, preamble)
    return decoder


class Error:
    """One error, as ``describe`` tells it."""

    def __init__(self, fields):
        record, line, offset, self.type, self.message, self.traceback, count = fields[:7]
        self.record, self.line, self.offset = int(record), int(line), int(offset)
        rest = fields[7 : 7 + FRAME_FIELDS * int(count)]
        self.frames = list(zip(*(rest[i::FRAME_FIELDS] for i in range(FRAME_FIELDS))))
        self.size = 7 + len(rest)


class Result:
    """What became of one shard."""

    def __init__(self, answer, output, diagnostics, rejects=()):
        fields = answer.decode().split("\0")
        self.status = fields[0]
        self.records, self.lines, self.failed, count = map(int, fields[1:5])
        self.output = output
        self.diagnostics = diagnostics
        self.rejects = rejects
        self.errors = []
        start = 5
        for _ in range(count):
            error = Error(fields[start:])
            self.errors.append(error)
            start += error.size
        assert start == len(fields), fields


class DriverTestCase(unittest.TestCase):
    """Undoes what a driver does to the interpreter it has for itself elsewhere."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        self.emitted = []
        self.wanted = True
        # The tails that were taken over, as lists of numbers, and when one is: a function of the
        # number of the next unread record. Nobody else asks for any.
        self.tails = []
        self.takes = lambda unread: False
        self._keep_process_state()

    def _keep_process_state(self):
        modules = dict(sys.modules)
        streams = {name: getattr(sys, name) for name in STREAMS}
        argv, path = list(sys.argv), list(sys.path)

        def restore():
            for name in set(sys.modules) - set(modules):
                # What only happened to be imported first here may stay.
                if (getattr(sys.modules[name], "__file__", None) or "").startswith(self.folder):
                    del sys.modules[name]
            for name, module in modules.items():
                sys.modules[name] = module
            for name, stream in streams.items():
                setattr(sys, name, stream)
            sys.argv[:], sys.path[:] = argv, path
            sys.path_importer_cache.pop(self.folder, None)
            pyparallel.shard.__init__()
            pyparallel._share({})
            pyparallel.worker, pyparallel.workers = 0, 1
            pyparallel.seed = None
            _cpython.driver = None

        self.addCleanup(restore)

    def write(self, name, source):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(textwrap.dedent(source))
        return path

    def open(
        self,
        source,
        *arguments,
        name="script.py",
        call="",
        once=False,
        format="lines",
        errors="strict",
        json=False,
        worker=0,
        workers=1,
        shards=-1,
        shares=(),
        **options,
    ):
        """Loads a script; returns the fields of the answer. ``options`` are further names and
        values of ``Config``."""
        path = self.write(name, source)
        given = {
            "script": path,
            "folder": os.path.dirname(path),
            "module": os.path.splitext(os.path.basename(path))[0],
            "kind": "",
            "expression": "",
            "call": call,
            "once": str(int(once)),
            "format": format,
            "errors": errors,
            "delimiter": "\t" if format == "tsv" else ",",
            "header": "1",
            "separator": "",
            "start": "",
            "width": "1",
            "output": "json" if json else "text",
            "tag": "0",
            "rejects": "0",
            "merging": "join",
            "worker": str(worker),
            "workers": str(workers),
            "shards": str(shards),
            **options,
        }
        parts = [str(len(given)), *(part for pair in given.items() for part in pair)]
        parts += [str(len(shares)), *(part for share in shares for part in share)]
        config = "\0".join([*parts, *arguments])
        return _cpython.open(config.encode(), self._emit).decode().split("\0")

    def load(self, source, *arguments, **options):
        """Loads a script that must load."""
        self.assertEqual(["ok"], self.open(source, *arguments, **options))

    def run_shard(self, data, index=0, source="in", start=0, first=-1, line=-1, preamble=""):
        """Runs one shard; ``data`` is text, bytes or None."""
        if isinstance(data, str):
            data = data.encode()
        size = 0 if data is None else len(data)
        before = len(self.emitted)
        numbers = (str(start), str(start + size), str(first), str(line))
        shard = "\0".join((str(index), source, *numbers, preamble))
        answer = _cpython.run(shard.encode(), data)
        said = self.diagnostics(before)
        return Result(answer, self.output(before), said, self.rejects(before))

    def results(self, source, data, **options):
        """The output of a script over one shard that must go well."""
        self.load(source, **options)
        result = self.run_shard(data)
        self.assertEqual(("finished", 0), (result.status, result.failed), result.errors[:1])
        return result.output.decode("utf-8", "surrogateescape")

    def close(self):
        """Closes the driver; returns the fields of the answer."""
        return _cpython.close().decode().split("\0")

    def output(self, since=0):
        return self._joined(_cpython.RESULTS, since)

    def diagnostics(self, since=0):
        return self._joined(_cpython.DIAGNOSTICS, since).decode()

    def rejects(self, since=0):
        lines = self._joined(_cpython.REJECTS, since).decode().split("\n")
        self.assertEqual("", lines.pop())
        return [json.loads(line) for line in lines]

    def _joined(self, kind, since):
        return b"".join(data for sent, data in self.emitted[since:] if sent == kind)

    def _emit(self, kind, data):
        if kind == _cpython.WANTED:
            return self.takes(_cpython.driver._decoder.cursor.total)
        if kind == _cpython.GIVE:
            self.tails.append([int(number) for number in data.decode().split("\0")])
            return True
        self.emitted.append((kind, data))
        return self.wanted
