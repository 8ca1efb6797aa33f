"""Split a finding's blocks into labelled fields and what stands without a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mendbook.intake.shapes.keys import named, plain_key
from mendbook.intake.shapes.looks import is_path, is_sentence
from mendbook.intake.shapes.markdown.blocks import Block
from mendbook.intake.shapes.statuses import read_status

_BOLD = re.compile(
    r"(?:(?<=\n)|\A|(?<=[|·•–—;,.)”\"»])|(?<=\s\s)|(?<=[\w`]\s))[ \t]*(?:[-*•]\s+)?(?:\*\*"
    r"|__)(?P<label>[^*_\n]{1,48}?)"
    r"(?:\s*(?P<stop>[:：.])\s*(?:\*\*|__)|(?:\*\*|__)\s*(?:[:：]))[ \t]*"
)
_WHOLE_BOLD = re.compile(
    r"(?:(?<=\n)|\A)[ \t]*\*\*(?P<label>[^*:：\n]{2,24})[:：][ \t]+(?P<value>[^*\n]{1,200})\*\*"
)
"""A field of which all is bold: ``**Status: open**``."""
_ALONE = re.compile(r"(?:\A|(?<=\n))[ \t]*\*\*(?P<label>[^*:：\n]{2,32})\*\*[ \t]*(?=\n|\Z)")
"""A label that has a line to itself and no colon: ``**How to mend it**``."""
_PLAIN = re.compile(
    r"(?:(?<=\n)|\A|(?<=[.;!?)。；`”\"»’]\s))[ \t]*(?:[-•]\s+)?[_*]?"
    r"(?P<label>[^\W\d_][\w/ '’()-]{1,30}?)(?:\s*[:：][_*]?|[_*]\s*[:：])[ \t]*(?=\S|\n|\Z)"
)
_WHAT = re.compile(r"(?:(?<=\n)|\A)[ \t]*(?:[-•]\s+)?(?P<label>What)\s*:[ \t]*(?=\S)")
"""A word of any prose, which among other labels on lines of their own is one."""
_FEW = 2
_Mark = tuple[int, int, str]
"""Where a label begins and ends, and what it says."""
_SHORT = {"severity", "file", "line", "status", "id", "effort", "category", "rule", "function",
          "reference", "confidence", "aside", "end_line"}  # fmt: skip


@dataclass(slots=True)
class Parts:
    """A finding's fields as they are labelled, and the rest."""

    labelled: dict[str, list[str]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)

    def add(self, label: str, text: str) -> None:
        """Add ``text`` below ``label``; an empty text opens the label for what follows."""
        texts = self.labelled.setdefault(label, [])
        if text.strip(" |·•\n"):
            texts.append(text.strip(" |·•\n"))

    def fields(self, *, sure: bool = False) -> set[str]:
        """Return the fields that the labels name; ``sure`` leaves out what they could mean."""
        most = 200 if sure else 1000
        return {
            name.field for label in self.labelled if (name := named(label)) and name.rank < most
        }


def split(blocks: Iterable[Block]) -> Parts:
    """Return the fields and the rest of ``blocks``."""
    parts = Parts()
    current = ""
    for block in blocks:
        if block.kind == "text":
            current = _text(block.text, parts, current)
            if _is_header(block.text) and not _goes_on_below(current, parts):
                current = ""
        elif block.kind == "code":
            _code(block.text, parts, current)
        elif block.kind == "list":
            current = _list(block, parts, current)
        elif block.kind == "table":
            _table(block, parts)
    return parts


def _is_header(text: str) -> bool:
    """Tell whether a paragraph is nothing but short fields on lines of their own."""
    lines = text.strip().split("\n")
    return len(lines) >= _FEW and all(
        len(line) <= _LINE and (label := _LINE_FIELD.match(line)) and _known(label[1])
        for line in lines
    )


_LINE = 160
"""Signs from which a line says more than a field of a header."""
_LINE_FIELD = re.compile(
    r"\s*(?:[-*•]\s+)?(?:\*\*|__)([^*_\n]{1,48}?)\s*(?:[:：]\s*(?:\*\*|__)|(?:\*\*|__)\s*[:：])\s*\S"
)


def _goes_on_below(label: str, parts: Parts) -> bool:
    """Tell whether what stands below a header of fields goes on with its last one.

    A remedy, a proof or a problem does; an impact beside no problem leaves that to the text.
    """
    name = named(label) if label else None
    if name is None:
        return False
    told = name.field in {"fix", "evidence", "repro", "problem"}
    return told or (name.field == "impact" and "problem" in parts.fields())


def _text(text: str, parts: Parts, current: str) -> str:
    pieces = list(pieces_of(text))
    for label, value in pieces:
        if label:
            own, said = _own_line(label, value)
            parts.add(label, own)
            current = label
            if said:
                parts.body.append(said)
        elif value.strip():
            if current and (_is_long(current) or not parts.labelled.get(current)):
                parts.add(current, value)
            else:
                parts.body.append(value.strip())
    return current


