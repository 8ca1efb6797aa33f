"""Patches that a person wrote and put beside the audit.

They stand in one folder for each audit, ``data/overrides/<audit stem>/``. ``<issue-id>.patch`` is
for the finding of that name. A patch of any other name, or one that does more, says in the lines
before its diff which findings it repairs, as git trailers do::

    Subject: Limit the transports of a client
    Fixes: SEC-MED-001, RT-LOW-001

A finding may be named by its identity, too, in the file's name as in the header. A draft that
``mendbook accept`` took over says there who took it (``Accepted-by:``) and keeps the finding's
identity (``Identity:``). Everything else about them is what ``git diff`` or ``git format-patch``
write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from pathlib import Path

from mendbook.errors import PatchError
from mendbook.finding_names import FindingNames
from mendbook.fixes.task import Task
from mendbook.model import CURATED, Cause, Proposal, Skipped
from mendbook.proving.vet_diff import foreign_edits, subjects
from mendbook.repository.snapshot import MAX_FILE_BYTES
from mendbook.text.escape import spelled
from mendbook.text.phrasing import capitalised
from mendbook.text.plain import one_line

_DIFF = re.compile(r"^(?:diff --git |--- )", re.MULTILINE)
_FIXES = re.compile(r"^Fixes:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
_ACCEPTED = re.compile(r"^Accepted-by:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)
_IDENTITY = re.compile(r"^Identity:[ \t]*([0-9a-f]{32})[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_SUBJECT = re.compile(r"^Subject:[ \t]*(.+(?:\r?\n[ \t]+.+)*)$", re.MULTILINE | re.IGNORECASE)
_TAG = re.compile(r"\A(?:\[[^\]]*\]\s*)+")
_ELSEWHERE = re.compile(
    r"#\d+\Z|[\w.-]+/[\w.-]+#\d+\Z|https?://\S+\Z"
    r"|(?![0-9a-f]{32}\Z)[0-9a-f]{7,64}(?:\s*\(.*)?\Z"
)
"""What a trailer names that is no finding: a host's issue, a page, the commit that broke it.

32 hexadecimal digits are a finding's identity.
"""
_NUMBER = re.compile(r"^\d+-")


@dataclass(frozen=True, slots=True)
class CuratedPatch:
    """One patch file: its name, the findings it says it repairs, its subject, and its text."""

    name: str
    fixes: tuple[str, ...]
    subject: str
    text: str
    fault: str = ""
    """Why it cannot be read as text."""
    accepted: str = ""
    """Who took it over from a plan's drafts, and when; empty where a person wrote it."""
    identity: str = ""
    """The identity of the one finding that it was accepted for; empty where none was kept."""
    stem: str = ""
    """What its file's name calls the finding, whatever the header says."""

    @property
    def words(self) -> str:
        """Its name, and who took it over where it was a draft."""
        by = f" (accepted by {one_line(self.accepted, 120)})" if self.accepted else ""
        return f"{one_line(self.name, 120)}{by}"


@dataclass(frozen=True, slots=True)
class CuratedSource:
    """Apply the patches that name the finding, in the order of their file names."""

    patches: tuple[CuratedPatch, ...]
    name: str = CURATED

    def propose(self, task: Task) -> Proposal | Skipped:
        """Return what the finding's patches make of the tree, or why they cannot be used."""
        name = task.finding.id
        mine = [each for each in self.patches if name in (*each.fixes, each.stem)]
        if not mine:
            none = "no curated patch names this finding"
            return Skipped(self.name, none, Cause.NOTHING_THERE)
        tree = task.snapshot
        edits: dict[str, str | None] = {}
        for patch in mine:
            try:
                if patch.fault:
                    raise PatchError(patch.fault)
                changed = foreign_edits(patch.text, tree, subjects(task.finding, task.facts))
            except PatchError as error:
                return Skipped(self.name, f"{one_line(patch.name, 120)}: {error}")
            edits |= changed
            tree = tree.edited(changed)
        names = ", ".join(patch.words for patch in mine)
        return Proposal(
            finding_id=task.finding.id,
            source=self.name,
            summary=one_line(mine[0].subject, 72),
            edits=edits,
            why=f"Written by a person: {names}.",
        )


def read_curated(folder: Path) -> tuple[CuratedPatch, ...]:
    """Return the patches in ``folder``, sorted by name; none where there is no such folder."""
    if not folder.is_dir():
        return ()
    files = sorted(path for path in folder.glob("*.patch") if path.is_file())
    return tuple(_read(path) for path in files)


def named_now(patches: Iterable[CuratedPatch], names: FindingNames) -> tuple[CuratedPatch, ...]:
    """Return ``patches`` with the ids that the findings they repair have today."""
    return tuple(
        replace(
            patch,
            fixes=tuple(names.id_of(name, patch.identity) for name in patch.fixes),
            stem=names.id_of(patch.stem, patch.identity),
        )
        for patch in patches
    )


def unmatched_patches(patches: Iterable[CuratedPatch], names: FindingNames) -> tuple[Skipped, ...]:
    """Return the patches that name a finding which the audit does not have."""
    return tuple(
        Skipped(patch.name, f"the audit has no finding called {', '.join(unknown)}")
        for patch in patches
        if (unknown := [one_line(name, 60) for name in patch.fixes if name not in names.ids])
    )


def _read(path: Path) -> CuratedPatch:
    if path.stat().st_size > MAX_FILE_BYTES:
        return _unreadable(path, "larger than 2 MB; split it")
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        return _unreadable(path, "not UTF-8 text; save it as UTF-8")
    return curated_patch(path.name, text)


def _unreadable(path: Path, fault: str) -> CuratedPatch:
    return CuratedPatch(path.name, (path.stem,), path.stem, "", fault, stem=path.stem)


def curated_patch(name: str, text: str) -> CuratedPatch:
    """Return what the patch file called ``name`` says that it repairs, and how."""
    stem = Path(name).stem
    start = _DIFF.search(text)
    head = text[: start.start()] if start else text
    lines = [line.strip() for line in _FIXES.findall(head) if not _ELSEWHERE.match(line.strip())]
    named = [name.strip() for line in lines for name in line.split(",")]
    ours = (name for name in named if name and not _ELSEWHERE.match(name))
    fixes = tuple(dict.fromkeys(ours)) or (stem,)
    subject = _SUBJECT.search(head)
    said = _decoded(subject[1]) if subject else _spoken(stem, fixes)
    accepted = _ACCEPTED.search(head)
    identity = _IDENTITY.search(head)
    return CuratedPatch(
        name,
        fixes,
        said,
        text,
        accepted=accepted[1].strip() if accepted else "",
        identity=identity[1].lower() if identity else "",
        stem=stem,
    )


def _decoded(header: str) -> str:
    """Return a subject as it was before git folded it and encoded what is not ASCII (RFC 2047)."""
    try:
        plain = str(make_header(decode_header(header)))
    except (LookupError, ValueError, HeaderParseError):
        plain = header
    return _TAG.sub("", " ".join(plain.split()))


def _spoken(stem: str, fixes: Sequence[str]) -> str:
    """Return what a file name says once its number and the findings' ids are taken away."""
    rest = _NUMBER.sub("", stem)
    for name in sorted(fixes, key=len, reverse=True):
        rest = rest.replace(name, "")
    words = spelled(rest).replace("-", " ").strip()
    return capitalised(words) or f"Repair {', '.join(fixes)}"
