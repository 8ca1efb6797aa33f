"""What the gates say of a series, patch by patch and as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.model import Check, Dependency, Patch, PullRequest, Skipped


@dataclass(frozen=True, slots=True)
class ProvenDependency:
    """A dependency that the proof found: PR ``number`` comes after ``dependency.on``."""

    number: int
    dependency: Dependency


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification gives back: patches and PRs with their checks, and new dependencies."""

    patches: tuple[Patch, ...]
    pull_requests: tuple[PullRequest, ...]
    dependencies: tuple[ProvenDependency, ...]
    """Dependencies that are new; the PRs already have them."""
    baseline: tuple[Check, ...]
    """The gates on the untouched tree."""
    series: Check
    """Whether the reverse series gives back the audited tree, byte for byte."""
    not_run: tuple[Skipped, ...] = ()
