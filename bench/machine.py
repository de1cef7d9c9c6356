"""What a machine is, without its name."""

import os
import platform
import subprocess

from measuring import LAUNCHER, PYTHON


def describe():
    """The machine's entry in the document."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "cpu": _cpu(),
        "memoryBytes": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "python": _first_line([PYTHON, "--version"]),
        "pyparallel": _first_line([LAUNCHER, "--version"]),
        "gnuParallel": _first_line(["parallel", "--version"]),
    }


def _cpu():
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _memory():
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0


def _first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError:
        return None
    return (done.stdout or done.stderr).strip().partition("\n")[0]
