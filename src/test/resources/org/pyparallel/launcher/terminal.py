"""Runs a command in a terminal of its own: what comes in on standard input is typed there, what the
terminal shows goes to standard output. Exits with the command's status."""

import os
import pty
import sys

sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])) & 0xFF)
