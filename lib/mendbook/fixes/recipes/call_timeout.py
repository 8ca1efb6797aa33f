"""Give a ``fetch`` or an axios call the time limit that the finding names."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, insert, replace
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import TIME_LIMIT
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant, seconds
from mendbook.model import Operation

_FETCH = r"^(window\.|globalThis\.)?fetch\("
_AXIOS = r"^axios\.(get|delete|head|options|post|put|patch)\("
_WITH_BODY = {"post", "put", "patch"}


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no fetch and no axios call stands in the code that the finding names"
    for module in targets(task):
        calls = [
            node
            for scope in scopes(task, module)
            for regex in (_FETCH, _AXIOS)
            for node in find_all(scope, "call_expression", regex=regex)
        ]
        chosen = meant(calls, module, task.finding)
        endless = [node for node in chosen if not re.search(r"\b(signal|timeout)\b", node.text())]
        if chosen and not endless:
            reason = f"the call in {module.path} has a time limit or a signal already"
        limit = _limit(task, module)
        if endless and not limit:
            reason = "the finding names no time limit, and no other call of the file shows one"
        elif len(endless) > 1:
            reason = "several calls stand there, and the finding does not say which"
        elif endless:
            answer = _change(module, endless[0], limit)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _limit(task: Task, module: Module) -> str:
    """Return the limit in milliseconds: as the fix says, else as the file's other calls do."""
    fix = task.finding.fix
    said = re.search(r"(?:AbortSignal\.timeout\(|\btimeout:?\s*)(\d[\d_]*|[A-Z][A-Z0-9_]+)\b", fix)
    if said is not None and not re.match(r"\s*s(ec|\b)", fix[said.end() :]):
        return said[1]
    spoken = seconds(fix)
    if spoken is not None:
        return f"{round(spoken * 1000)}"
    known = set(
        re.findall(r"AbortSignal\.timeout\(([\w.]+)\)|\btimeout:\s*(\d[\d_]*)", module.text)
    )
    values = {one or other for one, other in known}
    return values.pop() if len(values) == 1 else ""


def _change(module: Module, call: SgNode, limit: str) -> RecipeChange | str:
    callee, given = call.field("function"), call.field("arguments")
    name = callee.text() if callee is not None else ""
    arguments = given.named_children() if given is not None else []
    is_fetch = not name.startswith("axios")
    option = f"signal: AbortSignal.timeout({limit})" if is_fetch else f"timeout: {limit}"
    place = 2 if name.rpartition(".")[2] in _WITH_BODY else 1
    if len(arguments) < place:
        return f"{name} is called without what stands before its options"
    if len(arguments) == place:
        edit = insert(end(arguments[-1]), f", {{ {option} }}")
    elif arguments[place].kind() == "object":
        edit = _into(module, arguments[place], option)
    else:
        return f"the options of {name} are made elsewhere"
    return RecipeChange(
        summary=f"Give {name} a time limit of {limit} ms",
        edits={module.path: apply(module.text, [edit])},
        risk=f"An answer that takes longer than {limit} ms is now an error where none was.",
        contracts=(
            claim(
                module.path,
                module.text,
                [edit],
                Operation.ADD,
                f"pass `{option}` to {name}",
                [option],
            ),
        ),
    )


def _into(module: Module, options: SgNode, option: str) -> Edit:
    """Add a property behind the last, on a line of its own where they are."""
    members = options.named_children()
    if not members:
        return replace(options, f"{{ {option} }}")
    last = members[-1]
    comma = last.next()
    at = end(comma) if comma is not None and comma.kind() == "," else end(last)
    begin = last.range().start.index
    margin = re.search(r"\n([ \t]*)$", module.text[:begin])
    lead = "" if at != end(last) else ","
    gap = f"\n{margin[1]}" if margin is not None else " "
    return insert(at, f"{lead}{gap}{option}{',' if not lead and margin is not None else ''}")


_QUOTES = """\
export async function quote(isin) {
  const res = await fetch(`/quotes/${isin}`, { headers: { accept: 'text/plain' } });
  return res.text();
}
"""
_SHIP = """\
import axios from 'axios'

export const ship = (parcel: Parcel) =>
\taxios.post('/parcels', parcel, {
\t\theaders: { 'x-tenant': tenant },
\t})
"""

RECIPE = Recipe(
    name="call-timeout",
    message="A call without a time limit may wait for ever.",
    words=r"time-?out|time limit|never gives up|hang|AbortSignal|(wait|block)s? (for ever|forever)",
    remedy=rf"signal|{TIME_LIMIT}",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "options on one line, seconds in words",
            asking("No timeout", "Give up after 8 seconds", "web/quotes.js", "quote"),
            {"web/quotes.js": _QUOTES},
            {
                "web/quotes.js": _QUOTES.replace(
                    "'text/plain' } }", "'text/plain' }, signal: AbortSignal.timeout(8000) }"
                )
            },
        ),
        Example(
            "axios, options on lines of their own",
            asking("The call may hang", "Pass timeout: 5_000", "src/ship.ts", "ship"),
            {"src/ship.ts": _SHIP},
            {"src/ship.ts": _SHIP.replace("tenant },\n", "tenant },\n\t\ttimeout: 5_000,\n")},
        ),
        Example(
            "a call with a signal stays",
            asking("No timeout", "Give up after 8 seconds", "web/quotes.js", "quote"),
            {"web/quotes.js": _QUOTES.replace("{ headers", "{ signal, headers")},
            refuses="has a time limit or a signal already",
        ),
        Example(
            "no limit is made up",
            asking("No timeout", "Add a timeout", "web/quotes.js", "quote"),
            {"web/quotes.js": _QUOTES},
            refuses="names no time limit",
        ),
    ),
)
