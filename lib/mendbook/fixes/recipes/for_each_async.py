"""Wait for the work that an async callback of ``forEach`` starts."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, replace, start
from mendbook.code.functions import FUNCTIONS, free_names, function_around, is_async, parameters
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation
from mendbook.text.squeezed import flatten

_LOOP = re.compile(
    r"\bfor\s*\(|\bfor\s*(\.\.\.|…|-|\s)\s*of\b|\bfor await\b|one (by|at a|after)"
    r"|\bsequential|\bin (?:order|turn|sequence)\b|\bplain loop\b|\bbefore the next\b"
)
_HEAD = re.compile(r"\bfor\s*\(const [^()]+ of [^()\s]+(?:\.\w+\(\))?\)")
_LOOPS = ("for_in_statement", "for_statement", "while_statement", "do_statement")


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no forEach with an async callback stands in the code that the finding names"
    for module in targets(task):
        statements = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "expression_statement")
            if _callback(node) is not None
        ]
        chosen = meant(statements, module, task.finding)
        if len(chosen) > 1:
            reason = "several forEach calls stand there, and the finding does not say which"
        for statement in chosen if len(chosen) == 1 else ():
            answer = _wait(task, module, statement)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _callback(statement: SgNode) -> SgNode | None:
    """Return the async callback of ``list.forEach(callback);``, or None."""
    call = statement.named_children()[0]
    callee = call.field("function") if call.kind() == "call_expression" else None
    prop = callee.field("property") if callee is not None else None
    given = call.field("arguments")
    first = given.named_children() if given is not None else []
    if prop is None or prop.text() != "forEach" or len(first) != 1:
        return None
    return first[0] if first[0].kind() in FUNCTIONS and is_async(first[0]) else None


def _wait(task: Task, module: Module, statement: SgNode) -> RecipeChange | str:
    callback, around = _callback(statement), function_around(statement)
    call = statement.named_children()[0]
    callee = call.field("function")
    listed = callee.field("object") if callee is not None else None
    if callback is None or listed is None:
        return "the callback is not written in place"
    if around is None or not is_async(around):
        return "the function around it is not async, so nothing there can wait"
    if re.search(rf"\b{re.escape(listed.text())}\b\s*(:\s*Map<|=\s*new Map\b)", module.text):
        return f"{listed.text()} is a Map, whose forEach and whose loop give different things"
    if callback.kind() != "arrow_function" and re.search(
        r"\bthis\b|\barguments\b", callback.text()
    ):
        return "the callback has a `this` of its own"
    loop, both = bool(_LOOP.search(task.finding.fix)), "Promise.all" in task.finding.fix
    if loop == both:
        return "the fix does not say whether the items are to be done one by one or all at once"
    if loop:
        return _loop(module, statement, callback, listed, task.finding.fix)
    return _all(module, statement, callback, listed)


def _loop(
    module: Module, statement: SgNode, callback: SgNode, listed: SgNode, fix: str
) -> RecipeChange | str:
    names = parameters(callback)
    block = callback.field("body")
    if not 0 < len(names) < 3 or block is None:
        return "the callback takes more than an item and its index"
    returns = [node for node in find_all(block, "return_statement") if _own(node, callback)]
    inner = [
        node
        for node in returns
        if any(one.kind() in {*_LOOPS, "switch_statement"} for one in _up_to(node, block))
    ]
    if inner or any(node.named_children() for node in returns):
        return "the callback returns a value, or out of an inner loop"
    given = callback.field("parameters") or callback.field("parameter")
    whole = given.named_children()[0].text() if given is not None and given.named_children() else ""
    item = re.sub(r"\s*:\s*[\w.<>\[\]| ]+$", "", whole or names[0])
    head = f"for (const {item} of {listed.text()}) "
    if len(names) == 2 and names[1] in free_names(block):
        head = f"for (const [{names[1]}, {item}] of {listed.text()}.entries()) "
    if (told := _HEAD.search(fix)) is not None and flatten(told[0]) != flatten(head):
        return f"the fix spells another head of the loop than {head.strip()}"
    text = block.text()
    at = start(block)
    moved = [Edit(start(n) - at, end(n) - at, f"continue{semicolon(module)}") for n in returns]
    text = apply(text, moved).replace("\r\n", "\n")
    if block.kind() != "statement_block":
        text = f"{{ {text}{semicolon(module)} }}"
    edit = replace(statement, head + text)
    return _change(module, listed, edit, "one after the other", [head.strip()])


def _own(node: SgNode, callback: SgNode) -> bool:
    return function_around(node) == callback


def _up_to(node: SgNode, outer: SgNode) -> list[SgNode]:
    ancestors = []
    for one in node.ancestors():
        if one == outer:
            break
        ancestors.append(one)
    return ancestors


def _all(module: Module, statement: SgNode, callback: SgNode, listed: SgNode) -> RecipeChange:
    text = callback.text()
    block = callback.field("body")
    inner = block.named_children() if block is not None else []
    if block is not None and block.kind() == "statement_block" and len(inner) == 1:
        awaited = inner[0].named_children()[:1] if inner[0].kind() == "expression_statement" else []
        if awaited and awaited[0].kind() == "await_expression":
            head = module.text[start(callback) : start(block)].replace("async ", "", 1)
            text = head + awaited[0].named_children()[0].text()
    together = f"await Promise.all({listed.text()}.map({text}))"
    edit = replace(statement, together.replace("\r\n", "\n") + semicolon(module))
    return _change(module, listed, edit, "all at once", [f"await Promise.all({listed.text()}.map("])


def _change(module: Module, listed: SgNode, edit: Edit, how: str, adds: list[str]) -> RecipeChange:
    return RecipeChange(
        summary=f"Wait for the work on {listed.text()}, {how}",
        edits={module.path: apply(module.text, [edit])},
        risk="What follows now waits for the work, and its failures reach the caller.",
        contracts=(
            claim(
                module.path,
                module.text,
                [edit],
                Operation.AWAIT,
                f"wait for the work on each of `{listed.text()}`, {how}, instead of forEach",
                adds,
                [f"{listed.text()}.forEach("],
            ),
        ),
    )


_DRAIN = """\
async function drain(tanks) {
  tanks.forEach(async (tank) => {
    if (tank.dry) return;
    await pump.empty(tank);
  });
  log('dry');
}
"""
_INVITE = """\
export async function invite(guests: Guest[]): Promise<void> {
  guests.forEach(async (guest) => {
    await mail.send(guest.email);
  });
}
"""

RECIPE = Recipe(
    name="for-each-async",
    message="forEach does not wait for what an async callback starts.",
    words=r"forEach|Promise\.all\([\w.]+\.map|async callback|\bfor\s*(\.\.\.|…|-|\s)\s*of\b"
    r"|\bfor\s*\(const\b|\bsequential|\bone (by|at a|after)",
    remedy=r"\bfor\W{0,5}(?:of|each|await|const)|Promise\.all|await|wait|sequential|parallel"
    r"|\bloop\b|in order|one after",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "one after the other; an early return goes on to the next",
            asking("forEach ignores promises", "Use for…of with await", "plant/a.js", "drain"),
            {"plant/a.js": _DRAIN},
            {
                "plant/a.js": _DRAIN.replace(
                    "tanks.forEach(async (tank) => {", "for (const tank of tanks) {"
                )
                .replace("return;", "continue;")
                .replace("  });", "  }")
            },
        ),
        Example(
            "all at once",
            asking(
                "forEach with async", "await Promise.all(guests.map(…))", "src/party.ts", "invite"
            ),
            {"src/party.ts": _INVITE},
            {
                "src/party.ts": _INVITE.replace(
                    "guests.forEach(async (guest) => {\n    await mail.send(guest.email);\n  });",
                    "await Promise.all(guests.map((guest) => mail.send(guest.email)));",
                )
            },
        ),
        Example(
            "with its index",
            asking("forEach with async", "Use for...of", "src/party.ts", "invite"),
            {
                "src/party.ts": _INVITE.replace("(guest) =>", "(guest, at) =>").replace(
                    "email", "email, at"
                )
            },
            {
                "src/party.ts": _INVITE.replace(
                    "guests.forEach(async (guest) => {",
                    "for (const [at, guest] of guests.entries()) {",
                )
                .replace("  });", "  }")
                .replace("email", "email, at")
            },
        ),
        Example(
            "an index that nothing reads goes, too",
            asking(
                "forEach with async", "Use for (const guest of guests)", "src/party.ts", "invite"
            ),
            {"src/party.ts": _INVITE.replace("(guest) =>", "(guest, at) =>")},
            {
                "src/party.ts": _INVITE.replace(
                    "guests.forEach(async (guest) => {", "for (const guest of guests) {"
                ).replace("  });", "  }")
            },
        ),
        Example(
            "a head of the loop that is spelled otherwise",
            asking("forEach with async", "Use for (const one of guests)", "src/party.ts", "invite"),
            {"src/party.ts": _INVITE},
            refuses="spells another head",
        ),
        Example(
            "a function that cannot wait",
            asking("forEach ignores promises", "Use for…of with await", "plant/a.js", "drain"),
            {"plant/a.js": _DRAIN.replace("async function", "function")},
            refuses="not async, so nothing there can wait",
        ),
        Example(
            "a fix that leaves the order open",
            asking("forEach ignores promises", "Wait for the pumps", "plant/a.js", "drain"),
            {"plant/a.js": _DRAIN},
            refuses="one by one or all at once",
        ),
    ),
)
