"""Make a row of a finding's first words, its labelled fields and the rest of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import is_code, is_path, is_sentence
from mendbook.intake.shapes.markdown.heads import Head, is_mere_id
from mendbook.intake.shapes.markdown.labels import Parts
from mendbook.intake.shapes.rows import Row
from mendbook.intake.shapes.severities import read_severity
from mendbook.intake.shapes.statuses import is_status_alone, read_status


def row_of(head: Head, parts: Parts, line: int, outer: Mapping[str, str], group: str) -> Row:
    """Return the row of a finding: what its head says, its labelled fields, then its text."""
    values: dict[str, Any] = {}
    told = parts.fields()
    head = _with_id_alone(head, parts)
    if head.id:
        values["id"] = head.id
    values["title"] = head.title
    informs = head.severity[:1] in {"ℹ", "💡", "📝"} and re.search(r"\w", outer.get("severity", ""))
    graded = _grades(parts, sign=not re.search(r"\w", head.severity))
    if head.severity and not graded and not informs:
        values["severity"] = head.severity
    if head.status and "status" not in told:
        values["status"] = head.status
    elif "status" not in told and (said := _verdict(parts)):
        values["status"] = said
    if head.tags and "category" not in told:
        values["category"] = head.tags
    if head.place and "file" not in told:
        values["file"] = head.place
    for label, texts in parts.labelled.items():
        name = named(label)
        if plain_key(label) in _MADE and any(texts):
            values.setdefault("status", "fixed")
        if is_status_alone(label) and (stated := read_status(label)) and texts:
            values.setdefault("status", label)
            if stated.closed and "fix" not in told:
                values["fix"] = texts[0]
            continue
        if name and name.field == "fix" and len(texts) > 1 and _DONE.fullmatch(texts[0]):
            texts = [re.sub(r"\A- (?=[^\n]*\Z)", "", text) for text in texts[1:]]
        if texts:
            key = label if label not in values else f"{label} "
            values[key] = texts[0] if len(texts) == 1 else "\n".join(texts)
            if name and name.field == "file" and len(texts) > 1:
                values[key] = texts
    values = {key: _flowing(value) for key, value in values.items()}
    _take_status(values, parts)
    bodies, said_fix = _with_arrow(parts.body) if "fix" not in told else (parts.body, "")
    if said_fix:
        values["fix"] = said_fix
    place, size, texts = _placed_lead(bodies)
    leading = _LEADING_FILE.match(head.title)
    if leading and is_path(leading["path"]) and not (place or head.place or "file" in told):
        values["file"] = leading["path"]
    whole = head.title.strip("` ")
    if is_path(whole) and "." in whole and not (place or head.place or "file" in told):
        values["file"] = whole
    if place and "file" not in told and not head.place:
        values["file"] = place
        if size and "effort" not in told:
            values["effort"] = size
    else:
        texts = bodies
    body = _flowing("\n\n".join(texts).strip())
    if not body and "problem" not in told:
        body = (
            _said_of_place(parts)
            or _said_by(values, parts, "evidence")
            or _crossed(parts.code)
            or _said_by(values, parts, "severity", least=_EXPLAINED)
            or _said_by(values, parts, "impact", among=_SCENARIOS)
        )
    if body and "problem" in told and (group == "lists" or _says_less(parts)):
        # an item says what is wrong before its points name it again
        key = next(
            label for label in parts.labelled if (n := named(label)) and n.field == "problem"
        )
        values[key] = f"{body}\n\n{values[key]}"
    elif body:
        values["problem" if "problem" not in told else "remark"] = body
    if parts.code and "evidence" not in told:
        values["evidence"] = "\n\n".join(parts.code)
    elif parts.code:
        key = next(
            label for label in parts.labelled if (n := named(label)) and n.field == "evidence"
        )
        values[key] = "\n\n".join(filter(None, (str(values.get(key, "")), *parts.code)))
    if not {"severity"} & {*values, *told, *outer}:
        _tell_grade(values)
    if "status" not in values and "status" not in told:
        _tell_status(values)
    return Row(f"line {line}", values, dict(outer), group, line, head.number)


def _with_id_alone(head: Head, parts: Parts) -> Head:
    """Take a paragraph that is an id and nothing else for the finding's: ``**TIDE-2026-001**``."""
    if head.id not in {"", head.number}:
        return head
    alone = next((text for text in parts.body if is_mere_id(text)), "")
    if not alone:
        return head
    parts.body.remove(alone)
    return replace(head, id=alone.strip("*` .:"))


def _take_status(values: dict[str, Any], parts: Parts) -> None:
    """Take a paragraph that is a status and nothing else for one: ``✅ **FIXED**``."""
    alone = next((text for text in parts.body if is_status_alone(text)), "")
    if alone and "status" not in parts.fields():
        values.setdefault("status", alone.strip("* "))
        parts.body.remove(alone)


