"""Open the target repository: find its root, pin one commit, and read that commit's files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mendbook.errors import RepositoryError
from mendbook.repository import git
from mendbook.repository.remote import page_of
from mendbook.repository.snapshot import Snapshot

# what an audit may call a commit: a hash, a branch or a tag; never a revision expression
_COMMIT_NAME = re.compile(r"[0-9A-Za-z](?!.*\.\.)[0-9A-Za-z._/+-]*\Z")
# how git describe marks a work tree with changes
_DIRTY = re.compile(r"(?:-dirty|\+)\Z")


_SHOWN = 3
"""Files that a note names."""


@dataclass(frozen=True, slots=True)
class Target:
    """The repository a plan is for, pinned to one commit."""

    root: Path
    """Top of the work tree; the repository itself when it is bare."""
    commit: str
    """Full hash the plan is computed on."""
    head: str
    """Full hash that is checked out; empty when nothing has been committed on this branch."""
    branch: str
    """The checked-out branch; ``HEAD`` when it is detached."""
    snapshot: Snapshot
    warnings: tuple[str, ...] = ()
    shallow: bool = False
    """Whether the history is cut off."""
    remote: str = ""
    """Address of the repository's page where it was cloned from; empty when not known."""


def open_target(root: Path, commit: str = "") -> Target:
    """Open the repository at or around ``root`` and pin ``commit`` (empty: what is checked out).

    ``commit`` is a hash of any length, a branch or a tag. The work tree, the index and the
    configuration are not touched, whatever state they are in. Raises ``RepositoryError`` when
    there is no git, no repository or no such commit.
    """
    start = root.resolve()
    if not start.is_dir():
        message = f"{root}: no such folder; name the folder of a git repository"
        raise RepositoryError(message)
    top = _top(start)
    shallow = _said(top, "rev-parse", "--is-shallow-repository") == "true"
    named = _DIRTY.sub("", commit)
    head = _said(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    pinned = _pin(top, named, shallow) if named else head
    if not pinned:
        message = f"{root}: nothing has been committed here yet; commit the files and try again"
        raise RepositoryError(message)
    snapshot = Snapshot.read(top, pinned)
    warnings = _warnings(start, top, shallow, commit if commit != named else "")
    return Target(
        root=top,
        commit=pinned,
        head=head,
        branch=_said(top, "symbolic-ref", "--quiet", "--short", "HEAD") or "HEAD",
        snapshot=snapshot,
        warnings=(*warnings, *_left_out(snapshot.absent)),
        shallow=shallow,
        remote=page_of(_origin(top)),
    )


def _left_out(absent: tuple[str, ...]) -> tuple[str, ...]:
    """Return the note on files that a partial clone has no objects of; none where it has all."""
    if not absent:
        return ()
    shown = ", ".join(absent[:_SHOWN]) + (", …" if len(absent) > _SHOWN else "")
    said = "1 file is" if len(absent) == 1 else f"{len(absent)} files are"
    return (f"the clone is partial: {said} not in it and left out ({shown})",)


def _top(start: Path) -> Path:
    done = git.run(start, "rev-parse", "--absolute-git-dir")
    if done.returncode:
        raise RepositoryError(_refusal(start, git.complaint(done.stderr)))
    top = Path(_said(start, "rev-parse", "--show-toplevel") or done.stdout.decode().rstrip("\n"))
    # core.worktree can point anywhere; git would then look for another repository there
    return top if start.is_relative_to(top) else start


def _refusal(start: Path, complaint: str) -> str:
    if "dubious ownership" in complaint:
        remedy = f"git config --global --add safe.directory '{start}'"
        return f"{start}: git distrusts this repository, another user owns it; if you do: {remedy}"
    if "not a git repository" in complaint:
        return f"{start}: no git repository; clone one there, or plan without a repository"
    return f"{start}: git cannot open this repository ({complaint})"


def _pin(top: Path, commit: str, shallow: bool) -> str:
    shown = commit[:60]
    if not _COMMIT_NAME.match(commit):
        message = f"{top}: {shown!r} is not the name of a commit; give a hash, a branch or a tag"
        raise RepositoryError(message)
    done = git.run(top, "rev-parse", "--verify", "--end-of-options", f"{commit}^{{commit}}")
    if done.returncode == 0:
        return done.stdout.decode().strip()
    if b"ambiguous" in done.stderr:
        message = f"{top}: several objects begin with {shown}; give more digits of the commit"
    elif shallow:
        message = f"{top}: no commit {shown} in this shallow clone; run git fetch --unshallow"
    else:
        message = f"{top}: no commit {shown} in this repository; fetch it, or name another commit"
    raise RepositoryError(message)


def _origin(top: Path) -> str:
    """Return the address of ``origin``, else of the only remote that there is."""
    remotes = _said(top, "remote").split()
    name = "origin" if "origin" in remotes else remotes[0] if len(remotes) == 1 else ""
    return _said(top, "remote", "get-url", "--", name) if name else ""


def _warnings(start: Path, top: Path, shallow: bool, dirty: str) -> tuple[str, ...]:
    warnings = []
    if dirty:
        warnings.append(f"the audit looked at uncommitted changes on top of its commit ({dirty})")
    if start != top and not start.is_relative_to(top / ".git"):
        warnings.append(f"{start} is a folder of the repository {top}, which is planned as a whole")
    if shallow:
        warnings.append("the clone is shallow: history, owners and churn are those of what is here")
    return tuple(warnings)


def _said(root: Path, *arguments: str) -> str:
    """Return what git prints, empty when it fails: for questions that may have no answer."""
    done = git.run(root, *arguments)
    return (
        done.stdout.decode("utf-8", "surrogateescape").rstrip("\n") if not done.returncode else ""
    )
