"""Find out of the history what became of a file or a line that the pinned commit does not have."""

from __future__ import annotations

from dataclasses import dataclass

from mendbook.repository import git
from mendbook.repository.target import Target

_LEAST = 12
"""Letters of a quoted line; a shorter one comes and goes in many commits."""
_LOG = ("log", "-1", "--format=%h%x09%cs", "--no-ext-diff", "--no-textconv")


@dataclass(frozen=True, slots=True)
class _Commit:
    hash: str
    date: str

    def __str__(self) -> str:
        return f"{self.hash} ({self.date})"


def what_became_of_file(target: Target, path: str) -> str:
    """Return in which commit ``path`` was deleted, renamed or comes; empty where none shows it."""
    if gone := _commit(target, target.commit, "--diff-filter=D", "--", path):
        named = _renamed(target, gone.hash, path)
        return f"{path} became {named} in {gone}" if named else f"{path} was deleted in {gone}"
    if comes := _later(target, "--diff-filter=A", "--", path):
        return f"{path} comes later, in {comes}"
    return ""


def what_became_of_line(target: Target, path: str, quoted: str) -> str:
    """Return in which commit the longest line of ``quoted`` went from ``path``, or comes to it."""
    line = max((each.strip() for each in quoted.splitlines()), key=len, default="")
    if len(line) < _LEAST:
        return ""
    if gone := _commit(target, target.commit, f"-S{line}", "--", path):
        return f"the line went from {path} in {gone}"
    if comes := _later(target, f"-S{line}", "--", path):
        return f"the line comes to {path} later, in {comes}"
    return ""


def _later(target: Target, *asked: str) -> _Commit | None:
    if not target.head or target.head == target.commit:
        return None
    return _commit(target, f"{target.commit}..{target.head}", *asked)


def _commit(target: Target, revision: str, *asked: str) -> _Commit | None:
    limits, paths = asked[:-2], asked[-2:]
    done = git.run(target.root, *_LOG, *limits, revision, *paths)
    said = done.stdout.decode("utf-8", "replace").strip()
    commit, _, date = said.partition("\t")
    return _Commit(commit, date) if not done.returncode and date else None


def _renamed(target: Target, commit: str, path: str) -> str:
    """Return what ``path`` is called since ``commit``; empty where it was deleted."""
    done = git.run(
        target.root, "diff-tree", "-r", "-M", "--diff-filter=R", "--name-status", "-z", commit
    )
    parts = done.stdout.decode("utf-8", "replace").split("\0")
    for at, part in enumerate(parts[:-2]):
        if part.startswith("R") and parts[at + 1] == path:
            return parts[at + 2]
    return ""
