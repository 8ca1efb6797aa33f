"""Attributes for several elements of JSX in one sentence, each for the one it is told beside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.elements import (
    SPOKEN,
    attribute_of,
    attributes_added,
    attributes_in,
)
from mendbook.fixes.instruction.script.place import ELEMENTS, step_edits
from mendbook.fixes.instruction.tree.syntax import inside, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_TAGS = {word: tag for tag, words in SPOKEN.items() for word in words}
_NOUNS = "|".join(sorted(_TAGS, key=len, reverse=True))
_NOUN = re.compile(rf"\b(?:the|an?|its|this)\s+`?<?(?P<noun>{_NOUNS})\b", re.IGNORECASE)
_PART = re.compile(r",\s+(?:and\s+)?|;\s+|\s+and\s+")


def told_apart(ask: Ask) -> list[tuple[str, str]]:
    """Return the parts of a sentence that each speak of another element, with its tag.

    *The image needs `alt={name}`, the link `rel="noreferrer"`*; nothing where one is spoken of.
    """
    parts: list[tuple[str, str]] = []
    for part in _PART.split(ask.text):
        nouns = {_TAGS[one["noun"].lower()] for one in _NOUN.finditer(part)}
        if len(nouns) == 1:
            parts.append((nouns.pop(), part))
        elif parts and not nouns:
            tag, said = parts[-1]
            parts[-1] = (tag, f"{said}, {part}")
        else:
            return []
    return parts if len({tag for tag, _ in parts}) > 1 else []


def attributes_apart(work: Work, ask: Ask) -> StepEdits | None:
    """Give each element what is told beside it; None where one element is spoken of.

    Raises ``Abstain`` where an element is not the only one of its tag, or has the attribute.
    """
    scene = work.scene
    parts = told_apart(ask)
    edits: list[Edit] = []
    adds: list[str] = []
    for tag, part in parts:
        told = attributes_in(Ask(part, ask.codes))
        elements = list(_elements(scene, tag))
        if not told or len(elements) != 1:
            raise Abstain(f"which <{tag}> gets what is not certain", final=True)
        if any(attribute_of(elements[0], name) is not None for name in told):
            raise Abstain(f"the <{tag}> has one of {', '.join(told)} already", final=True)
        fresh = [f"{name}={value}" for name, value in told.items()]
        edits.append(attributes_added(scene, elements[0], fresh))
        adds += fresh
    if not parts:
        return None
    said = f"give each of {', '.join(f'<{tag}>' for tag, _ in parts)} what is told of it"
    return step_edits(scene, Operation.SET, said, edits, adds)


def _elements(scene: Scene, tag: str) -> Iterator[SgNode]:
    """Yield the opening tags ``tag`` of the functions that the finding is about."""
    homes = around(scene)
    for one in of_kinds(scene.root, ELEMENTS):
        if text_of(one.field("name")) == tag and any(inside(one, home) for home in homes):
            yield one
