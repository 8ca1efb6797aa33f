"""The orders that a text can only mean, by its code and by the code that the finding quotes.

Auditors state what should hold, *the check has to use >=*, *limits.ts has MAX for this*, in more
sentences than any table has. What is to change is told then by facts: the quoted code has one
operator of that family, one literal of that value, one expression that is the helper's body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mendbook.fixes.instruction.evident.equal_values import named_constant, named_helper
from mendbook.fixes.instruction.evident.given import told_source, told_to_go
from mendbook.fixes.instruction.evident.given_pair import given_pair
from mendbook.fixes.instruction.evident.levels import told_level
from mendbook.fixes.instruction.evident.new_names import new_constant, new_name
from mendbook.fixes.instruction.evident.operators import wanted_operator
from mendbook.fixes.instruction.evident.said import Said, heard
from mendbook.fixes.instruction.places.scene import Scene

KINDS: tuple[Callable[[Said, Scene], Iterator[str]], ...] = (
    wanted_operator,
    told_level,
    told_source,
    told_to_go,
    named_constant,
    named_helper,
    given_pair,
    new_constant,
    new_name,
)


def evident_orders(scene: Scene) -> list[str]:
    """Return the orders in plain imperatives; more than one where the code leaves a choice."""
    said = heard(scene)
    if said is None or not scene.quotes:
        return []
    return list(dict.fromkeys(order for kind in KINDS for order in kind(said, scene)))
