"""Loads the user's script and runs it over shards; the same for every runtime.

A host (see ``_cpython.py``, ``_graalpy.py``) makes one :class:`Driver` per interpreter and calls it
on one thread. Everything crosses as flat lists of ``str`` joined by NUL, see :func:`fields`, and
shard data as ``bytes`` or an object with the methods of :class:`pyparallel._records.Bytes`. The
host object has:

``errors``
    the name of the error handler for text that is written.
``pack(str)``, ``pack_bytes(bytes)``
    make a piece of output ready for sending: an object with a length. ``pack`` raises
    ``UnicodeEncodeError`` for text that cannot be written.
``pack_latin1(str)``
    makes a piece of the bytes that text of characters up to U+00FF stands for.
``send(list)``
    sends packed pieces; raises :class:`pyparallel._encode.Stopped` when nobody wants any more.
``reject(str)``
    takes a line about a record that failed; raises ``Stopped`` as ``send`` does.
``diagnostics(str)``
    takes text for standard error.
``wanted()``
    tells whether another interpreter has nothing left to do; only asked where
    :attr:`Config.divisible`.
``filter_input(data, errors)``, ``filter_output()``
    optional: a ``sys.stdin`` over a shard's data, or None, and an object with the methods of
    :class:`pyparallel._streams.FilterOutput`, where there are quicker ones than the stock streams.
``give(records, lines, offset, milliseconds)``
    hands over what the shard has left: how many records, lines and bytes (of a range integers) come
    before it in the shard, and about how long all that is left would take, the part that is kept
    included. Returns whether it was taken; the shard then ends there.
"""

import sys
from types import ModuleType

import pyparallel
from pyparallel import _records
from pyparallel._config import Config, fields  # noqa: F401 (hosts import them from here)
from pyparallel._encode import TABLES, Stopped, open_output
from pyparallel._parts import Parts
from pyparallel._streams import DiagnosticStream, FilterOutput, ResultStream, filter_input

# How many errors of a shard are kept in full; further ones are only counted.
KEPT_ERRORS = 20

# Formats whose records are short enough to tag what is made of them; others have their source's name.
RECORD_TAGS = ("args", "files", "null", "range")


class Interrupted(BaseException):
    """Raised in a running script by the host to stop it."""


class Refused(BaseException):
    """An extension module refuses this interpreter, and the host has another to run the script in."""

    def __init__(self, module):
        super().__init__(module)
        self.module = module


class ScriptError(Exception):
    """The script cannot be used. ``kind`` is ``usage``, ``refused`` or ``script``; ``fields`` are a
    message, the name of the module that refuses, or those that describe an exception."""

    def __init__(self, kind, fields):
        super().__init__(fields)
        self.kind = kind
        self.fields = fields


