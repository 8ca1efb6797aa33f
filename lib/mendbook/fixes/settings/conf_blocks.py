"""The blocks in braces of a file of directives, as nginx has them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = re.compile(r"(?m)^[ \t]*(?P<kind>[a-z_]+)(?P<of>(?:[ \t]+[^\s{;]+)*)[ \t]*\{")


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its kind, what it is of, and where it stands."""

    kind: str
    of: str
    head: int
    begin: int
    """Behind the opening brace."""
    end: int
    """Where the closing brace is."""


def blocks_of(text: str) -> list[Block]:
    """Return every block of a file, in its order."""
    blocks = []
    for head in _HEAD.finditer(text):
        depth, at = 1, head.end()
        while at < len(text) and depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        blocks.append(
            Block(head["kind"], " ".join(head["of"].split()), head.start(), head.end(), at - 1)
        )
    return blocks