def _says_less(parts: Parts) -> bool:
    """Tell whether the labels for what is wrong are words for what was seen, or for its cause."""
    labels = [
        plain_key(one) for one in parts.labelled if (n := named(one)) and n.field == "problem"
    ]
    return bool(labels) and all(label.removesuffix("s") in _SEEN for label in labels)


_SEEN = {
    *(
        "observed",
        "observation",
        "cause",
        "root cause",
        "reason",
        "rationale",
        "analysi",
        "analysis",
    ),
    *("note", "current", "current state", "context", "comment", "remark", "beobachtung", "ursache"),
    *(
        "grund",
        "observé",
        "raison",
        "observado",
        "causa",
        "motivo",
        "причина",
        "原因",
        "根因",
        "根本原因",
    ),
}
"""Labels of what stands beside the words that say what is wrong."""


def _with_arrow(bodies: list[str]) -> tuple[list[str], str]:
    """Return texts without the lines that an arrow opens, and what these say to do.

    ``The key is short.`` and on the next line ``→ Make it longer.``
    """
    kept: list[str] = []
    orders: list[str] = []
    for text in bodies:
        lines = text.split("\n")
        at = next((at for at, line in enumerate(lines) if at and _ARROW.match(line)), len(lines))
        if not kept or at:
            orders += lines[at:]
            kept.append("\n".join(lines[:at]))
    return kept, "\n".join(_ARROW.sub("", line) for line in orders)


_ARROW = re.compile(r"\s*(?:→|➜|➔|⇒|=>|->)\s+(?=\S)")


def _tell_status(values: dict[str, Any]) -> None:
    """Take the status that stands in bold capitals behind the problem, and the fix behind it.

    ``… had no test. **FIXED**: one by day and one by night``.
    """
    text = str(values.get("problem", ""))
    match = _BOLD_STATUS.search(text)
    status = read_status(match["status"]) if match else None
    if match is None or status is None or not status.closed:
        return
    values["status"] = match["status"]
    before, behind = text[: match.start()].strip(), text[match.end() :].strip(" :—–-")
    if before:
        values["problem"] = before
    elif is_sentence(values.get("title")):
        del values["problem"]
    if behind and "fix" not in values:
        values["fix"] = behind


def _tell_grade(values: dict[str, Any]) -> None:
    """Take the grade in brackets behind a verdict in bold capitals: ``**CONFIRMED (low).** …``."""
    match = _BOLD_GRADE.search(str(values.get("problem", "")))
    graded = read_severity(match["grade"].split(",")[0]) if match else None
    if match is not None and graded is not None and graded.exact:
        values["severity"] = match["grade"].split(",")[0]


_BOLD_GRADE = re.compile(r"(?:\*\*|[—–-]\s)[A-Z]{4,16}\s*\((?P<grade>[^()\n]{2,24})\)[.:*]")
_BOLD_STATUS = re.compile(r"(?:(?<=[.!?):—])\s+|\A)\*\*(?P<status>[A-Z]{4,12})\*\*(?=\W|\Z)")


_MADE = {
    *("changes made", "changes applied", "what was done", "fix applied", "applied fix"),
    *("solution implemented", "solution applied", "vorgenommene änderungen"),
    *("changements apportés", "corrections apportées", "correctif appliqué"),
    *("cambios realizados", "solución aplicada", "solución implementada"),
    *("alterações realizadas", "correção aplicada", "modifiche apportate", "что сделано"),
}
"""Labels of a fix that say that it was made."""
_DONE = re.compile(r"[*_\s]*[✅✔☑]\ufe0f?[*_\s]*")
_ASSESSED = {
    *("analysis", "assessment", "conclusion", "evaluation", "decision", "verdict", "analyse"),
    *("bewertung", "einschätzung", "évaluation", "análisis", "evaluación", "análise", "avaliação"),
    *("valutazione", "bedömning", "vurdering", "оценка", "评估", "評価", "평가"),
}
"""Labels of what the auditor made of it in the end."""


def _verdict(parts: Parts) -> str:
    """Return the status that the sign of a fix or the first words of an assessment tell.

    ``**Solution applied:** ✅`` with the steps below it, ``**Assessment:** ACCEPTABLE - …``.
    """
    for label, texts in parts.labelled.items():
        name = named(label)
        if name and name.field == "fix" and texts and _DONE.fullmatch(texts[0]):
            return texts[0].strip("*_ ")
        if texts and plain_key(label) in _ASSESSED:
            first = re.split(r"\s[-–—]\s|[.:;,(\n]", texts[0], maxsplit=1)[0].strip("*_ ")
            status = read_status(first) if len(first.split()) <= 3 else None
            if status is not None and status.closed and re.search(r"\w", first):
                return first
    return ""


def _grades(parts: Parts, *, sign: bool) -> bool:
    """Tell whether a label gives the severity in a word: no risk in sentences, and no priority.

    A priority counts where the headline has nothing but a ``sign``.
    """
    return any(
        (name := named(label)) is not None
        and name.field == "severity"
        and (sign or not _PRIORITY.search(plain_key(label)))
        and any(read_severity(text, scale="score") is not None and len(text) < 60 for text in texts)
        for label, texts in parts.labelled.items()
    )


