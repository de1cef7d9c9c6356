"""What the shell's magics have done inside an interpreter: the console's request ``call``.

The functions are those of the modules ``_magic_*``. Each is given the console and texts, and returns
texts.
"""


class Refused(Exception):
    """The user wants something that cannot be; the message is one line that says why."""


def call(console, name, arguments):
    """Calls a function.

    Args:
        console: the :class:`pyparallel._console.Console`.
        name: ``_magic_values.cut``, say.
        arguments: texts.
    """
    module, _, function = name.partition(".")
    found = __import__(f"pyparallel.{module}", fromlist=[function])
    return getattr(found, function)(console, *arguments)
