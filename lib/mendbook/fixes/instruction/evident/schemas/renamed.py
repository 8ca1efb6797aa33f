"""Another name for what the quoted code declares, with all of its uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.evident.made import Made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.tree.syntax import declarations

_ID = r"[A-Za-z_$][\w$]*"
_ARROW = re.compile(
    rf"\W*`?(?P<old>{_ID})`?(?:\(\))?\s*(?:->|→)\s*`?(?P<new>{_ID})`?(?:\(\))?(?P<rest>.*)", re.S
)
_CALLED = re.compile(
    rf"(?:(?P<a>{_ID})\s[^.;]*?\b(?:called|named)\s+(?P<b>{_ID})\W*$"
    rf"|say\s+(?P<b2>{_ID})\s+(?:in\s+place\s+of|instead\s+of|rather\s+than|for)\s+(?P<a2>{_ID})\W*$"
    rf"|(?P<b3>{_ID})\s+is\s+what\s+(?P<a3>{_ID})\s+(?:should|ought\s+to|must)\s+be\s+called\W*$)",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:,|and|also|too|as\s+well|here|there|in|the|other|all|its|of|it|is|are|used|imported"
    r"|where|wherever|everywhere|module|modules|file|files|uses|with|throughout|[\s.;])*",
    re.IGNORECASE,
)
"""That all uses are meant, which a new name needs anyway."""


def renamed(told: Told) -> Iterator[Made]:
    """Yield the new name: *LIM -> DAYS_BETWEEN, here and wherever it is imported*."""
    text = told.scene.task.finding.fix.replace("`", "")
    arrow, called = _ARROW.fullmatch(text), _CALLED.search(text)
    if arrow is not None and _ALL.fullmatch(arrow["rest"]):
        old, new = arrow["old"], arrow["new"]
    elif called is not None:
        old = called["a"] or called["a2"] or called["a3"]
        new = called["b"] or called["b2"] or called["b3"]
        old = old if _is_declared(told, old) else _subject(told, text)
    else:
        return
    if old and old != new and _is_declared(told, old):
        uses = [at for at in told.numbers() if told.codes[at].text.removesuffix("()") in {old, new}]
        yield Made(frozenset(uses), order=f"Rename `{old}` to `{new}`")


def _is_declared(told: Told, name: str) -> bool:
    scene = told.scene
    return any(begins_in_quote(scene, one) or any(one.range() == at.range() for at in scene.scopes)
               for one in declarations(scene.root, name, scene.language))  # fmt: skip


def _subject(told: Told, text: str) -> str:
    """Return the one quoted declaration that a text speaks of; nothing for several."""
    words = dict.fromkeys(re.findall(_ID, text))
    names = [one for one in words if _is_declared(told, one)]
    return names[0] if len(names) == 1 else ""
