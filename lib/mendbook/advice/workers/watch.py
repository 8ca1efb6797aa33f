"""How often workers are asked for the CPU they use."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import brief, in_order
from mendbook.advice.rows import absent, findings_at
from mendbook.advice.values import Reader, Value
from mendbook.code.edits import apply, replace
from mendbook.code.functions import inside
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.code.trees import (
    arguments_of,
    callee_name,
    enclosing_function,
    function_name,
)
from mendbook.model import AdviceRow, Proposal

_TARGET_MS = 30_000


def interval(survey: Survey, reader: Reader, patched: bool) -> AdviceRow:
    """Return how often the code reads its workers' CPU."""
    what, target = "CPU update interval", "30 s at scale"
    why = "each reading is a request to every worker; an alert over 5 minutes needs no more"
    for module, timer, period in _samplings(reader):
        now = period.setting.shown if period.setting else milliseconds(period)
        return AdviceRow(
            what=what,
            where=period.where,
            now=now,
            target=target,
            why=why,
            proposal=int(patched),
            findings=findings_at(survey, module, timer),
        )
    return absent(what, target, "worker CPU is not sampled, so a full worker cannot be seen")


def proposal(reader: Reader) -> Proposal | None:
    """Return the patch that reads CPU every 30 seconds; None unless a literal says less."""
    for _, _, period in _samplings(reader):
        plain = period.node.kind() == "number" and period.setting is None
        if plain and period.number is not None and period.number < _TARGET_MS:
            text = apply(period.module.text, [replace(period.node, "30_000")])
            return Proposal(
                finding_id="",
                source="advisor",
                part="workers",
                summary="Sample worker CPU every 30 seconds",
                edits={period.module.path: text},
                why="Each sample asks every worker; alerts look at minutes.",
                risk="A worker's CPU is seen up to 30 seconds late.",
            )
    return None


def _samplings(reader: Reader) -> Iterator[tuple[Module, SgNode, Value]]:
    """Yield each interval that reads a worker's CPU, with its period."""
    for module, usage in reader.code.calls("getResourceUsage"):
        around = enclosing_function(usage)
        name = function_name(around).rsplit(".", 1)[-1] if around is not None else ""
        for timer in in_order(find_all(module.root, "call_expression")):
            given = arguments_of(timer)
            if callee_name(timer) != "setInterval" or len(given) < 2:
                continue
            called = {callee_name(one) for one in find_all(given[0], "call_expression")}
            if name in called or inside(usage, given[0]) or given[0].text().endswith(f".{name}"):
                yield module, timer, reader.value(module, given[1])


def milliseconds(value: Value) -> str:
    """Return a time as seconds, or as it is written."""
    return f"{value.number / 1000:g} s" if value.number is not None else brief(value.text)
