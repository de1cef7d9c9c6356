"""An interactive interpreter: runs what is typed, and answers what a shell asks about it.

A host makes one :class:`Console` with :func:`open_console` and hands every request to :func:`ask`,
all on one thread. Requests and answers are fields joined by NUL, so no fields at all are one that is
empty. The host object has:

``out(text)``, ``err(text)``
    take text for standard output and standard error; any thread may call them.
``input(prompt)``
    a line for ``input()`` without its end, or None at the end of input.
``memory()``
    bytes that this interpreter alone uses, or 0 where that is not known.

========== ============================== ==========================================================
request    its fields                     answer
========== ============================== ==========================================================
check      source                         ``complete``; or ``incomplete`` and how many spaces the
                                          next line begins with; or ``invalid``
run        source, echo (``1`` or ``0``), ``ok``; or ``error``, the exception's type, message and
           file name                      traceback; or ``exit`` and a status; or ``interrupted``
complete   source, cursor                 where the replaced part begins, then for each candidate
                                          its text, its kind (``name``, ``attribute``, ``module``,
                                          ``keyword`` or ``key``) and what may follow it at once;
                                          cursor and start count UTF-16 units, as Java does
inspect    expression, ``1`` or ``2``     text about it (with its source for ``2``), or empty
dump       names joined by comma          a pickle in base64; or ``error`` and why
load       a pickle in base64             ``ok``; or ``error`` and why
call       a function, see ``_magic.py``, ``ok`` and what it returns; or ``error`` and why; or as for
           its arguments                  ``run``
names                                     for each name of the user's: it, its type, a short repr
reset                                     ``ok``: the namespace is as it was at first
memory                                    bytes, or 0
========== ============================== ==========================================================

The namespace is a module ``__main__`` that lasts. ``_``, ``__``, ``Out``, ``In``, ``exit``, ``quit``
and ``help`` are builtins, as ``_`` is in Python's own shell, so that the namespace holds nothing but
the user's names.
"""

import builtins
import sys
from types import ModuleType

import pyparallel
from pyparallel import _typing_in
from pyparallel._console_streams import ConsoleInput, ConsoleStream
from pyparallel._driver import Interrupted, fields
from pyparallel._errors import clean
from pyparallel._library import library
from pyparallel._sources import Sources

# How many values Out keeps, and texts In; the oldest go first.
KEPT = 1000

# Names that a module has anyhow.
MODULE_NAMES = ("__name__", "__doc__", "__package__", "__loader__", "__spec__", "__builtins__")

console = None


def open_console(config_text, host):
    """Makes this interpreter a console.

    Args:
        config_text: how many names and values, then these, joined by NUL: ``worker``, ``workers``,
            and if given ``seed``, ``venv``, ``paths`` and ``path0`` onwards, as in
            :class:`pyparallel._driver.Config`.
        host: see the module's docstring.

    Raises:
        _driver.ScriptError: the packages of ``venv`` cannot be used.
    """
    global console
    console = Console(host)
    _prepare(config_text)


def ask(request):
    """Answers one request; see the module's docstring."""
    return console.ask(request)


def _prepare(config_text):
    parts = fields(config_text)
    given = dict(zip(parts[1::2], parts[2::2]))
    pyparallel.worker = int(given["worker"])
    pyparallel.workers = int(given["workers"])
    sys.argv = [""]
    # As in Python's own shell: the working directory, wherever that is when something is imported.
    if "" not in sys.path:
        sys.path.insert(0, "")
    folders = [given[f"path{i}"] for i in range(int(given.get("paths", 0)))]
    if given.get("venv") or folders:
        from pyparallel import _paths
        from pyparallel._driver import ScriptError

        try:
            _paths.extend(folders, given.get("venv", ""))
        except _paths.NoPackages as error:
            raise ScriptError("usage", str(error)) from None
    if given.get("seed"):
        from pyparallel import _seed

        _seed.begin(int(given["seed"]), pyparallel.worker)


