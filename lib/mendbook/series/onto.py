"""Carry a published series to another commit: what still applies, what is done, what is not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mendbook.code.diff import diff_of, line_counts
from mendbook.code.line_runs import line_runs, split_lines
from mendbook.model import CheckStatus, Patch, Skipped
from mendbook.proving.binds.check import Binder
from mendbook.proving.ladder import parse_fault, prove
from mendbook.proving.replay import edits_of
from mendbook.repository.snapshot import Snapshot
from mendbook.series.merge import carry_over
from mendbook.series.stack import kept_patches

Edits = Mapping[str, str | None]

_SETS = re.compile(r"((?:[\w-]+\s+)*[\"']?[\w.$-]+[\"']?)\s*[:=](?![=>])")
"""The start of a line that gives something a value: a key, a constant, a field, an argument."""
_COMMON = re.compile(r"(?:return(?: [\w.]+)?|continue|break|pass|try|else|finally)\W*")
"""A line that stands in any code twice."""
_WORD = re.compile(r"[^\W\d]\w{3,}")


class Outcome(StrEnum):
    """What became of a patch on another commit."""

    CARRIED = "carried"
    DONE = "already done"
    SET_ASIDE = "does not apply"


@dataclass(frozen=True, slots=True)
class Carried:
    """One patch on another commit: as it is there, or as it was where it is not carried."""

    patch: Patch
    outcome: Outcome
    why: str = ""
    """What stands in the way; for a carried patch what is different about it."""
    path: str = ""
    """The file that stands in the way, as the other commit calls it; empty where none does."""


@dataclass(frozen=True, slots=True)
class _Obstacle:
    """Why a patch is not carried, and the file that it is about."""

    path: str
    why: str


@dataclass(slots=True)
class _Trees:
    """The planned tree, under the paths and line ends of the other commit, and that commit's."""

    first: Snapshot
    """The files that the series touches, before it."""
    onto: Snapshot
    old: Snapshot
    """``first`` with the patches so far, carried or not."""
    new: Snapshot
    """``onto`` with the patches that were carried."""
    binder: Binder = field(default_factory=Binder)
    lost: dict[str, str] = field(default_factory=dict)
    """Words that only a patch which is not carried brings, and that patch's finding."""
    done: set[str] = field(default_factory=set)
    """Lines of the patches that are done already."""

    def added_since(self, path: str) -> list[str]:
        """Return what ``path`` has got since the audit, but for patches that are done: lines."""
        lines = _added(self.first.get(path), self.onto.get(path))
        return [line.strip() for line in lines if line.strip() not in self.done]

    def lose(self, patch: Patch, edits: Edits, before: Snapshot) -> None:
        """Keep which words ``patch``, which is not carried, would have brought."""
        lines = _all_added(edits, before)
        brought = {word for line in lines for word in _WORD.findall(line)} - set(self.lost)
        texts = (self.onto.text(path) for path in self.onto.files)
        for text in texts if brought else ():
            brought -= set(_WORD.findall(text))
        self.lost |= dict.fromkeys(sorted(brought), patch.finding_id)

    def lost_in(self, lines: Sequence[str]) -> tuple[str, str] | None:
        """Return a lost word that ``lines`` have and the finding whose patch brings it, or None."""
        words = (word for line in lines for word in _WORD.findall(line))
        return next(((word, self.lost[word]) for word in words if word in self.lost), None)


def carry_series(
    series: Sequence[Patch], base: Snapshot, onto: Snapshot, moved: Mapping[str, str]
) -> tuple[Carried, ...]:
    """Return what becomes of each patch of ``series``, made for ``base``, on ``onto``.

    ``moved`` maps paths of ``base`` to those that they have in ``onto``. A patch is carried where
    git merges it, the result parses and binds, it sets nothing that ``onto`` has come to set
    itself, and it needs nothing of a patch that is not carried. It is proven there anew, up to
    *binds*; what the gates said of ``base`` is left out.
    """
    edits = edits_of(series, base)
    touched = sorted({path for each in edits for path in each})
    there = _fitted({path: base.get(path) for path in touched}, base, onto, moved)
    first = Snapshot.of({}).edited(there)
    trees = _Trees(first, onto, first, onto)
    shift = max(0, kept_patches(onto) - kept_patches(base))
    carried = [
        _carry(renumbered(patch, shift), _fitted(each, base, onto, moved), trees)
        for patch, each in zip(series, edits, strict=True)
    ]
    proven = iter(prove([one.patch for one in carried if one.outcome is Outcome.CARRIED], onto))
    return tuple(
        replace(each, patch=next(proven)) if each.outcome is Outcome.CARRIED else each
        for each in carried
    )


def renumbered(patch: Patch, by: int) -> Patch:
    """Return ``patch`` with its number ``by`` higher: the commit keeps patches of other plans."""
    number, _, rest = patch.name.partition("-")
    return replace(patch, name=f"{int(number) + by:03d}-{rest}") if by else patch


