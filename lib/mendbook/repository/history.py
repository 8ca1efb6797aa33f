"""Count who changed which file, in one pass over the history of a commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mendbook.repository import git
from mendbook.repository.target import Target

MAX_COMMITS = 20_000
"""Commits that are read, newest first: more would take minutes and change no ranking."""

_MARK = "\x02"


@dataclass(frozen=True, slots=True)
class History:
    """Which commits touched each file, under the name that the file has at the pinned commit."""

    authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Commit hash to the author's e-mail, lower case, and name."""
    touched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Path to the hashes of the commits that changed it, newest first."""
    complete: bool = True
    """False when the clone is shallow or has more than ``MAX_COMMITS`` commits."""

    def commits(self, paths: Iterable[str]) -> int:
        """Return how many commits changed at least one of ``paths``."""
        return len(self._hashes(paths))

    def main_author(self, paths: Iterable[str]) -> tuple[str, int, int] | None:
        """Return the author with most commits on ``paths``, theirs and all; None without any.

        Bots count only where nobody else committed; of equals, the more recent one wins. Commits
        are joined by e-mail address, and the newest spelling of the name is shown.
        """
        hashes = self._hashes(paths)
        people = [key for key in hashes if not self.authors[key][1].endswith("[bot]")] or hashes
        if not people:
            return None
        counts = Counter(self.authors[key][0] for key in people)
        email, own = counts.most_common(1)[0]
        name = next(self.authors[key][1] for key in people if self.authors[key][0] == email)
        return name or email, own, len(people)

    def _hashes(self, paths: Iterable[str]) -> list[str]:
        wanted = {key for path in paths for key in self.touched.get(path, ())}
        return [key for key in self.authors if key in wanted]


def read_history(target: Target) -> History:
    """Read the history that leads to the pinned commit, without merges, following renames.

    In a shallow clone the oldest commits look as if they had added every file; they are left out.
    """
    log = git.output(
        target.root,
        "-c",
        f"log.showRoot={'false' if target.shallow else 'true'}",
        "log",
        f"--max-count={MAX_COMMITS}",
        "--no-merges",
        "--no-mailmap",
        "--no-ext-diff",
        "--no-textconv",
        "--name-status",
        "-M",
        "-l1000",
        "-z",
        f"--format={_MARK}%H%x00%ae%x00%an",
        "--end-of-options",
        target.commit,
    )
    fields = log.decode("utf-8", "replace").split("\0")
    authors: dict[str, tuple[str, ...]] = {}
    touched: dict[str, list[str]] = {}
    today: dict[str, str] = {}
    for key, email, name, changes in _entries(fields):
        authors[key] = (email.strip().lower(), name.strip())
        for old, new in changes:
            path = today.get(new, new)
            if old != new:
                today[old] = path
            touched.setdefault(path, []).append(key)
    complete = not target.shallow and len(authors) < MAX_COMMITS
    return History(authors, {path: tuple(keys) for path, keys in touched.items()}, complete)


def _entries(fields: list[str]) -> Iterator[tuple[str, str, str, list[tuple[str, str]]]]:
    """Yield hash, e-mail, name and ``(old path, new path)`` of each commit in ``git log -z``."""
    position = 0
    while position + 2 < len(fields):
        key, email, name = fields[position : position + 3]
        position += 3
        changes = []
        while position < len(fields) and not fields[position].startswith(_MARK):
            status = fields[position].lstrip("\n")
            paths = 2 if status[:1] in ("R", "C") else 1
            if status and position + paths < len(fields):
                old, new = fields[position + 1], fields[position + paths]
                # a copy starts a history of its own
                changes.append((new if status[0] == "C" else old, new))
                position += paths
            position += 1
        yield key.lstrip(_MARK), email, name, changes
