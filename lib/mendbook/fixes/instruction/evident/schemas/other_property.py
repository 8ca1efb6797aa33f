"""Another property for the text of a node: *set it through textContent*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_TEXT = ("innerHTML", "textContent", "innerText")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


def other_property(told: Told) -> Iterator[Made]:
    """Yield the property that the text names, over the one of its kin that is quoted."""
    said = " ".join([told.words, *(told.codes[at].text for at in told.numbers())])
    held = [one for one in told.nodes(("property_identifier",)) if one.text() in _TEXT]
    wanted = set(_NAME.findall(said)) & set(_TEXT) - {one.text() for one in held}
    if len(held) != 1 or len(wanted) != 1:
        return
    old, new = held[0], wanted.pop()
    known = {*_NAME.findall(told.quoted), new}
    if any(not set(_NAME.findall(told.codes[at].text)) <= known for at in told.new()):
        return
    if any(new in told.codes[at].text for at in told.given_up()):
        return
    yield made(
        told,
        told.numbers(),
        Operation.REPLACE,
        f"set `{new}` in the place of `{old.text()}`",
        [replaced(old, new)],
        adds=(new,),
        removes=(old.text(),),
    )
