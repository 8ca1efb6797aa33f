"""The work order of a finding without a patch: decide, do, and what must hold afterwards."""

from __future__ import annotations

from mendbook.model import WorkOrder, WorkStep
from mendbook.report import markdown
from mendbook.report.index import Index
from mendbook.text.escape import prose
from mendbook.text.phrasing import listed, sentence

_LETTERS = "ABCDEFGH"


def work_order(order: WorkOrder, index: Index, asked: str = "") -> str:
    """Return the order in the report's words; empty where there is nothing to say.

    ``asked`` is the fix that stands above it: a step that only repeats it says its place alone.
    """
    choices = [
        f"**{letter}:** {prose(sentence(words))}"
        for letter, words in zip(_LETTERS, order.choices, strict=False)
    ]
    return markdown.blocks(
        ["**Decide first**, the audit leaves it open:", markdown.bullets(choices)]
        if choices
        else "",
        ["**Steps:**", markdown.numbered(_step(step, index, asked) for step in order.steps)]
        if order.steps
        else "",
        ["**True afterwards:**", markdown.bullets(prose(each.words) for each in order.afterwards)]
        if order.afterwards
        else "",
        ["**Not known:**", markdown.bullets(prose(each) for each in order.unknown)]
        if order.unknown
        else "",
    )


def _step(step: WorkStep, index: Index, asked: str) -> str:
    places = listed([index.link(str(place), place.file, place.line) for place in step.places])
    if sentence(step.words) == sentence(asked):
        return f"What is asked for above{f', at {places}' if places else ''}."
    where = f" At {places}." if places else ""
    return f"{prose(sentence(step.words))}{where}"
