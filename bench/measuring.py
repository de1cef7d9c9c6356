"""Runs commands and takes their times."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAUNCHER = str(ROOT / "scripts" / "pyparallel")
PYTHON = str(ROOT / "target" / "pyparallel" / "python" / "bin" / "python3.14")


@dataclass
class Run:
    """One finished process. Seconds, and bytes of peak memory."""

    wall: float
    cpu: float
    rss: int
    stdout: bytes


def run(command, stdout=subprocess.PIPE, environment=None, stdin=os.devnull):
    """Runs a command to its end; fails loudly when it does.

    Args:
        environment: variables beside those of this process, or None.
        stdin: the path of what it reads.
    """
    with open(stdin, "rb") as given, _Started(command, given, stdout, environment) as started:
        process = started.process
        output = process.stdout.read() if process.stdout else b""
        return started.end(output)


class _Started:
    """A command that was started by a process of its own, see ``clock.py``."""

    def __init__(self, command, stdin, stdout, environment):
        self._command = command
        self._errors = tempfile.TemporaryFile()
        self._took, descriptor = os.pipe()
        clock = [sys.executable, "-I", "-S", str(ROOT / "bench" / "clock.py"), str(descriptor)]
        try:
            self.process = subprocess.Popen(
                [*clock, *command],
                stdin=stdin,
                stdout=stdout,
                stderr=self._errors,
                env={**os.environ, **(environment or {})},
                pass_fds=(descriptor,),
            )
        finally:
            os.close(descriptor)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        os.close(self._took)
        self._errors.close()
        if self.process.stdout:
            self.process.stdout.close()

    def end(self, output):
        """The :class:`Run`, when it has ended; ends this program where it failed."""
        code = self.process.wait()
        if code != 0:
            self._errors.seek(0)
            text = self._errors.read().decode()
            sys.exit(f"{self._command} ended with {code}: {text}")
        wall, cpu, peak = os.read(self._took, 200).split()
        return Run(float(wall), float(cpu), int(peak), output)


def feed(command, data, passes, environment=None):
    """Runs a command that answers every line it reads with one, and gives it the same lines several
    times, each time when it has answered the last of those before.

    Returns:
        The :class:`Run`, with the output of all passes, and the seconds of each pass.
    """
    seconds = []
    output = []
    with _Started(command, subprocess.PIPE, subprocess.PIPE, environment) as started:
        process = started.process
        for _ in range(passes):
            began = time.perf_counter()
            process.stdin.write(data)
            process.stdin.flush()
            output += [process.stdout.readline() for _ in range(data.count(b"\n"))]
            seconds.append(time.perf_counter() - began)
        process.stdin.close()
        return started.end(b"".join(output)), seconds


def rounds(count, commands, warm=True, stdout=subprocess.PIPE):
    """Runs the commands in turn, ``count`` times; the median run of each, by wall time."""
    if warm:
        for command in commands.values():
            run(command, stdout)
    results = {name: [] for name in commands}
    for _ in range(count):
        for name, command in commands.items():
            results[name].append(run(command, stdout))
    return results


def median(runs, field="wall"):
    return statistics.median(getattr(each, field) for each in runs)
