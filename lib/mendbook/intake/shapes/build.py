"""Make findings of rows: each key's value goes to its field, and each step away is noted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mendbook.intake.dimensions import read_dimension
from mendbook.intake.fingerprint import fingerprint
from mendbook.intake.shapes.cells import Cell, cells_of
from mendbook.intake.shapes.column_meaning import Meaning
from mendbook.intake.shapes.columns import KEPT
from mendbook.intake.shapes.keys import plain_key
from mendbook.intake.shapes.looks import is_path, is_sentence, names_file
from mendbook.intake.shapes.rows import Row, plain_id, same_words
from mendbook.intake.shapes.severities import Graded, opening_grade, read_severity
from mendbook.intake.shapes.statuses import read_status
from mendbook.intake.shapes.where import Where, find_places, with_said
from mendbook.intake.symbols import Names, read_names
from mendbook.model import Finding, Note, Origin, Place, Severity, Status

Meanings = Mapping[tuple[str, ...], Meaning]
_URL = re.compile(r"https?://\S+\Z")
_NOTHING = re.compile(
    r"\W*(?:n/?a|none|null|nil|tbd|keine?|aucune?|ninguna?|无|無|なし)?\W*\Z", re.I
)
_UNITS = {
    **dict.fromkeys(("minute", "min"), "minutes"),
    **dict.fromkeys(("hour", "stund", "heure", "hora"), "hours"),
    **dict.fromkeys(("day", "tage", "jour"), "days"),
    "week": "weeks",
    "point": "story points",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """What an audit's numbers and ranks of severity count."""

    ranks_from: int | None = None
    numbers: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """Column to ``score``, ``five`` or ``rank``."""
    ids_rank: bool = False
    """Whether ids begin with ranks, of which one at least comes again."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The cells of one row by field, the surest first."""

    row: Row
    cells: Mapping[str, tuple[Cell, ...]]

    def text(self, name: str) -> str:
        """Return the surest text of a field; empty where there is none."""
        return next((said for cell in self.cells.get(name, ()) if (said := joined(cell.value))), "")

    def whole(self, name: str) -> str:
        """Return all texts under the surest key of a field, joined: the items of a list."""
        cells = self.cells.get(name, ())
        chosen = next((cell.path[0] for cell in cells if joined(cell.value)), None)
        texts = [joined(cell.value) for cell in cells if cell.path[0] == chosen]
        return "\n".join(dict.fromkeys(text for text in texts if text))


