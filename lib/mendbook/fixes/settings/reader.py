"""Read a fix text about a file of settings and carry it out; or say truly why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from mendbook.code.left_alone import left_alone
from mendbook.errors import PatchError
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.checks.premises import refuse_unmet
from mendbook.fixes.instruction.checks.refusals import refuse_path, refuse_text
from mendbook.fixes.instruction.sentences.directives import as_orders, obliged_as_orders
from mendbook.fixes.read_as import not_shown, read_proposal
from mendbook.fixes.settings.accounted.accounted import accounted
from mendbook.fixes.settings.accounted.arrow import arrow
from mendbook.fixes.settings.accounted.exec_form import exec_form_told
from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.depends_on import waits_for
from mendbook.fixes.settings.direction import refuse_other_way
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile, applied
from mendbook.fixes.settings.elsewhere import refuse_elsewhere
from mendbook.fixes.settings.fitting.fitting import fitting
from mendbook.fixes.settings.fitting.saying import ASKS
from mendbook.fixes.settings.fitting.shown import is_same
from mendbook.fixes.settings.forms import by_forms
from mendbook.fixes.settings.json_kept import misfit
from mendbook.fixes.settings.kinds import SettingsKind, kind_of
from mendbook.fixes.settings.lengthened import lengthened
from mendbook.fixes.settings.meant.meant import meant
from mendbook.fixes.settings.needed import refuse_needed
from mendbook.fixes.settings.only_stated import only_states
from mendbook.fixes.settings.read_asks import read_asks
from mendbook.fixes.settings.rights import APT_LISTS, refuse_asked, refuse_gained
from mendbook.fixes.settings.sentences import PURPOSE, only_says, sentences_of
from mendbook.fixes.settings.slots import held_in
from mendbook.fixes.settings.told.words import by_words
from mendbook.fixes.settings.told_by_line import refuse_told_by_line
from mendbook.fixes.settings.unwritten import (
    refuse_first_lost,
    refuse_prose,
    refuse_unwritten,
    unwritten_pair,
)
from mendbook.fixes.task import Task, not_asked
from mendbook.model import AskedStatus, Contract, PlaceKind, Proposal, Skipped
from mendbook.proving.asked import judge_asked

SOURCE = "settings"
WORDED = "words"
"""The part of the reader that answers a text whole, or not at all."""
_SOMETIMES = re.compile(
    r"(?i)\b(?:only|just)\s+(?:in|on|for|during|when|if|while)\s+(?!(?:the|this|that)\b)\w+"
    r"|\b(?:in|for)\s+(?:production|staging|development|dev|prod|tests?|ci)\s+only\b"
    r"|\b(?:unless|except\s+(?:in|on|for|when|if))\s+\w+"
)
_WAITING = re.compile(
    r"(?i)\b(?:until|once|as\s+soon\s+as)\s+\w+"
    r"|\bif\s+(?:the|it|nobody|you|they|we|everyone|that|this|customers|users)\b"
    r"|\b(?:increase|raise|lower|reduce|decrease|extend|shorten|cut)\s[^;]*?\bby\s+`?\d+"
)
"""A value that holds for a time, if something is so, or by how much another is to grow."""
_LEFT_OPEN = re.compile(
    r"(?i)\b(?:suitable|appropriate|sensible|reasonable|adequate|realistic)\s+(?!.*\bwith\b)[\w ]+"
    r"|\be\.g\.|\bfor (?:example|instance)\b"
)
_PAST = re.compile(r"\b(?:was|were|had)\b", re.IGNORECASE)
_CALLED = re.compile(r"(?<![\w./-])(curl|wget|chmod|bash|npx|npm \w+|pip install|yarn add)(?=\s)")
"""A command by its name: nothing new where the file calls it."""
_HEALTHCHECK = re.compile(r"HEALTHCHECK\s.*$", re.S)


def read_settings(task: Task, *, in_words: bool = False) -> Proposal | Skipped:
    """Return the edit of the finding's own file of settings, or why there is none.

    ``in_words`` reads the text as a whole, and not by the frames of one key.
    """
    own = _own_file(task)
    if own is None:
        return not_asked(SOURCE)
    if only_states(task.finding.fix):
        return Skipped(SOURCE, "the text says how things are, and asks for nothing")
    asked = task.saying(as_orders(task.finding.fix))
    said = _read(asked, own, in_words=in_words)
    obliged = task.saying(obliged_as_orders(asked.finding.fix))
    if isinstance(said, Proposal) or obliged == asked:
        return said
    answer = _read(obliged, own, in_words=in_words)
    return answer if isinstance(answer, Proposal) else said


def _read(task: Task, own: tuple[str, SettingsKind], *, in_words: bool) -> Proposal | Skipped:
    """Return what the text of the task's finding makes in its own words."""
    try:
        return _proposal(task, *own, in_words=in_words)
    except (Abstain, Unreadable, PatchError) as reason:
        told = None if _SETTLED.search(str(reason)) else _told_whole(task, own[0], reason)
        return told or Skipped(SOURCE, str(reason))


