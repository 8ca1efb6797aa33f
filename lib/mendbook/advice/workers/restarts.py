"""How workers that died come back: how long it takes, and how often it is tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import Code, in_order
from mendbook.advice.rows import absent, findings_at, row
from mendbook.advice.values import Reader
from mendbook.advice.workers.watch import milliseconds
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.code.trees import (
    FUNCTIONS,
    arguments_of,
    callee_name,
    enclosing_function,
    function_name,
    string_value,
)
from mendbook.model import AdviceRow, Citation

_SLEEPS = frozenset({"sleep", "delay", "wait", "pause", "setTimeoutPromise"})


def restarts(survey: Survey, reader: Reader) -> Iterator[AdviceRow]:
    """Yield how long the handler of a worker's death waits, and how often it tries."""
    target = "1 s, 2 s, 4 s, capped, with jitter; the count reset after a stable run"
    why = "workers that die together must not come back together, nor stay away for good"
    for module, handler in _deaths(reader.code):
        scopes = _reached(module, handler)
        waits = list(dict.fromkeys(_waits(reader, module, scopes)))
        if not waits:
            starts = any(_creates(scope, _functions(module), set()) for scope in scopes)
            now = "no wait before a restart" if starts else "starts no worker again"
            yield row(survey, "Worker restart backoff", module, handler, now, target, why)
            if not starts:
                return
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
    named = _functions(module)
    reached, waiting = [start], [start]
    while waiting:
        for call in find_all(waiting.pop(), "call_expression"):
            function = named.get(callee_name(call))
            if function is not None and function not in reached:
                reached.append(function)
                waiting.append(function)
    return reached


def _functions(module: Module) -> dict[str, SgNode]:
    """Return the functions of ``module`` by their names, without the class."""
    named: dict[str, SgNode] = {}
    for node in find_all(module.root, *sorted(FUNCTIONS)):
        if name := function_name(node).rsplit(".", 1)[-1]:
            named.setdefault(name, node)
    return named


def _before_creation(timer: SgNode, named: Mapping[str, SgNode]) -> bool:
    """Tell whether a worker is created when ``timer`` is over.

    Its callback creates one, or it is what the function sleeps on before it does. A wait for
    something else, such as a port that comes free, has neither.
    """
    if callee_name(timer) not in _SLEEPS and _creates(arguments_of(timer)[0], named, set()):
        return True
    function = enclosing_function(timer)
    if function is None or timer.range().start.index < function.range().start.index:
        return False
    after = [
        call
        for call in find_all(function, "call_expression")
        if call.range().start.index > timer.range().end.index
    ]
    return any(_is_creation(call, named, set()) for call in after)


def _creates(scope: SgNode, named: Mapping[str, SgNode], seen: set[str]) -> bool:
    target = named.get(scope.text().rsplit(".", 1)[-1])
    calls = find_all(target or scope, "call_expression")
    return any(_is_creation(call, named, seen) for call in calls)


def _is_creation(call: SgNode, named: Mapping[str, SgNode], seen: set[str]) -> bool:
    name = callee_name(call)
    if name == "createWorker":
        return True
    if name in seen or name not in named:
        return False
    seen.add(name)
    return _creates(named[name], named, seen)


def _waits(
    reader: Reader, module: Module, scopes: list[SgNode]
) -> Iterator[tuple[Citation, str, SgNode]]:
    named = _functions(module)
    timers = {
        call: duration
        for scope in scopes
        for call in find_all(scope, "call_expression")
        if (duration := _duration(call)) is not None and _before_creation(call, named)
    }
    for timer in in_order(list(timers)):
        value = reader.value(module, timers[timer])
        if value.node.kind() == "array":
            waits = [reader.value(value.module, one) for one in value.node.named_children()]
            yield value.where, ", ".join(map(milliseconds, waits)), timer
        else:
            shown = value.setting.shown if value.setting else milliseconds(value)
            unit = " ms" if value.number is None else ""
            yield value.where, shown + unit, timer


def _duration(call: SgNode) -> SgNode | None:
    """Return how long ``call`` waits, in milliseconds: a timer's, or that of a sleep."""
    name, given = callee_name(call), arguments_of(call)
    if name == "setTimeout" and len(given) > 1:
        return given[1]
    return given[0] if name in _SLEEPS and len(given) == 1 else None


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
