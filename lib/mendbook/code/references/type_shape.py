"""What can be known of an expression's type, as data that is judged later, across files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """How a shape is made from its name and its parts."""

    NAME = "name"
    """The value that ``name`` has in the file's own scope."""
    TYPE = "type"
    """An instance of the type ``name`` (dotted through a namespace); parts are its arguments."""
    MEMBER = "member"
    """Member ``name`` of part 0."""
    CALL = "call"
    """What calling part 0 returns."""
    NEW = "new"
    """What constructing part 0 gives."""
    AWAIT = "await"
    ELEMENT = "element"
    """What iterating over part 0, or indexing it, gives."""
    INDEX = "index"
    """Element number ``name`` of part 0."""
    UNION = "union"
    OBJECT = "object"
    """The object literal or object type kept as type ``name`` of the file's outline."""
    FUNCTION = "function"
    """Part 0 is what it returns, the others are its parameters."""
    PARAMETER = "parameter"
    """Parameter number ``name`` of the function that part 0 is."""
    TUPLE = "tuple"
    MODULE = "module"
    """Everything that the module ``name`` (as imported) exports."""
    BASE = "base"
    """The instance of what part 0 extends: ``super``."""
    CLASS = "class"
    """The class ``name`` itself, not an instance of it."""
    IN = "in"
    """Part 0 as it is understood in the file ``name``."""
    FOREIGN = "foreign"
    """Known, and not of this repository: a literal, a primitive."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shape:
    """One step of what is known of a value: an operation, its name, and the shapes it rests on."""

    op: Op
    name: str = ""
    parts: tuple[Shape, ...] = ()


UNKNOWN = Shape(Op.UNKNOWN)
FOREIGN = Shape(Op.FOREIGN)


def member(of: Shape, name: str) -> Shape:
    """Return the shape of member ``name`` of ``of``; of nothing known, nothing is known."""
    return UNKNOWN if of is UNKNOWN else Shape(Op.MEMBER, name, (of,))


def step(op: Op, of: Shape, name: str = "") -> Shape:
    """Return ``op`` applied to ``of``; of nothing known, nothing is known."""
    return UNKNOWN if of is UNKNOWN else Shape(op, name, (of,))


def either(*shapes: Shape) -> Shape:
    """Return the union of the ``shapes`` of which anything is known."""
    known = tuple(dict.fromkeys(shape for shape in shapes if shape.op is not Op.UNKNOWN))
    if not known:
        return UNKNOWN
    return known[0] if len(known) == 1 else Shape(Op.UNION, "", known)
