"""Tell what the lists of a section are: findings of their own, fields, or boxes to tick."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mendbook.intake.shapes.containers import holds_findings, holds_plans
from mendbook.intake.shapes.keys import named
from mendbook.intake.shapes.looks import fault_words, names_file
from mendbook.intake.shapes.markdown.blocks import Block
from mendbook.intake.shapes.markdown.context import Context
from mendbook.intake.shapes.markdown.heads import ends_with_id
from mendbook.intake.shapes.markdown.items import CHECKBOX, item_row
from mendbook.intake.shapes.severities import read_severity

_FIELDS = {
    *("problem", "evidence", "impact", "fix", "repro", "file", "effort", "severity", "status"),
    *("line", "function"),
}


def is_list_of_named(blocks: Sequence[Block]) -> bool:
    """Tell whether a section is a list alone, of points of which each begins with bold words."""
    if not blocks or any(block.kind != "list" for block in blocks):
        return False
    items = [item for block in blocks for item in block.items]
    texts = [item[0].text for item in items if item and item[0].kind == "text"]
    leads = [re.match(r"\W{0,4}(?:\*\*|__)([^*_]+)(?:\*\*|__)", text) for text in texts]
    names = [lead[1].strip(" :：") for lead in leads if lead is not None]
    return len(names) == len(items) >= 2 and not any(
        (name := named(one)) is not None and name.rank < 200 for one in names
    )


def holds_named_items(blocks: Sequence[Block]) -> bool:
    """Tell whether a section is a list of points, each of which begins with its own bold name."""
    items = [item for block in blocks if block.kind == "list" for item in block.items]
    texts = [item[0].text for item in items if item and item[0].kind == "text"]
    return len(texts) >= 2 and all(re.match(r"\W{0,4}\*\*[^*]+\*\*\s*[:：—–-]", t) for t in texts)


def all_good(blocks: Sequence[Block]) -> bool:
    """Tell whether every item of a section's lists begins with the sign for good."""
    items = [item for block in blocks if block.kind == "list" for item in block.items]
    texts = [item[0].text for item in items if item and item[0].kind == "text"]
    return len(texts) >= 2 and all(re.match(r"\W*[✅✔✓☑]", text) for text in texts)


def is_checklist(blocks: Sequence[Block]) -> bool:
    """Tell whether a section is nothing but boxes to tick."""
    lists = [block for block in blocks if block.kind == "list"]
    items = [item for block in lists for item in block.items]
    ticked = [CHECKBOX.match(item[0].text) is not None for item in items if item]
    rest = [block for block in blocks if block.kind != "list"]
    sums = all(block.kind == "text" and _SUMS.fullmatch(block.text) for block in rest)
    return len(ticked) >= 2 and all(ticked) and sums


_SUMS = re.compile(r"(?:\W*(?:\*\*|__)[^*_\n]{2,40}[:：](?:\*\*|__)[^\n]{1,40}(?:\n|\Z))+")
"""Lines that say how much there is to do: ``**Estimated effort:** 3 weeks``."""


def holds_graded_items_alone(blocks: Sequence[Block]) -> bool:
    """Tell whether a section is a list of which each item is a finding with its own severity."""
    if len(blocks) != 1 or blocks[0].kind != "list":
        return False
    rows = [item_row(item, Context()) for item in blocks[0].items]
    return all(
        row is not None and "severity" in row.values and row.values.keys() & {"title", "problem"}
        for row in rows
    )


def ends_with_ids(blocks: Sequence[Block]) -> bool:
    """Tell whether paragraphs or items of a section end with ids and grades of their own."""
    texts = [block.text for block in blocks if block.kind == "text"]
    items = [item for block in blocks for item in block.items]
    texts += [item[0].text for item in items if item and item[0].kind == "text"]
    return any(ends_with_id(text) is not None for text in texts)