_PRIORITY = re.compile(r"prio|优先|優先|우선|приоритет|öncelik")


_LEADING_FILE = re.compile(r"(?:\([^()]*\)\s*)?`?(?P<path>[^\s`]+)`?(?:\s+[—–-]|\s*:)\s")
"""A file before the words of a headline: ``till.html — rounds twice``."""


def _said_of_place(parts: Parts) -> str:
    """Return the sentences that stand behind the place of a finding that says no more.

    ``**Where:** `gate/lock.py:12` — the key is never turned back.``
    """
    for label, texts in parts.labelled.items():
        name = named(label)
        match = _BEHIND.match(texts[0]) if name and name.field == "file" and texts else None
        if match is not None and _names_path(match["first"]) and is_sentence(match["said"]):
            return str(_flowing(match["said"].strip()))
    return ""


def _said_by(
    values: dict[str, Any],
    parts: Parts,
    field: str,
    *,
    least: int = 0,
    among: frozenset[str] | None = None,
) -> str:
    """Take what is given as evidence, a risk or a scenario for what is wrong, in words.

    ``**Evidence:** The gate is opened for anybody (`gate.tf:4`)``. What has fewer signs than
    ``least`` or grades is none; ``among`` are the only labels that count.
    """
    for label, texts in parts.labelled.items():
        name = named(label)
        if name is None or name.field != field or label not in values or len(texts) != 1:
            continue
        named_so = among is None or plain_key(re.sub(r"[(（].*", "", label)) in among
        worded = is_sentence(texts[0]) and not is_code(texts[0])
        if named_so and worded and len(texts[0]) >= least:
            return str(values.pop(label))
    return ""


_EXPLAINED = 100
"""Signs from which a risk explains what is wrong, and names no mere consequence."""
_SCENARIOS = frozenset(
    {
        *(
            "scenario",
            "szenario",
            "scénario",
            "escenario",
            "cenário",
            "сценарий",
            "场景",
            "シナリオ",
        ),
        *("attack", "attack scenario", "attack vector", "angriff", "attaque", "ataque", "атака"),
    }
)


def _crossed(code: list[str]) -> str:
    """Return the lines of a list of checks, written as code, that have the sign for what failed."""
    lines = [line.strip() for text in code for line in text.splitlines() if line.strip()]
    signed = [line for line in lines if _CHECKED.match(line)]
    failed = [line for line in signed if not line.startswith(("✅", "✔", "☑"))]
    told = len(signed) == len(lines) and failed
    return "\n".join(f"- {_CHECKED.sub('', line)}" for line in failed) if told else ""


_CHECKED = re.compile(r"[✅✔☑❌✗✘⚠]\ufe0f?\s*")


def _names_path(written: str) -> bool:
    """Tell whether ``written`` is a path, with the name of what stands in it or without."""
    return is_path(written) or is_path(re.sub(r":{1,2}[\w$.]+(?:\(\))?\Z", "", written))


_BEHIND = re.compile(
    r"\s*`(?P<first>[^`\n]+)`(?:\s*(?:,|&|\+|and)\s*`?[^`\n—]+`?)*(?:\s*\([^()]*\))?"
    r"\s*(?:\s[—–-]\s|[.:]\s)\s*(?P<said>.+)",
    re.DOTALL,
)
_PLACED = re.compile(
    r"(?i)\A\s*(?P<places>(?:\*\*)?`[^`\n]{3,200}`(?:\s*[,;·]\s*`[^`\n]{3,200}`)*(?:\*\*)?)\s*(?:[—–:·]|-\s|\n)\s*"
    r"(?:(?:aufwand|effort|size)\W{1,5}(?P<size>XS|S|M|L|XL)\W{0,4}\s)?"
)


def _placed_lead(texts: list[str]) -> tuple[str, str, list[str]]:
    """Return the place and the size that the text begins with, and the texts without them."""
    match = _PLACED.match(texts[0]) if texts else None
    if match is None or not is_path(match["places"].strip("*`").split("`")[0]):
        return "", "", texts
    rest = texts[0][match.end() :].strip()
    kept = [rest, *texts[1:]] if rest else texts[1:]
    return match["places"].strip("* "), match["size"] or "", kept


def _flowing(value: Any) -> Any:  # noqa: ANN401 - any value
    """Return text with the line breaks of its source as spaces; paragraphs and lists stay."""
    if not isinstance(value, str):
        return value
    parts = re.split(r"(^`{3,}\n.*?^`{3,}$)", value, flags=re.DOTALL | re.MULTILINE)
    parts[::2] = [_joined_lines(part) for part in parts[::2]]
    return "".join(parts)


def _joined_lines(text: str) -> str:
    whole = text.strip("\n")
    start, end = text.partition(whole)[::2] if whole else (text, "")
    flowing = re.sub(r"(?<!\n)\n(?!\n|\s*[-*•]\s|\s*\d+[.)]\s)", " ", whole)
    return f"{start}{flowing}{end}" if whole else text
