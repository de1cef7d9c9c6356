"""Drives a session of the shell in a terminal of its own, for the training of its AOT cache.

usage: train_repl.py COMMAND...
"""

import os
import pty
import select
import sys
import time

ENTRIES = ["x = 6 * 7\r", "x\r", "def f(n):\r", "return n\r\r", "f(x).re\t\r", "%he\t\r", "1 / 0\r"]
PROMPT = b">>> "
SECONDS = 60


def main(command):
    """Types the entries, each at a prompt of its own; returns the command's exit status."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execvp(command[0], command)
    for entry in ENTRIES:
        await_quiet(terminal)
        os.write(terminal, entry.encode())
    await_quiet(terminal)
    os.write(terminal, b"\x04")
    while read(terminal, SECONDS):
        pass
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def await_quiet(terminal):
    """Waits for a prompt, and until nothing more comes."""
    deadline = time.monotonic() + SECONDS
    seen = b""
    while time.monotonic() < deadline:
        text = read(terminal, 0.3)
        seen += text
        if not text and (PROMPT in seen or b"... " in seen):
            return
    raise SystemExit(f"no prompt within {SECONDS} s: {seen!r}")


def read(terminal, seconds):
    """What comes within a time; empty where nothing does, or nothing more ever will."""
    if not select.select([terminal], [], [], seconds)[0]:
        return b""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


sys.exit(main(sys.argv[1:]))
