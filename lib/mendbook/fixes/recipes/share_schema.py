"""Write a zod schema once that two keys repeat."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from ast_grep_py import SgNode

from mendbook.code.edits import apply, insert, replace, start
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.names_in_scope import is_taken, top_level
from mendbook.code.search import find_all
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task

_DEFAULT = re.compile(r"\s*\.default\((\"[^\"]*\"|'[^']*'|\d+|true|false)\)")


def _rewrite(task: Task) -> Change | str:
    manifest = task.snapshot.get("package.json") or ""
    major = re.search(r'"zod": "[\^~]?(\d+)', manifest)
    if major is None or major[1] != "3":
        return "zod 3 is not in package.json; in other versions a default skips the transform"
    asked = re.search(r"\b([a-z]\w*(?:Schema|schema))\b", task.finding.fix)
    if asked is None:
        return "the fix gives the shared schema no name"
    for module in targets(task):
        groups: dict[str, list[SgNode]] = defaultdict(list)
        for pair in find_all(module.root, "pair"):
            value = pair.field("value")
            if value is not None and _is_candidate(value):
                groups[_common(value.text())].append(value)
        repeated = [nodes for nodes in groups.values() if len(nodes) > 1]
        if repeated and is_taken(module, asked[1]):
            return f"{asked[1]} is taken in {module.path}"
        if repeated:
            return _change(module, max(repeated, key=len), asked[1])
    return "no two keys repeat a schema with a transform"


def _is_candidate(value: SgNode) -> bool:
    """Take ``z.….transform(…)`` with at most one literal default."""
    text = value.text()
    whole = value.kind() == "call_expression" and re.match(r"z\s*\.", text)
    return bool(whole) and ".transform(" in text and len(_DEFAULT.findall(text)) <= 1


def _common(text: str) -> str:
    """Return the schema without its default and its white space."""
    return re.sub(r"\s+", "", _DEFAULT.sub("", text))


def _change(module: Module, nodes: list[SgNode], name: str) -> Change:
    first = min(nodes, key=start)
    shared = _DEFAULT.sub("", first.text()).replace("\r\n", "\n")
    lines = [line.strip() for line in shared.split("\n")]
    stop = semicolon(module)
    declared = f"const {name} = {(chr(10) + '  ').join(lines)}{stop}\n\n"
    edits = [insert(start(top_level(first)), declared)]
    for node in nodes:
        default = _DEFAULT.search(node.text())
        edits.append(replace(node, name + (f".default({default[1]})" if default else "")))
    return Change(
        summary=f"Share one {name} among {len(nodes)} keys",
        edits={module.path: apply(module.text, edits)},
        risk="None expected: zod 3 runs a default through the transform it stands behind.",
    )


_SCHEMA = """\
import { z } from "zod";

// All keys
const schema = z.object({
  TLS: z
    .enum(["yes", "no", ""])
    .default("")
    .transform((v) => v === "yes"),
  EVENTS: z
    .enum(["yes", "no", ""])
    .default("yes")
    .transform((v) => v === "yes"),
});
"""
_ASKED = asking("Transform duplicated for TLS and EVENTS", "Extract flagSchema", "src/c.ts")

RECIPE = Recipe(
    name="share-schema",
    message="What two keys must parse alike is written once.",
    words=r"duplicat|DRY|repeated|same .{0,40}(transform|schema)",
    rewrite=_rewrite,
    examples=(
        Example(
            "each key keeps its own default",
            _ASKED,
            {
                "src/c.ts": _SCHEMA,
                "package.json": json.dumps({"dependencies": {"zod": "^3.24.0"}}),
            },
            {
                "src/c.ts": """\
import { z } from "zod";

const flagSchema = z
  .enum(["yes", "no", ""])
  .transform((v) => v === "yes");

// All keys
const schema = z.object({
  TLS: flagSchema.default(""),
  EVENTS: flagSchema.default("yes"),
});
"""
            },
        ),
        Example(
            "in zod 4 a default skips the transform, so nothing is moved",
            _ASKED,
            {
                "src/c.ts": _SCHEMA,
                "package.json": json.dumps({"dependencies": {"zod": "^4.0.0"}}),
            },
            refuses="zod 3 is not in package.json",
        ),
    ),
)
