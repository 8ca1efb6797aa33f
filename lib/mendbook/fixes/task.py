"""What a patch source is given to work with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from mendbook.code.references.lookup import Lookup
from mendbook.model import Cause, Finding, FindingFacts, Proposal, Skipped
from mendbook.repository.snapshot import Snapshot


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

    def saying(self, fix: str) -> Task:
        """Return the same task with another fix text for its finding."""
        return replace(self, finding=replace(self.finding, fix=fix))


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
