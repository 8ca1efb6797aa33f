"""Code of several lines as it stands where it goes: indented like the code around it."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.code.edits import Edit, indent, step

_REMARK = re.compile(
    r"(?i)[ \t]*(?://|#)[ \t]*(?:<-+|←|✅|added|add(?:[ \t]+this)?(?:[ \t]+line)?"
    r"|new(?:[ \t]+line)?|fix(?:ed)?|changed)[ \t]*[.!]?$",
    re.MULTILINE,
)
"""What a reviewer writes beside a line that is new in what he shows."""
_CLOSES = re.compile(r"[ \t]*[)\]}]")


def fitted(before: str, edit: Edit) -> Edit:
    """Return ``edit`` with its lines indented as the line of ``before`` that it begins in.

    Only code that ends with its own closing bracket is moved: that bracket stands below the
    beginning of its line, and what is inside one step of the file deeper for each of its own.
    """
    text = _declared(before[edit.start : edit.end], _REMARK.sub("", edit.text))
    first, *rest = text.split("\n")
    if not rest or not _CLOSES.match(rest[-1]):
        return replace(edit, text=text)
    base, own = indent(before, edit.start), _indent(rest[-1])
    inner = [_indent(line) for line in rest[:-1] if line.strip()]
    if any(not one.startswith(own) for one in inner):
        return replace(edit, text=text)
    deeper = [len(one) - len(own) for one in inner if len(one) > len(own)]
    unit, width = step(before), min(deeper, default=1)
    if own == base and all(one[len(own) :].startswith(unit) for one in inner if one != own):
        return replace(edit, text=text)
    moved = [_moved(line, own, base, unit, width) for line in rest]
    return replace(edit, text="\n".join([first, *moved]))


_DECLARATION = re.compile(
    r"(?P<head>(?:export\s+)?(?:const|let|var)\s+)(?P<name>[\w$]+)(?P<type>\s*:[^=]+?)?\s*=(?![=>])"
)


def _declared(old: str, text: str) -> str:
    """Return ``x = 5`` as the declaration that it takes the place of: ``export const x = 5``."""
    known = _DECLARATION.match(old)
    told = re.match(r"(?P<name>[\w$]+)\s*=(?![=>])\s*", text)
    if known is None or told is None or known["name"] != told["name"]:
        return text
    return f"{known['head']}{known['name']}{known['type'] or ''} = {text[told.end() :]}"


def _moved(line: str, own: str, base: str, unit: str, width: int) -> str:
    if not line.strip():
        return ""
    extra = len(_indent(line)) - len(own)
    return f"{base}{unit * (extra // width)}{' ' * (extra % width)}{line.lstrip()}"


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
