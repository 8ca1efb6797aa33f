"""Make foreign text safe to stand in a commit message, a file name or a sketch."""

from __future__ import annotations

import re
import textwrap

from mendbook.text.escape import slug, spelled, visible

_NAME_BYTES = 120
_ONE_SPAN = re.compile(r"\s*(?P<ticks>`{1,2})(?!`)(?P<code>[^`\n]*[^`\s][^`\n]*)(?P=ticks)\s*")


def one_line(text: str, width: int) -> str:
    """Return ``text`` on one visible line of at most ``width`` characters."""
    line = " ".join(visible(text).split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return ``text`` as visible lines, each starting with ``indent``, paragraphs kept."""
    lines: list[str] = []
    for paragraph in visible(text.replace("\r\n", "\n")).split("\n"):
        words = " ".join(paragraph.split())
        lines += textwrap.wrap(words, width, initial_indent=indent, subsequent_indent=indent) or [
            indent.rstrip()
        ]
    return lines


def without_ticks(text: str) -> str:
    """Return the code of ``text`` that is one Markdown code span; any other text as it is.

    A JavaScript template stands between the same marks; those that fill in a value are kept.
    """
    span = _ONE_SPAN.fullmatch(text)
    return text if span is None or "${" in span["code"] else span["code"]


def patch_name(number: int, finding_id: str, summary: str) -> str:
    """Return ``NNN-<issue-id>-<short-desc>.patch``: ASCII, at most 120 bytes, unique by number."""
    head = f"{number:03d}-{slug(finding_id).rstrip('-')}"
    described = spelled(summary).lower()
    words = described[:50]
    if len(described) > len(words) and described[50] != "-":
        words = words.rpartition("-")[0] or words
    name = "-".join(part for part in (head, words.strip("-")) if part)
    return name[: _NAME_BYTES - len(".patch")] + ".patch"
