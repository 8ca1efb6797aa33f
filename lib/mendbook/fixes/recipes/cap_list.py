"""Cap a Redis list that only grows."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import after_line, apply, end, indent, start
from mendbook.code.functions import is_in_block
from mendbook.code.header import declare
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.names_in_scope import constant_name
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_PUSH = re.compile(r"(await\s+)?((?:this\.)?\w+)\.(rpush|lpush)\(\s*([\w.]+)\s*,")
_DEFAULT = 10_000


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "nothing is pushed onto a Redis list in the code that the finding names"
    for module in targets(task):
        pushes = [node for scope in scopes(task, module) for node in _pushes(scope)]
        quoted = meant(pushes, module, task.finding)
        one_list = len({_list(node) for node in pushes}) == 1
        chosen = quoted if one_list or len(quoted) < len(pushes) else _named(pushes, task)
        if len({_list(node) for node in chosen}) > 1:
            reason = "several lists are pushed to, and the finding does not say which one grows"
        elif chosen:
            return _cap(task, module, chosen)
    return reason


def _pushes(scope: SgNode) -> list[SgNode]:
    return [
        node
        for node in find_all(scope, "expression_statement")
        if is_in_block(node) and _PUSH.match(node.text())
    ]


def _list(node: SgNode) -> str:
    match = _PUSH.match(node.text())
    return match[4] if match else ""


def _named(pushes: list[SgNode], task: Task) -> list[SgNode]:
    said = re.sub(r"[\W_]", "", f"{task.finding.problem} {task.finding.evidence}").lower()
    keys = {node: re.sub(r"_?KEY$", "", _list(node).rpartition(".")[2]) for node in pushes}
    return [node for node, key in keys.items() if re.sub(r"_", "", key).lower() in said]


def _cap(task: Task, module: Module, chosen: list[SgNode]) -> RecipeChange | str:
    key = _list(chosen[0])
    if re.search(rf"\bltrim\(\s*{re.escape(key)}\b", module.text):
        return f"{key} is trimmed already"
    if re.search(rf"\b(b?[lr]pop(lpush)?|l?move|rename\w*)\(\s*{re.escape(key)}\b", module.text):
        return f"{key} is read as a queue, which a cap would take items from"
    given = re.search(r"\b(\d[\d_,]{2,})\b", task.finding.fix)
    size = int(re.sub(r"[_,]", "", given[1])) if given else _DEFAULT
    name = constant_name(re.sub(r"_?KEY$", "", key.rpartition(".")[2]) + "_MAX_LENGTH")
    end_mark = semicolon(module)
    edits = [
        after_line(module.text, end(node), _trim(module, node, name) + end_mark + "\n")
        for node in chosen
    ]
    declared = declare(module, f"const {name} = {size:_}{end_mark}")
    return RecipeChange(
        summary=f"Keep only the newest entries of {key}",
        edits={module.path: apply(module.text, [declared, *edits])},
        risk=f"Entries beyond the newest {size:_} are dropped for good; "
        f"{'the finding' if given else 'the recipe'} chose that number.",
        irreversible=(f"Entries that a cap of {size:_} dropped do not come back.",),
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.ADD,
                f"trim `{key}` to its newest {size:_} entries after each push",
                [f"ltrim({key},"],
                [],
                {name: f"{size:_}"},
            ),
        ),
    )


def _trim(module: Module, node: SgNode, name: str) -> str:
    match = _PUSH.match(node.text())
    if match is None:
        return ""
    waited, client, push, key = match.groups()
    bounds = f"-{name}, -1" if push == "rpush" else f"0, {name} - 1"
    margin = indent(module.text, start(node))
    return f"{margin}{waited or ''}{client}.ltrim({key}, {bounds})"


_BEFORE = """\
export class Queue {
  private readonly FAILED_KEY = "failed";

  async fail(item: string) {
    await this.redis.rpush(this.FAILED_KEY, item);
  }
}
"""

RECIPE = Recipe(
    name="cap-list",
    message="A list that is pushed to and never trimmed fills Redis while something is broken.",
    words=r"ltrim|unbounded|grows? indefinitely|never trimmed|without (a )?(cap|limit)",
    remedy=r"trim|\bcap|limit|bound|\bmax|at most|expir",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the newest entries stay",
            asking(
                "The failed list grows unbounded",
                "Add LTRIM cap",
                "src/q.ts",
                "",
                "rpush(this.FAILED_KEY, …) without LTRIM",
            ),
            {"src/q.ts": _BEFORE},
            {
                "src/q.ts": "const FAILED_MAX_LENGTH = 10_000;\n\n"
                + _BEFORE.replace(
                    "item);\n",
                    "item);\n    await this.redis.ltrim(this.FAILED_KEY, "
                    "-FAILED_MAX_LENGTH, -1);\n",
                )
            },
        ),
        Example(
            "the newest are at the head, and the fix names their number",
            asking("The feed grows indefinitely", "Trim it to 500 entries", "lib/feed.js", "add"),
            {
                "lib/feed.js": "const FEED_KEY = 'feed'\n\nasync function add (line) {\n"
                "  await client.lpush(FEED_KEY, line)\n}\n"
            },
            {
                "lib/feed.js": "const FEED_KEY = 'feed'\nconst FEED_MAX_LENGTH = 500\n\n"
                "async function add (line) {\n  await client.lpush(FEED_KEY, line)\n"
                "  await client.ltrim(FEED_KEY, 0, FEED_MAX_LENGTH - 1)\n}\n"
            },
        ),
        Example(
            "a list that is trimmed stays",
            asking("List grows unbounded", "Add LTRIM cap", "src/q.ts"),
            {
                "src/q.ts": "export async function add(redis: Redis, item: string) {\n"
                "  await redis.lpush(LOG, item);\n  await redis.ltrim(LOG, 0, 99);\n}\n"
            },
            refuses="trimmed already",
        ),
    ),
)
