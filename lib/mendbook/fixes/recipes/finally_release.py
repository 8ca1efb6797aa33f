"""Release what was acquired on every way out: in a ``finally`` block."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, indent, start, step
from mendbook.code.functions import free_names, pattern_names
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import RELEASED
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_RELEASES = re.compile(
    r"(?:^|\.)_?(release|close|unlock|end|dispose|destroy|disconnect|free|quit|rollback|unref"
    r"|unsubscribe|stop|cleanUp|cleanup|teardown|decrement|dec)\w*$"
)
_LOGS = re.compile(r"(?:this\.)?(?:[\w$]+\.)*_?(?:log|logger|logging|console)\.\w+\(")
"""What needs no release behind it: it stays above the work."""
_PLAIN = re.compile(r"return(\s+(await\s+)?[\w$.]+)?\s*;?")


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no call that releases something stands behind work in the code that is named"
    for module in targets(task):
        releases = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "expression_statement")
            if _released(node) and _before(node)
        ]
        chosen = meant(releases, module, task.finding)
        if len(chosen) > 1:
            reason = "several things are released there, and the finding does not say which"
        for statement in chosen if len(chosen) == 1 else ():
            answer = _wrap(module, statement)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _released(statement: SgNode) -> str:
    """Return the call that releases, without its ``await``; empty where there is none."""
    inner = statement.named_children()[0]
    call = inner.named_children()[0] if inner.kind() == "await_expression" else inner
    callee = call.field("function") if call.kind() == "call_expression" else None
    return call.text() if callee is not None and _RELEASES.search(callee.text()) else ""


def _before(statement: SgNode) -> list[SgNode]:
    """Return the statements between the acquisition and the release; none where it is unclear."""
    inner = statement.named_children()[0]
    used = free_names(inner)
    above = [one for one in reversed(statement.prev_all()) if one.is_named()]
    declared = [at for at, one in enumerate(above) if _declared(one) & used]
    acquired = declared or [at for at, one in enumerate(above) if _opens(one, inner)]
    if not acquired:
        return []
    work = above[acquired[-1] + 1 :]
    names = _declared(above[acquired[-1]])
    while work and (
        work[0].kind() == "comment" or _guards(work[0], names) or _LOGS.match(work[0].text())
    ):
        work = work[1:]
    return [one for one in work if one.kind() != "comment"] and work


def _opens(statement: SgNode, release: SgNode) -> bool:
    """Tell whether a statement opens what ``release`` closes: ``door.open()``, ``door.close()``."""
    owner = re.match(r"(?:await\s+)?(?P<owner>[\w$.]+)\.\w+\(", release.text())
    called = re.match(r"(?:await\s+)?(?P<owner>[\w$.]+)\.(?P<name>\w+)\(", statement.text())
    return (
        owner is not None
        and called is not None
        and called["owner"] == owner["owner"]
        and _OPENING.match(called["name"]) is not None
    )


_OPENING = re.compile(
    r"(?:open|acquire|lock|start|connect|begin|subscribe|increment|inc|raise|enter|attach|mount"
    r"|reserve|claim|pause|enable|turnOn)(?![a-z])"
)


def _declared(statement: SgNode) -> set[str]:
    if statement.kind() not in {"lexical_declaration", "variable_declaration"}:
        return set()
    labels = [one.field("name") for one in find_all(statement, "variable_declarator")]
    return {name for one in labels if one is not None for name in pattern_names(one)}


def _guards(statement: SgNode, names: set[str]) -> bool:
    """Tell whether the statement leaves when nothing was acquired."""
    condition = statement.field("condition") if statement.kind() == "if_statement" else None
    leaves = re.search(r"\b(return|throw|continue)\b", statement.text())
    return condition is not None and bool(leaves) and bool(free_names(condition) & names)


def _wrap(module: Module, statement: SgNode) -> RecipeChange | str:
    work = _before(statement)
    below = [one for one in statement.next_all() if one.is_named() and one.kind() != "comment"]
    names = {name for one in work for name in _declared(one)}
    used = {name for one in below for name in free_names(one)} & names
    if any(one.kind() == "try_statement" for one in work):
        return "a try statement stands there already"
    returned = below[0] if len(below) == 1 and _only_returns(below[0]) else None
    if used and returned is None:
        return f"{', '.join(sorted(used))} would no longer be known below the try block"
    moved = [*work, *([returned] if returned is not None and used else [])]
    return _change(module, statement, moved, returned if used else None)


def _only_returns(statement: SgNode) -> bool:
    """Tell whether a statement returns what is there, and calls nothing that a release may end."""
    if _PLAIN.fullmatch(statement.text()):
        return True
    calls = ("call_expression", "new_expression", "await_expression", "arrow_function")
    return statement.kind() == "return_statement" and not any(
        find_all(statement, kind) for kind in calls
    )


def _change(
    module: Module, statement: SgNode, work: list[SgNode], returned: SgNode | None
) -> RecipeChange:
    text, margin = module.text, indent(module.text, start(work[0]))
    tab = step(text)
    inner = [_shifted(text, one, margin, tab) for one in work]
    last = work[-2] if returned is not None and len(work) > 1 else None
    if last is not None and returned is not None:
        direct = _returned_directly(last, returned)
        if direct:
            inner = [*inner[:-2], f"{margin}{tab}{direct}"]
    release = _shifted(text, statement, margin, tab)
    lines = [f"{margin}try {{", *inner, f"{margin}}} finally {{", release, f"{margin}}}"]
    stop = end(returned) if returned is not None else end(statement)
    edit = Edit(start(work[0]) - len(margin), stop, "\n".join(lines))
    said = f"release with `{_released(statement)}` in a finally block"
    return RecipeChange(
        summary=f"Call {_released(statement)} on every way out",
        edits={module.path: apply(text, [edit])},
        risk="It is now released when the work throws, too; a failing release hides the work's "
        "own error.",
        contracts=(
            claim(module.path, text, [edit], Operation.WRAP, said, ["try {", "} finally {"]),
        ),
    )


def _returned_directly(last: SgNode, returned: SgNode) -> str:
    """Return ``return value`` for ``const name = value`` and ``return name``; else nothing."""
    declared = find_all(last, "variable_declarator")
    label, value = (
        (declared[0].field("name"), declared[0].field("value"))
        if len(declared) == 1
        else (None, None)
    )
    if label is None or value is None or declared[0].field("type") is not None:
        return ""
    name = re.fullmatch(rf"return\s+{re.escape(label.text())}\s*(;?)", returned.text())
    return f"return {value.text()}{name[1]}" if name else ""


def _shifted(text: str, node: SgNode, margin: str, tab: str) -> str:
    lines = text[start(node) : end(node)].replace("\r\n", "\n").split("\n")
    if find_all(node, "template_string", regex=r"\n"):
        return "\n".join([f"{margin}{tab}{lines[0]}", *lines[1:]])
    return "\n".join(
        [f"{margin}{tab}{lines[0]}", *(f"{tab}{one}" if one else one for one in lines[1:])]
    )


_GATE = """\
export async function cross(gate: Gate, ship: Ship): Promise<Log | null> {
  const pass = await gate.reserve(ship.id);
  if (!pass) return null;
  const log = await ship.sail();
  await gate.release(pass);
  return log;
}
"""
_POOL = """\
async function rows (pool) {
\tconst client = await pool.connect()
\tconst found = await client.query('select 1')
\tawait audit(found)
\tclient.release()
}
"""

_DOOR = """\
export async function pass(door: Door, boat: Boat): Promise<Mark> {
  await door.open();
  const mark = await boat.go();
  await door.close();
  return mark;
}
"""
RECIPE = Recipe(
    name="finally-release",
    message="What is acquired must be released when the work fails, too.",
    words=r"\bfinally\b|(not|never) (released|closed|unlocked)"
    r"|(leak|stay)s?\b.{0,40}(throw|fail|error)",
    remedy=RELEASED,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "what is opened is a parameter",
            asking(
                "The door stays open when the boat fails",
                "Close the door in finally, so that it also happens when go() rejects",
                "src/door.ts",
                "pass",
                "const mark = await boat.go();\n  await door.close();\n  return mark;",
            ),
            {"src/door.ts": _DOOR},
            {
                "src/door.ts": _DOOR.replace(
                    "  const mark = await boat.go();\n  await door.close();\n  return mark;\n",
                    "  try {\n    return await boat.go();\n  } finally {\n"
                    "    await door.close();\n  }\n",
                )
            },
        ),
        Example(
            "the value is returned from the try block",
            asking("The pass stays when sailing fails", "Use finally", "src/gate.ts", "cross"),
            {"src/gate.ts": _GATE},
            {
                "src/gate.ts": """\
export async function cross(gate: Gate, ship: Ship): Promise<Log | null> {
  const pass = await gate.reserve(ship.id);
  if (!pass) return null;
  try {
    return await ship.sail();
  } finally {
    await gate.release(pass);
  }
}
"""
            },
        ),
        Example(
            "all the work goes along, with tabs",
            asking("The client is never released on errors", "Use finally", "lib/rows.js", "rows"),
            {"lib/rows.js": _POOL},
            {
                "lib/rows.js": """\
async function rows (pool) {
\tconst client = await pool.connect()
\ttry {
\t\tconst found = await client.query('select 1')
\t\tawait audit(found)
\t} finally {
\t\tclient.release()
\t}
}
"""
            },
        ),
        Example(
            "what is computed below stays",
            asking("The pass stays when sailing fails", "Use finally", "src/gate.ts", "cross"),
            {"src/gate.ts": _GATE.replace("return log;", "return check(log);")},
            refuses="log would no longer be known",
        ),
        Example(
            "a release of what was not acquired here stays",
            asking("Not released", "Use finally", "src/a.ts", "f"),
            {"src/a.ts": "function f(lock: Lock) {\n  work();\n  lock.release();\n}\n"},
            refuses="no call that releases something",
        ),
    ),
)
