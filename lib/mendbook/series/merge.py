"""Carry edits that were made on one tree over to another: git's three-way merge, file by file."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from mendbook.errors import PatchError
from mendbook.model import Skipped
from mendbook.repository import git
from mendbook.repository.snapshot import Snapshot

ALONE = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
"""No configuration of the user's or the machine's: a merge must come out the same everywhere."""
_MOST_CONFLICTS = 127
"""``git merge-file`` exits with the number of conflicts up to this, and above it on an error."""


def carry_over(
    edits: Mapping[str, str | None], base: Snapshot, tree: Snapshot
) -> dict[str, str | None] | Skipped:
    """Return ``edits``, made on ``base``, as edits of ``tree``; ``Skipped`` names what conflicts.

    Edits that ``tree`` already has are left out, so an empty result means that nothing is left to
    do.
    """
    carried: dict[str, str | None] = {}
    for path in sorted(edits):
        was, ours, theirs = base.get(path), tree.get(path), edits[path]
        if theirs in (was, ours):
            continue
        if ours == was:
            carried[path] = theirs
            continue
        merged = (
            None if None in (ours, theirs, was) else _merged(ours or "", was or "", theirs or "")
        )
        if merged is None:
            return Skipped(path, f"{path} was changed differently by an earlier patch")
        if merged != ours:
            carried[path] = merged
    return carried


def _merged(ours: str, base: str, theirs: str) -> str | None:
    """Return the three texts merged, or None where they conflict."""
    with tempfile.TemporaryDirectory(prefix="mendbook-merge-") as name:
        folder = Path(name)
        for file, text in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / file).write_bytes(text.encode())
        done = git.run(folder, "merge-file", "-p", "ours", "base", "theirs", env=ALONE)
    if done.returncode == 0:
        return done.stdout.decode()
    if done.returncode <= _MOST_CONFLICTS:
        return None
    said = done.stderr.decode("utf-8", "replace").strip()
    message = f"git merge-file failed ({said[:200]}); check that git works here"
    raise PatchError(message)
