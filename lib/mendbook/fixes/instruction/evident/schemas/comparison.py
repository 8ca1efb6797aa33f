"""A comparison that the text writes in part: *`< to`*, *compare with `<` rather than `<=`*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.tree.syntax import squeezed, start
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_TWINS = ({"<", "<="}, {">", ">="}, {"==", "==="}, {"!=", "!=="})
_PARTED = re.compile(r"(?P<sign>[<>]=?|[=!]==?)\s*(?P<to>.*)", re.DOTALL)


def comparison(told: Told) -> Iterator[Made]:
    """Yield the other sign of the one quoted comparison that the text can mean."""
    given_up = told.given_up()
    marks = {
        at: parted
        for at in told.numbers()
        if told.codes[at].shape is Shape.OPERATOR
        and (parted := _PARTED.fullmatch(told.codes[at].text)) is not None
    }
    found = told.nodes(("binary_expression",))
    if not marks or [at for at in told.new() if at not in marks]:
        return
    made_of = []
    for at, part in marks.items():
        if at in given_up:
            continue
        for one in found:
            sign, right = one.field("operator"), one.field("right")
            if sign is None or right is None or not _is_twin(sign.text(), part["sign"]):
                continue
            if part["to"] and squeezed(right.text()) != squeezed(part["to"]):
                continue
            if not part["to"] and not _is_told(told, one, given_up):
                continue
            made_of.append((one, sign, part["sign"]))
    if len(made_of) == 1:
        node, sign, new = made_of[0]
        text = node.text()
        at = start(sign) - start(node)
        written = f"{text[:at]}{new}{text[at + len(sign.text()) :]}"
        yield made(
            told,
            marks,
            Operation.REPLACE,
            f"write `{new}` for `{sign.text()}`",
            [replaced(sign, new)],
            adds=(written,),
            removes=(text,),
        )


def _is_twin(old: str, new: str) -> bool:
    return any(old in pair and new in pair and old != new for pair in _TWINS)


def _is_told(told: Told, node: SgNode, given_up: list[int]) -> bool:
    """Tell whether the text names the sign that a comparison has now as what gives way."""
    sign = node.field("operator")
    return sign is not None and any(
        told.codes[at].text.split(" ")[0] == sign.text() for at in given_up
    )
