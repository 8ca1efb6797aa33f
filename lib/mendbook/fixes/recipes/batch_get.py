"""Read many keys with one ``MGET`` instead of a ``GET`` in each turn of a loop."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import (
    apply,
    end,
    indent,
    insert,
    remove,
    replace,
    start,
)
from mendbook.code.functions import free_names, function_around
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module, uses
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_GET = re.compile(r"const\s+(\w+)\s*=\s*await\s+([\w.]*redis\w*)\.get\((.*)\);?", re.I | re.S)
_WRITES = re.compile(r"\.(set\w*|del|unlink|incr\w*|decr\w*|append|rename\w*|eval\w*|exec)\(")


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no loop that gets one key in each turn stands in the code that the finding names"
    for module in targets(task):
        for scope in scopes(task, module):
            for loop in find_all(scope, "for_in_statement"):
                answer = _batch(module, loop)
                if isinstance(answer, RecipeChange):
                    return answer
                reason = answer or reason
    return reason


def _batch(module: Module, loop: SgNode) -> RecipeChange | str:
    """Return the change of one loop, a reason against it, or nothing when it gets no key."""
    item, listed, block = (loop.field(key) for key in ("left", "right", "body"))
    statements = block.named_children() if block is not None else []
    work = [one for one in statements if one.kind() != "comment"]
    match = _GET.fullmatch(work[0].text()) if work else None
    if item is None or listed is None or match is None or block is None:
        return ""
    name, client, key = match.groups()
    around = function_around(loop)
    if item.kind() != "identifier" or listed.kind() != "identifier" or around is None:
        return "the loop does not go over a list by name"
    gets = find_all(work[0], "call_expression")
    if not any(item.text() in free_names(one) for one in gets) or len(gets) > 2:
        return "the key is not made from the loop's item alone"
    for call in find_all(block, "call_expression"):
        if _WRITES.match(call.text().removeprefix(client)) and f"({key}" not in call.text():
            return "the loop writes other keys, which a later turn might read"
    if re.search(r"\b(values|index)\b", around.text()):
        return "the names `values` and `index` are taken in the function"
    return _change(module, loop, work[0], (name, client, key))


def _change(
    module: Module, loop: SgNode, first: SgNode, parts: tuple[str, str, str]
) -> RecipeChange:
    name, client, key = parts
    item, listed, block = (loop.field(field) for field in ("left", "right", "body"))
    one, many = (node.text() if node is not None else "" for node in (item, listed))
    keys = many if key == one else f"{many}.map(({one}) => {key})"
    stop, margin = semicolon(module), indent(module.text, start(loop))
    line = f"const values = {many}.length > 0 ? await {client}.mget({keys}) : []{stop}\n{margin}"
    edits = [insert(start(loop), line)]
    if item is not None and listed is not None and block is not None:
        later = [use for use in uses(block, one) if start(use) > end(first)]
        if later:
            edits.append(replace(first, f"const {name} = values[index] ?? null{stop}"))
            edits += [replace(item, f"[index, {one}]"), replace(listed, f"{many}.entries()")]
        else:
            edits += [remove(module.text, first, comments=False)]
            edits += [replace(item, name), replace(listed, "values")]
    return RecipeChange(
        summary="Read the keys with one MGET",
        edits={module.path: apply(module.text, edits)},
        risk="The values are those of one moment, before the loop; test doubles need mget.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                f"read the keys with one `{client}.mget` before the loop",
                [f"{client}.mget("],
                [f"{client}.get("],
            ),
        ),
    )


_BEFORE = """\
export async function load(keys: string[]) {
  for (const key of keys) {
    const data = await this.redis.get(key);
    if (!data) continue;
    use(key, data);
  }
}
"""

RECIPE = Recipe(
    name="batch-get",
    message="One round trip for all keys, not one for each.",
    words=r"\bMGET\b|(serial|sequential|N\+1|individual).{0,30}\bGETs?\b|round[- ]trip",
    remedy=r"mget|batch|pipelin|round|at once|bulk|one (?:call|command|request)|single",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "one MGET before the loop; an empty list asks nothing",
            asking("Serial GET in a loop", "Use MGET", "src/a.ts", "load"),
            {"src/a.ts": _BEFORE},
            {
                "src/a.ts": """\
export async function load(keys: string[]) {
  const values = keys.length > 0 ? await this.redis.mget(keys) : [];
  for (const [index, key] of keys.entries()) {
    const data = values[index] ?? null;
    if (!data) continue;
    use(key, data);
  }
}
"""
            },
        ),
        Example(
            "a loop that needs no key goes over the values",
            asking("Serial GET in a loop", "Use MGET", "src/a.ts", "load"),
            {"src/a.ts": _BEFORE.replace("key, data", "data")},
            {
                "src/a.ts": """\
export async function load(keys: string[]) {
  const values = keys.length > 0 ? await this.redis.mget(keys) : [];
  for (const data of values) {
    if (!data) continue;
    use(data);
  }
}
"""
            },
        ),
        Example(
            "a loop that writes what a later turn reads stays",
            asking("Serial GET in a loop", "Use MGET", "src/a.ts", "load"),
            {"src/a.ts": _BEFORE.replace("use(key, data)", 'this.redis.set("next", data)')},
            refuses="writes other keys",
        ),
    ),
)
