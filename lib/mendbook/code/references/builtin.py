"""What the language's own generic types hand out: just enough to follow a value through them."""

from __future__ import annotations

import re

from mendbook.code.references.type_shape import FOREIGN, UNKNOWN, Op, Shape

GENERIC = {
    "Promise": "Promise",
    "PromiseLike": "Promise",
    "Array": "Array",
    "ReadonlyArray": "Array",
    "Iterable": "Array",
    "IterableIterator": "Array",
    "MapIterator": "Array",
    "SetIterator": "Array",
    "AsyncIterable": "Array",
    "AsyncIterableIterator": "Array",
    "Set": "Set",
    "ReadonlySet": "Set",
    "WeakSet": "Set",
    "Map": "Map",
    "ReadonlyMap": "Map",
    "WeakMap": "Map",
    "Record": "Record",
}
"""The generic types that are followed, and the one whose rules each obeys."""
TRANSPARENT = frozenset(
    {"Partial", "Required", "Readonly", "NonNullable", "Pick", "Omit", "Awaited", "Extract"}
    | {"NoInfer", "Exclude"}
)
"""Types whose members are those of their first argument."""
NAMESPACES = frozenset({"Array", "Object", "Promise", "Reflect", "globalThis"})
"""Values whose functions hand back what they are given: nothing is known of their results."""
_SAME = {
    "Array": frozenset({"filter", "slice", "concat", "reverse", "sort", "toSorted", "values"}),
    "Set": frozenset({"values", "keys", "add", "union", "intersection", "difference"}),
    "Promise": frozenset({"catch", "finally"}),
}
_ONE = {
    "Array": frozenset({"find", "findLast", "at", "pop", "shift", "next"}),
    "Set": frozenset(),
}
_CALLED_WITH_ONE = frozenset(
    {"forEach", "map", "filter", "find", "findLast", "findIndex", "some", "every", "flatMap"}
)
_COMPARES = frozenset({"sort", "toSorted"})
_TAKES_ONE = frozenset({"push", "unshift", "add", "includes", "indexOf", "has", "delete"})
EVERYWHERE = frozenset(
    {"apply", "call", "bind", "toString", "toJSON", "then", "catch", "finally", "length"}
    | {"on", "once", "off", "emit", "addListener", "removeListener", "listeners"}
    | {"get", "set", "has", "delete", "add", "clear", "keys", "values", "entries", "forEach"}
    | {"map", "filter", "find", "some", "every", "push", "pop", "shift", "slice", "join", "split"}
    | {"replace", "test", "exec", "match", "parse", "includes", "connect", "close", "end", "write"}
)
"""Members that the language's and the platform's own objects have as well."""
_PARAMETER = re.compile(r"[A-Z]|T[A-Z]\w*|\w*Type|T[0-9]")


def looks_like_parameter(name: str) -> bool:
    """Tell whether a type that nothing declares is spelled like a type parameter."""
    return bool(_PARAMETER.fullmatch(name))


def _part(shape: Shape, index: int) -> Shape:
    return shape.parts[index] if index < len(shape.parts) else UNKNOWN


def result(shape: Shape, method: str) -> Shape:
    """Return what calling ``method`` of the generic instance ``shape`` gives."""
    kind = GENERIC[shape.name]
    if method in _SAME.get(kind, ()):
        return shape
    if method in _ONE.get(kind, ()):
        return _part(shape, 0)
    if kind == "Map" and method == "get":
        return _part(shape, 1)
    if kind == "Map" and method in {"values", "keys"}:
        return Shape(Op.TYPE, "Array", (_part(shape, 1 if method == "values" else 0),))
    if method == "entries":
        key = FOREIGN if kind == "Array" else _part(shape, 0)
        pair = Shape(Op.TUPLE, "", (key, _part(shape, 1 if kind == "Map" else 0)))
        return Shape(Op.TYPE, "Array", (pair,))
    return UNKNOWN


def element(kind: str, shape: Shape) -> Shape:
    """Return what iterating over, or indexing, the generic instance ``shape`` gives."""
    if kind == "Map":
        return Shape(Op.TUPLE, "", (_part(shape, 0), _part(shape, 1)))
    return _part(shape, 1 if kind == "Record" else 0)


def parameter(shape: Shape, method: str, index: int) -> Shape:
    """Return parameter ``index`` of ``method`` of the generic instance ``shape``."""
    kind = GENERIC[shape.name]
    if kind == "Map" and method == "set":
        return _part(shape, index)
    if kind in {"Array", "Set"} and method in _TAKES_ONE:
        return _part(shape, 0)
    if index:
        return UNKNOWN
    if kind == "Map":
        return _callback(_part(shape, 1), _part(shape, 0)) if method == "forEach" else UNKNOWN
    if kind == "Promise":
        return _callback(_part(shape, 0)) if method == "then" else UNKNOWN
    if method in _COMPARES:
        return _callback(_part(shape, 0), _part(shape, 0))
    if method in {"reduce", "reduceRight"}:
        return _callback(UNKNOWN, _part(shape, 0))
    return _callback(_part(shape, 0)) if method in _CALLED_WITH_ONE else UNKNOWN


def _callback(*takes: Shape) -> Shape:
    return Shape(Op.FUNCTION, "", (UNKNOWN, *takes))
