"""Write the fields of a struct of Go in columns, as gofmt does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.tree.syntax import end, start


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a struct: its names, their type, the tag in its backticks, the comment."""

    names: str
    kind: str
    tag: str = ""
    comment: str = ""


def field_of(node: SgNode) -> Field:
    """Return a declaration of fields as the parts that are aligned; the comment is not in it."""
    kind, tag = node.field("type"), node.field("tag")
    if kind is None:
        raise Abstain("the field has no type")
    names = node.text()[: start(kind) - start(node)].strip()
    return Field(re.sub(r"\s*,\s*", ", ", names), kind.text(), tag.text() if tag else "")


def laid_out(text: str, nodes: Sequence[SgNode], changed: dict[int, Field]) -> list[Edit]:
    """Return the edits that write ``changed`` fields and align those of their section anew.

    ``nodes`` are the declarations of one struct, in order; ``changed`` is by number of a node.
    """
    edits: list[Edit] = []
    for section in _sections(text, nodes):
        if not any(at in changed for at in section):
            continue
        fields = [
            replace(changed.get(at, field_of(nodes[at])), comment=_comment(text, nodes[at]))
            for at in section
        ]
        for at, row in zip(section, rows_of(fields), strict=True):
            begin, stop = start(nodes[at]), _row_end(text, nodes[at])
            if text[begin:stop] != row:
                edits.append(Edit(begin, stop, row))
    return edits


def added(text: str, nodes: Sequence[SgNode], new: Field, behind: int) -> list[Edit]:
    """Return the edits that put ``new`` on a line below the node of number ``behind``."""
    section = next(one for one in _sections(text, nodes) if behind in one)
    fields = [replace(field_of(nodes[at]), comment=_comment(text, nodes[at])) for at in section]
    fields.insert(section.index(behind) + 1, new)
    rows = rows_of(fields)
    own = rows.pop(section.index(behind) + 1)
    edits = [
        Edit(start(nodes[at]), _row_end(text, nodes[at]), row)
        for at, row in zip(section, rows, strict=True)
        if text[start(nodes[at]) : _row_end(text, nodes[at])] != row
    ]
    at = line_end(text, end(nodes[behind]))
    lead = indent(text, start(nodes[behind]))
    return [*edits, Edit(at, at, f"{lead}{own}\n")]


def rows_of(fields: Sequence[Field]) -> list[str]:
    """Return the lines of a section, each cell as wide as those of the lines beside it need."""
    rows = [one.names for one in fields]
    if not any(one.names for one in fields):
        rows = [""] * len(fields)
    rows = _column(rows, [one.kind if one.names else "" for one in fields])
    rows = [row if one.names else one.kind for row, one in zip(rows, fields, strict=True)]
    rows = _column(rows, [one.tag for one in fields])
    return _column(rows, [one.comment for one in fields])


def _column(rows: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Return ``rows`` with ``cells`` behind them; runs of rows that have one are aligned."""
    out = list(rows)
    at = 0
    while at < len(rows):
        stop = at
        while stop < len(rows) and cells[stop]:
            stop += 1
        width = max((len(one) for one in rows[at:stop]), default=0)
        for each in range(at, stop):
            out[each] = f"{rows[each]:<{width}} {cells[each]}"
        at = max(stop, at + 1)
    return out


def _sections(text: str, nodes: Sequence[SgNode]) -> list[list[int]]:
    """Return the numbers of the nodes that stand on lines right below each other."""
    sections: list[list[int]] = []
    for at, one in enumerate(nodes):
        if text[line_start(text, start(one)) : start(one)].strip():
            raise Abstain("the struct is not laid out in lines")
        above = nodes[at - 1] if at else None
        joined = (
            above is not None
            and line_end(text, end(above)) == line_start(text, start(one))
            and "\n" not in above.text()
            and "\n" not in one.text()
        )
        if joined:
            sections[-1].append(at)
        else:
            sections.append([at])
    return sections


def _row_end(text: str, node: SgNode) -> int:
    return line_start(text, end(node)) + len(
        text[line_start(text, end(node)) : line_end(text, end(node))].rstrip()
    )


def _comment(text: str, node: SgNode) -> str:
    rest = text[end(node) : _row_end(text, node)].strip()
    if rest and not rest.startswith(("//", "/*")):
        raise Abstain("more than a field stands on its line")
    return rest
