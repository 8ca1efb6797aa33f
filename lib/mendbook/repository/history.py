"""Count who changed which file, in one pass over the history of a commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mendbook.repository import git
from mendbook.repository.people import is_bot, is_person
from mendbook.repository.target import Target

MAX_COMMITS = 20_000
"""Commits that are read, newest first: more would take minutes and change no ranking."""

_MARK = "\x02"
_BETWEEN = "\x1f"
_SIGNED = "%aN <%aE>%x1f%cN <%cE>%x1f%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x1f)"


Signature = tuple[str, str]
"""A person's e-mail address, lower case, and name."""


@dataclass(frozen=True, slots=True)
class History:
    """Which commits touched each file, under the name that the file has at the pinned commit."""

    people: Mapping[str, tuple[Signature, ...]] = field(default_factory=dict)
    """Commit hash to the people whose work it is, newest first; none for that of programs."""
    touched: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Path to the hashes of the commits that changed it, newest first."""
    complete: bool = True
    """False when the clone is shallow or has more than ``MAX_COMMITS`` commits."""
    why_not: str = ""
    """Why the history could not be read; empty when it was."""
    _place: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note in which order the commits are."""
        self._place.update((key, place) for place, key in enumerate(self.people))

    def commits(self, paths: Iterable[str]) -> int:
        """Return how many commits changed at least one of ``paths``."""
        return len(self._hashes(paths))

    def main_author(self, paths: Iterable[str]) -> tuple[str, int, int] | None:
        """Return the person with most commits on ``paths``, theirs and all people's, or None.

        Commits are joined by e-mail address, as the commit's mailmap has it, and by a full name;
        the newest spelling of the name is shown, and of equals the more recent person wins.
        """
        signed = [self.people[key] for key in self._hashes(paths) if self.people[key]]
        if not signed:
            return None
        same = _joined(signature for group in signed for signature in group)
        counts = Counter(one for group in signed for one in {same[each] for each in group})
        order = [same[signature] for group in signed for signature in group]
        best = max(counts, key=lambda one: (counts[one], -order.index(one)))
        return best[1] or best[0], counts[best], len(signed)

    def _hashes(self, paths: Iterable[str]) -> list[str]:
        wanted = {key for path in paths for key in self.touched.get(path, ())}
        return sorted(wanted & self.people.keys(), key=self._place.__getitem__)


def _joined(signatures: Iterable[Signature]) -> dict[Signature, Signature]:
    """Return the newest signature of the same person for each; the newest come first."""
    by_address: dict[str, Signature] = {}
    by_name: dict[str, Signature] = {}
    same: dict[Signature, Signature] = {}
    for signature in signatures:
        address, name = signature
        # a first name alone, or a machine's user, may be anybody's
        full = name.casefold() if " " in name else f"{name} <{address}>"
        first = by_address.get(address) or by_name.get(full) or signature
        by_address.setdefault(address, first)
        by_name.setdefault(full, first)
        same[signature] = first
    return same


def read_history(target: Target) -> History:
    """Read the history that leads to the pinned commit, without merges, following renames.

    In a shallow clone the oldest commits look as if they had added every file; they are left out.
    Where old files are not in this clone, renames are not followed.
    """
    folder = _git_folder(target)
    log = git.run(folder, *_log(target, "-M"))
    if log.returncode:
        log = git.run(folder, *_log(target, "--no-renames"))
    if log.returncode:
        said = git.complaint(log.stderr)
        return History(complete=False, why_not=f"not looked up: the history is not here ({said})")
    return _read(folder, target, log.stdout.decode("utf-8", "replace").split("\0"))


def _git_folder(target: Target) -> Path:
    """Return the folder of git's own files: there no work tree's mailmap is looked at."""
    said = git.output(target.root, "rev-parse", "--absolute-git-dir")
    return Path(said.decode("utf-8", "surrogateescape").rstrip("\n"))


def _mailmap(target: Target) -> tuple[str, ...]:
    return ("-c", "mailmap.file=", "-c", f"mailmap.blob={target.commit}:.mailmap")


def _log(target: Target, renames: str) -> tuple[str, ...]:
    return (
        *_mailmap(target),
        "-c",
        f"log.showRoot={'false' if target.shallow else 'true'}",
        "log",
        f"--max-count={MAX_COMMITS}",
        "--no-merges",
        "--use-mailmap",
        "--no-ext-diff",
        "--no-textconv",
        "--name-status",
        renames,
        "-l1000",
        "-z",
        f"--format={_MARK}%H%x00{_SIGNED}",
        "--end-of-options",
        target.commit,
    )


def _read(folder: Path, target: Target, fields: list[str]) -> History:
    signed: dict[str, str] = {}
    touched: dict[str, list[str]] = {}
    today: dict[str, str] = {}
    for key, who, changes in _entries(fields):
        signed[key] = who
        for old, new in changes:
            path = today.get(new, new)
            if old != new:
                today[old] = path
            touched.setdefault(path, []).append(key)
    mapped = _mapped(folder, target, signed.values())
    people = {key: _people(who, mapped) for key, who in signed.items()}
    complete = not target.shallow and len(signed) < MAX_COMMITS
    return History(people, {path: tuple(keys) for path, keys in touched.items()}, complete)


def _people(signed: str, mapped: Mapping[str, str]) -> tuple[Signature, ...]:
    """Return whose work a commit is: its author's, for that of a program those who worked along."""
    author, committer, along = (*signed.split(_BETWEEN, 2), "", "")[:3]
    others = [mapped.get(each, each) for each in along.split(_BETWEEN) if each.strip()]
    for written in ((author,), tuple(others), (committer,)):
        people = tuple(each for text in written if is_person(*reversed(each := _signature(text))))
        if people:
            return people
        if is_bot(*reversed(_signature(author))):
            # who lets a bot's change in has not made it
            return ()
    return ()


def _signature(written: str) -> Signature:
    # not parseaddr(): git quotes no comma in a name
    name, _, address = written.rpartition("<")
    return address.strip(" <>").lower(), name.strip()


def _mapped(folder: Path, target: Target, signed: Iterable[str]) -> dict[str, str]:
    """Return each one who worked along as the commit's mailmap has them."""
    listed = dict.fromkeys(
        each.strip()
        for who in signed
        for each in who.split(_BETWEEN)[2:]
        if "<" in each and "\n" not in each.strip()
    )
    if not listed:
        return {}
    names = "\n".join(listed).encode("utf-8", "replace")
    done = git.run(folder, *_mailmap(target), "check-mailmap", "--stdin", stdin=names)
    mapped = done.stdout.decode("utf-8", "replace").splitlines()
    return dict(zip(listed, mapped, strict=False)) if len(mapped) == len(listed) else {}


def _entries(fields: list[str]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Yield hash, signatures and ``(old path, new path)`` of each commit in ``git log -z``."""
    position = 0
    while position + 1 < len(fields):
        key, signed = fields[position : position + 2]
        position += 2
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
        yield key.lstrip(_MARK), signed, changes
