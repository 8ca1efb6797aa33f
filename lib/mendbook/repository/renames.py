"""Ask git which files have another path in another commit."""

from __future__ import annotations

from pathlib import Path

from mendbook.repository import git


def renames(root: Path, first: str, last: str) -> dict[str, str]:
    """Return the path that each renamed file of ``first`` has in ``last``; both are full hashes.

    A file that is still there was not renamed, however alike a new one is.
    """
    arguments = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status")
    said = git.output(root, *arguments, "--end-of-options", first, last)
    words = said.decode("utf-8", "replace").split("\0")
    return dict(zip(words[1::3], words[2::3], strict=False))
