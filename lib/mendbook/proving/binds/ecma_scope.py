"""Scopes of JavaScript and TypeScript: what each binds, and what is used in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_EARLY = frozenset({"const", "let", "class"})


@dataclass(slots=True, eq=False)
class Bound:
    """A name that a scope binds: how, on which 0-based line, and from which offset on."""

    name: str
    how: str
    """``const``, ``let``, ``var``, ``function``, ``class``, ``import``, ``parameter`` and so on."""
    line: int
    at: int
    scope: Scope
    typed: bool = False
    """Bound as a type alone: an interface, an alias, an ``import type``."""


@dataclass(slots=True, eq=False)
class Scope:
    """One scope: what it binds, the scope around it, and whether it is a function's."""

    around: Scope | None = None
    function: bool = False
    bound: dict[str, Bound] = field(default_factory=dict)

    def find(self, name: str, *, as_type: bool = False) -> Bound | None:
        """Return what ``name`` means here; a type alone is no value; None without one."""
        scope: Scope | None = self
        while scope is not None:
            bound = scope.bound.get(name)
            if bound is not None and (as_type or not bound.typed):
                return bound
            scope = scope.around
        return None

    @property
    def home(self) -> Scope:
        """The function's scope, or the file's, that this one lies in."""
        scope = self
        while not scope.function and scope.around is not None:
            scope = scope.around
        return scope


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name on a 0-based line: as a value or a type, and what it means."""

    name: str
    line: int
    at: int
    scope: Scope
    typed: bool
    guarded: bool = False
    """``typeof x`` asks whether there is such a name."""

    @property
    def meaning(self) -> Bound | None:
        """What the name means; None where nothing in the file binds it."""
        return self.scope.find(self.name, as_type=self.typed)


@dataclass(frozen=True, slots=True)
class ScopedFile:
    """The uses of one file and its outermost scope; ``twice`` is what a scope binds again."""

    top: Scope
    uses: tuple[Use, ...]
    twice: tuple[Bound, ...]

    def free(self) -> dict[str, list[Use]]:
        """Return the uses of names that nothing in the file binds, by name."""
        uses: dict[str, list[Use]] = {}
        for use in self.uses:
            if use.meaning is None and not use.guarded:
                uses.setdefault(use.name, []).append(use)
        return uses

    def early(self) -> Iterator[tuple[Use, Bound]]:
        """Yield the uses that run before the ``const``, ``let`` or ``class`` that they mean."""
        for use in self.uses:
            meaning = use.meaning
            if use.typed or meaning is None or meaning.how not in _EARLY:
                continue
            if use.at < meaning.at and use.scope.home is meaning.scope.home:
                yield use, meaning
