"""Edit a text by ranges: nothing outside the ranges changes, line endings are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.side_effects import decorators_of


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    r"""Replace the characters ``start`` to ``end`` (exclusive) by ``text``, written with ``\n``."""

    start: int
    end: int
    text: str


def start(node: SgNode) -> int:
    """Return the offset of the node's first character."""
    return node.range().start.index


def end(node: SgNode) -> int:
    """Return the offset behind the node's last character."""
    return node.range().end.index


def replace(node: SgNode, text: str) -> Edit:
    """Replace the whole node."""
    return Edit(start(node), end(node), text)


def insert(at: int, text: str) -> Edit:
    """Insert ``text`` before the character at ``at``."""
    return Edit(at, at, text)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with ``edits`` made; ``ValueError`` when two of them overlap.

    Inserted line ends become those of the lines around.
    """
    done: list[str] = []
    position = 0
    for edit in sorted(set(edits)):
        if edit.start < position:
            message = f"edits overlap at offset {edit.start}"
            raise ValueError(message)
        done += [text[position : edit.start], edit.text.replace("\n", _newline(text, edit.start))]
        position = edit.end
    return "".join([*done, text[position:]])


def merged(removals: Iterable[Edit]) -> list[Edit]:
    """Return ``removals`` with those that overlap, by a blank line they share, made one."""
    done: list[Edit] = []
    for edit in sorted(removals):
        if done and edit.start < done[-1].end:
            done[-1] = Edit(done[-1].start, max(done[-1].end, edit.end), "")
        else:
            done.append(edit)
    return done


def _newline(text: str, at: int) -> str:
    """Return how the line above ``at`` ends; the line of ``at`` where there is none above."""
    newline = text.rfind("\n", 0, at)
    newline = newline if newline >= 0 else text.find("\n", at)
    return "\r\n" if newline > 0 and text[newline - 1] == "\r" else "\n"


def line_start(text: str, at: int) -> int:
    """Return the offset of the first character of the line that ``at`` is on.

    A byte order mark belongs to the file and to no line.
    """
    first = text.rfind("\n", 0, at) + 1
    return 1 if not first and text.startswith("\ufeff") else first


def line_end(text: str, at: int) -> int:
    """Return the offset behind the line end of the line that ``at`` is on."""
    newline = text.find("\n", at)
    return len(text) if newline < 0 else newline + 1


def indent(text: str, at: int) -> str:
    """Return the white space that the line of ``at`` begins with."""
    begin = line_start(text, at)
    return re.match(r"[ \t]*", text[begin:])[0]  # type: ignore[index]


def step(text: str) -> str:
    """Return one level of the text's indentation: a tab, or the smallest run of spaces."""
    widths = [len(margin) for margin in re.findall(r"^( +)(?=[^\s*])", text, re.MULTILINE)]
    if re.search(r"^\t", text, re.MULTILINE):
        return "\t"
    return " " * min((width for width in widths if width > 1), default=2)


def before_line(text: str, at: int, inserted: str) -> Edit:
    """Insert whole lines above the line of ``at``; ``inserted`` ends with a line end."""
    return insert(line_start(text, at), inserted)


def after_line(text: str, at: int, inserted: str) -> Edit:
    """Insert whole lines below the line of ``at``; ``inserted`` ends with a line end."""
    place = line_end(text, at)
    missing = "" if text[:place].endswith("\n") else "\n"
    return insert(place, missing + inserted)


def remove(text: str, node: SgNode, comments: bool = True) -> Edit:
    """Remove the lines of ``node`` with the comments above it, and one of two blank lines.

    Comments belong to the node when no blank line parts them from it, decorators always. A node
    that shares its lines with other code is cut out alone.
    """
    marks = decorators_of(node) if node.kind() != "decorator" else []
    head = marks[0] if marks and start(marks[0]) < start(node) else node
    first, last = start(head), end(node)
    if text[last : last + 1] in {";", ","}:
        last += 1
    trailing = re.compile(r"[ \t]*(//[^\r\n]*)?").match(text, last)
    tail = trailing.end() if trailing else last
    alone = not text[line_start(text, first) : first].strip() and text[tail : tail + 1] in "\r\n"
    if not alone:
        return Edit(first, last, "")
    if comments:
        first = _with_comments(text, head, first)
    first, last = line_start(text, first), line_end(text, tail)
    return Edit(*_close_gap(text, first, last), "")


def remove_all(text: str, nodes: Iterable[SgNode]) -> list[Edit]:
    """Remove ``nodes`` as ``remove`` does; those with nothing between them at once."""
    runs: list[list[SgNode]] = []
    for node in sorted(nodes, key=start):
        if runs and not text[end(runs[-1][-1]) : start(node)].strip(" \t\r\n;,"):
            runs[-1].append(node)
        else:
            runs.append([node])
    edits = []
    for run in runs:
        first, last = remove(text, run[0]).start, remove(text, run[-1], comments=False).end
        alone = len(run) > 1 and first == line_start(text, first)
        edits.append(Edit(*(_close_gap(text, first, last) if alone else (first, last)), ""))
    return edits


def belongs_to_file(comment: str) -> bool:
    """Tell whether a comment is about the whole file: hashbang, license, pragma, encoding."""
    return _OF_FILE.match(comment) is not None


_OF_FILE = re.compile(
    r"#!|///\s*<|#.*coding[:=]|(?://+|/\*+|#+)[\s*!]*(?:@ts-(?:no)?check|eslint-(?:disable(?!-)|env)|@jsx|@flow"
    r"|@jest-environment|@vitest-environment|prettier-ignore-file|biome-ignore-all|tslint:disable$"
    r"|(?:mypy|pylint|flake8|ruff):|type:\s*ignore|pyright|copyright\b|\(c\)\s|SPDX-|license\b"
    r"|@?generated\b|@license|@preserve|go:build|\+build)",
    re.IGNORECASE,
)


def _with_comments(text: str, node: SgNode, first: int) -> int:
    above = node.prev()
    while above is not None and above.kind() == "comment":
        between = text[end(above) : first]
        own_line = not text[line_start(text, start(above)) : start(above)].strip()
        if between.count("\n") != 1 or not own_line or belongs_to_file(above.text()):
            break
        first = start(above)
        above = above.prev()
    return first


def _close_gap(text: str, first: int, last: int) -> tuple[int, int]:
    """Take one blank line along where removing would leave two, or one beside a brace."""
    blank_above = re.search(r"(?:^|\n)[ \t]*\r?\n\Z", text[:first])
    blank_below = re.match(r"[ \t]*\r?\n", text[last:])
    closes = re.match(r"\s*[}\])]", text[last:])
    opens = re.search(r"[{(\[][ \t]*\r?\n\Z", text[:first])
    if blank_above and closes:
        return blank_above.start() + (text[blank_above.start()] == "\n"), last
    if blank_below and (blank_above or opens or not text[:first].strip("\ufeff")):
        return first, last + blank_below.end()
    if blank_above and not text[last:].strip():
        return blank_above.start() + (text[blank_above.start()] == "\n"), last
    return first, last
