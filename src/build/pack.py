"""Packs a distribution: the same files make the same archive, whoever packs them, and when.

usage: pack.py FOLDER NAME ARCHIVE
"""

import gzip
import os
import sys
import tarfile

# Of the build, of this machine, or only needed by another Java than the one that is packed; and the
# tests of CPython itself.
LEFT_OUT = {
    ".built",
    "lib/.trained",
    "lib/app/.raised",
    "lib/graal",
    "lib/java-home",
    "lib/java/.recipe",
    "python/.prepared",
    "python/.unpacked",
    "python/lib/python3.14/test",
}

# The time that the jars have, by which the AOT caches know them: 2026-01-01.
TIME = 1767225600


def main(folder, name, archive):
    """Write the archive, in which everything is in a folder of the name."""
    part = archive + ".part"
    with open(part, "wb") as raw:
        with gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
            with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for path in sorted(paths(folder)):
                    tar.add(
                        os.path.join(folder, path),
                        os.path.join(name, path),
                        recursive=False,
                        filter=normal,
                    )
    os.replace(part, archive)


def paths(folder):
    """Yield the paths of all that is packed, relative to the folder."""
    for directory, folders, files in os.walk(folder):
        place = os.path.relpath(directory, folder)
        here = [(n, os.path.normpath(os.path.join(place, n))) for n in folders + files]
        kept = {n: path for n, path in here if path.replace(os.sep, "/") not in LEFT_OUT}
        folders[:] = [n for n in folders if n in kept]
        yield from kept.values()


def normal(member):
    """Give a member nobody's name, one time and plain modes."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = TIME
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


main(*sys.argv[1:])
