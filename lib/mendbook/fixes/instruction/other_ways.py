"""The plain orders that a text may be by its code and its place, where its words are not read."""

from __future__ import annotations

from collections.abc import Iterator

from mendbook.fixes.instruction.by_facts import by_facts
from mendbook.fixes.instruction.in_passing import element_in_passing, given_in_passing
from mendbook.fixes.instruction.places.scene import Scene, calls_in_quote
from mendbook.fixes.instruction.rewording.order_told import order_told
from mendbook.fixes.instruction.tree.syntax import callee_text


def other_ways(scene: Scene) -> Iterator[str]:
    """Yield the orders that the finding's fix text may be, as texts of their own."""
    fix = scene.task.finding.fix
    for text in (given_in_passing(scene, fix), element_in_passing(scene, fix)):
        if text:
            yield text
    yield from by_facts(scene, fix)


def order_of_calls(scene: Scene) -> str:
    """Return the move of one of two calls that the evidence quotes; nothing where none is told.

    The words of the text are all accounted for then, those of a condition among them.
    """
    names = [callee_text(one) for one in calls_in_quote(scene)]
    return order_told(scene.task.finding.fix, names)
