"""Commit a run's artefacts on a branch of their own, without touching anything else.

Only git's plumbing is used, with an index outside the repository: HEAD, index, work tree, stash,
configuration, hooks and other refs stay byte for byte. Nothing is pushed. Until the last step,
one ``update-ref``, a run that dies leaves nothing but loose objects that no ref reaches.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from mendbook.errors import RepositoryError
from mendbook.repository import git

NAME = "Mendbook"
EMAIL = "mendbook@localhost"
_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)-?(\d{4})(?:-\d+)?\Z")
MAX_RUNS = 100
"""Branches that one minute may hold."""


@dataclass(frozen=True, slots=True)
class BranchCommit:
    """The new branch and the full hash of its only commit."""

    branch: str
    commit: str


def commit_artefacts(
    root: Path, base: str, artefacts: Mapping[str, bytes], stamp: str, date: str
) -> BranchCommit:
    """Commit ``artefacts`` (repository path to content) on top of ``base``, on a new branch.

    ``base`` is a full hash, ``stamp`` the run's minute in UTC (``2026-02-12-0924``, hyphens or
    not, a second run's suffix is passed over), ``date`` its day. The branch is
    ``chore/ai-remediate-<YYYYMMDDHHmm>``, with ``-2`` and so on when that minute has one already;
    nothing is overwritten. Author and committer are Mendbook's own; hooks do not run. Raises
    ``RepositoryError``.
    """
    _check(root, base, artefacts)
    minute = _minute(stamp)
    identity = _identity(minute)
    tree = _tree(root, base, artefacts)
    message = f"chore(remediate): comprehensive fix plan {date}\n"
    arguments = ("commit-tree", tree, "-p", base, "-F", "-")
    said = git.output(root, *arguments, stdin=message.encode(), env=identity)
    commit = said.decode().strip()
    branch = f"chore/ai-remediate-{minute:%Y%m%d%H%M}"
    return BranchCommit(_publish(root, branch, commit, identity), commit)


def _minute(stamp: str) -> datetime:
    match = _STAMP.match(stamp)
    try:
        return datetime.strptime("".join(match.groups()) if match else "", "%Y%m%d%H%M").replace(
            tzinfo=UTC
        )
    except ValueError as error:
        message = f"{stamp!r}: not a run's stamp; it should read like 2026-02-12-0924"
        raise RepositoryError(message) from error


def _check(root: Path, base: str, artefacts: Mapping[str, bytes]) -> None:
    """Refuse paths that leave the repository, or that stand where ``base`` has something else."""
    listed = git.output(root, "ls-tree", "-r", "-t", "-z", "--full-tree", base).split(b"\0")
    kinds = {
        name: head.split()[1] for head, _, name in (one.partition(b"\t") for one in listed[:-1])
    }
    for path in artefacts:
        pure = PurePosixPath(path)
        inside = pure.parts and not pure.is_absolute() and path == str(pure) and path.isprintable()
        if not inside or any(part == ".." or part.lower() == ".git" for part in pure.parts):
            message = f"{path!r}: not a path inside the repository; nothing was committed"
            raise RepositoryError(message)
        folders = [str(parent) for parent in pure.parents if parent.name]
        taken = [
            one
            for one in folders
            if one in artefacts or kinds.get(one.encode(), b"tree") != b"tree"
        ]
        if taken or kinds.get(path.encode(), b"blob") != b"blob":
            message = (
                f"{root}: {(taken or [path])[0]} is in the way of {path}; nothing was committed"
            )
            raise RepositoryError(message)


def _identity(when: datetime) -> dict[str, str]:
    stamp = f"{int(when.timestamp())} +0000"
    return {
        f"GIT_{role}_{field}": value
        for role in ("AUTHOR", "COMMITTER")
        for field, value in (("NAME", NAME), ("EMAIL", EMAIL), ("DATE", stamp))
    }


def _tree(root: Path, base: str, artefacts: Mapping[str, bytes]) -> str:
    """Write the blobs and the tree of ``base`` with ``artefacts`` in it; return its hash."""
    with tempfile.TemporaryDirectory(prefix="mendbook-index-") as folder:
        private = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        git.output(root, "read-tree", "--end-of-options", base, env=private)
        for path, content in sorted(artefacts.items()):
            oid = git.output(root, "hash-object", "-w", "--stdin", stdin=content).decode().strip()
            entry = f"100644 {oid}\t{path}\0".encode()
            git.output(root, "update-index", "-z", "--index-info", stdin=entry, env=private)
        return git.output(root, "write-tree", "--missing-ok", env=private).decode().strip()


def _publish(root: Path, branch: str, commit: str, identity: dict[str, str]) -> str:
    """Create the first free one of ``branch``, ``branch-2``, … and return its name."""
    for number in range(1, MAX_RUNS + 1):
        name = branch if number == 1 else f"{branch}-{number}"
        create = f"create refs/heads/{name} {commit}\n".encode()
        arguments = ("update-ref", "-m", "mendbook commit", "--stdin")
        done = git.run(root, *arguments, stdin=create, env=identity)
        if done.returncode == 0:
            return name
        if git.run(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{name}").returncode:
            message = f"{root}: branch {name} cannot be made ({git.complaint(done.stderr)})"
            raise RepositoryError(message)
    message = f"{root}: {MAX_RUNS} branches begin with {branch}; wait a minute and try again"
    raise RepositoryError(message)
