"""Orders in other words that the reader knows in its own: each is read as the plain order."""

from __future__ import annotations

import re
from collections.abc import Callable

from mendbook.fixes.instruction.carried_out import carried_out
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.orders.wording import OUGHT
from mendbook.fixes.instruction.tree.syntax import declarations, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work

_NAME = r"[A-Za-z_$][\w$]*"
_RENAMED = re.compile(
    rf"(?P<old>{_NAME}) {OUGHT} be (?:called|named|renamed(?: to)?) (?P<new>{_NAME})"
    rf"|(?P<old2>{_NAME}) ?(?:→|->|=>) ?(?P<new2>{_NAME})"
    rf"|(?P<new3>{_NAME}) (?:instead of|rather than) (?P<old3>{_NAME})"
    rf"|(?:call|name) it (?P<new4>{_NAME})",
    re.IGNORECASE,
)
_GOES = re.compile(
    rf"(?P<what>{_NAME}) (?:can|should|must|may) (?:go|be removed|be deleted|be dropped)"
    rf"|(?:remove|drop|delete) (?:unused |dead |superfluous )?(?P<what2>{_NAME})",
    re.IGNORECASE,
)
_EXPORTED = re.compile(
    rf"(?:add|put) export (?:to|on|before|in front of) (?P<a>{_NAME})|make (?P<b>{_NAME}) exported"
    rf"|export (?:const|function|class|type|interface) (?P<c>{_NAME})",
    re.IGNORECASE,
)
_TOGETHER = {
    *("run", "fetch", "load", "send", "await", "do", "make", "get", "query", "call", "process"),
    *("all", "at", "once", "in", "parallel", "with", "use", "using", "by", "over", "of", "them"),
    *("together", "concurrently", "instead", "rather", "than", "awaiting", "loop", "each", "calls"),
    *("calls", "call", "turn", "into", "replace", "promise", "via", "one", "after", "the", "other"),
    *("requests", "queries", "days", "rows", "items", "entries", "files", "ids", "a", "an", "for"),
    *("await", "and", "it", "map", "as", "not", "sequentially", "read", "resolve", "collect"),
}


def _renamed(work: Work, text: str) -> str:
    told = _RENAMED.fullmatch(text)
    if told is None:
        return ""
    new = told["new"] or told["new2"] or told["new3"] or told["new4"]
    old = told["old"] or told["old2"] or told["old3"] or ""
    scene = work.scene
    if not old:
        quoted = [
            text_of(one.field("name"))
            for one in of_kinds(scene.root, ("variable_declarator", "function_declaration"))
            if touches_quote(scene, one)
        ]
        old = quoted[0] if len(quoted) == 1 else ""
    is_declared = old and declarations(scene.root, old, scene.language)
    return f"Rename `{old}` to `{new}`" if is_declared and not scene.knows(new) else ""


def _gone(work: Work, text: str) -> str:
    told = _GOES.fullmatch(text)
    if told is None:
        return ""
    name, scene = told["what"] or told["what2"], work.scene
    given = [
        one
        for one in of_kinds(scene.root, ("required_parameter", "optional_parameter"))
        if touches_quote(scene, one) and text_of(one.field("pattern")) == name
    ]
    return f"Remove the parameter `{name}`" if len(given) == 1 else ""


def _exported(work: Work, text: str) -> str:
    told = _EXPORTED.fullmatch(text)
    name = next((one for one in told.groups() if one), "") if told is not None else ""
    return f"Export `{name}`" if name and work.scene.knows(name) else ""


def _at_once(work: Work, text: str) -> str:
    """Read *fetch all at once: Promise.all over ids.map* as a loop that is replaced."""
    if not re.search(r"\bPromise\.all\b", text) or re.search(r"\bPromise\.all\(\[", text):
        return ""
    bare = re.sub(r"\(.*?(?:…|\.\.\.).*?\)\)?", " ", text)
    scene = work.scene
    loops = [
        one
        for one in of_kinds(scene.root, ("for_in_statement",))
        if touches_quote(scene, one) and "await" in one.text()
    ]
    if len(loops) != 1:
        return ""
    known = _TOGETHER | {
        one.lower() for one in re.findall(r"[A-Za-z_$]\w*", text_of(loops[0].field("right")))
    }
    words = {one.lower() for one in re.findall(r"[A-Za-z]+", bare)}
    return "Replace the loop with `Promise.all`" if words <= known else ""


_ORDERS: tuple[Callable[[Work, str], str], ...] = (_renamed, _gone, _exported, _at_once)


def rewritten(work: Work, ask: Ask) -> StepEdits | None:
    """*LIMIT should be called MAX*, *opts can go*: what the plain order of it makes."""
    text = ask.unticked
    for one in _ORDERS:
        plain = one(work, text)
        if not plain:
            continue
        steps, waiting = carried_out(work.task, work.scene, read(plain))
        if len(steps) == 1 and not waiting:
            return steps[0]
    return None


REWRITTEN = (rewritten,)
