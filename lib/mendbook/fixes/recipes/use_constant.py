"""Use the constant that exists where its text is written out."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, replace
from mendbook.code.functions import within
from mendbook.code.module_text import Module, string_value
from mendbook.code.search import find_all
from mendbook.code.string_constants import Constant, constants, import_constant
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import fragments, identifiers
from mendbook.model import Operation


def _rewrite(task: Task) -> RecipeChange | str:
    known = _constant(task)
    if known is None:
        return "the fix names no member of an exported constant that exists"
    for module in targets(task):
        if module.path == known.path:
            continue
        texts = [node for scope in scopes(task, module) for node in _strings(scope)]
        chosen = [one for one in texts if string_value(one) == known.value]
        if not chosen and _takes_its_place(known, task.finding.fix):
            chosen = [one for one in texts if _is_quoted(one, task)]
        if any(_is_message(one) for one in chosen) and _THROWS.match(task.finding.fix):
            return f"whether {known.name} is thrown or is what the error says is not told"
        if chosen:
            return _change(task, module, known, chosen)
    return f"no text that {known.name} stands for is written in the code that the finding names"


def _constant(task: Task) -> Constant | None:
    for word in identifiers(task.finding.fix):
        owner, _, key = word.rpartition(".")
        for one in constants(task.snapshot, key) if owner else ():
            if one.owner == owner.rpartition(".")[2]:
                return one
    return None


def _strings(scope: SgNode) -> list[SgNode]:
    """Return string literals that are values: neither in imports nor in types."""
    return [
        node
        for node in find_all(scope, "string")
        if not within(node, "import_statement", "literal_type") and not _names(node)
    ]


def _takes_its_place(known: Constant, fix: str) -> bool:
    """Tell whether ``fix`` asks for the constant itself, and not for what holds where it does."""
    before = fix.partition(known.name)[0]
    return _CONDITION.search(before) is None


_CONDITION = re.compile(
    r"\b(?:when|if|unless|while|where|without|lacks?|has|have|holds?|checks?|requires?|needs?)\b"
    r"|\bpermissions?\b",
    re.IGNORECASE,
)
"""Words behind which a constant is what is asked about, and not what is to be written."""
_THROWS = re.compile(r"\s*(?:re-?)?throw\b", re.IGNORECASE)


def _is_message(node: SgNode) -> bool:
    """Tell whether a text is what a new error is given."""
    return within(node, "throw_statement") and within(node, "new_expression")


def _names(node: SgNode) -> bool:
    parent = node.parent()
    return parent is None or parent.field("key") == node or parent.kind() == "export_statement"


def _is_quoted(node: SgNode, task: Task) -> bool:
    said = string_value(node)
    return len(said) > 5 and any(said in part for part in fragments(task.finding))


def _change(task: Task, module: Module, known: Constant, chosen: list[SgNode]) -> RecipeChange:
    edits = [replace(node, known.name) for node in chosen]
    old = string_value(chosen[0])
    same = old == known.value
    return RecipeChange(
        summary=f"Use {known.name} where its text is written out",
        edits={
            module.path: apply(
                module.text, [*edits, *import_constant(task.snapshot, module, known)]
            )
        },
        risk="" if same else f'Clients now read "{known.value}" where they read "{old}".',
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                f"use {known.name} where its text is written out",
                [known.name],
                [node.text() for node in chosen],
            ),
        ),
    )


_ERRORS = 'export const Errors = {\n  RATE_LIMITED: "Too many requests",\n} as const;\n'
_HANDLER = """\
import { limit } from "./limit.js";

export async function send() {
  if (!limit()) return { success: false, error: "Please wait a moment" };
  return { success: true };
}
"""

RECIPE = Recipe(
    name="use-constant",
    message="One text for one error: the constant, not a copy of what it says.",
    words=r"\b[A-Z]\w+\.[A-Z]\w+|constant|enum|string literal|hard-?coded",
    remedy=r"constant|enum|\bus(?:e|ing)\b|compar|throw|replac|refer|\w\.\w",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "the text that the finding quotes becomes the constant it names",
            asking(
                "Plain string instead of the Errors constant",
                "Use Errors.RATE_LIMITED constant",
                "src/a.ts",
                "send",
                "return { success: false, error: 'Please wait a moment' }",
            ),
            {"src/a.ts": _HANDLER, "src/errors.ts": _ERRORS},
            {
                "src/a.ts": _HANDLER.replace(
                    '"Please wait a moment"', "Errors.RATE_LIMITED"
                ).replace('limit.js";\n', 'limit.js";\nimport { Errors } from "./errors.js";\n')
            },
        ),
        Example(
            "a constant that does not exist is not made up",
            asking("Plain string", "Use Errors.SLOW_DOWN", "src/a.ts", "send"),
            {"src/a.ts": _HANDLER, "src/errors.ts": _ERRORS},
            refuses="names no member of an exported constant",
        ),
        Example(
            "a member of an enum",
            asking("hard-coded status", "Use Status.SHIPPED", "src/parcel.ts", "ship"),
            {
                "src/status.ts": 'export enum Status {\n  SHIPPED = "shipped",\n}\n',
                "src/parcel.ts": "import { save } from './save';\n\nexport function ship() {\n"
                "  save('shipped');\n}\n",
            },
            {
                "src/parcel.ts": "import { save } from './save';\n"
                "import { Status } from './status';\n\nexport function ship() {\n"
                "  save(Status.SHIPPED);\n}\n"
            },
        ),
        Example(
            "what a function keeps to itself is no constant",
            asking("hard-coded role", "Compare with user.role", "src/pay.ts", "pay"),
            {
                "src/auth.ts": "export function login() {\n"
                '  const user = { role: "cook" };\n  return user;\n}\n',
                "src/pay.ts": 'export const pay = (who: string) => who === "cook";\n',
            },
            refuses="names no member of an exported constant",
        ),
        Example(
            "a constant that a condition asks about is not written for the quoted text",
            asking(
                "the trench gate checks no permit",
                "Throw 'not allowed' when the digger lacks Permit.TRENCH, as openPit does",
                "src/dig.ts",
                "dig",
                "case 'openTrench': {",
            ),
            {
                "src/permit.ts": 'export enum Permit {\n  TRENCH = "trench",\n}\n',
                "src/dig.ts": "export function dig(order: { method: string }) {\n"
                "  switch (order.method) {\n    case 'openTrench': {\n      break;\n    }\n"
                "  }\n}\n",
            },
            refuses="no text that Permit.TRENCH stands for",
        ),
        Example(
            "other texts stay",
            asking("Plain string", "Use Errors.RATE_LIMITED", "src/a.ts", "send"),
            {"src/a.ts": _HANDLER, "src/errors.ts": _ERRORS},
            refuses="no text that Errors.RATE_LIMITED stands for",
        ),
    ),
)
