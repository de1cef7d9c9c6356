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
    with tempfile.TemporaryFile() as errors, open(stdin, "rb") as given:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=given, stdout=stdout, stderr=errors, env=_with(environment)
        )
        output = process.stdout.read() if process.stdout else b""
        return _ended(process, command, start, output, errors)


def _with(environment):
    """This process's variables, and those of ``environment`` unless it is None."""
    return {**os.environ, **(environment or {})}


def _ended(process, command, start, output, errors):
    """The :class:`Run` of a process that is about to end."""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        errors.seek(0)
        sys.exit(f"{command} ended with {process.returncode}: {errors.read().decode()}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def feed(command, data, passes, environment=None):
    """Runs a command that answers every line it reads with one, and gives it the same lines several
    times, each time when it has answered the last of those before.

    Returns:
        The :class:`Run`, with the output of all passes, and the seconds of each pass.
    """
    seconds = []
    output = []
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_with(environment),
        )
        for _ in range(passes):
            began = time.perf_counter()
            process.stdin.write(data)
            process.stdin.flush()
            output += [process.stdout.readline() for _ in range(data.count(b"\n"))]
            seconds.append(time.perf_counter() - began)
        process.stdin.close()
        done = _ended(process, command, start, b"".join(output), errors)
        process.stdout.close()
    return done, seconds


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
