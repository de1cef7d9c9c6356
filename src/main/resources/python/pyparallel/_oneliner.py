"""Makes an ordinary script of one expression, for ``map``, ``filter`` and ``reduce``.

The expression's own names decide what the script has to import: a name that the expression does not
bind, that is no builtin and none of those the command gives (``x``, ``line``, ``i``; ``a``, ``b``)
is a module's. Scopes are Python's own: comprehensions, lambdas and ``:=`` bind as they do elsewhere.

Run as a program, this module prints the script.
"""

import builtins
import sys

RECORD_NAMES = ("x", "line", "i")
PAIR_NAMES = ("a", "b")

# What the script itself defines.
OWN_FUNCTIONS = ("process", "reduce")

# What every module has.
MODULE_NAMES = ("__name__", "__doc__", "__builtins__")

# Whose lines can be passed on in the place of the values that were made of them.
LINE_FORMATS = ("jsonl", "values")

# An item as it stood in the input, its end included.
NUL_ENDED = 'x.encode("utf-8", "surrogateescape") + b"\\0"'

# ast.PyCF_ONLY_AST; the module takes long to import.
ONLY_AST = 0x400


class ExpressionError(Exception):
    """The expression cannot be used; the message shows where."""


def source(kind, expression, format, output, keeps_records=False):
    """The script that an expression stands for.

    Args:
        kind: ``MAP``, ``FILTER`` or ``REDUCE``.
        expression: as typed.
        format: the name of the records' format.
        output: the name of the results' format.
        keeps_records: whether what becomes of the results looks into them, so that a filter has to
            pass on records where else their lines would do.

    Raises:
        ExpressionError: it is no expression, or has a name that nothing is known of.
    """
    expression = expression.strip()
    tree = _parse(expression)
    names = PAIR_NAMES if kind == "REDUCE" else RECORD_NAMES
    free = _free_names(tree.body)
    modules = _modules(free, names, expression)
    as_line = kind == "FILTER" and format in LINE_FORMATS and output == "text" and not keeps_records
    given = [name for name in ("line", "i") if name in free and name in names]
    record = "_record" if "record" in _all_names(tree) else "record"
    lines = [f"import {module}" for module in modules]
    if given or as_line:
        lines.append(f"from pyparallel import record{'' if record == 'record' else ' as _record'}")
    if lines:
        lines += ["", ""]
    if kind == "REDUCE":
        lines += ["def process(x):", "    return x", "", "", "def reduce(a, b):"]
    else:
        lines.append("def process(x):")
        attributes = {"line": "line", "i": "number"}
        lines += [f"    {name} = {record}.{attributes[name]}" for name in given]
    start, end = ("    if ", ":") if kind == "FILTER" else ("    return ", "")
    if "\n" in expression or _ends_in_comment(expression):
        # Brackets keep lines together, and a comment ends with its line.
        start, end = start + "(\n", "\n    )" + end
    before = "\n".join([*lines, start])
    after = end + "\n"
    if kind == "FILTER":
        passed = f"{record}.line" if as_line else "x"
        if format == "null" and output == "text" and not keeps_records:
            passed = NUL_ENDED
        after += f"        return {passed}\n"
    text = before + expression + after
    _check(text, before, expression)
    return text


def _ends_in_comment(expression):
    if "#" not in expression:
        return False
    try:
        compile(f"({expression})", "<expression>", "eval", ONLY_AST, dont_inherit=True)
    except SyntaxError:
        return True
    return False


def show_lines(name, text):
    """Lets tracebacks show the lines of a script that is in no file."""
    from pyparallel._library import library

    library("linecache").cache[name] = (len(text), None, text.splitlines(True), name)


# ---- names -------------------------------------------------------------------------------------


def _children(node):
    for field in node._fields:
        value = getattr(node, field, None)
        if isinstance(value, list):
            for item in value:
                if hasattr(item, "_fields"):
                    yield item
        elif hasattr(value, "_fields"):
            yield value


def _kind(node):
    return type(node).__name__