class Console:
    """See the module's docstring.

    Args:
        host: see there.
        module: whose namespace it has, and what ``__main__`` is; a new one if None.
        names: more names, with their values, for that namespace.
    """

    def __init__(self, host, module=None, names=()):
        self._host = host
        self._stdout = ConsoleStream(host.out, "<stdout>")
        self._stderr = ConsoleStream(host.err, "<stderr>")
        self._stdin = ConsoleInput(self._read_line)
        self._python_input = builtins.input
        self.sources = Sources()
        self.outputs = {}
        self.inputs = {}
        self._number = None
        self._future = 0
        self._carried = 0
        self._last = ""
        if module is None:
            module = ModuleType("__main__")
            module.__loader__ = getattr(sys.modules.get("__main__"), "__loader__", None)
        module.__builtins__ = builtins
        sys.modules["__main__"] = module
        self.namespace = module.__dict__
        self.namespace.update(names)
        self._first = dict(self.namespace)
        self._requests = {
            "check": _typing_in.check,
            "run": self._run,
            "complete": self._complete,
            "inspect": self._inspect,
            "dump": self._dump,
            "load": self._load,
            "call": self._call,
            "names": self._names,
            "reset": self._reset,
            "memory": self._memory,
        }
        self._take_over()

    def ask(self, request):
        """Answers one request; see the module's docstring."""
        kind, *rest = fields(request)
        try:
            answer = self._requests[kind](*rest)
        except (KeyboardInterrupt, Interrupted):
            answer = ["interrupted"]
        except Exception as error:  # there is no more memory, or stack, or somebody broke a builtin
            answer = self._failed(error)
        return "\0".join([clean(field) for field in answer])

    def _take_over(self):
        sys.stdout, sys.stderr, sys.stdin = self._stdout, self._stderr, self._stdin
        sys.displayhook = self._display
        # By these modules tell that somebody types.
        sys.ps1, sys.ps2 = ">>> ", "... "
        builtins.input = self._input
        builtins.In = self.inputs
        builtins.Out = self.outputs
        builtins._ = builtins.__ = builtins.___ = ""
        if not hasattr(builtins, "exit"):
            import _sitebuiltins

            builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D (i.e. EOF)")
            builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D (i.e. EOF)")
            builtins.help = _sitebuiltins._Helper()

    # ---- running -------------------------------------------------------------------------------

    def _run(self, source, echo, name):
        source = _typing_in.plain(source)
        self._number = _number(name)
        if self._number is not None:
            _keep(self.inputs, self._number, source)
        if source.strip() in ("exit", "quit"):
            # Nobody who types that wants to be told what it is.
            source = source.strip() + "()" if self._is_quitter(source.strip()) else source
        try:
            answer = self._execute(source, echo == "1", name)
        finally:
            self._flush()
        return answer

    def define(self, name, source):
        """Runs the source of a function or a class of that name; returns what it defines."""
        self._carried += 1
        file = f"<carried {self._carried}>"
        is_expression = name == "<lambda>"
        mode = "eval" if is_expression else "exec"
        code = compile(source, file, mode, self._future, dont_inherit=True)
        self.sources.remember(file, source, code)
        value = eval(code, self.namespace)
        return value if is_expression else self.namespace[name]

    def _is_quitter(self, name):
        return name not in self.namespace and hasattr(builtins, name)

    def _execute(self, source, echo, name):
        try:
            code = self._compile(source, echo, name)
        except (KeyboardInterrupt, Interrupted):
            return ["interrupted"]
        except BaseException as error:
            return self._failed(error, source, name, True)
        self.sources.remember(name, source, code)
        try:
            exec(code, self.namespace)
        except (KeyboardInterrupt, Interrupted):
            return ["interrupted"]
        except SystemExit as error:
            return ["exit", str(self._status(error.code))]
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next  # without this frame
            remember_last(error)
            return self._failed(error)
        return ["ok"]

    def _compile(self, source, echo, name):
        flags = _typing_in.ONLY_AST | self._future
        tree = compile(source + "\n", name, "exec", flags, dont_inherit=True)
        mode = "exec"
        if echo and tree.body:
            import _ast

            tree = _ast.Interactive(body=tree.body)
            mode = "single"
        code = compile(tree, name, mode, self._future, dont_inherit=True)
        if "__future__" in source:
            future = library("__future__")
            for feature in future.all_feature_names:
                flag = getattr(future, feature).compiler_flag
                self._future |= code.co_flags & flag
        return code

    def _failed(self, error, source="", name="", uncompiled=False):
        """The answer for an exception; with its source where that could not be compiled."""
        from pyparallel import _tracebacks

        self.sources.publish()
        if uncompiled and isinstance(error, SyntaxError):
            _tracebacks.complete_syntax_error(error, source, name)
        return ["error", *_tracebacks.describe(error, uncompiled)]

    def _status(self, code):
        if code is None:
            return 0
        if isinstance(code, int):
            return int(code)
        self._stderr.write(f"{code}\n")
        return 1

    def _display(self, value):
        """``sys.displayhook``."""
        if value is None:
            return
        builtins._ = None
        text = repr(value)
        sys.stdout.write(text)
        sys.stdout.write("\n")
        if self._number is not None:
            _keep(self.outputs, self._number, value)
        self.bind(value)

    def bind(self, value):
        """Makes a value the last one, ``_``."""
        builtins.___, builtins.__, builtins._ = builtins.__, self._last, value
        self._last = value

    def _flush(self):
        for stream in (sys.stdout, self._stdout, self._stderr):
            try:
                stream.flush()
            except Exception:
                pass  # one of the user's

    # ---- input ---------------------------------------------------------------------------------

    def _input(self, prompt="", /):
        """Reads a line from standard input; the prompt is shown before it.

        Raises EOFError at the end of input.
        """
        if sys.stdin is not self._stdin:
            return self._python_input(prompt)
        line = self._stdin.line(str(prompt))
        if line is None:
            raise EOFError("EOF when reading a line")
        return line

    def _read_line(self, prompt):
        self._flush()
        return self._host.input(prompt)

    # ---- what a shell asks ---------------------------------------------------------------------

    def _complete(self, source, cursor):
        from pyparallel import _completion

        return _completion.complete(self.namespace, source, int(cursor))

    def _inspect(self, expression, detail):
        from pyparallel import _inspection

        self.sources.publish()
        return [_inspection.describe(self.namespace, self.sources, expression, int(detail))]

    def _dump(self, names):
        from pyparallel import _exchange

        return _exchange.dump(self.namespace, self.sources, names.split(","))

    def _load(self, data):
        from pyparallel import _exchange

        return _exchange.load(self.namespace, data)

    def _call(self, function, *arguments):
        from pyparallel import _magic

        self._number = None
        try:
            return ["ok", *_magic.call(self, function, arguments)]
        except (KeyboardInterrupt, Interrupted):
            return ["interrupted"]
        except _magic.Refused as error:
            return ["error", str(error)]
        except SystemExit as error:
            return ["exit", str(self._status(error.code))]
        except BaseException as error:
            return self._failed(error)
        finally:
            self._flush()

    def _names(self):
        from pyparallel import _inspection

        return _inspection.names(self.namespace)

    def _reset(self):
        for name in list(self.namespace):
            if name not in MODULE_NAMES:
                del self.namespace[name]
        self.namespace.update(self._first)
        self.inputs.clear()
        self.outputs.clear()
        self.sources.clear()
        self._future = 0
        self._last = ""
        for name in ("last_exc", "last_type", "last_value", "last_traceback"):
            vars(sys).pop(name, None)
        self._take_over()
        if sys.implementation.name != "graalpy":  # there it takes a second, and comes anyhow
            library("gc").collect()
        return ["ok"]

    def _memory(self):
        return [str(self._host.memory())]


def _number(name):
    """The number in a name like ``<input 3>``, or None."""
    digits = name[7:-1] if name.startswith("<input ") else ""
    return int(digits) if digits.isdigit() and len(digits) < 10 else None


def _keep(kept, number, value):
    kept.pop(number, None)
    while len(kept) >= KEPT:
        del kept[next(iter(kept))]
    kept[number] = value


def remember_last(error):
    """For ``pdb.pm()`` and the like."""
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__
    sys.last_exc = error
