"""Compare secrets in a time that says nothing of where they differ."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, start
from mendbook.code.imports import add_import, required
from mendbook.code.module_text import Module, imported, imports, parse_text
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_CUE = r"timingSafeEqual|constant[- ]time|timing[- ]safe"
_SIDE = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_CRYPTO = re.compile(r"(?:node:)?crypto")
_BUFFER = re.compile(r"\bBuffer\.(?:from|alloc|concat)\b|\.digest\(\s*\)|\brandomBytes\(")


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if is_denied(fix, _CUE) or is_left_open(fix):
        return "the fix leaves open how the two are to be compared"
    reason = "no comparison of two strings stands in the code that the finding names"
    for module in targets(task):
        found = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "binary_expression")
            if _sides(node) is not None
        ]
        chosen = meant(found, module, task.finding)
        if len(chosen) > 1 and not re.search(r"\b(?:both|all|every|each|comparisons)\b", fix):
            reason = "several comparisons are meant, and the finding does not say which"
        elif chosen:
            answer = _change(task, module, chosen)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _sides(node: SgNode) -> tuple[str, str, bool] | None:
    """Return the two names of a comparison and whether it asks if they are equal."""
    left, right, sign = node.field("left"), node.field("right"), node.field("operator")
    if left is None or right is None or sign is None or sign.text() not in {"===", "!=="}:
        return None
    sides = left.text(), right.text()
    if not all(_SIDE.fullmatch(one) for one in sides):
        return None
    if any(one in {"null", "undefined", "true", "false"} or one.endswith(".length")
           for one in sides):  # fmt: skip
        return None
    return *sides, sign.text() == "==="


def _change(task: Task, module: Module, nodes: list[SgNode]) -> RecipeChange | str:
    call, loaded = _called(module)
    edits: list[Edit] = []
    written: list[str] = []
    for node in nodes:
        sides = _sides(node)
        if sides is None:
            continue
        left, right, equal = sides
        if any(_is_buffer(module, one) for one in (left, right)):
            return "one side is a buffer already"
        safe = f"{call}(Buffer.from({left}), Buffer.from({right}))"
        text = (
            f"{left}.length === {right}.length && {safe}" if equal
            else f"{left}.length !== {right}.length || !{safe}"
        )  # fmt: skip
        parent = node.parent()
        bare = parent is not None and parent.kind() in {
            "return_statement", "variable_declarator", "parenthesized_expression", "arrow_function",
            "assignment_expression", "arguments",
        }  # fmt: skip
        edits.append(Edit(start(node), end(node), text if bare else f"({text})"))
        written.append(text)
    text = apply(module.text, edits)
    if loaded:
        text = apply(text, add_import(parse_text(module.path, text), "timingSafeEqual", loaded))
    return RecipeChange(
        summary="Compare in constant time",
        edits={module.path: text},
        why="A comparison that stops at the first difference tells how much was right.",
        contracts=(
            claim(module.path, module.text, edits, Operation.REPLACE,
                  "compare with timingSafeEqual, the lengths first", written,
                  [one.text() for one in nodes]),
        ),
    )  # fmt: skip


def _called(module: Module) -> tuple[str, str]:
    """Return how the file calls ``timingSafeEqual``, and the module to import it from, if any."""
    loaded = required(module)
    for name, source in [*((one.local, one.specifier) for one in imports(module)), *loaded.items()]:
        if not _CRYPTO.fullmatch(source):
            continue
        bound = imported(module, name)
        whole = bound.imported in {"*", "default"} if bound is not None else name == "crypto"
        if whole:
            return f"{name}.timingSafeEqual", ""
        return "timingSafeEqual", source
    return "timingSafeEqual", "node:crypto"


def _is_buffer(module: Module, name: str) -> bool:
    """Tell whether a name is seen to be given bytes, and no string."""
    given = re.search(rf"(?<![\w$.]){re.escape(name)}\s*(?::\s*\w+\s*)?=\s*([^;\n]+)", module.text)
    typed = re.search(
        rf"(?<![\w$.]){re.escape(name)}\??\s*:\s*(?:Buffer|Uint8Array)\b", module.text
    )
    return typed is not None or (given is not None and _BUFFER.search(given[1]) is not None)


_GATE = """\
import { createHash } from 'node:crypto';

export function opens(code: string, kept: string): boolean {
  const hash = createHash('sha256').update(code).digest('hex');
  return hash === kept;
}
"""
_HOOK = """\
const crypto = require('crypto');

module.exports = (req, res, next) => {
  const mac = crypto.createHmac('sha1', process.env.KEY).update(req.raw).digest('hex');
  if (req.query.mac !== mac) return res.sendStatus(401);
  next();
};
"""
_ASKED = asking("Timing attack", "Compare with timingSafeEqual", "src/gate.ts", "opens")

RECIPE = Recipe(
    name="compare-digests",
    message="A comparison that stops at the first difference tells how much was right.",
    words=_CUE,
    remedy=_CUE,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a hash, by name",
            _ASKED,
            {"src/gate.ts": _GATE},
            {
                "src/gate.ts": _GATE.replace("Hash }", "Hash, timingSafeEqual }").replace(
                    "hash === kept",
                    "hash.length === kept.length && "
                    "timingSafeEqual(Buffer.from(hash), Buffer.from(kept))",
                )
            },
        ),
        Example(
            "what is refused when it differs, with the whole module",
            asking("Timing", "Use a constant-time comparison", "server/hook.js", "",
                   "if (req.query.mac !== mac)"),
            {"server/hook.js": _HOOK},
            {
                "server/hook.js": _HOOK.replace(
                    "req.query.mac !== mac",
                    "req.query.mac.length !== mac.length || "
                    "!crypto.timingSafeEqual(Buffer.from(req.query.mac), Buffer.from(mac))",
                )
            },
        ),
        Example(
            "bytes are compared otherwise",
            _ASKED,
            {"src/gate.ts": _GATE.replace("digest('hex')", "digest()")},
            refuses="a buffer already",
        ),
        Example(
            "two comparisons, of which one is meant",
            _ASKED,
            {"src/gate.ts": _GATE.replace("return", "if (code === kept) return true;\n  return")},
            refuses="several comparisons",
        ),
    ),
)  # fmt: skip
