"""Validate parsed JSON by the schema that exists instead of asserting its type."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, replace
from mendbook.code.exports import exports
from mendbook.code.functions import is_caught
from mendbook.code.imports import add_import
from mendbook.code.module_text import Module, imported, modules, specifier_for
from mendbook.code.schemas import schema_literal
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_PARSED = re.compile(r"\(?\s*(await [\w.]+\.json\(\)|JSON\.parse\([^()]*\))\s*\)?$", re.DOTALL)


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no parsed JSON is asserted to be a type in the code that the finding names"
    for module in targets(task):
        assertions = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "as_expression")
            if _PARSED.match(node.named_children()[0].text())
        ]
        for node in meant(assertions, module, task.finding):
            typed = node.named_children()[-1].text()
            schema = _schema(task, typed)
            if schema is None:
                reason = f"no exported z.object schema is called after {typed}"
            elif not is_caught(node):
                reason = "what does not fit the schema would throw where nothing catches it"
            else:
                return _change(task, module, node, schema)
    return reason


def _schema(task: Task, typed: str) -> tuple[Module, str] | None:
    """Return the module that exports ``UserSchema`` or ``userSchema`` for ``User``."""
    for name in (f"{typed}Schema", f"{typed[:1].lower()}{typed[1:]}Schema"):
        for module in modules(task.snapshot, name):
            if is_test(module.path) or name not in exports(module):
                continue
            if schema_literal(module, name) is not None:
                return module, name
    return None


def _change(task: Task, module: Module, node: SgNode, schema: tuple[Module, str]) -> RecipeChange:
    home, name = schema
    parsed = _PARSED.match(node.named_children()[0].text())
    inner = parsed[1] if parsed else ""
    checked = [replace(node, f"{name}.parse({inner})")]
    edits = [*checked]
    if home.path != module.path and imported(module, name) is None:
        edits += add_import(module, name, specifier_for(task.snapshot, module, home.path))
    return RecipeChange(
        summary=f"Validate the parsed JSON by {name}",
        edits={module.path: apply(module.text, edits)},
        risk="What does not fit the schema is now refused where it is read; fields that the "
        "schema does not name are dropped.",
        contracts=(
            claim(
                module.path,
                module.text,
                checked,
                Operation.REPLACE,
                f"validate the parsed JSON by {name}",
                [f"{name}.parse("],
                [node.text()],
            ),
        ),
    )


_FETCH = """\
import { url } from "./url.js";

export async function load() {
  try {
    const response = await fetch(url);
    const user = (await response.json()) as User;
    return user;
  } catch {
    return null;
  }
}
"""
_SCHEMA = 'import { z } from "zod";\n\nexport const UserSchema = z.object({ id: z.number() });\n'
_ASKED = asking("No validation of the response", "Validate with Zod", "src/a.ts", "load")

RECIPE = Recipe(
    name="validate-json",
    message="An assertion about foreign data is a hope; a schema is a check.",
    words=r"\b(zod|schema)\b|validat\w+.{0,40}(response|json|shape)|casting",
    remedy=r"valid|schema|zod|pars|check",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the schema of that name decides",
            _ASKED,
            {"src/a.ts": _FETCH, "src/user.ts": _SCHEMA},
            {
                "src/a.ts": _FETCH.replace(
                    "(await response.json()) as User", "UserSchema.parse(await response.json())"
                ).replace('url.js";\n', 'url.js";\nimport { UserSchema } from "./user.js";\n')
            },
        ),
        Example(
            "a parsed text of another domain, beside its schema",
            asking("Unvalidated JSON.parse", "Validate with tideSchema", "src/tide.ts", "read"),
            {
                "src/tide.ts": 'import { z } from "zod";\n\n'
                "export const tideSchema = z.object({ level: z.number() });\n\n"
                "export function read(text: string) {\n  try {\n"
                "    return JSON.parse(text) as tide;\n  } catch {\n    return null;\n  }\n}\n"
            },
            {
                "src/tide.ts": 'import { z } from "zod";\n\n'
                "export const tideSchema = z.object({ level: z.number() });\n\n"
                "export function read(text: string) {\n  try {\n"
                "    return tideSchema.parse(JSON.parse(text));\n"
                "  } catch {\n    return null;\n  }\n}\n"
            },
        ),
        Example(
            "without a schema none is guessed from the type",
            _ASKED,
            {"src/a.ts": _FETCH},
            refuses="no exported z.object schema is called after User",
        ),
    ),
)
