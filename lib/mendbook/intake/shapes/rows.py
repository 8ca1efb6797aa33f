"""Find the findings in a decoded document: objects told by what they hold, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mendbook.intake.faults import join
from mendbook.intake.shapes.containers import (
    holds_findings,
    holds_no_findings,
    holds_plans,
    told_by_key,
)
from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import (
    is_code,
    is_id,
    is_lines,
    is_path,
    is_sentence,
    whole_number,
)
from mendbook.intake.shapes.severities import read_severity

ENOUGH = 4.0
"""Points of likeness from which an object is a finding; see ``likeness``."""
_ENOUGH_IN_LIST = 2.5
_ENOUGH_AT_ROOT = 6.0
_PARTS = {"file", "line", "evidence", "reference", "repro", "fix", "impact", "function", "end_line"}
"""Fields whose lists hold parts of a finding, never findings."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as the document has it: its keys, and what stands around it."""

    place: str
    """JSON path, or ``line 12``."""
    values: Mapping[str, Any]
    outer: Mapping[str, str] = field(default_factory=dict)
    """Field to value, told by the keys and objects around it."""
    group: str = ""
    """The place without its numbers: ``results[].items[]``."""
    line: int | None = None
    """Of the document, when that is text of many lines."""
    number: str = ""
    """The number in front of its headline, by which tables may name it."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known on the way down to an object."""

    path: str = ""
    group: str = ""
    outer: Mapping[str, str] = field(default_factory=dict)
    named_findings: bool = False
    """Whether a key on the way says that findings stand here."""
    no_findings: str = ""
    """The key on the way that says that these are none."""
    plan: str = ""
    """The key on the way that says that this is a plan."""
    near: bool = False
    """Whether the key right above says that findings stand here."""

    def key(self, key: str, value: object) -> Around:
        """Return what is known below ``key``."""
        told = told_by_key(key, isinstance(value, dict) and _is_one(value))
        outer = {**self.outer, told[0]: told[1]} if told else self.outer
        findings = holds_findings(key) and not (self.plan and _IMPROVES.search(plain_key(key)))
        return Around(
            join(self.path, key),
            f"{self.group}.*" if told and told[0] in {"id", "file"} else join(self.group, key),
            outer,
            self.named_findings or findings,
            self.no_findings or (key if holds_no_findings(key) else ""),
            "" if findings else self.plan or (key if holds_plans(key) else ""),
            findings or (told is not None and told[0] == "severity"),
        )

    def item(self, index: int) -> Around:
        """Return what is known of the item at ``index``."""
        return Around(
            join(self.path, index),
            f"{self.group}[]",
            self.outer,
            self.named_findings,
            self.no_findings,
            self.plan,
            self.near,
        )


_IMPROVES = re.compile(
    r"improvements?|enhancements?|opportunit\w+|suggestions?|optimi[sz]ations?|verbesserung\w*"
    r"|améliorations?|mejoras?|melhorias?"
)
"""Words for what could be better, which below a plan are no findings."""
PlacedRow = tuple[Row, Around]


@dataclass(slots=True)
class Search:
    """What was found in a document, and the lists of findings that hold none."""

    rows: list[PlacedRow] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    """Places of empty lists that are named as findings: so an audit says that it found nothing."""
    missed: list[tuple[str, object]] = field(default_factory=list)
    """Items of such lists that do not look like findings."""


def find_rows(data: object) -> Search:
    """Return every finding-like object of ``data`` with what stands around it, in order."""
    search = Search()
    if data == []:
        search.empty.append("the document")
    _visit(data, Around(), search)
    return search


def _visit(node: object, around: Around, search: Search) -> None:
    if isinstance(node, list):
        _visit_list(node, around, search)
    elif isinstance(node, dict):
        if _is_finding(node, around) and (_complete(node) or not holds_more(node)):
            search.rows.append((Row(around.path, node, around.outer, around.group), around))
            return
        inner = _with_scalars(node, around)
        for key, value in node.items():
            if isinstance(value, dict | list):
                _visit(value, inner.key(key, value), search)


def _is_one(node: dict[str, Any]) -> bool:
    """Tell whether ``node`` is one finding, and no object around lists of them."""
    return likeness(node) >= ENOUGH and (_complete(node) or not holds_more(node))


def _complete(node: dict[str, Any]) -> bool:
    """Tell whether ``node`` is a finding of its own, with parts below that have no severities."""
    words = any(
        (name := named(key)) and name.field in {"title", "problem"} and _is_words(key, value)
        for key, value in node.items()
    )
    if not words or not _is_graded(node):
        return False
    below = [item for value in node.values() if isinstance(value, list) for item in value]
    return not any(isinstance(item, dict) and _is_graded(item) for item in below)


def _is_graded(node: Mapping[str, Any]) -> bool:
    return any(
        (name := named(key)) is not None
        and name.field == "severity"
        and name.rank < 200
        and _grades(value)
        for key, value in node.items()
    )


def _grades(value: object) -> bool:
    """Tell whether a value is a grade, or an object that gives one: ``{"overall": "high"}``."""
    if isinstance(value, dict):
        return any(map(_grades, value.values()))
    return read_severity(value) is not None


def _visit_list(items: list[Any], around: Around, search: Search) -> None:
    expected = bool(around.path) and not around.no_findings and not around.plan
    expected = expected and (around.named_findings or "severity" in around.outer)
    if not items and expected:
        search.empty.append(around.path)
    if (
        expected
        and around.near
        and items
        and all(isinstance(item, str) and is_sentence(item) for item in items)
    ):
        # sentences are a summary where objects say the same; see choose
        told = replace(around, plan=around.path)
        for index, item in enumerate(items):
            here = told.item(index)
            row = Row(here.path, {"problem": item}, here.outer, here.group)
            search.rows.append((row, here))
        return
    for index, item in enumerate(items):
        before = len(search.rows)
        _visit(item, around.item(index), search)
        if expected and len(search.rows) == before and item not in (None, "", {}, []):
            search.missed.append((around.item(index).path, item))


