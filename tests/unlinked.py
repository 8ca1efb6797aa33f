"""A lookup for tests in which no reference is of interest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ast_grep_py import SgNode

from mendbook.model import SymbolReferences, SymbolStatus


class Unlinked:
    """A lookup that knows no uses; ``imported_by`` maps a file to those that import it."""

    def __init__(self, imported_by: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> None:
        self._imported_by = imported_by

    def uses(self, symbol: str, file: str) -> SymbolReferences:
        """Return nothing found."""
        return SymbolReferences(symbol, SymbolStatus.MISSING, "syntax")

    def importers(self, file: str) -> tuple[str, ...]:
        """Return the files that were given."""
        return self._imported_by.get(file, ())

    def needed(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def taken(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def built(self, name: str) -> str:
        """Nobody puts names together."""
        return ""

    def member_read(self, name: str, holder: str, owner: str = "") -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def imported(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def loaded(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def by_convention(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def augmented(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def needed_member(self, node: SgNode, owner: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{owner} was not looked up"
