"""The repository at the commit to plan on, and what tells one state of it from another."""

from __future__ import annotations

from pathlib import Path

from mendbook import repository
from mendbook.repository import Target
from mendbook.repository.snapshot import Snapshot

NOWHERE = Snapshot.of({})


def open_target(repo: Path | None, asked: str, named: str) -> Target | None:
    """Return the repository at the commit ``asked`` for, else at the one that the audit names."""
    return repository.open_target(repo, asked or named) if repo else None


def target_state(target: Target | None) -> str:
    """Return what tells one state of a repository from another."""
    if target is None:
        return ""
    return "\n".join(
        [
            str(target.root),
            target.commit,
            target.head,
            target.branch,
            target.remote,
            *target.warnings,
        ]
    )


def snapshot_of(target: Target | None) -> Snapshot:
    """Return the target's text files; none without a repository."""
    return target.snapshot if target else NOWHERE


def commit_of(snapshot: Snapshot) -> str:
    """Return the commit that the snapshot was read from; empty without a repository."""
    return snapshot.commit


def root_of(target: Target | None) -> Path | None:
    """Return the target's folder; None without a repository."""
    return target.root if target else None