def _told_whole(task: Task, path: str, reason: Exception) -> Proposal | None:
    """Return the edit that accounts for each word that asks, where no frame fits; None without."""
    said = task.finding.fix.strip()
    file = SettingsFile(path, task.snapshot.text(path), task.finding)
    if not isinstance(reason, Unreadable) or not said or not file.quoted():
        return None
    try:
        edits = arrow(file, said) or exec_form_told(file, said) or accounted(file, said)
        return replace(_proposed(task, file, edits), part=WORDED) if edits else None
    except (Abstain, Unreadable, PatchError):
        return None


def _proposal(task: Task, path: str, kind: SettingsKind, *, in_words: bool) -> Proposal:
    said = task.finding.fix.strip()
    if not said:
        raise Unreadable("the finding names no fix")
    refuse_text(_fresh(said, task.snapshot.text(path)))
    refuse_asked(said, task.snapshot.text(path))
    _refuse_open(said)
    if reason := left_alone(task.snapshot, path):
        raise Unreadable(reason)
    refuse_path(task, path)
    file = SettingsFile(path, task.snapshot.text(path), task.finding)
    if file.finding.evidence.strip() and not file.quoted():
        raise Unreadable(f"the code quoted is not in {path} at this commit")
    if (longer := lengthened(file, said)) is not None:
        return _proposed(task, file, [longer])
    if (waits := waits_for(file, said)) is not None:
        return _proposed(task, file, [waits])

    def framed(step: str) -> list[SettingEdit]:
        return [
            edit
            for readings in read_asks(step, held_in(file.text))
            for edit in _first(kind, file, readings)
        ]

    try:
        if in_words:
            raise Unreadable("what is to change is not one setting")
        told = by_forms(file, said, framed)
        edits = framed(said) if told is None else told
        _refuse_half(file, said, edits)
        return _proposed(task, file, edits)
    except Unreadable as unread:
        worded = None if "already" in str(unread) else _worded(file, said, framed, unread)
        if worded is None:
            raise
    return replace(_proposed(task, file, worded), part=WORDED)


def _worded(
    file: SettingsFile,
    said: str,
    framed: Callable[[str], list[SettingEdit]],
    reason: Unreadable,
) -> list[SettingEdit] | None:
    """Return what the words ask for; where that cannot be done, the more telling reason."""
    try:
        made = by_words(file, said, framed)
    except Unreadable as other:
        telling = other if _NOT_READ.search(str(reason)) else reason
        if _SETTLED.search(str(telling)) or (fits := _fitted(file, said)) is None:
            raise telling from None
        return fits
    if made is None and not _SETTLED.search(str(reason)):
        return _fitted(file, said)
    return made


def _fitted(file: SettingsFile, said: str) -> list[SettingEdit] | None:
    """Return what fits the code quoted; None where nothing does, or more than one thing."""
    try:
        fits = fitting(file, said)
    except Unreadable:
        fits = None
    if fits and not _is_half(file, said, fits):
        return fits
    return meant(file, said)


def _is_half(file: SettingsFile, said: str, edits: list[SettingEdit]) -> str:
    """Return a pair of a text that edits leave out; empty where they write all of them."""
    if not file.path.endswith((".yml", ".yaml", ".json", ".jsonc")):
        return ""
    return unwritten_pair(said, file.text, applied(file.text, edits))


def _refuse_half(file: SettingsFile, said: str, edits: list[SettingEdit]) -> None:
    """Raise ``Unreadable`` where a text spells out a pair that edits leave out."""
    if pair := _is_half(file, said, edits):
        raise Unreadable(f"`{pair}` would be left out")


_NOT_READ = re.compile(r"is not one setting|^what is to|is no (?:setting|option)|^what `it` means")
"""Reasons that tell nothing of the file."""
_SETTLED = re.compile(
    r"\balready\b|the text says|none (?:is|are) written|not done by a fix text"
    r"|which is meant|still (?:read|asked)"
    r"|are written|would (?:run|give|open)|is (?:asked for|not \S+ there)"
)
"""Reasons that hold whatever words ask for it."""


def _refuse_open(said: str) -> None:
    """Raise ``Unreadable`` where a value holds sometimes only, waits, or is left open."""
    bare = " ".join(re.sub(r"`[^`]*`", "", said).split())
    if _PAST.search(bare) and not re.search(r"[.;:]\s", bare) and not ASKS.search(bare):
        raise Unreadable("the text says how things were")
    if (only := _SOMETIMES.search(bare)) is not None:
        raise Unreadable(f"`{only[0]}` sets a condition, or tells no value")
    for sentence in sentences_of(bare):
        waiting = None if only_says(sentence) else _WAITING.search(PURPOSE.sub("", sentence))
        if waiting is not None:
            raise Unreadable(f"`{waiting[0][:40]}` waits for something, or tells no value")
    if (vague := _LEFT_OPEN.search(bare)) is not None:
        raise Unreadable(f"the value is left open (`{vague[0].strip()[:40]}`)")


