"""What may be asked of a reference search: who uses a name, and whether it may go."""

from __future__ import annotations

from typing import Protocol

from ast_grep_py import SgNode

from mendbook.model import SymbolReferences


class Lookup(Protocol):
    """Where names are used, in the snapshot the lookup was made from."""

    def uses(self, symbol: str, file: str) -> SymbolReferences:
        """Return every use of ``symbol`` (``name`` or ``Class.member``) declared in ``file``."""
        ...

    def needed(self, name: str, file: str) -> str:
        """Return why the top-level ``name`` of ``file`` must stay; nothing when it may go."""
        ...

    def taken(self, name: str, file: str) -> str:
        """Return why ``file`` must go on exporting ``name``; nothing when nobody takes it."""
        ...

    def imported(self, name: str, file: str) -> str:
        """Return who takes ``name`` from ``file``, under any name it is exported by."""
        ...

    def loaded(self, name: str, file: str) -> str:
        """Return where a path in a text loads the export that ``file`` calls ``name``."""
        ...

    def by_convention(self, name: str, file: str) -> str:
        """Return which framework takes what ``file`` calls ``name`` by that very name."""
        ...

    def augmented(self, name: str, file: str) -> str:
        """Return where another file adds to what ``file`` calls ``name``, by that very name."""
        ...

    def needed_member(self, node: SgNode, owner: str, file: str) -> str:
        """Return why the member ``node`` of the class ``owner`` must stay; nothing if it may go."""
        ...

    def built(self, name: str) -> str:
        """Return the first place of code that may put ``name`` together to reach a member."""
        ...

    def member_read(self, name: str, holder: str, owner: str = "") -> str:
        """Return the first place where ``name`` may be read off a ``holder`` of type ``owner``."""
        ...

    def importers(self, file: str) -> tuple[str, ...]:
        """Return the files that import or re-export ``file``, sorted."""
        ...