def opens_findings(blocks: Sequence[Block]) -> bool:
    """Tell whether a mere name of findings opens a list of points with fields of their own.

    ``**Issues found:**`` over ``1. **No lock**: …`` with ``- **Impact:** …`` below it.
    """
    for before, block in pairwise(blocks):
        name = before.text.strip(" *_:：\n") if before.kind == "text" else ""
        label = named(name)
        opened = holds_findings(name) and len(name.split()) <= _SHORT_NAME
        opened = opened and (label is None or label.rank >= 200 or label.field == "problem")
        if opened and not holds_plans(name) and block.kind == "list":
            told = [_labels_below(item) & _FIELDS for item in block.items]
            if any(told) and 2 * sum(map(bool, told)) >= len(told):
                return True
    return False


def each_is_mended(blocks: Sequence[Block]) -> bool:
    """Tell whether each item of one of the lists has a point of its own that says what to do.

    ``- `knot.py` ties twice`` and ``- `sail.py` never furls``, with ``- Fix: …`` below both.
    """
    return any(
        len(block.items) >= 2 and all("fix" in _labels_below(item) for item in block.items)
        for block in blocks
        if block.kind == "list"
    )


def explains_grades(block: Block) -> bool:
    """Tell whether each point of a list is a grade and what is done about it: ``High: in a week``.

    No grade comes twice, and no point names a file.
    """
    texts = [item[0].text for item in block.items if len(item) == 1 and item[0].kind == "text"]
    leads = [
        re.match(r"\W*(?P<grade>[^\W\d_]{2,12})\W{0,3}\s*(?:[:：—–])\s*\S", text) for text in texts
    ]
    grades = [read_severity(lead["grade"]) for lead in leads if lead is not None]
    known = {grade.severity for grade in grades if grade is not None and grade.exact}
    return (
        len(texts) == len(block.items) == len(known) >= _GRADES
        and not any(names_file(text) or "`" in text for text in texts)
        and not any(fault_words(text) for text in texts)
    )


_GRADES = 3
"""Grades from which a list of them explains a scale."""
_SHORT_NAME = 4
"""Words of a name of findings that stands alone."""


def _labels_below(item: Sequence[Block]) -> set[str]:
    """Return the fields that points below the first words of an item name."""
    texts = [
        one[0].text for block in item[1:] for one in block.items if one and one[0].kind == "text"
    ]
    labels = [label[1] for text in texts if (label := _LABEL.match(text) or _PLAIN.match(text))]
    return {name.field for label in labels if (name := named(label)) and name.rank < 200}


def unlabelled(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Yield the lists that no label opens, and whether words with a colon do.

    Those below ``**Impact:**`` are parts of a finding.
    """
    before = ""
    for block in blocks:
        opened = _OPENS.search(before) is not None and not counts_items(block)
        if block.kind == "list" and not opened and not _lists_fields(block):
            yield block, before.rstrip().endswith((":", "："))
        before = block.text if block.kind == "text" else ""


def counts_items(block: Block) -> bool:
    """Tell whether most items of a list begin with ids of their own in bold words.

    ``- **TD-4 — `tide.go` (high):** …``: whatever stands above them, each is one of its own.
    """
    texts = [item[0].text for item in block.items if item and item[0].kind == "text"]
    counted = sum(_ITEM_ID.match(text) is not None for text in texts)
    return counted >= 1 and 2 * counted >= len(block.items)


_ITEM_ID = re.compile(r"\W{0,4}(?:\*\*|__)\W{0,3}[A-Z]{1,8}-?\d{1,4}\b")


def _lists_fields(block: Block) -> bool:
    """Tell whether each item of a list is a field of one finding: ``**Is:** …``, ``**Fix:** …``."""
    texts = [item[0].text for item in block.items if item and item[0].kind == "text"]
    labels = [_LABEL.match(text) for text in texts]
    names = [named(label[1]) for label in labels if label is not None]
    known = {name.field for name in names if name is not None and name.rank < 100}
    again = len({label[1] for label in labels if label is not None}) < len(texts)
    return len(names) == len(texts) >= 2 and bool(known & _FIELDS) and not again


_LABEL = re.compile(r"\s*(?:\*\*|__)([^*_\n]{1,48}?)(?:[:：](?:\*\*|__)|(?:\*\*|__)\s*[:：])")
_PLAIN = re.compile(r"\s*(?P<label>[^\W\d_][\w -]{2,24}?)\s*[:：]\s")
_OPENS = re.compile(r"(?:\*\*|__)[^*_\n]{2,48}(?:[:：](?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*\Z")
