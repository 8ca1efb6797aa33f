"""What one Python file declares, imports and uses, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mendbook.model import ReferenceKind


class Holds(StrEnum):
    """What sort of value a member is taken of."""

    PATH = "path"
    """A dotted ``name`` of the module."""
    INSTANCE = "instance"
    """An object of the class ``name``."""
    RESULT = "result"
    """What calling ``name`` gives."""
    OWN = "own"
    """``self`` or ``cls`` in the class ``name``."""
    ATTRIBUTE = "attribute"
    """Attribute ``member`` of such a ``self``."""
    SUPER = "super"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Receiver:
    """What a member is taken of."""

    holds: Holds
    name: str = ""
    member: str = ""


UNKNOWN = Receiver(Holds.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Defined:
    """One definition; ``owner`` is its class, ``local`` says that it stands in a function."""

    name: str
    kind: str
    line: int
    column: int
    first_line: int
    """With its decorators."""
    end_line: int
    owner: str = ""
    local: bool = False
    returns: str = ""
    """The class that its annotation says it returns."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a local name is imported as: ``name`` of ``module``, or the module where it is empty."""

    module: str
    level: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """One use: a bare name (no ``receiver``) of the module's scope, or a member."""

    name: str
    line: int
    column: int
    kind: ReferenceKind
    enclosing: str
    receiver: Receiver | None = None
    start: int = 0
    """The first line of the function or class that it stands in; 0 for the module."""


@dataclass(frozen=True, slots=True)
class Route:
    """One entry point: what it is called, and the function it runs, by bare or dotted name."""

    name: str
    handler: str
    line: int


@dataclass(slots=True)
class PythonFile:
    """Everything of one file; ``problem`` says why it could not be read."""

    defined: list[Defined] = field(default_factory=list)
    imports: dict[str, Taken] = field(default_factory=dict)
    stars: list[Taken] = field(default_factory=list)
    listed: dict[str, tuple[int, int]] = field(default_factory=dict)
    """``__all__``, each name with its place."""
    bases: dict[str, list[str]] = field(default_factory=dict)
    attributes: dict[tuple[str, str], Receiver] = field(default_factory=dict)
    """What attribute of which class is known to hold."""
    values: dict[str, Receiver] = field(default_factory=dict)
    """What a name of the module's scope is known to hold."""
    aliases: dict[str, str] = field(default_factory=dict)
    """The class that a name of the module's scope stands for: ``Desk = Annotated[Clerk, …]``."""
    used: list[Used] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    problem: str = ""