def _own_line(label: str, value: str) -> tuple[str, str]:
    """Split the value of a short field from a sentence that stands on the next line.

    ``**File:** `moon.py` `` with ``The epoch is taken in local time.`` below it; a list of paths
    that goes on stays one value.
    """
    first, _, rest = value.strip().partition("\n")
    goes_on = first.rstrip().endswith((",", ";", ":", "&", "+", "-")) or "**" in first + rest
    goes_on = goes_on or _WRAPPED.search(first) is not None
    if _is_long(label) or goes_on or not (first and is_sentence(rest)):
        return value, ""
    starts = re.match(r"[`\"'“]?[^\W\d_]", rest) is not None and not rest[0].islower()
    return (first, rest.strip()) if starts and not is_path(rest) else (value, "")


_WRAPPED = re.compile(
    r"\s(?:and|or|und|oder|et|ou|y|e|o|и)\s*\Z|\A(?=.{60})(?:.*[^.!?。:\s])\s*\Z", re.DOTALL
)
"""The end of a line that goes on below: a word that joins, or a long one without a stop."""


def pieces_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield label and value of each labelled piece of ``text``; what comes first has no label."""
    text = _WHOLE_BOLD.sub(
        lambda match: (
            f"**{match['label']}:** {match['value']}" if _known(match["label"]) else match.group()
        ),
        text,
    )
    marks = [
        (match.start(), match.end(), match["label"].strip())
        for match in _BOLD.finditer(text)
        if _known(match["label"]) or not (match["stop"] == "." or _is_in_sentence(text, match))
    ]
    marks += [
        (match.start(), match.end(), match["label"].strip())
        for match in _ALONE.finditer(text)
        if _known(match["label"])
    ]
    marks += [
        (match.start(), match.end(), match["label"].strip())
        for match in _PLAIN.finditer(text)
        if _known(match["label"])
        and not any(a <= match.start() < b for a, b, _ in marks)
        and not _is_noun(text, match)
    ]
    if len(marks) >= _FEW:
        marks += [
            (match.start(), match.end(), match["label"])
            for match in _WHAT.finditer(text)
            if not any(a <= match.start() < b for a, b, _ in marks)
        ]
    marks = _without_repeats(sorted(marks), text)
    yield "", text[: marks[0][0]] if marks else text
    for index, (_, end, label) in enumerate(marks):
        until = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        yield label, text[end:until]


def _is_in_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether bold words before a colon are those of a sentence: ``it is **one way**: down``.

    Words run on before them, or a small letter begins them on a new line of the same sentence.
    """
    line = text[: match.start()].rpartition("\n")[2] or ""
    if line.strip(" \t-*•_"):
        return re.search(r"[^\W_][`)'’\"]?\s\Z", line) is not None
    before = text[: match.start()].rstrip(" \t\n")
    flows = before[-1:].isalnum() or before[-1:] in {",", ")", "`", "’"}
    return bool(before) and flows and match["label"][:1].islower()