def _fitted(
    texts: Edits, base: Snapshot, onto: Snapshot, moved: Mapping[str, str]
) -> dict[str, str | None]:
    """Return ``texts`` of ``base`` under the paths, and with the line ends, that ``onto`` has."""
    paths = {path: moved.get(path, path) for path in texts}
    return {
        paths[path]: _with_ends(text, base.get(path), onto.get(paths[path]))
        for path, text in texts.items()
    }


def _with_ends(text: str | None, was: str | None, there: str | None) -> str | None:
    """Return ``text`` with the line ends of ``there``, where all of ``was`` had the others."""
    if text is None or was is None or there is None:
        return text
    ends = _ends(was), _ends(there)
    if ends == ("\n", "\r\n"):
        return text.replace("\n", "\r\n")
    return text.replace("\r\n", "\n") if ends == ("\r\n", "\n") else text


def _ends(text: str) -> str:
    """Return the one line end that ``text`` has; empty where it has both or none."""
    windows = text.count("\r\n")
    if windows == text.count("\n"):
        return "\r\n" if windows else ""
    return "" if windows else "\n"


def _carry(patch: Patch, edits: Edits, trees: _Trees) -> Carried:
    before, trees.old = trees.old, trees.old.edited(edits)
    carried = carry_over(edits, before, trees.new)
    if carried == {}:
        trees.done |= {line.strip() for line in _all_added(edits, before)}
        return Carried(patch, Outcome.DONE)
    outcome = (
        _conflict(carried.what, edits, before, trees)
        if isinstance(carried, Skipped)
        else _merged(patch, carried, edits, before, trees)
    )
    if isinstance(outcome, _Obstacle):
        trees.lose(patch, edits, before)
        return Carried(patch, Outcome.SET_ASIDE, outcome.why, outcome.path)
    return outcome


def _conflict(path: str, edits: Edits, before: Snapshot, trees: _Trees) -> _Obstacle:
    """Return why git does not merge the edit of ``path``."""
    if path not in trees.onto:
        return _Obstacle(path, trees.onto.why_unread(path) or f"{path} is no longer there")
    if before.get(path) is None:
        return _Obstacle(path, f"another {path} stands there now")
    if edits[path] is None:
        return _Obstacle(path, f"{path} was to go, and has changed since")
    if needed := trees.lost_in(split_lines(before.text(path))):
        return _Obstacle(path, f"in {path} it builds on the patch of {needed[1]}")
    return _Obstacle(path, f"the lines that it changes in {path} have changed since")


def _merged(
    patch: Patch, carried: Edits, edits: Edits, before: Snapshot, trees: _Trees
) -> Carried | _Obstacle:
    """Return ``patch`` with the edits that git merged, or what is wrong with them all the same."""
    for path, text in sorted(carried.items()):
        if fault := parse_fault(path, trees.new.get(path), text):
            return _Obstacle(path, f"{path} would no longer parse ({fault})")
        added = _added(before.get(path), edits[path])
        if line := _said_already(added, trees.added_since(path)):
            return _Obstacle(path, f"{path} has got `{line}` since; look whether it is done")
        if needed := trees.lost_in(added):
            return _Obstacle(path, f"it needs {needed[0]}, which only the patch of {needed[1]} has")
    after = trees.new.edited(carried)
    paths = sorted(carried)
    binds = trees.binder.check(trees.new, after, paths)
    if binds.status is CheckStatus.FAIL:
        return _Obstacle(paths[0], "its names do not bind: " + binds.detail.replace("\n", "; "))
    added_lines, removed_lines = line_counts(carried, trees.new)
    carried_patch = replace(
        patch,
        diff=diff_of(carried, trees.new),
        files=tuple(paths),
        added=added_lines,
        removed=removed_lines,
        checks=(binds,),
    )
    trees.new = after
    left = sorted(set(edits) - set(carried))
    return Carried(
        carried_patch, Outcome.CARRIED, f"done already in {', '.join(left)}" if left else ""
    )


def _said_already(added: Sequence[str], since: Sequence[str]) -> str:
    """Return a line of ``since`` that ``added`` has, too, or whose value it sets anew."""
    stripped = {line.strip() for line in added}
    lines = {line for line in stripped if _WORD.search(line) and not _COMMON.fullmatch(line)}
    names = {match[1] for line in stripped if (match := _SETS.match(line))}
    for line in since:
        match = _SETS.match(line)
        if line in lines or (match is not None and match[1] in names):
            return line
    return ""


def _all_added(edits: Edits, before: Snapshot) -> list[str]:
    """Return the lines that ``edits`` add to the files of ``before``."""
    return [line for path, text in edits.items() for line in _added(before.get(path), text)]


def _added(old: str | None, new: str | None) -> list[str]:
    """Return the lines that stand in ``new`` and not in ``old``, in order."""
    return [line for run in line_runs(old, new) for line in run.written]
