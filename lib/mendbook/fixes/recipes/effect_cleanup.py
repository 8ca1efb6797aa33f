"""Undo what an effect of React starts: timers and listeners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, after_line, apply, end, indent, insert, start, step
from mendbook.code.functions import FUNCTIONS, body, function_around, is_async
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.names_in_scope import is_taken
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_EFFECT = r"^(React\.)?use(Layout|Insertion)?Effect\("
_TIMERS = {
    "setInterval": "clearInterval",
    "setTimeout": "clearTimeout",
    "requestAnimationFrame": "cancelAnimationFrame",
}
_UNHEARD = {
    "addEventListener": "removeEventListener",
    "addListener": "removeListener",
    "on": "off",
}
_HEARING = {"addEventListener": "listener", "addListener": "listener", "on": "handler"}
_HEARD = {"listener", "handler"}
_ENDED = {
    **dict.fromkeys(("EventSource", "WebSocket", "BroadcastChannel"), "close"),
    **dict.fromkeys(("IntersectionObserver", "MutationObserver", "ResizeObserver"), "disconnect"),
    "PerformanceObserver": "disconnect",
    "AbortController": "abort",
    "Worker": "terminate",
}
_KINDS = {
    "listener": r"\blisteners?\b|removeEventListener|\bhandlers?\b",
    "handler": r"\bhandlers?\b|\blisteners?\b|\.off\b",
    "timer": r"\btimers?\b|\bintervals?\b|\btimeouts?\b|\bclear(?:Interval|Timeout)\b",
    "observer": r"\bobservers?\b|\bdisconnect",
    "subscription": r"subscri",
    "websocket": r"\bweb ?sockets?\b|\bclose the (?:socket|connection)",
    "eventsource": r"\bevent ?source\b|\bstream\b",
    "abortcontroller": r"\babort",
    "worker": r"\bworker\b",
}
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4}
_COUNTED = re.compile(rf"\b({'|'.join(_COUNTS)})\b", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:all|every|each|everything|listeners|handlers|timers|intervals|timeouts|subscriptions"
    r"|observers|what(?:ever)? (?:it|the effect) (?:starts|registers|adds|sets up|opens"
    r"|attaches))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Started:
    """One thing that an effect starts, and the call that ends it."""

    statement: SgNode
    kind: str
    undone: str
    event: str = ""
    named: tuple[Edit, ...] = ()
    """The edits that keep it under a name."""


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no effect in the code that the finding names starts a timer or a listener"
    if re.search(r"\bdependenc|\bdeps\b", task.finding.fix):
        return "the fix speaks of what the effect depends on, and not of its end"
    for module in targets(task):
        effects = [
            effect
            for scope in scopes(task, module)
            for effect in find_all(scope, "call_expression", regex=_EFFECT)
        ]
        found = [(effect, list(_started(module, effect))) for effect in effects]
        every = [one for _, several in found for one in several if isinstance(one, _Started)]
        quoted = meant([one.statement for one in every], module, task.finding)
        held = [
            several
            for _, several in found
            if any(isinstance(one, _Started) and one.statement in quoted for one in several)
        ]
        if len(held) != 1:
            several_said = "several things are started there, and the finding does not say which"
            reason = several_said if len(held) > 1 else _why_not(found) or reason
            continue
        effect = next(effect for effect, several in found if several is held[0])
        started = [one for one in held[0] if isinstance(one, _Started)]
        chosen = _chosen(task.finding.fix, started, every, quoted)
        unnamed = [one for one in held[0] if isinstance(one, str)]
        if isinstance(chosen, str):
            reason = chosen
        elif unnamed and _ALL.search(task.finding.fix):
            reason = unnamed[0]
        else:
            answer = _undo(module, effect, chosen)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _why_not(found: list[tuple[SgNode, list[_Started | str]]]) -> str:
    return next((one for _, several in found for one in several if isinstance(one, str)), "")


def _chosen(
    fix: str, started: list[_Started], every: list[_Started], quoted: list[SgNode]
) -> list[_Started] | str:
    """Return those of the things that an effect starts which the text speaks of."""
    said = {one.event for one in every
            if one.event and re.search(rf"(?<!\w){re.escape(one.event)}(?!\w)", fix)}  # fmt: skip
    kinds = {kind for kind, words in _KINDS.items() if re.search(words, fix, re.IGNORECASE)}
    named = [one for one in started if re.sub(r"\s+", "", one.undone) in re.sub(r"[\s`]+", "", fix)]
    of_kind = [one for one in started if one.kind in kinds or not kinds or one in named]
    of_event = [one for one in of_kind if not one.event or one.event in said or not said]
    heard = {one.event for one in started if one.event and one.statement in quoted}
    if said and heard and not said & heard:
        return "no effect in the code that the finding names starts a timer or a listener"
    told = _COUNTED.search(re.sub(r"`[^`]*`", "", fix))
    wanted = _COUNTS[told[1].lower()] if told is not None else 0
    several = bool(wanted) or _ALL.search(fix) is not None
    if not several and not said:
        groups = {one.kind for one in of_event}
        own = [one for one in of_event if one.statement in quoted]
        crowd = [kind for kind in groups if sum(one.kind == kind for one in of_event) > 1]
        if crowd or (len(groups) > 1 and not kinds):
            of_event = own
        if len({one.kind for one in of_event}) != len(of_event):
            return "several things are started there, and the finding does not say which"
    counted = [one for one in of_event if one.kind in _HEARD] or of_event
    if wanted and wanted not in {len(of_event), len(counted)}:
        return f"the fix speaks of {wanted}, and the effect starts {len(of_event)}"
    return of_event or "what is to be ended is not started by the effect"


def _callback(effect: SgNode) -> SgNode | None:
    given = effect.field("arguments")
    first = given.named_children()[:1] if given is not None else []
    return first[0] if first and first[0].kind() in FUNCTIONS else None


def _started(module: Module, effect: SgNode) -> Iterator[_Started | str]:
    """Yield what the statements of the effect itself start, or why one has no end."""
    callback = _callback(effect)
    block = body(callback) if callback is not None else None
    for statement in block.named_children() if block is not None else []:
        call = _call(statement)
        if call is not None:
            yield from _of_call(module, statement, call)


def _of_call(module: Module, statement: SgNode, call: SgNode) -> Iterator[_Started | str]:
    callee = call.field("function") or call.field("constructor")
    name = callee.text() if callee is not None else ""
    kept = _kept(statement)
    given = call.field("arguments")
    parts = [one.text() for one in given.named_children()] if given is not None else []
    owner, _, method = name.rpartition(".")
    if name.removeprefix("window.") in _TIMERS:
        yield _timer(module, statement, name, kept)
    elif owner and method in _UNHEARD and len(parts) > 1 and not kept:
        if not re.fullmatch(r"[\w$.]+", parts[1]):
            yield "the listener has no name to be removed by"
            return
        event = parts[0].strip("'\"`")
        given_again = parts if method == "addEventListener" else parts[:2]
        undone = f"{owner}.{_UNHEARD[method]}({', '.join(given_again)})"
        yield _Started(statement, _HEARING[method], undone, event)
    elif kept and call.kind() == "new_expression" and name in _ENDED:
        kind = "observer" if name.endswith("Observer") else name.lower()
        yield _Started(statement, kind, f"{kept}.{_ENDED[name]}()")
    elif kept and re.match(r"(?:subscribe|on[A-Z]|listen|watch|observe)", method or name):
        if re.match(r"(?:un|off|stop|dispose|clean|remove|cancel)", kept, re.IGNORECASE):
            yield _Started(statement, "subscription", f"{kept}()")
        elif re.search(r"sub(?:scription)?$", kept, re.IGNORECASE):
            yield _Started(statement, "subscription", f"{kept}.unsubscribe()")


def _timer(module: Module, statement: SgNode, name: str, kept: str) -> _Started | str:
    variable = kept or "timer"
    if not kept and is_taken(module, variable):
        return f"the timer would need a name, and {variable} is taken"
    named = () if kept else (insert(start(statement), f"const {variable} = "),)
    prefix = "window." if name.startswith("window.") else ""
    undone = f"{prefix}{_TIMERS[name.removeprefix('window.')]}({variable})"
    return _Started(statement, "timer", undone, named=named)


def _kept(statement: SgNode) -> str:
    """Return the name that a statement keeps what it starts by; empty for none."""
    declared = find_all(statement, "variable_declarator")
    label = (
        declared[0].field("name")
        if declared and statement.kind() != "expression_statement"
        else None
    )
    return label.text() if label is not None else ""


def _call(statement: SgNode) -> SgNode | None:
    if statement.kind() == "expression_statement":
        inner = statement.named_children()[0]
    else:
        declared = [
            one for one in statement.named_children() if one.kind() == "variable_declarator"
        ]
        value = declared[0].field("value") if len(declared) == 1 else None
        if value is None:
            return None
        inner = value
    return inner if inner.kind() in {"call_expression", "new_expression"} else None


def _undo(module: Module, effect: SgNode, started: list[_Started]) -> RecipeChange | str:
    callback = _callback(effect)
    block = body(callback) if callback is not None else None
    if callback is None or block is None:
        return "the effect is not written in place"
    if is_async(callback):
        return "the effect is async, so what it returns is no clean-up"
    if any(function_around(one) == callback for one in find_all(block, "return_statement")):
        return "the effect returns already, a clean-up or early"
    last = block.named_children()[-1]
    if "\n" not in module.text[start(block) : start(last)]:
        return "the effect stands on one line"
    margin, tab, mark = indent(module.text, start(last)), step(module.text), semicolon(module)
    undone = [one.undone for one in started]
    lines = f"{margin}return () => {undone[0]}{mark}\n"
    if len(undone) > 1:
        rows = "".join(f"{margin}{tab}{one}{mark}\n" for one in undone)
        lines = f"{margin}return () => {{\n{rows}{margin}}}{mark}\n"
    edits = [edit for one in started for edit in one.named]
    return _change(module, [*edits, after_line(module.text, end(last), lines)], undone)


def _change(module: Module, edits: list[Edit], undone: list[str]) -> RecipeChange:
    said = ", ".join(undone)
    return RecipeChange(
        summary=f"Clean the effect up with {said}",
        edits={module.path: apply(module.text, edits)},
        risk="The clean-up runs before each new run of the effect and when the component goes.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.ADD,
                f"return a clean-up from the effect that calls {said}",
                [f"return () => {undone[0]}"] if len(undone) == 1 else ["return () => {", *undone],
            ),
        ),
    )


_CLOCK = """\
export function Clock({ zone }) {
  useEffect(() => {
    const tick = setInterval(() => draw(zone), 1000);
    draw(zone);
  }, [zone]);
  return <time />;
}
"""
_KEYS = """\
export function useKeys(onKey: (e: KeyboardEvent) => void) {
  React.useEffect(() => {
    window.addEventListener('keydown', onKey, true)
  }, [onKey])
}
"""

_THINGS = (
    r"(?:listeners?|handlers?|intervals?|timers?|timeouts?|observers?|subscriptions?|sockets?"
    r"|connections?|streams?|workers?|requests?|everything|them"
    r"|all (?:two|three|four)|both|what (?:it|the effect))"
)
_ENDING = (
    r"clean|unmount|\btear|\btorn\b|\bdispos|\bundo|unsubscri|\bclear(?:Interval|Timeout)|disconnect"
    r"|removeEventListener|\.off\b|\b(?:remov|clear|stop|cancel|detach|unregister|clos|abort|end|releas"
    rf"|take|return)\w*\b[^.;]*\b{_THINGS}|\b{_THINGS}\b[^.;]*\b(?:remov|clear|stop|cancel|detach"
    r"|unregister|clos|abort|releas)"
)

RECIPE = Recipe(
    name="effect-cleanup",
    message="What an effect starts runs on when the component has gone.",
    words=r"clean-?\s?(ed )?up|never (cleared|removed)|leak|clear(Interval|Timeout)|unmount"
    r"|removeEventListener|\bt(ear|orn)[ -]?down|undo|return a function|\bdispos|\beffect\b",
    remedy=_ENDING,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a timer that has a name",
            asking("The interval is never cleared", "Clean up", "web/Clock.jsx", "Clock"),
            {"web/Clock.jsx": _CLOCK},
            {
                "web/Clock.jsx": _CLOCK.replace(
                    "    draw(zone);\n", "    draw(zone);\n    return () => clearInterval(tick);\n"
                )
            },
        ),
        Example(
            "a listener, with its options",
            asking("The listener leaks", "Return a cleanup", "src/keys.ts", "useKeys"),
            {"src/keys.ts": _KEYS},
            {
                "src/keys.ts": _KEYS.replace(
                    "onKey, true)\n",
                    "onKey, true)\n"
                    "    return () => window.removeEventListener('keydown', onKey, true)\n",
                )
            },
        ),
        Example(
            "an effect that returns already stays",
            asking("The interval is never cleared", "Clean up", "web/Clock.jsx", "Clock"),
            {"web/Clock.jsx": _CLOCK.replace("    draw(zone);\n", "    return stop;\n")},
            refuses="returns already",
        ),
        Example(
            "the listener of another event stays",
            asking(
                "A listener leaks",
                "Return a cleanup for keyup",
                "src/keys.ts",
                "useKeys",
                "window.addEventListener('keydown', onKey, true)",
            ),
            {
                "src/keys.ts": _KEYS.replace(
                    "true)\n", "true)\n    window.addEventListener('keyup', onKey)\n"
                )
            },
            refuses="starts a timer or a listener",
        ),
        Example(
            "a listener without a name cannot be removed",
            asking("The listener leaks", "Return a cleanup", "src/keys.ts", "useKeys"),
            {"src/keys.ts": _KEYS.replace("onKey, true", "() => onKey(null!), true")},
            refuses="no name to be removed by",
        ),
    ),
)
