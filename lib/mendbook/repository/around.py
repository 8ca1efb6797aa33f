"""Find the repository that an audit is about, where nobody names one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mendbook.errors import RepositoryError
from mendbook.repository import git

_SHARE = 0.5
"""Of the files that the audit names, those that the tree one stands in must hold."""


@dataclass(frozen=True, slots=True)
class ChosenRepository:
    """The repository to plan on, None where there is none, and why in one line."""

    root: Path | None
    why: str


def repository_of(audit: Path, named: Iterable[str], standing: Path) -> ChosenRepository:
    """Return the repository that ``audit`` lies in, else the one around the folder ``standing``.

    ``named`` are the files that the audit names. The first must hold one of them at least, where it
    names any; the second half of them. Neither is looked into further, and nothing is written.
    """
    files = {path.strip("/") for path in named if path.strip("/")}
    around = _top(audit.absolute().parent)
    held = _held(around, files) if around is not None else 0
    if around is not None and (held or not files):
        return ChosenRepository(
            around, f"planned on {around}, the repository that the audit lies in"
        )
    here = _top(standing)
    held = _held(here, files) if here is not None and here != around else 0
    if here is not None and held and held >= _SHARE * len(files):
        holds = f"which holds {held} of the {len(files)} files that the audit names"
        return ChosenRepository(here, f"planned on {here}, the repository you stand in, {holds}")
    if around is not None:
        said = f"{around}, which the audit lies in, holds none of the files that it names"
        return ChosenRepository(None, f"planned without a repository: {said}; name one with --repo")
    return ChosenRepository(
        None,
        "planned without a repository: the audit lies in none, and none you stand in holds its "
        "files; name one with --repo",
    )


def _top(folder: Path) -> Path | None:
    """Return the work tree around ``folder``, or None outside of any."""
    if not folder.is_dir():
        return None
    try:
        done = git.run(folder, "rev-parse", "--show-toplevel")
    except RepositoryError:
        return None
    top = done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")
    return Path(top) if done.returncode == 0 and top else None


def _held(top: Path | None, files: set[str]) -> int:
    """Return how many of ``files`` the checked-out commit of ``top`` holds, folders included."""
    if top is None or not files:
        return 0
    done = git.run(top, "ls-tree", "-r", "-t", "--name-only", "-z", "HEAD")
    if done.returncode:
        return 0
    tree = set(done.stdout.decode("utf-8", "surrogateescape").split("\0"))
    return len(files & tree)
