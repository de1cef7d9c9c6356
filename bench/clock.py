"""Runs a command, and writes what it took to a file descriptor: seconds of wall and CPU time, and its
peak memory in bytes.

Usage: clock.py DESCRIPTOR COMMAND [ARGUMENT...]

A process of its own, and a small one, since the kernel counts the memory of whoever starts a command as
the command's, from before it begins.
"""

import os
import sys
import time


def main():
    descriptor = int(sys.argv[1])
    command = sys.argv[2:]
    os.set_inheritable(descriptor, False)
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    took = f"{wall} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss * 1024}"
    os.write(descriptor, took.encode())
    code = os.waitstatus_to_exitcode(status)
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
