"""How workers that died come back: how long it takes, and how often it is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.reading import (
    Code,
    absent,
    findings_at,
    in_order,
    row,
)
from mendbook.advice.values import Reader
from mendbook.advice.workers.watch import milliseconds
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.code.trees import (
    FUNCTIONS,
    arguments_of,
    callee_name,
    function_name,
    string_value,
)
from mendbook.model import AdviceRow


def restarts(survey: Survey, reader: Reader) -> Iterator[AdviceRow]:
    """Yield how long the handler of a worker's death waits, and how often it tries."""
    target = "1 s, 2 s, 4 s, capped, with jitter; the count reset after a stable run"
    why = "workers that die together must not come back together, nor stay away for good"
    for module, handler in _deaths(reader.code):
        scopes = _reached(module, handler)
        waits = list(dict.fromkeys(_waits(reader, module, scopes)))
        if not waits:
            yield row(
                survey,
                "Worker restart backoff",
                module,
                handler,
                "no wait before a restart",
                target,
                why,
            )
        for place, shown, node in waits:
            ids = findings_at(survey, module, node)
            yield AdviceRow("Worker restart backoff", place, shown, target, why, findings=ids)
        yield _retries(survey, reader, module, scopes)
        return
    yield absent("Worker restart backoff", target, "nothing listens for a worker's death")


def _deaths(code: Code) -> Iterator[tuple[Module, SgNode]]:
    for module, call in code.calls("on", "once"):
        given = arguments_of(call)
        if len(given) > 1 and string_value(given[0]) == "died":
            yield module, call


def _reached(module: Module, start: SgNode) -> list[SgNode]:
    """Return ``start`` and the functions of its module that it calls, directly or not."""
    named: dict[str, SgNode] = {}
    for node in find_all(module.root, *sorted(FUNCTIONS)):
        if name := function_name(node).rsplit(".", 1)[-1]:
            named.setdefault(name, node)
    reached, waiting = [start], [start]
    while waiting:
        for call in find_all(waiting.pop(), "call_expression"):
            found = named.get(callee_name(call))
            if found is not None and found not in reached:
                reached.append(found)
                waiting.append(found)
    return reached


def _waits(
    reader: Reader, module: Module, scopes: list[SgNode]
) -> Iterator[tuple[str, str, SgNode]]:
    timers = [
        call
        for scope in scopes
        for call in find_all(scope, "call_expression")
        if callee_name(call) == "setTimeout" and len(arguments_of(call)) > 1
    ]
    for timer in in_order(list(dict.fromkeys(timers))):
        value = reader.value(module, arguments_of(timer)[1])
        if value.node.kind() == "array":
            waits = [reader.value(value.module, one) for one in value.node.named_children()]
            yield value.where, ", ".join(map(milliseconds, waits)), timer
        else:
            shown = value.setting.shown if value.setting else milliseconds(value)
            unit = " ms" if value.number is None else ""
            yield value.where, shown + unit, timer


def _retries(survey: Survey, reader: Reader, module: Module, scopes: list[SgNode]) -> AdviceRow:
    what, target = "Worker restart retries", "count reset after a stable run; alert on the last"
    why = "a worker that gave up is capacity lost until somebody restarts the process"
    for scope in scopes:
        for name in in_order(find_all(scope, "identifier", "property_identifier")):
            if re.fullmatch(r"MAX_?\w*(RETR|ATTEMPT|RESTART)\w*", name.text(), re.IGNORECASE):
                value = reader.value(module, _whole_name(name))
                if value.number is not None:
                    now = value.setting.shown if value.setting else f"{value.number:g}"
                    ids = findings_at(survey, value.module, value.node)
                    return AdviceRow(what, value.where, now, target, why, findings=ids)
    for scope in scopes:
        for node in in_order(find_all(scope, "subscript_expression")):
            value = reader.value(module, node)
            if value.node.kind() == "array":
                count = len(value.node.named_children())
                ids = findings_at(survey, module, node)
                return AdviceRow(what, value.where, f"{count}", target, why, findings=ids)
    return absent(what, target, why)


def _whole_name(name: SgNode) -> SgNode:
    parent = name.parent()
    return parent if parent is not None and parent.kind() == "member_expression" else name
