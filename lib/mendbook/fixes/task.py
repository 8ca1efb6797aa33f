"""What a patch source is given to work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from ast_grep_py import SgNode

from mendbook.model import Cause, Finding, FindingFacts, Proposal, Skipped, SymbolReferences
from mendbook.repository.snapshot import Snapshot


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

    def loaded(self, name: str, file: str) -> str:
        """Return where a path in a text loads the export that ``file`` calls ``name``."""
        ...

    def needed_member(self, node: SgNode, owner: str, file: str) -> str:
        """Return why the member ``node`` of the class ``owner`` must stay; nothing if it may go."""
        ...

    def member_read(self, name: str, holder: str, owner: str = "") -> str:
        """Return the first place where ``name`` may be read off a ``holder`` of type ``owner``."""
        ...

    def importers(self, file: str) -> tuple[str, ...]:
        """Return the files that import or re-export ``file``, sorted."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """One finding, what is known about it, and the tree to change.

    ``snapshot`` is the tree that the patch is to apply to: the audit's commit, or that commit with
    earlier patches of the series applied. ``lookup`` speaks of the same tree.
    """

    finding: Finding
    facts: FindingFacts
    snapshot: Snapshot
    lookup: Lookup


class Source(Protocol):
    """One place that patches come from; one file for each in ``fixes/sources``."""

    @property
    def name(self) -> str:
        """The name that the report gives to this source."""
        ...

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return edits for the task's finding, or why there are none."""
        ...


@runtime_checkable
class RepeatableSource(Protocol):
    """A source that can be asked the same once more, of a tree that patches have changed."""

    @property
    def name(self) -> str:
        """The name that the report gives to this source."""
        ...

    def again(self, proposal: Proposal, task: Task) -> Proposal | Skipped:
        """Return what the part that made ``proposal`` proposes for the task's tree."""
        ...


def not_asked(source: str) -> Skipped:
    """Return the answer of a ``source`` that the finding's words do not select."""
    return Skipped(source, "the finding does not ask for it", Cause.NOT_ASKED)
