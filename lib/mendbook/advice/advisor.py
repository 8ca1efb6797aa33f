"""What an advisor is given, and what it must be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from mendbook.code.references.lookup import Lookup
from mendbook.model import Advice, Audit, Context, Profiles
from mendbook.policy.platform import Platform
from mendbook.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Survey:
    """All that an advisor may look at: the target's files, what it is, and what was measured."""

    snapshot: Snapshot
    context: Context
    lookup: Lookup
    audit: Audit
    profiles: Profiles
    platform: Platform = field(default_factory=Platform)
    """What the platform asks of this very target; nothing where it is another."""
    packages: frozenset[str] = frozenset()
    """Names of the packages that the target's manifests declare, in any ecosystem."""


@dataclass(frozen=True, slots=True)
class Advisor:
    """One advisor: whether the target has what it speaks about, and what it says then."""

    name: str
    applies: Callable[[Survey], bool]
    advise: Callable[[Survey], Advice]