def joined(value: object) -> str:
    """Return a value as text, the items of a list on lines of their own; null is empty."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(filter(None, map(joined, value)))
    return value if isinstance(value, str) else str(value)


def fields_of(row: Row, meanings: Meanings) -> Fields:
    """Return the cells of ``row`` by field, the surest first; empty ones are left out."""
    cells_by_field: dict[str, list[tuple[int, int, Cell]]] = {}
    for number, cell in enumerate(cells_of(row)):
        meaning = meanings.get(cell.path)
        if meaning is not None and meaning.field == "file" and meaning.rank >= _BY_VALUES:
            meaning = meaning if names_file(cell.value) or is_path(cell.value) else None
        if meaning is not None and not _empty(cell.value):
            cells_by_field.setdefault(meaning.field, []).append((meaning.rank, number, cell))
    return Fields(
        row,
        {name: tuple(cell for *_, cell in sorted(cells, key=lambda one: one[:2]))
         for name, cells in cells_by_field.items()},
    )  # fmt: skip


_BY_VALUES = 300
"""Rank of what a column means by its values alone: a cell that is none of these is left out."""


def _empty(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[\s–—‑-]*", value) is not None


def build(
    row: Row, meanings: Meanings, scale: Scale, legend: Mapping[str, Status], form: str
) -> Finding | None:
    """Return the finding that ``row`` is, or None when it does not say what is wrong."""
    fields = fields_of(row, meanings)
    title, problem = _words(fields)
    if not problem:
        return None
    evidence = fields.whole("evidence")
    where = _where(fields, (title, problem), evidence)
    names = read_names(fields.text("function") or row.outer.get("function", ""))
    category = fields.text("category") or row.outer.get("category", "") or fields.text("rule")
    dimension, dimension_notes = read_dimension(
        category, f"{row.place}.{_key(fields, 'category', 'dimension')}"
    )
    graded, grade_notes = _grade(fields, scale)
    identity, id_notes = _identity(fields, where.places, title, problem)
    effort = _effort(fields)
    docs = fields.text("docs")
    notes = (
        *id_notes,
        *grade_notes,
        *dimension_notes,
        *_place_notes(fields, where),
        *_name_notes(fields, names),
        *_docs_notes(fields, docs),
        *_list_notes(fields),
    )
    rule = fields.text("rule")
    return Finding(
        id=identity,
        severity=graded,
        dimension=dimension,
        file=where.written,
        function=fields.text("function"),
        problem=problem,
        evidence=evidence,
        impact=fields.whole("impact"),
        fix="" if _NOTHING.match(fields.whole("fix")) else fields.whole("fix"),
        complexity=effort,
        repro=fields.whole("repro"),
        docs_path="" if _NOTHING.match(docs) else docs.strip(),
        places=where.places,
        symbols=names.symbols,
        events=names.events,
        origins=(Origin("audit", form, rule=rule, line=row.line),),
        fingerprint=identify(where.places, names, "", evidence or problem),
        notes=notes,
        extra=_extra(fields),
        title=title,
        status=_status(fields, legend),
        category="" if category == dimension else category,
    )


def identify(places: tuple[Place, ...], names: Names, rule: str, code: str) -> str:
    """Return the fingerprint of a finding at its first place and under its first name."""
    symbol = (*names.symbols, *names.events, "")[0]
    return fingerprint(places[0].path if places else "", symbol, rule, code)


def _words(fields: Fields) -> tuple[str, str]:
    """Return the headline and the whole text; one stands for both where the other is missing."""
    title, problem = fields.text("title").strip(), fields.whole("problem")
    if not problem.strip() or (_NOTHING.match(problem) and title):
        return title, title
    return title, f"{title}: {problem}" if title and _FIGURE.fullmatch(problem) else problem


_FIGURE = re.compile(r"[\W\d]*\d[\W\d]*(?:[a-z]{1,3}\b\W*)?(?:\([^()]*\))?\W*")
"""A number with its unit, and what is said of it: it needs the headline to say what is wrong."""


def _key(fields: Fields, name: str, default: str) -> str:
    cells = fields.cells.get(name)
    return cells[0].key if cells else default


def _grade(fields: Fields, scale: Scale) -> tuple[Severity, tuple[Note, ...]]:
    place = fields.row.place
    around = read_severity(fields.row.outer.get("severity", ""))
    for cell in fields.cells.get("severity", ()):
        numbers = scale.numbers.get(cell.path, "")
        value = cell.value[0] if isinstance(cell.value, list) else cell.value
        graded = read_severity(value, first=scale.ranks_from, scale=numbers)
        if graded is not None and around is not None and _says_when(cell, value):
            continue
        if graded is not None and around is not None and _risks_mending(cell, fields):
            continue
        if graded is not None:
            return graded.severity, tuple(_graded_note(f"{place}.{cell.key}", value, graded))
    outer = fields.row.outer.get("severity")
    graded = read_severity(outer) if outer else None
    if graded is not None:
        note = Note(
            f"{place}.severity", outer or "", graded.severity, "it stands around the finding"
        )
        return graded.severity, (note,)
    if (told := _in_id(fields.text("id"), ranked=scale.ids_rank)) is not None:
        note = Note(f"{place}.severity", fields.text("id"), told, "the id says so")
        return told, (note,)
    for cell in fields.cells.get("reference", ()):
        scored = _SCORED.match(joined(cell.value)) if "cvss" in plain_key(cell.key) else None
        graded = read_severity(scored["grade"]) if scored else None
        if graded is not None and graded.exact:
            note = Note(f"{place}.{cell.key}", joined(cell.value), graded.severity, "CVSS says so")
            return graded.severity, (note,)
    for cell in fields.cells.get("impact", ()):
        graded = opening_grade(joined(cell.value))
        if graded is not None:
            note = Note(f"{place}.{cell.key}", joined(cell.value), graded.severity, _IN_IMPACT)
            return graded.severity, (note,)
    written = fields.text("severity")
    why = "not a word of a scale" if written else "no severity is given"
    note = Note(f"{place}.severity", written, Severity.MEDIUM, f"{why}; taken for MEDIUM")
    return Severity.MEDIUM, (note,)


_IN_IMPACT = "the impact begins with it"
_SCORED = re.compile(r"\W*\d{1,2}(?:\.\d)?\W+(?P<grade>[^\W\d_]{3,10})\b")
"""A score and its grade in words: ``5.3 (Medium) — CVSS:3.1/AV:N``."""


def _risks_mending(cell: Cell, fields: Fields) -> bool:
    """Tell whether a risk is that of the work, which is estimated beside it, and no severity.

    Where a heading grades the finding, that counts.
    """
    plain = plain_key(cell.key)
    return plain in {"risk level", "risk"} and bool(fields.cells.get("effort"))


def _says_when(cell: Cell, value: object) -> bool:
    """Tell whether a priority says in words when something is to be done: ``future enhancement``.

    Where a heading grades the finding, that counts.
    """
    opening = re.split(r"[(,;:—–]", joined(value).strip("*_ "), maxsplit=1)[0].strip("*_ ")
    told = read_severity(opening)
    worded = re.fullmatch(r"[^\W\d_]+(?:\s[^\W\d_]+)+", opening) is not None
    return worded and "prior" in plain_key(cell.path[-1]) and not (told is not None and told.exact)


def _in_id(written: str, *, ranked: bool = False) -> Severity | None:
    """Return the severity that an id begins with: ``HIGH-01``, or ``P0-tls`` where ids rank."""
    if ranked and (match := RANKED_ID.match(written)):
        told = read_severity(match[1])
        return told.severity if told else None
    match = re.match(
        r"\W*(critical|crit|high|medium|med|moderate|low|major|minor)[-_ ]?\d", written, re.I
    )
    graded = read_severity(match[1]) if match else None
    return graded.severity if graded else None


RANKED_ID = re.compile(r"\W*(P[0-4])[-_:][A-Za-z]")
"""An id that begins with a rank and goes on with a name."""


def _graded_note(where: str, written: object, graded: Graded) -> Iterator[Note]:
    if written == graded.severity:
        return
    plain = isinstance(written, str) and written.strip().upper() == graded.severity
    why = "upper case" if plain else graded.why or "the same on the scale of five"
    yield Note(where, joined(written), graded.severity, why)


def _identity(
    fields: Fields, places: tuple[Place, ...], title: str, problem: str
) -> tuple[str, tuple[Note, ...]]:
    place = fields.row.place
    for cell in fields.cells.get("id", ()):
        value = joined(cell.value)
        name = plain_id(value)
        if name and not is_sentence(name):
            same = isinstance(cell.value, str) and name == value
            notes = () if same else (Note(f"{place}.{cell.key}", value, name, "the id as text"),)
            return name, notes
    if outer := fields.row.outer.get("id", "").strip():
        return outer, (Note(f"{place}.id", "", outer, "the key of the finding"),)
    name = made_id(places[0].path if places else "", title or problem)
    return name, (Note(f"{place}.id", "", name, "no id is given; made from the content"),)


def made_id(path: str, words: str) -> str:
    """Return an id that stays the same while path and words do: ``F-1a2b3c4d``."""
    digest = hashlib.sha256(f"{path}\0{same_words(words)}".encode("utf-8", "replace"))
    return f"F-{digest.hexdigest()[:8]}"


def _where(fields: Fields, texts: Sequence[str], evidence: str) -> Where:
    row = fields.row
    where = find_places(
        fields.cells.get("file", ()),
        fields.cells.get("line", ()),
        fields.cells.get("end_line", ()),
        row.outer.get("file", ""),
    )
    return with_said(where, texts, evidence, fields.whole("fix"))


def _effort(fields: Fields) -> str:
    for cell in fields.cells.get("effort", ()):
        text = joined(cell.value).strip()
        if not text or _empty(text):
            continue
        if re.fullmatch(r"~?\d+(?:[.,]\d+)?(?:\s*[-–]\s*\d+(?:[.,]\d+)?)?", text):
            key = " ".join(plain_key(part) for part in cell.path)
            unit = next((unit for word, unit in _UNITS.items() if word in key), "")
            unit = unit or ("hours" if re.search(r"\bh(?:rs?)?\b", key) else "")
            return f"{text} {unit}".strip()
        return text
    return ""


def _status(fields: Fields, legend: Mapping[str, Status]) -> Status:
    statuses: list[Status] = []
    for cell in fields.cells.get("status", ()):
        key = plain_key(cell.path[-1])
        if isinstance(cell.value, bool):
            told = read_status(key.removeprefix("is ")) or Status.OPEN
            statuses.append(told if cell.value else Status.OPEN)
        elif (status := read_status(joined(cell.value), legend)) is not None:
            statuses.append(status)
    closed = next((status for status in statuses if status.closed), None)
    return closed or read_status(fields.row.outer.get("status", "")) or Status.OPEN


def _extra(fields: Fields) -> dict[str, Any]:
    used = {cells[0].path[0] for name, cells in fields.cells.items() if name not in KEPT}
    whole = {"file", "line", "end_line", "severity", "status"}
    used |= {cell.path[0] for name in whole for cell in fields.cells.get(name, ())}
    return {
        key: value
        for key, value in fields.row.values.items()
        if key not in used and value is not None
    }


def _place_notes(fields: Fields, where: Where) -> Iterator[Note]:
    if where.why or (where.written.strip() and not where.places):
        understood = ", ".join(shown_place(place) for place in where.places)
        key = _key(fields, "file", "file")
        yield Note(f"{fields.row.place}.{key}", where.written, understood, "; ".join(where.why))


def shown_place(place: Place) -> str:
    """Return a place as one word: ``src/a.ts:3-4``."""
    lines = "" if place.line is None else f":{place.line}"
    lines += "" if place.end_line is None else f"-{place.end_line}"
    return f"{place.path}{lines}"


def _name_notes(fields: Fields, names: Names) -> Iterator[Note]:
    written = fields.text("function")
    where = f"{fields.row.place}.{_key(fields, 'function', 'function')}"
    if names.nothing_meant:
        if written.strip():
            yield Note(where, written, "no function", "the audit says that none applies")
    elif names.why:
        understood = ", ".join((*names.symbols, *(f"event {event}" for event in names.events)))
        yield Note(where, written, understood, "; ".join(names.why))


def _docs_notes(fields: Fields, written: str) -> Iterator[Note]:
    if _URL.match(written.strip()):
        where = f"{fields.row.place}.{_key(fields, 'docs', 'docsPath')}"
        yield Note(where, written, written.strip(), "a page on the web, not a file to update")


_JOINED = ("dimension", "category", "function", "evidence", "impact", "repro", "fix", "effort")


def _list_notes(fields: Fields) -> Iterator[Note]:
    for name in _JOINED:
        for cell in fields.cells.get(name, ())[:1]:
            if isinstance(cell.value, list):
                why = "a list was given; its items are joined"
                count = f"{len(cell.value)} items"
                yield Note(f"{fields.row.place}.{cell.key}", count, "one text", why)


def apart(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return ``findings`` with ids that are used twice made different, each with a note."""
    used: set[str] = set()
    given = {finding.id for finding in findings}
    distinct_findings: list[Finding] = []
    for finding in findings:
        name, number = finding.id, 1
        while name in used or (number > 1 and name in given):
            number += 1
            name = f"{finding.id}-{number}"
        used.add(name)
        if name != finding.id:
            note = Note("id", finding.id, name, "the audit uses the id twice")
            finding = replace(finding, id=name, notes=(*finding.notes, note))
        distinct_findings.append(finding)
    return tuple(distinct_findings)