class Driver:
    """One script in one interpreter.

    Args:
        config: a :class:`Config`.
        host: see the module's docstring.

    Raises:
        ScriptError: the script cannot be loaded, its ``setup()`` failed, or the function to call is
            not there.
    """

    def __init__(self, config, host):
        self.host = host
        self.config = config
        self.path = config.script
        self.errors = config.errors
        self.json_values = config.output == "json"
        self.argv = [config.script, *config.arguments]
        self.function = None
        self.per_shard = False
        # The event loop of a script that has async functions, and whether the one above is.
        self._loop = None
        self._awaits = False
        self._module = None
        self._merging = None
        self._teardown = None
        self._parts = Parts(config, host)
        self._decoder = None
        self._rejects = config.rejects
        self._first_line = None
        self._failures = []
        self._failed = 0
        # Takes records that fail; and where they do not fail alone, the first that did: its number
        # and its exception.
        self._take_failure = self._fail if config.fails_alone else self._fail_shard
        self._first_failure = None
        # Keeps failures, where somebody wants to look into one.
        self._keeper = _keeper() if config.keep else None
        self._cursor = None
        self._stderr = DiagnosticStream(host.diagnostics)
        self._stdout = ResultStream(self._stderr)
        self._filter = None
        pyparallel.worker = config.worker
        pyparallel.workers = config.workers
        pyparallel.shard.count = config.shards
        sys.argv = list(self.argv)
        folder = _working_directory() if config.kind else config.folder
        if folder not in sys.path[:1]:
            sys.path.insert(0, folder)
        self._reset_streams()
        pyparallel._share(config.shares)
        self._seed = None
        try:
            self._prepare(config)
            self._load(config)
            if self.function is None:
                self._check_filter(config)
            else:
                self._decoder = _decoder(config)
            if config.merging != "join":
                self._open_merging(config)
        except BaseException:
            self._close_loop()
            raise
        finally:
            self._stderr.finish()

    # ---- loading -------------------------------------------------------------------------------

    def _prepare(self, config):
        if config.sandbox:
            from pyparallel import _sandbox

            _sandbox.enter(config.network)
        if config.venv or config.folders:
            from pyparallel import _paths

            try:
                _paths.extend(config.folders, config.venv)
            except _paths.NoPackages as error:
                raise ScriptError("usage", str(error)) from None
        if config.seed is not None:
            from pyparallel import _seed

            self._seed = _seed.begin
            self._seed(config.seed, _seed.LOADING)

    def _load(self, config):
        call = config.call
        try:
            source = self._source(config)
            self._code = compile(source, self.path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, OSError) as error:
            raise self._script_error(error) from None
        if config.once or not (call or config.kind or self._defines_function(source)):
            return
        name = config.module
        module = ModuleType(name)
        if not config.kind:
            module.__file__ = self.path
        self._module = module
        if self._keeper is not None:
            self._keeper.enter(module)
        if name not in sys.modules:
            sys.modules[name] = module
        try:
            exec(self._code, module.__dict__)
            self._choose(module, call)
            self._open_loop(config, module)
            setup = getattr(module, "setup", None)
            if callable(setup):
                self._call(setup)
        except ScriptError:
            raise
        except Interrupted:
            raise
        except BaseException as error:
            module = self._refused(error)
            if module:
                raise ScriptError("refused", module) from None
            raise self._script_error(error) from None
        self._teardown = getattr(module, "teardown", None)

    def _source(self, config):
        if not config.kind:
            with open(self.path, "rb") as file:
                return file.read()
        from pyparallel import _oneliner

        keeps_records = config.merging == "reduce" or config.key is not None
        try:
            text = _oneliner.source(
                config.kind, config.expression, config.format, config.output, keeps_records
            )
        except _oneliner.ExpressionError as error:
            raise ScriptError("usage", str(error)) from None
        _oneliner.show_lines(self.path, text)
        return text

    def _check_filter(self, config):
        if config.concurrency:
            raise ScriptError(
                "usage",
                f"--concurrency {config.concurrency} is for async def process, and {self.path} is"
                " a filter: leave it out (-j says how many interpreters run at once)",
            )
        if config.output in TABLES:
            raise ScriptError(
                "usage",
                f"--output-format {config.output} needs a function whose results are rows, process()"
                f" or process_shard(), or --call NAME; {self.path} is a filter, and what it writes"
                " is passed on as it is",
            )
        if config.format in ("range", "args"):
            raise ScriptError(
                "usage",
                f"{self.path} is a filter, which reads text: for --range or ::: it needs a function"
                " process() or process_shard(), or --call NAME",
            )

    def _choose(self, module, call):
        from pyparallel._definitions import FUNCTIONS, is_async

        names = (call,) if call else FUNCTIONS
        for name in names:
            function = getattr(module, name, None)
            if callable(function):
                self.function = function
                self._awaits = is_async(function)
                self.per_shard = name.endswith("_shard")
                return
        if call:
            import types

            known = [
                name
                for name, value in vars(module).items()
                if isinstance(value, types.FunctionType) and not name.startswith("_")
            ]
            raise ScriptError(
                "usage",
                f"--call {call}: {self.path} defines no function of that name"
                + (f"; it defines {', '.join(known)}" if known else " and no other"),
            )

    def _open_loop(self, config, module):
        """Makes the event loop where some function of the script's needs it."""
        from pyparallel._definitions import is_async

        if self.function is not None and config.concurrency:
            self._check_concurrency(config)
        around = [getattr(module, name, None) for name in ("setup", "teardown")]
        if self._awaits or any(map(is_async, around)):
            from pyparallel._event_loop import EventLoop

            self._loop = EventLoop()

    def _check_concurrency(self, config):
        if not self._awaits or self.per_shard:
            name = getattr(self.function, "__name__", config.call or "process")
            what = "is called once per shard" if self.per_shard else "is not async def"
            raise ScriptError(
                "usage",
                f"--concurrency {config.concurrency} is for async def process: {name} of"
                f" {self.path} {what}, so leave it out (-j says how many interpreters run at once)",
            )

    def _call(self, function):
        """Calls ``setup()`` or ``teardown()``."""
        result = function()
        if hasattr(result, "__await__") and self._loop is not None:
            self._loop.complete(result)

    def _defines_function(self, source):
        if b"process" not in source:
            return False
        from pyparallel._definitions import defines_function

        return defines_function(source, self.path)

    def _open_merging(self, config):
        from pyparallel._merging import ReductionError, open_merging

        try:
            self._merging = open_merging(config, self.host, self._module)
        except ReductionError as error:
            raise ScriptError("usage", f"--reduce {config.function}: {error}") from None

    def _refused(self, error):
        """The module that makes another runtime necessary, or an empty string."""
        if not isinstance(error, ImportError):
            return ""
        from pyparallel import _refusal

        if self.config.fallback:
            return _refusal.refused_module(error)
        _refusal.advise(error)
        return ""

    def _script_error(self, error):
        from pyparallel._errors import describe

        if self._keeper is not None:
            self._keeper.fail(error)
        return ScriptError("script", describe(error))

    # ---- running -------------------------------------------------------------------------------

    def run(self, shard, data):
        """Runs one shard.

        Args:
            shard: index, source, start, end, first record, first line, preamble, joined by NUL.
            data: the shard's bytes (see the module), or None for a run without input.

        Returns:
            ``status, records, lines, failed records, number of errors`` and the errors' fields,
            joined by NUL; status is ``finished``, ``failed`` or ``interrupted``. Or ``refused`` and
            the name of the extension module that refuses this interpreter.
        """
        self._failures = []
        self._failed = 0
        self._first_failure = None
        try:
            status, records, lines = self._run(shard, data)
        except Refused as refusal:
            return f"refused\0{refusal.module}"
        finally:
            self._stderr.finish()
        return self._answer(status, records, lines)

    def _run(self, shard, data):
        status = "finished"
        records = 0
        lines = 0
        try:
            preamble = self._describe_shard(shard)
            if self._seed is not None:
                self._seed(self.config.seed, pyparallel.shard.index)
            if self.function is None:
                self._run_filter(data, preamble)
            else:
                records, lines = self._run_function(data, preamble)
        except (Stopped, Interrupted):
            status = "interrupted"
        except _ShardFailed as failed:
            status = "failed"
            records = failed.records
            lines = failed.lines
        return status, records, lines

    def _answer(self, status, records, lines):
        numbers = (records, lines, self._failed, len(self._failures))
        parts = [status, *map(str, numbers)]
        for failure in self._failures:
            parts += failure
        return "\0".join(parts)

    def reduce(self, step, place, data):
        """Works on the partial result of a run that reduces.

        Args:
            step, place, data: see ``_reduce.Reducing.step``.

        Returns:
            What :meth:`run` returns.
        """
        self._failures = []
        self._failed = 0
        try:
            self._merging.step(step, place, data, self._keep_reduction)
            status = "failed" if self._failures else "finished"
        except (Stopped, Interrupted):
            status = "interrupted"
        except Refused as refusal:
            return f"refused\0{refusal.module}"
        finally:
            self._stderr.finish()
        return self._answer(status, 0, 0)

    def _describe_shard(self, text):
        index, source, start, end, first, first_line, preamble = text.split("\0", 6)
        shard = pyparallel.shard
        shard.index = int(index)
        shard.source = source
        shard.start = int(start)
        shard.end = int(end)
        first = int(first)
        shard.first_record = None if first < 0 else first
        first_line = int(first_line)
        self._first_line = None if first_line < 0 else first_line
        return preamble

    def _run_function(self, data, preamble):
        window = self._open_window() if self._awaits and not self.per_shard else None
        cursor = _records.Cursor(self._take_failure) if window is None else window.cursor
        self._cursor = cursor
        output = self._open_output(cursor.position)
        self._stdout.output = output if window is None else window
        decoder = self._decoder
        decoder.begin(data, cursor, pyparallel.shard.start == 0, preamble)
        pyparallel.record._decoder = decoder
        self._open_batch = decoder.open
        tags_records = self.config.tag and self.config.format in RECORD_TAGS
        if tags_records and window is None:
            self._open_batch = output.tagging(decoder.open)
        if not self.config.fails_alone:
            self._open_batch = self._opening(self._open_batch)
        if self._keeper is not None:
            self._keeper.begin()
            self._open_batch = self._keeper.watching(self._open_batch, cursor.position)
        try:
            if window is not None:
                parts = self._parts.of(decoder, output)
                window.run(
                    decoder, parts, self._open_batch, output, output.set_tag if tags_records else None
                )
            elif self.per_shard:
                self._call_shard(decoder.records(self._open_batch), output)
            elif self.config.retries:
                self._call_records_again(decoder, cursor, output)
            else:
                self._call_records(decoder, cursor, output)
            output.finish()
            self._end_at_failure()
        except (Stopped, Interrupted, Refused):
            raise
        except BaseException as error:
            self._check_refused(error)
            # The shard as a whole ends here; what it gave so far is kept.
            self._fail_whole(error, cursor.position())
            output.finish()
            raise _ShardFailed(*decoder.held()) from None
        finally:
            pyparallel.record._decoder = None
            self._reset_streams()
        return decoder.held()

    def _open_output(self, position):
        if self._merging is None:
            return open_output(
                self.config, self.host, self._take_failure, pyparallel.shard.source
            )
        return self._merging.output(self._take_failure, position, self.per_shard)

    def _open_window(self):
        from pyparallel._window import CONCURRENCY, Window

        config = self.config
        limit = config.concurrency or CONCURRENCY
        return Window(self._loop, self.function, limit, config.retries, self._take_failure)

    def _call_shard(self, records, output):
        if self._awaits:
            from pyparallel._window import run_shard

            run_shard(self._loop, self.function, records, output)
        else:
            output.add(self.function(records))

    def _call_records(self, decoder, cursor, output):
        function = self.function
        values = output.values
        append = values.append
        add = output.add
        open_batch = self._open_batch
        plain = output.plain
        for batch in self._parts.of(decoder, output):
            for record in open_batch(batch):
                try:
                    value = function(record)
                    if value is None:
                        continue
                    if plain and value.__class__ is str and not output.pending:
                        append(value)
                    else:
                        add(value)
                except Exception as error:
                    self._take_failure(cursor.position(), error)
            output.pack(cursor.base, cursor.total - cursor.base)
            if output.live:
                output.flush()

    def _call_records_again(self, decoder, cursor, output):
        """As :meth:`_call_records`, but a record that fails is tried again."""
        from pyparallel._retries import Retrying

        call = Retrying(self.function, self.config.retries, output)
        self._stdout.output = call
        for batch in self._parts.of(decoder, output):
            for record in self._open_batch(batch):
                try:
                    call(record)
                except Exception as error:
                    self._take_failure(cursor.position(), error)
            output.pack(cursor.base, cursor.total - cursor.base)
            if output.live:
                output.flush()

    def _filtered(self, data, preamble):
        """What a filter reads: every byte of the source, so the first shard has a table's header."""
        data = bytes(data)
        if preamble and self.config.format in TABLES and pyparallel.shard.first_record == 0:
            end = b"\r\n" if data[: data.find(b"\n") + 1].endswith(b"\r\n") else b"\n"
            data = preamble.encode("latin-1") + end + data
        return data

    def _quick_input(self, data):
        """The host's own ``sys.stdin`` over a shard; None where it has none."""
        make = getattr(self.host, "filter_input", None)
        if make is None or self.config.format in TABLES:
            return None
        return make(data, self.errors)

    def _quick_output(self):
        """The host's own :class:`FilterOutput`; None where it has none."""
        make = getattr(self.host, "filter_output", None)
        return make and make()

    def _run_filter(self, data, preamble):
        module = ModuleType("__main__")
        module.__file__ = self.path
        output = self._open_output(_no_position)
        stdout = self._filter
        # A run without input may talk to a person: its lines must not wait.
        live = data is None or self.config.live
        if stdout is None:
            split = self.json_values or self._merging is not None
            stdout = self._quick_output() if not (split or live or self.config.tag) else None
            if stdout is None:
                stdout = FilterOutput(self.host.errors, split, line_buffering=live)
            self._filter = stdout
        sys.modules["__main__"] = module
        sys.argv = list(self.argv)
        sys.stdout = stdout.open(output.pass_bytes if live else output.add_bytes, output)
        if data is not None:
            sys.stdin = None if self._keeper is not None else self._quick_input(data)
            if sys.stdin is None:
                data = self._filtered(data, preamble)
                sys.stdin = filter_input(data, self.errors)
        else:
            sys.stdin = sys.__stdin__
        if self._keeper is not None:
            self._keep_filter(module, data)
        try:
            try:
                exec(self._code, module.__dict__)
            except SystemExit as request:
                if request.code is not None and request.code != 0:
                    raise
            finally:
                stdout.finish(getattr(sys, "stdout", None))
            output.finish()
        except (Stopped, Interrupted, Refused):
            stdout.discard()
            raise
        except BaseException as error:
            module = self._refused(error)
            if module:
                stdout.discard()
                raise Refused(module) from None
            self._fail_whole(error, -1)
            output.finish()
            raise _ShardFailed(0, 0) from None
        finally:
            self._reset_streams()

    def _keep_filter(self, module, data):
        if data is None:
            self._keeper.enter(module)
        else:
            self._keeper.enter(module, data)

    def _check_refused(self, error):
        module = self._refused(error)
        if module:
            raise Refused(module) from None

    def _fail(self, record, error):
        """Counts a failed record; the first ones are kept in full, and all are rejected."""
        self._check_refused(error)
        self._failed += 1
        kept = len(self._failures) < KEPT_ERRORS
        if kept or self._rejects:
            described = self._describe(error, record)
            if kept:
                self._failures.append(described)
            if self._rejects:
                self._reject(described, record)

    def _fail_shard(self, record, error):
        """Takes a failed record where its shard fails with it."""
        self._check_refused(error)
        if self._first_failure is None:
            self._first_failure = record, error
            # One that cannot be decoded was not handed out yet. What is raised then would end the
            # decoder, which must still count; it is raised when the next batch is opened.
            if self._cursor is None or record < self._cursor.total:
                raise _RecordFailed

    def _opening(self, open_batch):
        def open_unless_failed(batch):
            self._end_at_failure()
            return open_batch(batch)

        return open_unless_failed

    def _end_at_failure(self):
        if self._first_failure is not None:
            raise _RecordFailed

    def _fail_whole(self, error, record):
        """Notes why the shard fails: the record that did, or what its function raised."""
        first = self._first_failure
        if self._keeper is not None:
            self._keep_failure(*(first or (record, error)))
        if first is None:
            self._failures.append(self._describe(error, record))
            # What fails from here on says nothing new.
            self._first_failure = record, error
            return
        number, cause = first
        described = self._describe(cause, number)
        self._failures.append(described)
        if self._rejects and self._decoder is not None:
            self._reject(described, number)

    def _keep_failure(self, record, error):
        if self._decoder is None:
            self._keeper.fail(error)
        else:
            self._keeper.fail_at(error, record, self._decoder)

    def _describe(self, error, record=-1):
        from pyparallel._errors import describe

        decoder = self._decoder
        if record < 0 or not decoder.located:
            return describe(error, record)
        place = decoder.place(record)
        return describe(error, record, place.line, place.offset)

    def _reject(self, described, record):
        from pyparallel import _rejects

        decoder = self._decoder
        place = decoder.place(record) if decoder.located else None
        text = None if record < 0 else decoder.source_text(record)
        shard = pyparallel.shard
        self.host.reject(_rejects.line(shard, self._first_line, described, place, text))

    def _keep_reduction(self, record, error, place=""):
        self._check_refused(error)
        self._failures.append(self._describe(error, record))
        if place:
            message = 4
            fields = self._failures[-1]
            fields[message] = f"{fields[message]} (where two results were reduced: {place})"

    def _reset_streams(self):
        """Outside a shard nothing may reach the results: prints go to standard error."""
        self._stdout.output = None
        sys.stdin = filter_input(b"", "strict")
        sys.stdout = self._stdout
        sys.stderr = self._stderr

    def close(self):
        """Runs the script's ``teardown()``.

        Raises:
            ScriptError: it raised.
        """
        teardown = self._teardown
        self._teardown = None
        try:
            if callable(teardown):
                self._call(teardown)
        except Interrupted:
            pass
        except BaseException as error:
            raise self._script_error(error) from None
        finally:
            self._close_loop()
            self._stderr.finish()

    def _close_loop(self):
        loop = self._loop
        self._loop = None
        if loop is not None:
            loop.close()


def answer(action):
    """Calls ``action``; returns NUL-joined fields: ``ok``, ``interrupted``, or the kind and the
    fields of a :class:`ScriptError`."""
    try:
        action()
    except ScriptError as error:
        return "\0".join([error.kind, *(error.fields if error.kind == "script" else [error.fields])])
    except Interrupted:
        return "interrupted"
    return "ok"


def _decoder(config):
    """The decoder of the format; its complaints are the user's options."""
    try:
        return _records.decoder(config)
    except ValueError as error:
        raise ScriptError("usage", str(error)) from None


def _keeper():
    from pyparallel import _post_mortem

    return _post_mortem.keeper


def _no_position():
    return -1


class _RecordFailed(BaseException):
    """Raised through the script where its shard ends with a record that failed."""


class _ShardFailed(Exception):
    def __init__(self, records, lines):
        super().__init__()
        self.records = records
        self.lines = lines


def _working_directory():
    import os

    try:
        return os.getcwd()
    except OSError:  # it was removed
        return ""
