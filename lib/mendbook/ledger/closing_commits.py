"""Ask git which commit closed a finding: one that names it, else those that changed its files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mendbook.errors import RepositoryError
from mendbook.ledger.trend import ClosingCommit, Followed, Line
from mendbook.repository import git

_MOST = 3
_FORMAT = "%x00%H%x1f%an%x1f%aI%x1f%s%x1f%b%x1e"
_HASH = re.compile(r"[0-9a-fA-F]{4,64}")


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit between two runs."""

    hash: str
    author: str
    date: str
    subject: str
    body: str
    files: frozenset[str]


def with_commits(line: Line, repo: str) -> Line:
    """Return ``line`` with the commits that closed its findings, asked in ``repo``."""
    root = Path(repo or line.repository)
    if not (repo or line.repository):
        return _unknown(line, "the runs had no repository")
    if not root.is_dir():
        return _unknown(line, f"{root} is not there; name the repository with --repo")

    @cache
    def between(first: str, last: str) -> tuple[Commit, ...] | str:
        return commits_between(root, first, last)

    def told(followed: Followed) -> Followed:
        if followed.is_open:
            return followed
        if followed.last_commit == followed.closed_commit:
            why = "both runs were planned on the same commit: it is no longer reported"
            return replace(followed, not_known=why)
        commits = between(followed.last_commit, followed.closed_commit)
        return (
            replace(followed, not_known=commits)
            if isinstance(commits, str)
            else closed_by(followed, commits)
        )

    return replace(line, findings=tuple(told(each) for each in line.findings))


def commits_between(root: Path, first: str, last: str) -> tuple[Commit, ...] | str:
    """Return the commits that lead from ``first`` to ``last``, newest first, or why not."""
    if not (_HASH.fullmatch(first) and _HASH.fullmatch(last)):
        return "a run does not say which commit it was planned on"
    span = f"{first}..{last}"
    arguments = ("log", "--no-merges", "--name-only", "-z", f"--format={_FORMAT}")
    try:
        done = git.run(root, *arguments, "--end-of-options", span)
    except RepositoryError as error:
        return str(error)
    if done.returncode:
        return f"{first[:12]} and {last[:12]} are not both in {root}"
    text = done.stdout.decode("utf-8", "replace")
    parts = re.split(r"\0(?=[0-9a-f]{40,64}\x1f)", text)
    return tuple(_commit(part) for part in parts if part.strip("\0\n"))


def closed_by(followed: Followed, commits: Sequence[Commit]) -> Followed:
    """Return the finding with the commits that speak for having closed it, the best of a kind."""
    finding = followed.finding
    kinds = (
        ("names the finding", lambda each: _names(each, finding.id)),
        ("has the subject of its patch", lambda each: each.subject == finding.subject != ""),
        (f"changes {finding.file}", lambda each: finding.file in each.files),
        ("changes a file of its fix", lambda each: bool(each.files.intersection(finding.files))),
    )
    for why, speaks in kinds:
        closing = [each for each in commits if speaks(each)]
        if closing:
            return replace(
                followed,
                commits=tuple(
                    ClosingCommit(each.hash, each.subject, each.author, each.date, why)
                    for each in closing[:_MOST]
                ),
            )
    first, last = followed.last_commit[:12], followed.closed_commit[:12]
    why = f"no commit between {first} and {last} names it or changes its files"
    return replace(followed, not_known=why)


def _names(commit: Commit, name: str) -> bool:
    """Tell whether the message has the finding's id as a word; a mere number is none."""
    if not re.search(r"[^\W\d]", name):
        return False
    pattern = rf"(?<![\w-]){re.escape(name)}(?![\w-])"
    return re.search(pattern, f"{commit.subject}\n{commit.body}") is not None


def _commit(text: str) -> Commit:
    head, _, names = text.partition("\x1e")
    hash_, author, date, subject, body = head.lstrip("\0").split("\x1f", 4)
    files = frozenset(name.strip("\n") for name in names.split("\0") if name.strip("\n"))
    return Commit(hash_, author, date, subject, body, files)


def _unknown(line: Line, why: str) -> Line:
    return replace(
        line,
        findings=tuple(
            each if each.is_open else replace(each, not_known=why) for each in line.findings
        ),
    )
