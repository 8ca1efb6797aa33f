"""Ask a Set, where a configured list is only ever asked whether it holds something."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, replace
from mendbook.code.module_text import Module, modules
from mendbook.code.schemas import Config, config
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.fixes.claim import claim
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import MEMBERSHIP
from mendbook.fixes.task import Task
from mendbook.fixes.words import identifiers
from mendbook.model import Contract, Operation

_ARRAY_TRANSFORM = re.compile(r"\.transform\(\((\w+)\) => ([^{}]*)\)$", re.DOTALL)


def _rewrite(task: Task) -> RecipeChange | str:
    configuration = config(task.snapshot)
    if configuration is None:
        return "no configuration is parsed from process.env by a z.object"
    words = identifiers(f"{task.finding.fix} {task.finding.evidence} {task.finding.problem}")
    for key in (word.rpartition(".")[2] for word in words):
        if key in configuration.keys:
            return _convert(task, configuration, key)
    return "the finding names no key of the configuration"


def _convert(task: Task, configuration: Config, key: str) -> RecipeChange | str:
    value = configuration.keys[key].field("value")
    transform = _ARRAY_TRANSFORM.search(value.text()) if value is not None else None
    if value is None or transform is None or not re.match(r"[^(]*\.split\(", transform[2]):
        return f"{key} is not a list made by .transform((s) => s.split(…))"
    texts: dict[str, str | None] = {}
    contracts: list[Contract] = []
    for module in modules(task.snapshot, key):
        edits = _uses(module, configuration, key)
        if isinstance(edits, str):
            return edits
        if module.path == configuration.module.path:
            at = value.range().start.index + transform.start(2)
            new_set = f"new Set({transform[2].rstrip().rstrip(',')})"
            edits = [*edits, Edit(at, at + len(transform[2]), new_set)]
        texts[module.path] = apply(module.text, edits)
        if edits:
            said = f"make {key} a Set"
            adds = [edit.text for edit in edits]
            contracts.append(claim(module.path, module.text, edits, Operation.REPLACE, said, adds))
    return RecipeChange(
        summary=f"Make {key} a Set",
        edits=texts,
        risk="Code that treats the value as an array no longer compiles; it is spread where "
        "this repository does.",
        contracts=tuple(contracts),
    )


def _uses(module: Module, configuration: Config, key: str) -> list[Edit] | str:
    edits = []
    for node in find_all(module.root, "member_expression"):
        prop, owner = node.field("property"), node.field("object")
        if (
            prop is None
            or owner is None
            or prop.text() != key
            or owner.text() != configuration.name
        ):
            continue
        edits.append(_use(node))
    if is_test(module.path) and re.search(rf"\b{key}\s*:\s*\[", module.text):
        return f"{module.path} mocks {key} as an array"
    if re.search(rf"\{{[^{{}}]*\b{key}\b[^{{}}]*\}}\s*=\s*{configuration.name}\b", module.text):
        return f"{module.path} takes {key} out of {configuration.name} by destructuring"
    return edits


def _use(node: SgNode) -> Edit:
    parent = node.parent()
    member = parent.field("property") if parent is not None else None
    if parent is not None and member is not None and parent.field("object") == node:
        if member.text() == "includes":
            return replace(member, "has")
        if member.text() == "length":
            return replace(member, "size")
    return replace(node, f"[...{node.text()}]")


_CONFIG = """\
import { z } from "zod";

const schema = z.object({
  ORIGINS: z
    .string()
    .default("a;b")
    .transform((s) => s.split(";").map((one) => one.trim())),
});

export const config = schema.parse(process.env);
"""

RECIPE = Recipe(
    name="membership-set",
    message="A list that is only asked for membership on every connection is a Set.",
    words=r"(?-i:\bSet<|\b(a|to|into) Set\b).*|includes\(\)|linear (scan|search)",
    remedy=rf"\bhas\b|{MEMBERSHIP}",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "every use follows, a use as an array by a spread",
            asking(
                "Array.includes() on every connection",
                "Change the ORIGINS transform to a Set<string>",
                "src/auth.ts",
            ),
            {
                "src/config.ts": _CONFIG,
                "src/auth.ts": 'import { config } from "./config.js";\n\n'
                "export const ok = (origin: string) => config.ORIGINS.includes(origin);\n"
                "export const cors = { origin: config.ORIGINS };\n",
            },
            {
                "src/config.ts": _CONFIG.replace(
                    's.split(";").map((one) => one.trim())',
                    'new Set(s.split(";").map((one) => one.trim()))',
                ),
                "src/auth.ts": 'import { config } from "./config.js";\n\n'
                "export const ok = (origin: string) => config.ORIGINS.has(origin);\n"
                "export const cors = { origin: [...config.ORIGINS] };\n",
            },
        ),
        Example(
            "a list that is no list stays",
            asking("PORT.includes()", "Make PORT a Set", "src/config.ts"),
            {"src/config.ts": _CONFIG.replace("ORIGINS", "PORT").replace("s.split", "one(s).cut")},
            refuses="PORT is not a list",
        ),
    ),
)
