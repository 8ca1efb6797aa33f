"""Change words within a text that the code holds: a typo, a header's value, a span of time."""

from __future__ import annotations

import re

from mendbook.code.edits import Edit
from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import of_kinds, outermost, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_PAIRS = (("from", "to"), ("", "to"), ("", "with"), ("", "by"), ("", "→"), (":", "→"), ("", "into"))


def swap_words(work: Work, clause: Clause) -> StepEdits | None:
    """Swap words within one quoted string; None where the old words stand in none."""
    if clause.verb not in {Verb.REPLACE, Verb.USE, Verb.UPDATE, Verb.SET, Verb.CODE}:
        return None
    if (step := _numbers(work.scene, clause)) is not None:
        return step
    sides = _sides(clause)
    if sides is None or _is_named(work.scene, clause, *sides):
        return None
    return swapped(work.scene, *sides)


def _is_named(scene: Scene, clause: Clause, old: str, new: str) -> bool:
    """Tell whether a whole literal gives way to a name that the file has: no words of a text."""
    shapes = {bare_text(one): one.shape for one in clause.codes}
    literal = shapes.get(old) is Shape.TEXT
    return literal and shapes.get(new) is Shape.NAME and scene.knows(new)


def _numbers(scene: Scene, clause: Clause) -> StepEdits | None:
    """Return the edit for ``8192 bytes instead of 1024``: the one quoted number that is the old."""
    instead = clause.behind(*INSTEAD)
    numbers = [one for one in clause.codes if one.shape is Shape.NUMBER]
    if instead is None or len(numbers) != 2 or len(clause.codes) != 2:
        return None
    old = next((one for one in numbers if one in instead.codes), None)
    new = next((one for one in numbers if one is not old), None)
    nodes = [
        one
        for one in of_kinds(scene.root, scene.language.numbers)
        if old is not None and one.text().replace("_", "") == old.text.replace("_", "")
        and begins_in_quote(scene, one)
    ]  # fmt: skip
    if new is None or old is None or len(nodes) != 1:
        return None
    node = nodes[0]
    return StepEdits(
        Operation.SET,
        f"write {new.text} for {old.text}",
        edits_in(scene, [Edit(start(node), start(node) + len(node.text()), new.text)]),
        adds=(new.text,),
        removes=(old.text,),
    )


def _sides(clause: Clause) -> tuple[str, str] | None:
    """Return the old words and the new."""
    if (instead := clause.behind(*INSTEAD)) is not None:
        return _both(instead, clause.object)
    for before, after in _PAIRS:
        one = clause.behind(before) if before else clause.object
        other = clause.behind(after)
        if one is not None and other is not None and (sides := _both(one, other)) is not None:
            return sides
    return None


_MEMBER = re.compile(r"[\w$]+(?:\.[\w$]+)+(?:\(.*\))?", re.DOTALL)


def _both(old: Phrase, new: Phrase) -> tuple[str, str] | None:
    literal = old.code is not None and old.code.shape is Shape.TEXT
    if literal and new.code is not None and _MEMBER.fullmatch(new.code.text):
        return None  # code in the place of the whole literal, which is no text any more
    before, after = _spoken(old), _spoken(new)
    return (before, after) if before and after and before != after else None


def _spoken(phrase: Phrase) -> str:
    """Return what one side says: its one code, or a number with its unit."""
    if len(phrase.codes) != 1:
        return ""
    code = phrase.codes[0]
    if code.shape is Shape.NUMBER:
        units = [one for one in phrase.spelled if re.fullmatch(_UNIT, one, re.IGNORECASE)]
        return f"{code.text} {units[0]}" if len(units) == 1 else ""
    return bare_text(code)


_UNIT = r"(?:milli)?seconds?|minutes?|hours?|days?|weeks?|months?|years?|[kmg]i?b|bytes?"


def bare_text(code: Fragment) -> str:
    """Return the words that a fragment quotes, without their quotes."""
    if code.shape is Shape.TEXT:
        return code.text[1:-1]
    return code.text if code.quoted else ""


def swapped(scene: Scene, old: str, new: str) -> StepEdits | None:
    """Return the edit that swaps ``old`` for ``new`` in the one quoted string that says it."""
    if not old or not new:
        return None
    kinds = scene.language.strings | {"template_string"}
    strings = [
        one
        for one in of_kinds(scene.root, kinds)
        if any(start(one) < b and a < start(one) + len(one.text()) for a, b in scene.quotes)
    ]
    strings = outermost(strings)  # fmt: skip
    bounded = rf"(?<![\w$]){re.escape(old)}(?![\w$])"
    spots = [
        (start(one) + hit.start(), one.text()[1:-1].count(new))
        for one in strings
        for hit in re.finditer(bounded, one.text())
    ]
    quotes = [spot for spot in spots if any(a <= spot[0] < b for a, b in scene.quotes)]
    if len(quotes) != 1 or any(mark in new for mark in "'\"`\\\n"):
        return None
    at = quotes[0][0]
    return StepEdits(
        Operation.REPLACE,
        f"write `{new}` for `{old}` in the text of line {scene.text.count(chr(10), 0, at) + 1}",
        edits_in(scene, [Edit(at, at + len(old), new)]),
    )
