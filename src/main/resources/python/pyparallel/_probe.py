"""Imports modules to see whether they can be imported here.

In a throwaway child it answers one request after the other, in the main interpreter or in
subinterpreters as the runner has them (:func:`main`); as a script under a runtime, it answers each
record (:func:`probe`). Needs no more than Python 3.9.

A request is a module and what is imported from it, ``NAME`` or ``NAME:ONE,TWO``, or ``=FILE`` for a
script that is only to be compiled. An answer is a status and its detail, joined by NUL: ``ok``;
``refused`` and the module that does not support subinterpreters; ``missing`` and the module that is
not there; ``failed`` and why.
"""

import os
import sys

# How many subinterpreters import each module: some modules can be loaded once per process.
INTERPRETERS = 2

LONGEST_REASON = 300

OK = "ok\0"


def use_path(folders):
    """Makes ``folders`` the first to import from, in place of this file's own."""
    own = os.path.dirname(os.path.abspath(__file__))
    rest = [entry for entry in sys.path if entry and os.path.abspath(entry) != own]
    sys.path[:] = [*folders, *rest, os.path.dirname(own)]


def answer(request):
    """The answer to one request."""
    try:
        if request.startswith("="):
            with open(request[1:], "rb") as source:
                compile(source.read(), request[1:], "exec", dont_inherit=True)
        else:
            _import(request)
    except BaseException as error:
        return "\0".join(_trouble(error))
    return OK


def _import(request):
    name, _, wanted = request.partition(":")
    names = [one for one in wanted.split(",") if one]
    # As the import statement does it: what is imported from a package may be a module of it.
    module = __import__(name, {}, {}, names or ["*"], 0)
    for one in names:
        if not hasattr(module, one):
            raise ImportError(f"cannot import name {one!r} from {name!r}", name=name)


def _trouble(error):
    from pyparallel import _refusal

    module = _refusal.refused_module(error)
    if module:
        return "refused", module
    if isinstance(error, ModuleNotFoundError) and error.name:
        return "missing", error.name
    if isinstance(error, SyntaxError):
        where = f" ({os.path.basename(error.filename or '?')}, line {error.lineno})"
        return "failed", f"{type(error).__name__}: {error.msg}{where}"
    try:
        lines = str(error).split("\n")
    except Exception:
        lines = []
    # The first line that says anything; NumPy's are at the end.
    said = [line.strip() for line in lines if line.strip()]
    reason = said[-1] if said and said[-1].startswith("Original error") else said[0] if said else ""
    text = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
    text = text.replace("\0", "").encode("utf-8", "backslashreplace").decode()
    return "failed", text[:LONGEST_REASON]


# ---- as a script under a runtime ---------------------------------------------------------------


def setup():
    use_path(sys.argv[1:])
    sys.argv[1:] = []


def probe(request):
    return answer(request)


# ---- as a child --------------------------------------------------------------------------------


def main(kind, site, script, *folders):
    """Answers the lines of standard input on standard output, which nobody else can reach then.

    Args:
        kind: ``main`` or ``subinterpreters``.
        site: a folder of further packages, or an empty string.
        script: what ``sys.argv`` is to begin with.
        folders: where to import from first.
    """
    requests = os.fdopen(os.dup(0), encoding="utf-8", errors="surrogateescape", newline="\n")
    answers = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    prepare(script, site, folders)
    respond = answer if kind == "main" else _in_subinterpreters(script, site, folders)
    for line in requests:
        say(answers, respond(line.rstrip("\n")))
    os._exit(0)  # what was imported may crash or hang at the end


def prepare(script, site, folders):
    """Makes an interpreter one in which a script is about to be loaded."""
    use_path(folders)
    sys.argv[:] = [script]
    if site:
        import site as packages

        packages.addsitedir(site)


def say(descriptor, text):
    """Sends one answer."""
    line = text.replace("\r", " ").replace("\n", " ") + "\n"
    os.write(descriptor, line.encode("utf-8", "surrogateescape"))


def _in_subinterpreters(script, site, folders):
    """A function that has each request answered in one subinterpreter after the other, until one
    has some trouble."""
    import _interpreters

    answered, answers = os.pipe()
    own = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    start = (
        f"import sys; sys.path.insert(0, {own!r}); from pyparallel import _probe;"
        f" _probe.prepare({script!r}, {site!r}, {list(folders)!r})"
    )
    interpreters = [_interpreters.create("isolated", reqrefs=True) for _ in range(INTERPRETERS)]
    for one in interpreters:
        _interpreters.exec(one, start)

    def respond(request):
        text = ""
        for one in interpreters:
            broken = _interpreters.exec(one, f"_probe.say({answers}, _probe.answer({request!r}))")
            if broken is not None:
                return f"failed\0{broken.formatted}"
            text = os.read(answered, 1 << 16).decode("utf-8", "surrogateescape").rstrip("\n")
            if text != OK:
                break
        return text

    return respond