def _fresh(said: str, text: str) -> str:
    """Return a fix text without health checks, and without the commands that the file has."""
    plain = _HEALTHCHECK.sub("", said)
    if "apt" in text:
        plain = plain.replace(APT_LISTS, "").replace("/var/lib/apt/lists", "")

    def told(code: re.Match[str]) -> str:
        bare = " ".join(one for one in code[1].split() if not one.startswith("-"))
        return "" if code[1] in text or (" " in bare and bare in text) else code[0]

    plain = re.sub(r"`([^`]+)`", told, plain)
    plain = _DELETES.sub(lambda one: "" if _deletes_same(text, one[0]) else one[0], plain)
    if re.search(r"https?://|[|&]|;\s*\w+\s+-", plain):
        return plain
    return _CALLED.sub(lambda match: "" if match[1] in text else match[0], plain)


_DELETES = re.compile(r"(?<![\w-])rm -\w+ [^;|&\n]+")


def _deletes_same(text: str, shown: str) -> bool:
    """Tell whether a file deletes what is shown, whatever quotes and guards the two have."""
    held = [one[0].strip() for one in _DELETES.finditer(text)]
    words = shown.strip().rstrip(".").split()
    heads = [" ".join(words[:stop]) for stop in range(3, len(words) + 1)]
    return any(is_same(one, head) for one in held for head in heads)


def _own_file(task: Task) -> tuple[str, SettingsKind] | None:
    named = [
        place.path
        for place in task.finding.places
        if place.kind is PlaceKind.FILE and place.path in task.snapshot
    ]
    for path in dict.fromkeys([*named, *task.facts.files]):
        if (kind := kind_of(path)) is not None and path in task.snapshot:
            return path, kind
    return None


def _first(
    kind: SettingsKind, file: SettingsFile, readings: tuple[Ask, ...]
) -> tuple[SettingEdit, ...]:
    """Return the edits of the first reading that the file bears out; the first reason else.

    Where a reading names a place that is not there, none is taken that leaves the place out.
    """
    reasons: list[Unreadable] = []
    nowhere: list[tuple[object, str]] = []
    for ask in readings:
        if not ask.place and ask.verb is not Verb.WRITE and (ask.pairs, ask.line) in nowhere:
            continue
        try:
            return kind.edit(file, ask)
        except Unreadable as reason:
            reasons.append(reason)
            if ask.place and str(reason).startswith(("there is no", "no ")):
                nowhere.append((ask.pairs, ask.line))
    telling = [one for one in reasons if not str(one).startswith(("what is to", "there is no"))]
    raise (telling or reasons)[0]


def _proposed(task: Task, file: SettingsFile, edits: list[SettingEdit]) -> Proposal:
    ordered = sorted(edits, key=lambda each: (each.start, each.end))
    for left, right in pairwise(ordered):
        if right.start < left.end:
            raise Unreadable("two steps change the same text")
    text = applied(file.text, edits)
    refuse_elsewhere(file, task.finding.fix, edits)
    refuse_told_by_line(file, edits)
    refuse_other_way(task.finding.fix, edits)
    refuse_prose(task.finding.fix, edits, file.text)
    refuse_gained(file.path, file.text, text)
    if reason := misfit(file.path, file.text, text):
        raise Unreadable(reason)
    refuse_unwritten(task.finding.fix, file.text, text)
    refuse_first_lost(task.finding.fix, file.text, text)
    _refuse_half(file, task.finding.fix, edits)
    refuse_needed(task.snapshot, file.path, file.text, text)
    contracts = _joined([_contract(file, edit) for edit in edits])
    changed: dict[str, str | None] = {file.path: text}
    refuse_unmet(task, changed)
    asked = judge_asked(task.finding, task.facts, task.snapshot, changed, contracts)
    if asked.status is not AskedStatus.SHOWN:
        raise Unreadable(not_shown(asked))
    return read_proposal(task, SOURCE, [edit.read_as for edit in edits], changed, contracts)


def _joined(contracts: list[Contract]) -> tuple[Contract, ...]:
    """Return ``contracts`` with those on touching lines as one region, as a diff shows them."""
    regions: list[list[Contract]] = []
    for one in sorted(contracts, key=lambda each: each.start_line):
        if regions and one.start_line <= max(each.end_line for each in regions[-1]) + 1:
            regions[-1].append(one)
        else:
            regions.append([one])
    return tuple(
        replace(
            one,
            start_line=region[0].start_line,
            end_line=max(each.end_line for each in region),
        )
        for region in regions
        for one in region
    )


def _contract(file: SettingsFile, edit: SettingEdit) -> Contract:
    first = file.text.count("\n", 0, edit.start) + 1
    last = file.text.count("\n", 0, max(edit.start, edit.end - 1)) + 1
    return Contract(
        operation=edit.operation,
        file=file.path,
        read_as=edit.read_as,
        start_line=max(first - 1, 1) if edit.start == edit.end else first,
        end_line=last,
        adds=edit.adds,
        removes=tuple(one for one in edit.removes if not any(one in new for new in edit.adds)),
    )
