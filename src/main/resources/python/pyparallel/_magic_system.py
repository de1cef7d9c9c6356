"""The working folder and the environment."""

import os

from pyparallel._magic import Refused


def folder(console, path):
    """The whole path of a folder."""
    found = os.path.abspath(os.path.expanduser(path))
    if not os.path.isdir(found):
        raise Refused(f"there is no folder {path}")
    return [found]


def change(console, path):
    """Makes a folder the working folder."""
    try:
        os.chdir(path)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    return []


def variables(console, name):
    """The name and value of a variable of the environment, or those of all."""
    if not name:
        return [text for pair in sorted(os.environ.items()) for text in pair]
    if name not in os.environ:
        raise Refused(f"there is no variable {name} in the environment")
    return [name, os.environ[name]]


def set(console, name, value):
    """Sets a variable of the environment."""
    try:
        os.environ[name] = value
    except (OSError, ValueError) as error:
        raise Refused(f"{name}: {error}") from None
    return []
