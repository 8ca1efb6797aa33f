"""Undo what an effect of React starts: timers and listeners."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, after_line, apply, end, indent, insert, start
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


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no effect in the code that the finding names starts a timer or a listener"
    for module in targets(task):
        effects = [
            (effect, started)
            for scope in scopes(task, module)
            for effect in find_all(scope, "call_expression", regex=_EFFECT)
            for started in _started(effect)
        ]
        chosen = meant([started for _, started in effects], module, task.finding)
        chosen = [one for one in chosen if not _is_other(one, effects, task.finding.fix)]
        if len(chosen) > 1:
            reason = "several things are started there, and the finding does not say which"
        for effect, started in effects:
            if chosen == [started]:
                answer = _undo(module, effect, started)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer
    return reason


def _is_other(started: SgNode, effects: list[tuple[SgNode, SgNode]], fix: str) -> bool:
    """Tell whether a text names the event of another listener than that of a statement."""
    said = {
        event
        for _, one in effects
        if (event := _event(one)) and re.search(rf"(?<![\w]){re.escape(event)}(?![\w])", fix)
    }
    return bool(said) and _event(started) not in said


def _event(started: SgNode) -> str:
    told = re.search(r"addEventListener\(\s*['\"`]([\w:-]+)", started.text())
    return told[1] if told is not None else ""


def _callback(effect: SgNode) -> SgNode | None:
    given = effect.field("arguments")
    first = given.named_children()[:1] if given is not None else []
    return first[0] if first and first[0].kind() in FUNCTIONS else None


def _started(effect: SgNode) -> list[SgNode]:
    """Return the statements of the effect itself that start something."""
    callback = _callback(effect)
    block = body(callback) if callback is not None else None
    statements = []
    for statement in block.named_children() if block is not None else []:
        call = _call(statement)
        callee = call.field("function") if call is not None else None
        name = callee.text().removeprefix("window.") if callee is not None else ""
        if name in _TIMERS or re.search(r"(^|\.)addEventListener$", name):
            statements.append(statement)
    return statements


def _call(statement: SgNode) -> SgNode | None:
    if statement.kind() == "expression_statement":
        inner = statement.named_children()[0]
    else:
        declared = find_all(statement, "variable_declarator")
        value = declared[0].field("value") if len(declared) == 1 else None
        if value is None:
            return None
        inner = value
    return inner if inner.kind() == "call_expression" else None


def _undo(module: Module, effect: SgNode, started: SgNode) -> RecipeChange | str:
    callback, call = _callback(effect), _call(started)
    block = body(callback) if callback is not None else None
    if callback is None or call is None or block is None:
        return "the effect is not written in place"
    if is_async(callback):
        return "the effect is async, so what it returns is no clean-up"
    if any(function_around(one) == callback for one in find_all(block, "return_statement")):
        return "the effect returns already, a clean-up or early"
    callee, given = call.field("function"), call.field("arguments")
    name = callee.text() if callee is not None else ""
    edits: list[Edit] = []
    if name.endswith(".addEventListener") and given is not None:
        parts = [one.text() for one in given.named_children()]
        if len(parts) < 2 or not re.fullmatch(r"[\w$.]+", parts[1]):
            return "the listener has no name to be removed by"
        undone = f"{name.removesuffix('addEventListener')}removeEventListener({', '.join(parts)})"
    else:
        label = find_all(started, "variable_declarator")
        kept = label[0].field("name") if label else None
        variable = kept.text() if kept is not None else "timer"
        if kept is None and is_taken(module, variable):
            return f"the timer would need a name, and {variable} is taken"
        if kept is None:
            edits.append(insert(start(started), f"const {variable} = "))
        prefix = "window." if name.startswith("window.") else ""
        undone = f"{prefix}{_TIMERS[name.removeprefix('window.')]}({variable})"
    last = block.named_children()[-1]
    margin = indent(module.text, start(last))
    line = f"{margin}return () => {undone}{semicolon(module)}\n"
    edits.append(after_line(module.text, end(last), line))
    if "\n" not in module.text[start(block) : start(last)]:
        return "the effect stands on one line"
    return _change(module, edits, undone)


def _change(module: Module, edits: list[Edit], undone: str) -> RecipeChange:
    return RecipeChange(
        summary=f"Clean the effect up with {undone}",
        edits={module.path: apply(module.text, edits)},
        risk="The clean-up runs before each new run of the effect and when the component goes.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.ADD,
                f"return a clean-up from the effect that calls {undone}",
                [f"return () => {undone}"],
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

RECIPE = Recipe(
    name="effect-cleanup",
    message="What an effect starts runs on when the component has gone.",
    words=r"clean-?\s?up|never (cleared|removed)|leak|clear(Interval|Timeout)|removeEventListener"
    r"|unmount",
    remedy=r"clean|clear|remov|unmount|tear|return|stop|cancel|unsubscrib|dispos|undo|detach",
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
