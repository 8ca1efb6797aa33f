"""Give what paragraphs say of a finding under its id to the row of a table that has the id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.markdown.blocks import Block
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.intake.shapes.markdown.labels import split
from mendbook.intake.shapes.markdown.telling import id_of, identity
from mendbook.intake.shapes.rows import Row

_LABEL = re.compile(
    r"\W{0,4}(?P<open>\*\*|__)(?P<label>[^*_:：\n]{3,60}?)\s*"
    r"(?:[:：](?P=open)|(?P=open)\s*[:：])\s*(?P<said>.*)",
    re.DOTALL,
)
_OF = re.compile(
    r"(?P<field>[^\W\d_]+(?: [^\W\d_]+)?) (?:of|on|for|zu|für|de|du|pour|para|di|per) "
)
"""The name of a field before the id that it belongs to: ``Details on B-2``."""
_WORDS = {"title", "problem"}


@dataclass(slots=True)
class Detail:
    """What stands below a label that names a finding and a field: ``**B-2 Fix:** …``."""

    id: str
    blocks: list[Block] = field(default_factory=list)


def taken_apart(blocks: Sequence[Block]) -> tuple[list[Block], list[Detail]]:
    """Return ``blocks`` without those that tell more of findings, and these by finding.

    What goes on below under a field's name alone, or as code, belongs to the same finding.
    """
    rest: list[Block] = []
    details: list[Detail] = []
    current: Detail | None = None
    for block in blocks:
        match = _LABEL.match(block.text) if block.kind == "text" else None
        name, label = _named_so(match["label"]) if match else ("", "")
        if match and name:
            current = Detail(name, [replace(block, text=f"**{label}:** {match['said']}")])
            details.append(current)
        elif current and (block.kind == "code" or (match and _is_field(match["label"]))):
            current.blocks.append(block)
        else:
            current = None
            rest.append(block)
    return rest, details


def give_details(details: Sequence[Detail], rows: list[Row]) -> int:
    """Give ``details`` to the ``rows`` with their ids; return how many blocks found none."""
    lost = 0
    for detail in details:
        at = next((at for at, row in enumerate(rows) if id_of(row) == detail.id), None)
        if at is None:
            lost += len(detail.blocks)
        else:
            rows[at] = _with(rows[at], detail)
    return lost


def _named_so(label: str) -> tuple[str, str]:
    """Return the id and the field that a label names; empty where it does not name both."""
    of = _OF.match(label)
    said = f"{label[of.end() :]} {of['field']}" if of else label
    head = read_head(said)
    if not head.id or head.id.isdigit() or not _is_field(head.title):
        return "", ""
    return identity(head.id), head.title


def _is_field(label: str) -> bool:
    name = named(label)
    return name is not None and name.rank < 200


def _with(row: Row, detail: Detail) -> Row:
    """Return ``row`` with what ``detail`` tells; its own words become the headline."""
    parts = split(detail.blocks)
    told: dict[str, list[str]] = {}
    for label, texts in parts.labelled.items():
        name = named(label)
        told.setdefault(name.field if name else "problem", []).extend(texts)
    told.setdefault("problem", []).extend(parts.body)
    if parts.code:
        told.setdefault("fix" if "fix" in told else "evidence", []).extend(parts.code)
    given = {name: "\n\n".join(texts) for name, texts in told.items() if any(texts)}
    return replace(row, values={**_headed(row.values, given), **given})


def _headed(values: Any, given: dict[str, str]) -> dict[str, Any]:  # noqa: ANN401 - of any row
    """Return the values of a row without those that are ``given`` anew."""
    kept: dict[str, Any] = {}
    for key, value in values.items():
        name = named(key)
        told = name.field if name else ""
        if told in _WORDS and "problem" in given:
            kept.setdefault("title", value)
        elif told not in given:
            kept[key] = value
    return kept
