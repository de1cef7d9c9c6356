"""Finds the value of an expression without running anything of the user's.

Names are looked up, attributes only where that calls nothing: no property, no ``__getattr__``.
Items are taken from lists, tuples and dicts alone.
"""

import builtins
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    FunctionType,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodDescriptorType,
    ModuleType,
    WrapperDescriptorType,
)

from pyparallel._typing_in import ONLY_AST

# Attributes that are safe to bind: functions, and slots made in C.
_BINDABLE = (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodDescriptorType,
    WrapperDescriptorType,
    classmethod,
    staticmethod,
)

_DISPLAYS = {"List": list, "Dict": dict, "Set": set, "Tuple": tuple, "JoinedStr": str}
_DISPLAYS.update({"ListComp": list, "DictComp": dict, "SetComp": set})


class Unknown(Exception):
    """The value could only be found by running something, or there is none."""


def resolve(namespace, expression):
    """The value of ``expression``; where it is a literal some value of that type.

    Raises:
        Unknown: see there.
    """
    try:
        tree = compile(expression.strip(), "<input>", "eval", ONLY_AST, dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise Unknown(expression) from None
    return _value(namespace, tree.body)


def _value(namespace, node):
    kind = type(node).__name__
    if kind == "Name":
        return _name(namespace, node.id)
    if kind == "Attribute":
        return attribute(_value(namespace, node.value), node.attr)
    if kind == "Constant":
        return node.value
    if kind == "Subscript":
        return _item(_value(namespace, node.value), node.slice)
    if kind in _DISPLAYS:
        return _DISPLAYS[kind]()  # some value of that type
    raise Unknown(kind)


def _name(namespace, name):
    if name in namespace:
        return namespace[name]
    try:
        return vars(builtins)[name]
    except KeyError:
        raise Unknown(name) from None


def _item(container, node):
    if type(node).__name__ == "UnaryOp" and type(node.op).__name__ == "USub":
        key = getattr(node.operand, "value", None)
        key = -key if type(key) is int else None
    else:
        key = getattr(node, "value", None) if type(node).__name__ == "Constant" else None
    # Subclasses, and keys of other types, may do anything.
    if type(container) in (list, tuple, dict, str, bytes, range) and type(key) in (int, str):
        try:
            return container[key]
        except Exception:
            pass
    raise Unknown(key)


def attribute(thing, name):
    """The attribute, if that can be told without calling anything.

    Raises:
        Unknown: see there.
    """
    kind = type(thing)
    if name == "__class__":
        return kind
    if name == "__dict__":
        return own(thing)
    if issubclass(kind, ModuleType):
        found = own(thing)
        if name in found:
            return found[name]
        raise Unknown(name)
    on_type = _in_types(kind, name)
    if on_type is not _NOTHING and _is_data(on_type):
        return _bind(on_type, thing, kind)
    if issubclass(kind, type):
        found = _in_types(thing, name)
        if found is not _NOTHING:
            return _bind(found, None, thing)
    else:
        found = own(thing)
        if name in found:
            return found[name]
    if on_type is not _NOTHING:
        return _bind(on_type, thing, kind)
    raise Unknown(name)


_NOTHING = object()


def own(thing):
    """The instance's own attributes."""
    try:
        found = object.__getattribute__(thing, "__dict__")
    except Exception:
        return {}
    return found if type(found) in (dict, MappingProxyType) else {}


def _in_types(kind, name):
    """What the first class that has it holds, as it stands there."""
    for base in type.__dict__["__mro__"].__get__(kind):
        found = type.__dict__["__dict__"].__get__(base)
        if name in found:
            return found[name]
    return _NOTHING


def _is_data(descriptor):
    kind = type(descriptor)
    return _in_types(kind, "__set__") is not _NOTHING or (
        _in_types(kind, "__delete__") is not _NOTHING
    )


def _bind(found, thing, kind):
    """What reading ``found`` as an attribute gives. ``isinstance`` would ask it for its class."""
    form = type(found)
    if _in_types(form, "__get__") is _NOTHING or (
        thing is None and form in (MemberDescriptorType, GetSetDescriptorType)
    ):
        return found
    if form not in _BINDABLE:
        raise Unknown(form.__name__)
    if form in (staticmethod, classmethod):
        form = type(found.__func__)
        if form not in _BINDABLE:
            raise Unknown(form.__name__)
    try:
        return found.__get__(thing, kind)
    except Exception:
        raise Unknown(form.__name__) from None


def static(thing, name):
    """The attribute as it stands in the class: the property itself, not what it gives.

    Raises:
        Unknown: there is none.
    """
    found = _in_types(thing if isinstance(thing, type) else type(thing), name)
    if found is _NOTHING:
        raise Unknown(name)
    return found
