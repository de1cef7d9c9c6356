"""Which functions a script defines, judged from its syntax without running it."""

# Those that the driver calls, in the order in which it looks for them.
FUNCTIONS = ("process_shard", "process")

# CO_COROUTINE and CO_ASYNC_GENERATOR of the inspect module, which takes long to import.
CO_ASYNC = 0x80 | 0x200

# Calls that give a function.
FUNCTION_MAKERS = ("partial", "cache", "lru_cache", "itemgetter", "attrgetter", "methodcaller")


def defines_function(source, path):
    """Whether the top level of a script, ``bytes``, binds one of the names.

    Raises:
        SyntaxError: it cannot be compiled.
    """
    only_ast = 0x400
    tree = compile(source, path, "exec", only_ast, dont_inherit=True)
    return any(name in FUNCTIONS for name in _bound_names(tree.body))


def is_async(function):
    """Whether calling it gives something to await, or to iterate over with ``async for``."""
    while True:
        inner = getattr(function, "func", None)  # of a functools.partial
        if inner is None or not hasattr(function, "keywords"):
            break
        function = inner
    if getattr(function, "_is_coroutine_marker", None) is not None:
        return True
    code = getattr(function, "__code__", None)
    if code is None:
        code = getattr(getattr(type(function), "__call__", None), "__code__", None)
    return code is not None and bool(code.co_flags & CO_ASYNC)


def _bound_names(statements):
    """The names that a list of top-level statements binds, those in if and try blocks included."""
    for statement in statements:
        kind = type(statement).__name__
        if kind in ("FunctionDef", "AsyncFunctionDef", "ClassDef"):
            yield statement.name
        elif kind in ("Import", "ImportFrom"):
            for alias in statement.names:
                yield alias.asname or alias.name
        elif kind == "Assign" and _may_be_function(statement.value):
            for target in statement.targets:
                yield getattr(target, "id", None)
        elif kind == "AnnAssign" and _may_be_function(statement.value):
            yield getattr(statement.target, "id", None)
        else:
            for block in ("body", "orelse", "finalbody"):
                yield from _bound_names(getattr(statement, block, ()))
            for handler in getattr(statement, "handlers", ()):
                yield from _bound_names(handler.body)


def _may_be_function(value):
    """Whether an assigned expression is likely a function: a filter may well have a variable
    ``process``, as in ``process = subprocess.run(...)``."""
    kind = type(value).__name__
    if kind == "Call":
        function = value.func
        name = getattr(function, "attr", None) or getattr(function, "id", None)
        return name in FUNCTION_MAKERS
    return kind in ("Lambda", "Name", "Attribute", "IfExp")
