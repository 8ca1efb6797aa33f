"""Which of a function's equal literals a text means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.tree.syntax import call_name, inside, line

_DEFAULTS = {"default_parameter", "typed_default_parameter", "required_parameter",
             "optional_parameter", "assignment_pattern"}  # fmt: skip
_DEFAULT = re.compile(r"\b(?:defaults?|parameters?|everywhere|all|every|each)\b", re.IGNORECASE)


def meant_in(function: SgNode, literals: Sequence[SgNode], fix: str) -> list[SgNode]:
    """Return the literals of a function that a text means by where in it they stand.

    A text that says what the literal is given to, *the min() of series*, means those of its calls;
    the default of a parameter is meant where it is spoken of. Raises ``Abstain`` where it is one,
    and the text does not say whether it is.
    """
    held = [one for one in literals if inside(one, function)]
    called = [
        one
        for one in held
        if any(
            up.kind() in {"call", "call_expression"} and f"{call_name(up)}()" in fix
            for up in one.ancestors()
        )
    ]
    if called and len(called) < len(held):
        return called
    defaults = [one for one in held if any(up.kind() in _DEFAULTS for up in one.ancestors())]
    if defaults and len(defaults) < len(held) and _DEFAULT.search(fix) is None:
        at = line(defaults[0])
        raise Abstain(f"it is the default in line {at}, too; whether that is meant is open", True)
    return held
