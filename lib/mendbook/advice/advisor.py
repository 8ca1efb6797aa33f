"""What an advisor is given, and what it must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mendbook.fixes.task import Lookup
from mendbook.model import Advice, Audit, Context, Profiles
from mendbook.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Survey:
    """All that an advisor may look at: the target's files, what it is, and what was measured."""

    snapshot: Snapshot
    context: Context
    lookup: Lookup
    audit: Audit
    profiles: Profiles


Advisor = Callable[[Survey], Advice]
