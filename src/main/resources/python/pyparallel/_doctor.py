"""Examines a script before it is run: what it imports, and where that can be imported.

For the bundled CPython: prints lines of fields joined by NUL, see :func:`main`. Modules are imported
in throwaway children, so that none of them can do more than end one.
"""

import _thread
import os
import queue
import signal
import subprocess
import sys
import threading

from pyparallel import _imports

# The program of a child: not the file itself, beside which there are modules called like some of
# the standard library.
PROBE = "import sys; sys.path.insert(0, sys.argv[1]); from pyparallel._probe import main; main(*sys.argv[2:])"

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


# A program that needs longer than an import may take is still starting.
START_SECONDS = 60


class Child:
    """A child that answers requests, see ``_probe``."""

    def __init__(self, command):
        environment = {name: value for name, value in os.environ.items() if name != "PYPARALLEL"}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=environment,
        )
        self._answers = queue.Queue()
        self._patience = START_SECONDS
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self._answers.put(line.decode("utf-8", "replace").rstrip("\n"))
        self._answers.put(None)

    def ask(self, request, seconds):
        """The answer: a status and its detail. Of a child that died ``crashed`` and how, of one that
        takes too long ``stuck``."""
        try:
            self._process.stdin.write(f"{request}\n".encode("utf-8", "surrogateescape"))
            self._process.stdin.flush()
        except OSError:
            pass  # it is gone, and what it leaves says so
        try:
            line = self._answers.get(timeout=seconds + self._patience)
        except queue.Empty:
            return "stuck", f"it was not imported after {seconds:g} s"
        self._patience = 0
        if line is None:
            return "crashed", _end(self._process.wait())
        status, _, detail = line.partition("\0")
        return status, detail

    def close(self):
        """Ends it, and whatever it has started."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except OSError:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                stream.close()
            except OSError:
                pass


def _end(status):
    if status >= 0:
        return f"it ends the process with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"it crashes the process ({name})"


def answers(command, script, requests, seconds, patient=False):
    """Yields the answer about the script, and if there is one about each request.

    Args:
        command: starts a child.
        script: its path.
        seconds: how long an import may take.
        patient: whether a child goes on after an import that failed, since starting it takes long.
    """
    child = Child(command)
    try:
        # Before anything is imported, so that whatever does not work now is the child itself.
        status, detail = child.ask(f"={script}", seconds)
        if status in ENDS:
            yield "failed", f"this Python cannot be started: {detail}"
            return
        yield status, detail
        for request in requests:
            if child is None:
                child = Child(command)
                child.ask(f"={script}", seconds)
            status, detail = child.ask(request, seconds)
            yield status, detail
            if status in ENDS or status != "ok" and not patient:
                child.close()
                child = None
    finally:
        if child is not None:
            child.close()


# After these there is no child any more, or none to talk to.
ENDS = ("crashed", "stuck")


def request(module):
    """What is asked of a child about a module."""
    return f"{module.name}:{','.join(module.names)}" if module.names else module.name


def site_packages(venv):
    """The packages of a virtual environment for this Python, or an empty string."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    folder = os.path.join(venv, "lib", version, "site-packages")
    return folder if venv and os.path.isdir(folder) else ""


def main(script, call, python, embedded, venv, launcher, seconds, *path):
    """Prints what there is to say about a script.

    Lines: ``broken`` file, line, column, reason; ``file`` path; ``import``, or ``own`` for what lies
    beside the script, and request, name, file, line, ``1`` where it is needed; ``cut`` where
    something was left out; ``result`` runtime, request or ``=`` for the script as a whole, status,
    detail.

    Args:
        call: the function to call, or an empty string.
        python, embedded, venv: a Python for worker processes, one that is embedded in place of this
            one, a virtual environment; or empty strings.
        launcher: the program that can run scripts with GraalPy, or an empty string.
        seconds: how long an import may take.
        path: folders to import from.
    """
    try:
        scan = _imports.Scan(script, call)
    except _imports.Problem as problem:
        say("broken", problem.file, problem.line, problem.column, problem.reason)
        return
    for problem in scan.problems:
        say("broken", problem.file, problem.line, problem.column, problem.reason)
    for file in scan.files:
        say("file", file)
    # Those beside the script come last: most of what goes wrong in them has been told by then.
    for kind, modules in (("import", scan.imports), ("own", scan.own)):
        for module in modules:
            say(kind, request(module), module.name, module.file, module.line, int(module.needed))
    if not scan.whole:
        say("cut")
    requests = [request(module) for module in (*scan.imports, *scan.own)]
    folders = [scan.folder, *path]
    child = ["-c", PROBE, ROOT]
    own = [embedded or sys.executable, *child, "subinterpreters", site_packages(venv), script, *folders]
    other = python or (os.path.join(venv, "bin", "python") if venv else sys.executable)
    commands = [
        ("cpython", own, False),
        ("process", [other, *child, "main", "", script, *folders], False),
    ]
    if launcher:
        commands.append(("graalpy", _graalpy(launcher, venv, folders), True))
    for runtime, command, patient in commands:
        asked = ["=", *requests]
        try:
            for name, answer in zip(asked, answers(command, script, requests, float(seconds), patient)):
                say("result", runtime, name, *answer)
        except OSError as error:
            say("result", runtime, "=", "failed", f"cannot start {command[0]}: {error.strerror}")


def _graalpy(launcher, venv, folders):
    """The command of a run on GraalPy in which each request is a record."""
    probe = os.path.join(ROOT, "pyparallel", "_probe.py")
    options = ["--runtime", "graalpy", "-j", "1", "-N", "1", "--line-buffer", "--call", "probe"]
    if venv:
        options += ["--venv", venv]
    return [launcher, "run", *options, probe, "-", "--", *folders]


def say(*fields):
    """Prints one line."""
    text = "\0".join(str(field).replace("\n", " ") for field in fields) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def _watch():
    """Whoever started this program holds its standard input open for as long as it is wanted."""
    os.read(0, 1)
    _thread.interrupt_main()


def run():
    """Runs :func:`main` with the program's arguments."""
    threading.Thread(target=_watch, daemon=True).start()
    try:
        main(*sys.argv[2:])
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(1)
