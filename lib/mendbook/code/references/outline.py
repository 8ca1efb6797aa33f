"""What one file declares, imports and exports, as plain data that can be kept by content hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mendbook.code.references.type_shape import UNKNOWN, Op, Shape
from mendbook.model import ReferenceKind

WHOLE = "*"
"""The imported name of a namespace import, and the exported name of ``export *``."""
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Import:
    """One local name that an import brings in: ``name`` of the module ``source``."""

    local: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Export:
    """One exported name: ``local`` of this file, or ``local`` of the module ``source``."""

    name: str
    local: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration: its name's place (1-based), its last line, and what is known of its type.

    ``owner`` is the class, interface or object it is a member of; ``local`` says that it stands
    inside a function. ``shape`` of a type is what it stands for, of a class its base.
    """

    name: str
    kind: str
    line: int
    column: int
    first_line: int
    end_line: int
    owner: str = ""
    shape: Shape = UNKNOWN
    local: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """The members of a class, interface, enum or object, and the types it is based on."""

    parameters: tuple[str, ...] = ()
    bases: tuple[Shape, ...] = ()
    promises: tuple[Shape, ...] = ()
    """The interfaces that a class says it implements."""
    members: dict[str, Declared] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Load:
    """A module, or a pattern of files, that is loaded otherwise than by an import statement.

    ``name`` is what is taken from it; empty when that cannot be told.
    """

    source: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """What one file imports, by local name, and exports, by name."""

    imports: dict[str, Import] = field(default_factory=dict)
    exports: dict[str, Export] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Every module named by an import, a re-export, ``import(…)`` or ``require(…)``."""
    loads: tuple[Load, ...] = ()
    assigned: bool = False
    """``export =`` or ``module.exports =``: importing the whole module gives its default."""
    module: bool = False
    """It imports or exports; what a script declares is everybody's."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What one file declares: at its top level by name, and its types' members by key.

    A type without a name of its own is kept under ``@line:column``.
    """

    declared: dict[str, tuple[Declared, ...]] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)

    def everything(self) -> Iterator[Declared]:
        """Yield the top-level declarations, then the members of named types."""
        for several in self.declared.values():
            yield from several
        for key, kind in self.types.items():
            if not key.startswith("@"):
                yield from kind.members.values()

    def held(self) -> Iterator[tuple[str, Declared]]:
        """Yield the members of objects that stand inside others, each by its whole name.

        ``follow: { post() {} }`` of a module's exports has the member ``follow.post``.
        """
        waiting = [(one.name, one) for one in self.everything()]
        seen: set[str] = set()
        while waiting:
            name, one = waiting.pop()
            key = one.shape.name
            if one.shape.op is not Op.OBJECT or not key.startswith("@") or key in seen:
                continue
            seen.add(key)
            for inner in self.types.get(key, Type()).members.values():
                yield f"{name}.{inner.name}", inner
                waiting.append((f"{name}.{inner.name}", inner))


@dataclass(frozen=True, slots=True)
class Site:
    """One place (1-based) where a name stands and does not declare.

    ``receiver`` is what it is a member of. ``binding`` is the place of the local declaration that
    it means, None where it means what the file's top level calls so.
    """

    name: str
    line: int
    column: int
    kind: ReferenceKind
    enclosing: str
    receiver: Shape | None = None
    binding: tuple[int, int] | None = None
