"""What people said of patches and of fixes: what is not to come back, which way is to be taken.

They stand in ``data/overrides/<audit stem>/judgements.yaml`` (schema ``judgements.schema.json``),
beside the curated patches of the same audit; ``mendbook reject`` and
``mendbook choose`` write them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import yaml

from mendbook.finding_names import FindingNames
from mendbook.model import Skipped
from mendbook.policy.document import read_document

NAME = "judgements.yaml"
_HEAD = "# Written by `mendbook reject` and `mendbook choose`; take an entry out to undo it.\n"
_NUMBERS = re.compile(r"^(?:index [0-9a-f.]+.*|@@ -\S+ \+\S+ @@.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rejection:
    """One patch that a person does not want for a finding."""

    finding: str
    source: str
    """The source that it came from; another source may propose the same."""
    change: str
    """What it does, as ``change_of`` tells changes apart; another patch may still come."""
    who: str
    day: str
    """When, ``YYYY-MM-DD``."""
    why: str
    identity: str = ""
    """The finding's identity, which stays when another audit gives it another id."""

    @property
    def words(self) -> str:
        """The reason that the plan gives for it."""
        return f"rejected by {self.who} on {self.day}: {self.why}"

    def same(self, other: Rejection) -> bool:
        """Tell whether both are about one patch."""
        mine = (self.finding, self.source, self.change)
        return mine == (other.finding, other.source, other.change)


@dataclass(frozen=True, slots=True)
class Choice:
    """The one of several ways that a fix text offers which a person takes."""

    finding: str
    number: int
    """Which one it is, counted from 1."""
    fix: str
    """The fix text with that alternative alone; another text voids the choice."""
    who: str
    day: str
    """When, ``YYYY-MM-DD``."""
    identity: str = ""
    """The finding's identity, which stays when another audit gives it another id."""

    @property
    def words(self) -> str:
        """How the plan says who took which."""
        return f"alternative {self.number}, chosen by {self.who} on {self.day}"


@dataclass(frozen=True, slots=True)
class Judgements:
    """All that people said of the patches and the fixes of one audit."""

    rejected: tuple[Rejection, ...] = ()
    chosen: tuple[Choice, ...] = ()


def change_of(diff: str) -> str:
    """Return what tells the change of ``diff`` from any other, wherever its lines have moved to."""
    return hashlib.sha256(_NUMBERS.sub("@@\n", diff).encode("utf-8", "surrogatepass")).hexdigest()


def rejection(rejected: Iterable[Rejection], finding: str, source: str, diff: str) -> str:
    """Return why the patch ``diff`` of ``source`` is not to come back; empty where it may."""
    mine = [each for each in rejected if (each.finding, each.source) == (finding, source)]
    change = change_of(diff) if mine else ""
    return next((each.words for each in mine if each.change == change), "")


def read_judgements(folder: Path) -> Judgements:
    """Read the judgements in ``folder``; none where there is no such file.

    Raises ``PolicyError`` when the file is not valid.
    """
    file = folder / NAME
    if not file.is_file():
        return Judgements()
    return msgspec.convert(read_document(file, "judgements"), type=Judgements)


def encoded(judgements: Judgements) -> bytes:
    """Return ``judgements`` as the file that ``read_judgements`` reads."""
    document = msgspec.to_builtins(judgements)
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return f"{_HEAD}{text}".encode()


def named_now(judgements: Judgements, names: FindingNames) -> Judgements:
    """Return ``judgements`` with the ids that the findings have today."""
    return Judgements(
        tuple(
            replace(each, finding=names.id_of(each.finding, each.identity))
            for each in judgements.rejected
        ),
        tuple(
            replace(each, finding=names.id_of(each.finding, each.identity))
            for each in judgements.chosen
        ),
    )


def unplaced(judgements: Judgements, names: FindingNames) -> tuple[Skipped, ...]:
    """Return what was said of a finding that the audit does not have."""
    said = (
        *(
            (f"rejection of a patch of {each.finding}", each.finding)
            for each in judgements.rejected
        ),
        *((f"choice for {each.finding}", each.finding) for each in judgements.chosen),
    )
    return tuple(
        Skipped(what, "the audit has no such finding")
        for what, name in said
        if name not in names.ids
    )