def _all_names(tree):
    pending = [tree]
    names = set()
    while pending:
        node = pending.pop()
        if _kind(node) == "Name":
            names.add(node.id)
        pending += _children(node)
    return names


def _free_names(expression):
    """The names that an expression does not bind itself.

    Returns:
        a dict by name, in order of appearance: the ``Name`` nodes, each with the attributes that
        follow it, as in ``(node, ["path", "join"])`` for ``os.path.join``.
    """
    free = {}
    _visit(expression, frozenset(_assigned(expression)), free)
    return free


def _assigned(node):
    """The names that ``:=`` binds in the scope of a node: comprehensions pass theirs on to it,
    lambdas keep them."""
    kind = _kind(node)
    if kind == "Lambda":
        for default in _children(node.args):
            yield from _assigned(default)
        return
    if kind == "NamedExpr":
        yield node.target.id
    for child in _children(node):
        yield from _assigned(child)


def _visit(node, bound, free, attributes=()):
    kind = _kind(node)
    if kind == "Name":
        if node.id not in bound:
            free.setdefault(node.id, []).append((node, list(attributes)))
    elif kind == "Attribute":
        _visit(node.value, bound, free, (node.attr, *attributes))
    elif kind == "Lambda":
        _visit_lambda(node, bound, free)
    elif kind in ("ListComp", "SetComp", "DictComp", "GeneratorExp"):
        _visit_comprehension(node, bound, free)
    else:
        for child in _children(node):
            _visit(child, bound, free)


def _visit_lambda(node, bound, free):
    arguments = node.args
    for default in (*arguments.defaults, *arguments.kw_defaults):
        if default is not None:
            _visit(default, bound, free)
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    parameters += [star for star in (arguments.vararg, arguments.kwarg) if star is not None]
    own = {parameter.arg for parameter in parameters}
    _visit(node.body, bound | own | set(_assigned(node.body)), free)


def _visit_comprehension(node, bound, free):
    # The first source belongs to the scope around, all else to one that knows every target.
    _visit(node.generators[0].iter, bound, free)
    inside = bound | {name for part in node.generators for name in _targets(part.target)}
    for number, part in enumerate(node.generators):
        if number > 0:
            _visit(part.iter, inside, free)
        _visit(part.target, inside, free)  # an item or an attribute may be one
        for condition in part.ifs:
            _visit(condition, inside, free)
    for result in ("elt", "key", "value"):
        if getattr(node, result, None) is not None:
            _visit(getattr(node, result), inside, free)


def _targets(node):
    if _kind(node) == "Name":
        yield node.id
    elif _kind(node) in ("Tuple", "List", "Starred"):
        for child in _children(node):
            yield from _targets(child)


# ---- modules -----------------------------------------------------------------------------------


def _modules(free, given, expression):
    """The modules to import: for each free name that is not given, as much of what follows it as
    is a module."""
    modules = []
    for name, uses in free.items():
        if name in given or name in MODULE_NAMES or hasattr(builtins, name):
            continue
        spec = None if name in OWN_FUNCTIONS else _find(name, None)
        found = set() if spec is None else {_longest(name, attributes) for _, attributes in uses}
        if spec is None or (_is_folder(spec) and name in found):
            node = uses[0][0]
            message = f"the name {name} is not known: there are {_list(given)}, builtins and modules"
            column = _column(expression, node)
            raise ExpressionError(_shown(message, expression, node.lineno, column))
        modules += (
            module
            for module in found
            if not any(other.startswith(module + ".") for other in found)
        )
    return sorted(modules)


def _is_folder(spec):
    """Whether this is a package only because a folder is called like that."""
    return spec.origin is None and spec.submodule_search_locations is not None


def _list(names):
    return ", ".join(names)


def _find(name, path):
    """The spec of a module, or None; not by importlib.util, which takes long to import."""
    for finder in sys.meta_path:
        find = getattr(finder, "find_spec", None)
        spec = find(name, path) if find is not None else None
        if spec is not None:
            return spec
    return None