def _is_finding(node: dict[str, Any], around: Around) -> bool:
    if not around.path:
        return likeness(node) >= _ENOUGH_AT_ROOT
    bonus = 0.0
    if "severity" in around.outer:
        bonus += 2
    if "file" in around.outer:
        bonus += 1.5
    direct = around.named_findings and around.path.endswith("]")
    return likeness(node) + bonus >= (_ENOUGH_IN_LIST if direct else ENOUGH) and has_words(node)


def holds_more(node: Mapping[str, Any]) -> bool:
    """Tell whether findings of their own stand below ``node``, so that it is a group of them."""
    for key, value in node.items():
        name = named(key)
        if name and name.rank < 200 and name.field in _PARTS and not holds_findings(key):
            continue
        items = (
            value
            if isinstance(value, list)
            else list(value.values())
            if isinstance(value, dict)
            else []
        )
        objects = [item for item in items if isinstance(item, dict)]
        if objects and all(_tells_more(item) for item in objects[:5]):
            return True
        if isinstance(value, dict) and any(
            isinstance(item, list)
            and any(isinstance(one, dict) and _tells_more(one) for one in item)
            for item in items
        ):
            return True
    return False


def _tells_more(item: Mapping[str, Any]) -> bool:
    return ((likeness(item) >= ENOUGH or holds_more(item)) and has_words(item)) or holds_more(item)


def has_words(node: Mapping[str, Any]) -> bool:
    """Tell whether ``node`` says something in words: a title, a problem, or a sentence."""
    return any(_is_words(key, value) for key, value in node.items())


def _is_words(key: str, value: object) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    name = named(key)
    return is_sentence(value) or bool(
        name and name.field in {"title", "problem"} and len(value) > 2
    )


def likeness(node: Mapping[str, Any]) -> float:
    """Return how much ``node`` looks like a finding: words, severity, place, fix count most."""
    points_by_kind: dict[str, float] = {}
    for key, value in node.items():
        for kind, points in _points(key, value):
            points_by_kind[kind] = max(points_by_kind.get(kind, 0.0), points)
    return sum(points_by_kind.values())


_BY_NAME = {
    "fix": 1.5,
    "evidence": 1.0,
    "impact": 1.0,
    "id": 0.5,
    "category": 0.5,
    "rule": 0.5,
    "status": 0.5,
    "effort": 0.5,
    "function": 0.5,
}


def _points(key: str, value: object) -> Iterator[tuple[str, float]]:
    name = named(key)
    meant = name.field if name else ""
    if value in (None, "", [], {}):
        return
    if _is_words(key, value):
        yield "words", 2.0
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        graded = read_severity(value, scale="score" if meant == "severity" else "")
        if graded and (
            meant == "severity" or (graded.exact and meant not in {"effort", "confidence"})
        ):
            yield "severity", 3.0
        if is_path(value) or (meant == "file" and is_sentence(value)):
            yield "place", 2.0
        elif meant == "line" and is_lines(value):
            yield "place", 1.0
        elif not name and is_code(value):
            yield "evidence", 1.0
        elif not name and is_id(value) and not whole_number(value):
            yield "id", 0.5
    elif meant == "severity" and isinstance(value, dict):
        yield "severity", 2.0
    elif meant in {"file", "line"} or (isinstance(value, list) and value and is_path(value[0])):
        yield "place", 2.0
    if meant in _BY_NAME:
        yield meant, _BY_NAME[meant]


_INHERITED = ("file", "severity", "category", "function", "rule")


def _with_scalars(node: Mapping[str, Any], around: Around) -> Around:
    """Return ``around`` with what the plain values of a group say of all that stands in it."""
    outer = dict(around.outer)
    for key, value in node.items():
        name = named(key)
        if not isinstance(value, str) or not value.strip() or name is None or name.rank >= 200:
            continue
        kind = name.field
        if kind == "title" and around.path and len(value) <= 80:
            outer.setdefault("category", value)
        elif kind == "file" and is_path(value) and ("." in value or around.path):
            outer["file"] = value
        elif kind in _INHERITED and around.path and len(value) <= 60 and _fits(kind, value):
            outer[kind] = value
    return Around(
        around.path, around.group, outer, around.named_findings, around.no_findings, around.plan
    )


def _fits(kind: str, value: str) -> bool:
    return kind != "file" and (kind != "severity" or read_severity(value) is not None)


_FORMER = re.compile(
    r"(?<=\w)\s+\((?:was|formerly|früher|old|previously|ex)[:\s]+[\w.-]+\)\Z", re.I
)


def plain_id(written: str) -> str:
    """Return an id without marks and without the one it had before: ``ARCH-1 (was C1)``."""
    return _FORMER.sub("", written.strip().strip("`*").strip())


def same_words(text: object) -> str:
    """Return ``text`` as it is compared with others': its letters and digits alone."""
    return "".join(char for char in str(text).lower() if char.isalnum())


def key_profile(rows: list[Row]) -> set[str]:
    """Return the keys that at least half of ``rows`` have, as plain words."""
    counts: dict[str, int] = {}
    for row in rows:
        for key in row.values:
            counts[plain_key(key)] = counts.get(plain_key(key), 0) + 1
    return {key for key, count in counts.items() if 2 * count >= len(rows)}