def _is_noun(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word behind a name in code is that of a sentence: ``the `Mill` class: …``."""
    behind = text[: match.start()].rstrip().endswith("`")
    return behind and match["label"][:1].islower()


def _without_repeats(marks: list[_Mark], text: str) -> list[_Mark]:
    """Leave out a label inside a line that names the field again in which it stands.

    ``**Repair:** Mind the loop. Solution: keep a flag`` is one repair.
    """
    kept: list[_Mark] = []
    for mark in marks:
        within = text[: mark[0]].rpartition("\n")[2].strip(" \t-*•_") != ""
        before = named(kept[-1][2]) if kept else None
        name = named(mark[2])
        plain = "**" not in text[mark[0] : mark[1]]
        if within and plain and before and name and before.field == name.field == "fix":
            continue
        kept.append(mark)
    return kept


def _known(label: str) -> bool:
    name = named(label.strip())
    return (
        name is not None
        and name.rank < 100
        and len(label.split()) <= 4
        and plain_key(label) not in _PROSE
    )


_PROSE = {
    *("note", "notes", "example", "to", "from", "at", "start", "end", "begin", "key", "no", "item"),
    *("number", "before", "after", "result", "what", "range", "text", "time", "date"),
}
"""Words that end in a colon in the middle of prose."""


def _is_long(label: str) -> bool:
    name = named(label)
    return name is None or name.field not in _SHORT


def _code(text: str, parts: Parts, current: str) -> None:
    name = named(current) if current else None
    if name is not None and name.field in {"fix", "repro"}:
        parts.labelled.setdefault(current, []).append(fenced(text))
    else:
        parts.code.append(text)


def fenced(code: str) -> str:
    """Return ``code`` between fences that are longer than any inside it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", code)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{code}\n{fence}"


def _list(block: Block, parts: Parts, current: str) -> str:
    before = current
    open_label = current if current and not parts.labelled.get(current) else ""
    lines: list[str] = []
    fields_here = False
    for item in block.items:
        first = next((one for one in item if one.kind == "text"), None)
        if first is None:
            continue
        pieces = list(pieces_of(first.text))
        apart = fields_here and bool(parts.labelled.get(current))
        if not (current and _is_long(current)) and _goes_on(parts, pieces):
            lines.append(first.text)
            continue
        if len(pieces) > 1 and not pieces[0][1].strip() and (apart or not _within(current, pieces)):
            fields_here = fields_here or _known(pieces[1][0])
            _lines(lines, parts, current, open_label)
            lines = []
            current = _text(first.text, parts, current)
            for inner in item:
                if inner.kind == "code":
                    _code(inner.text, parts, current)
                elif inner.kind == "list":
                    current = _list(inner, parts, current)
            open_label = ""
        else:
            lines.append(first.text)
            parts.code += [inner.text for inner in item if inner.kind == "code"]
    inside = current != before and named(current) is None
    _lines(lines, parts, "" if inside else current, open_label)
    return current


def _goes_on(parts: Parts, pieces: list[tuple[str, str]]) -> bool:
    """Tell whether an item with a bold name of its own is one of those that a colon announces.

    ``The bell is rung by another name than all others:`` over ``**tower.rb**: `ring` ``.
    """
    announced = bool(parts.body) and parts.body[-1].rstrip().endswith((":", "："))
    return announced and all(named(label) is None for label, _ in pieces if label)


def _lines(lines: list[str], parts: Parts, current: str, open_label: str) -> None:
    """Put items without a label where they stand: below an open label, or to the rest."""
    name = named(open_label) if open_label else None
    flows = all(line.rstrip().endswith((".", "!", "。", ";")) for line in lines[:-1])
    field = named(current) if current else None
    announced = parts.labelled.get(current, [])
    if lines and field and field.field == "file" and [*announced, ""][0].endswith((":", "：")):
        # ``Several places, among them:`` is none: they stand below it
        parts.labelled[current] = lines
    elif not flows and name and name.field == "fix":
        parts.add(open_label, "\n".join(f"- {line}" for line in lines))
    elif lines and open_label:
        for line in lines:
            parts.add(open_label, line)
    elif lines and current and _is_long(current) and parts.labelled.get(current):
        parts.add(current, "\n".join(f"- {line}" for line in lines))
    elif lines and all(is_path(line) and not _tells(line) for line in lines):
        for line in lines:
            parts.add("File", line)
    elif len(lines) == 1:
        parts.body.append(lines[0])
    elif lines:
        parts.body.append("\n".join(f"- {line}" for line in lines))


def _tells(line: str) -> bool:
    """Tell whether words stand behind the paths of a line: ``a.go`` and ``b.go`` — the same."""
    said = re.search(r"(?:\s[—–-]{1,2}\s|[:：]\s)(?P<words>.+)", line)
    return said is not None and len(re.findall(r"[^\W\d_]{2,}", said["words"])) >= 2


def _within(current: str, pieces: list[tuple[str, str]]) -> bool:
    """Tell whether an item with bold words of its own is a part of the field ``current``."""
    name = named(current) if current else None
    long = name is not None and name.field not in _SHORT
    return long and not any(_known(label) for label, _ in pieces if label)


def names_field(cell: str) -> bool:
    """Tell whether a cell of a table names a field; a name in code is one of the program's own."""
    return named(cell.strip("* ")) is not None and not cell.strip("* ").startswith("`")


def _table(block: Block, parts: Parts) -> None:
    """Take a table of two columns for labels and values: ``| Severity | High |``."""
    rows = [cells for _, cells in block.rows]
    if (
        rows
        and all(len(cells) == 2 for cells in rows)
        and len({cells[0] for cells in rows}) == len(rows)
    ):
        if named(rows[0][0].strip("* ")) is None and len(rows) > 2:
            rows = rows[1:]
        known = [cells for cells in rows if names_field(cells[0])]
        if 2 * len(known) >= len(rows):
            for label, value in rows:
                if (
                    value
                    and label.strip("* ")
                    and plain_key(label) not in {"field", "property", "attribute"}
                ):
                    parts.add(label.strip("* :"), value)


def misnamed(parts: Parts) -> set[str]:
    """Return fields that only their labels name: a path is no fix, ``State: random`` no status."""
    texts: dict[str, list[str]] = {}
    for label, label_texts in parts.labelled.items():
        if (name := named(label)) and name.field in {"fix", "status"}:
            texts.setdefault(name.field, []).extend(label_texts)
    fits = {"fix": lambda text: not is_path(text), "status": lambda text: read_status(text)}
    return {field for field, said in texts.items() if said and not any(map(fits[field], said))}
