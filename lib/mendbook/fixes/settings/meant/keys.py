"""Keys with their values that a fix text spells out, and the blocks that are to hold them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mendbook.fixes.settings.meant.wish import Span, Wish

_WORD = r"[^\s,;()`\"'\[\]{}]"
_OPERAND = r"(?:!?[\w.-]+(?:\([^()]*\))?|'[^']*'|\([^()]*\))"
_VALUE = (
    r"(?:[^\s,;`]*\$\{\{[^}]*\}\}[^\s,;`]*|\[[^\]]*\]|\{[^}]*\}|\"[^\"]*\"|'[^']*'"
    rf"|{_WORD}*[^\s,;.:()`\"'\[\]{{}}])"
)
_PAIR = re.compile(
    rf"(?<![\w./@$-])(?P<mark>[\"']?)(?P<key>[A-Za-z_][\w./-]*)(?P=mark):[ ]+(?P<inner>"
    rf"(?:[A-Za-z_][\w-]*:[ ]+)*)"
    rf"(?P<value>{_VALUE})(?=[\s,;.)`]|$)"
)
_CONDITION = re.compile(
    rf"(?<![\w./@$-])(?P<key>if):[ ]+(?P<value>(?:\$\{{\{{[^}}]*\}}\}}|{_OPERAND}(?:[ ]*(?:=="
    rf"|!=|&&|\|\|)[ ]*{_OPERAND})+"
    r"|(?:always|success|failure|cancelled)\(\)))"
)
_DOTTED = re.compile(
    r"(?<![\w./@$-])(?P<key>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+)(?:[ ]+(?:to|of|at|as|is|be)"
    r"|=)?[ ]+"
    r"(?P<value>\"[^\"]*\"|'[^']*'|\d[\w.%]*|true|false)(?=[\s,;.)]|$)"
)
_WHOLE = re.compile(r"`(?P<key>[A-Za-z_][\w./-]*):[ ]+(?P<value>[^`]+)`")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key below the keys of blocks, with its value as it is to be written."""

    way: tuple[str, ...]
    value: str
    span: Span

    @property
    def key(self) -> str:
        """The last key of the way."""
        return self.way[-1]

    def below(self, blocks: tuple[str, ...]) -> Entry:
        """Return the entry below more blocks."""
        return replace(self, way=(*blocks, *self.way))


def entries_of(wish: Wish, knows: Callable[[str], bool]) -> list[Entry]:
    """Return the pairs that the text spells out, of keys that ``knows`` accepts, in order."""
    entries = sorted(_entries(wish.text, knows), key=lambda one: one.span)
    return [
        one
        for at, one in enumerate(entries)
        if not any(other.span[0] <= one.span[0] < other.span[1] for other in entries[:at])
    ]


def _entries(text: str, knows: Callable[[str], bool]) -> Iterator[Entry]:
    for one in _WHOLE.finditer(text):
        if knows(one["key"]) and not re.match(r"[A-Za-z_][\w-]*:\s", one["value"]):
            yield Entry((one["key"],), one["value"], one.span())
    for one in _CONDITION.finditer(text):
        if knows(one["key"]):
            yield Entry((one["key"],), one["value"], one.span())
    for one in _DOTTED.finditer(text):
        if knows(one["key"].split(".")[0]):
            yield Entry(tuple(one["key"].split(".")), one["value"], one.span())
    at = 0
    while (pair := _PAIR.search(text, at)) is not None:
        at = pair.end("key")
        if (
            re.search(r"\b(?:an?|the|its|this|that|one|per)\s+$", text[: pair.start()], re.I)
            and pair["inner"]
        ):
            continue
        steps = pair["key"].split(".") if "/" not in pair["key"] else [pair["key"]]
        if pair["key"] != "if" and (knows(pair["key"]) or (len(steps) > 1 and knows(steps[0]))):
            inner = re.findall(r"[A-Za-z_][\w-]*(?=:)", pair["inner"])
            yield Entry((*steps, *inner), pair["value"], pair.span())
            at = pair.end()
