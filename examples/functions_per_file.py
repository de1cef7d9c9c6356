"""Tokens, functions and the longest function of one Python source file."""

import ast
import io
import tokenize


def process(path):
    package = package_of(path)
    try:
        with tokenize.open(path) as file:
            source = file.read()
        tree = ast.parse(source)
        tokens = sum(1 for _ in tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, ValueError) as error:  # some test data is broken on purpose
        return {"package": package, "file": path, "broken": str(error)}
    functions = [
        (node.end_lineno - node.lineno + 1, node.name)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    lines, name = max(functions, default=(0, None))
    return {
        "package": package,
        "file": path,
        "tokens": tokens,
        "functions": len(functions),
        "longest": {"name": name, "lines": lines},
    }


def package_of(path):
    """The first folder below the library, or the module itself."""
    parts = path.split("/lib/python3.14/")[-1].split("/")
    return parts[0].removesuffix(".py") if len(parts) == 1 else parts[0]