def _longest(name, attributes):
    """The longest prefix of a dotted name that is a module. What the package itself has under a
    name goes before a module in it, which would take its place once it was imported."""
    for attribute in attributes:
        dotted = f"{name}.{attribute}"
        if dotted not in sys.modules and not _is_module(name, attribute):
            break
        name = dotted
    return name


def _is_module(package, name):
    dotted = f"{package}.{name}"
    try:
        if package not in sys.modules:
            if "." not in package and _find(package, None).submodule_search_locations is None:
                return False  # no package: no need to run it
            __import__(package)
        package = sys.modules[package]
        path = getattr(package, "__path__", None)
        return path is not None and not hasattr(package, name) and _find(dotted, path) is not None
    except (Exception, SystemExit):  # the script will say what is wrong with it
        return False


# ---- errors ------------------------------------------------------------------------------------


def _parse(expression):
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the script itself gives them
            # Without a line end, what is cut short would be said to be wrong at its start.
            text = expression + "\n"
            return compile(text, "<expression>", "eval", ONLY_AST, dont_inherit=True)
    except SyntaxError as error:
        remedy = _remedy(expression)
        line, offset = (1, 1) if remedy else (error.lineno or 1, error.offset or 1)
        message = remedy or error.msg or "invalid syntax"
        raise ExpressionError(_shown(message, expression, line, offset - 1)) from None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise _unusable(error) from None


def _remedy(expression):
    """What to do where the expression is a statement."""
    try:
        tree = compile(expression, "<expression>", "exec", ONLY_AST, dont_inherit=True)
    except Exception:
        return None
    kinds = {_kind(statement) for statement in tree.body}
    if kinds == {"Expr"} and len(tree.body) == 1:
        return "yield goes in parentheses here"
    if kinds == {"Return"}:
        return "an expression is needed: leave return out"
    if kinds & {"Import", "ImportFrom"}:
        return "an expression is needed: leave the import out, modules are imported on demand"
    if "Assign" in kinds:
        return "an expression is needed, not an assignment: compare with ==, or assign with := in ()"
    return "an expression is needed: put statements into a script, for pyparallel run"


def _check(text, before, expression):
    """Compiles the script: some mistakes are not found earlier, such as ``await``."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<expression>", "exec", dont_inherit=True)
    except SyntaxError as error:
        first = before.count("\n") + 1
        line = (error.lineno or first) - first + 1
        column = (error.offset or 1) - 1
        if line == 1:
            column -= len(before) - before.rfind("\n") - 1
        raise ExpressionError(_shown(error.msg, expression, line, column)) from None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        raise _unusable(error) from None


def _unusable(error):
    if isinstance(error, UnicodeError):
        return ExpressionError("the expression is no valid text")
    if isinstance(error, ValueError):
        return ExpressionError(f"the expression cannot be used: {error}")
    return ExpressionError("the expression is too deeply nested: put it into a script")


def _column(expression, node):
    """The characters before a name in its line; CPython counts bytes instead, GraalPy does not."""
    line = expression.split("\n")[node.lineno - 1]
    column = len(line.encode("utf-8")[: node.col_offset].decode("utf-8", "ignore"))
    return column if line.startswith(node.id, column) else node.col_offset


def _shown(message, expression, line, column):
    """The message and the line of the expression with a caret under the place, counted from 0."""
    lines = expression.split("\n")
    number = min(max(line, 1), len(lines)) - 1
    shown = "".join(c if c.isprintable() else " " for c in lines[number])
    column = min(max(column, 0), len(shown))
    return f"{message}\n  {shown}\n  {' ' * column}^"


def main(arguments):
    """Prints a script; returns the exit status.

    Args:
        arguments: those of :func:`source`, the last one ``0`` or ``1``, and the options that the
            command stands for, which ``run`` has to be given.
    """
    import os

    sys.path[0] = os.getcwd()
    kind, expression, format, output, keeps_records, options = arguments
    try:
        text = source(kind, expression, format, output, keeps_records == "1")
        if options:
            text = f"# pyparallel run {options}\n{text}"
    except ExpressionError as error:
        sys.stderr.write(f"pyparallel: {error}\n")
        return 2
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
