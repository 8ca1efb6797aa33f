"""Scan the keyspace in pages instead of blocking Redis with ``KEYS``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply, indent, replace, start, step
from mendbook.code.functions import function_around
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.model import Operation

_KEYS = re.compile(
    r"const\s+(\w+)(?:\s*:\s*string\[\])?\s*=\s*await\s+([\w.]*redis\w*)\.keys\(([^;]*)\);?",
    re.IGNORECASE,
)


def _rewrite(task: Task) -> RecipeChange | str:
    manifest = task.snapshot.get("package.json") or ""
    if '"ioredis"' not in manifest:
        return "the Redis client is not ioredis, which has scanStream"
    for module in targets(task):
        declarations = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "lexical_declaration")
            if _KEYS.fullmatch(node.text())
        ]
        if declarations:
            return _change(module, declarations)
    return "no `const keys = await redis.keys(…)` stands in the code that the finding names"


def _change(module: Module, declarations: list[SgNode]) -> RecipeChange | str:
    edits = []
    for node in declarations:
        parts = _KEYS.fullmatch(node.text())
        around = function_around(node)
        if parts is None or around is None:
            continue
        name, client, pattern = parts.groups()
        if re.search(r"\b(scanned|page)\b", around.text()):
            return "the names `scanned` and `page` are taken in the function"
        edits.append(replace(node, _scan(module, node, name, client, pattern)))
    return RecipeChange(
        summary="Scan for keys in pages instead of KEYS",
        edits={module.path: apply(module.text, edits)},
        why="KEYS walks the whole keyspace in one go while every other client waits.",
        risk="Keys that come or go during the scan may or may not be seen; test doubles of the "
        "client need scanStream.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                "scan for keys in pages instead of KEYS",
                [".scanStream("],
                [".keys("],
            ),
        ),
    )


def _scan(module: Module, node: SgNode, name: str, client: str, pattern: str) -> str:
    margin, tab, stop = indent(module.text, start(node)), step(module.text), semicolon(module)
    lines = [
        f"const scanned = new Set<string>(){stop}",
        f"for await (const page of {client}.scanStream({{ match: {pattern.strip()}, "
        f"count: 100 }})) {{",
        f"{tab}for (const key of page as string[]) scanned.add(key){stop}",
        "}",
        f"const {name} = [...scanned]{stop}",
    ]
    return f"\n{margin}".join(lines)


_MANIFEST = '{ "dependencies": { "ioredis": "^5.0.0" } }\n'

RECIPE = Recipe(
    name="scan-keys",
    message="KEYS blocks Redis for everybody; SCAN does not.",
    words=r"\bKEYS\b|\bSCAN\b",
    remedy=r"scan|cursor|iterat|page",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a scan gathers each key once",
            asking("redis.keys() is O(N)", "Use SCAN instead of KEYS", "src/a.ts", "crates"),
            {
                "package.json": _MANIFEST,
                "src/a.ts": "export async function crates() {\n"
                '  const keys = await redis.keys("crate:*");\n  return keys.length;\n}\n',
            },
            {
                "src/a.ts": "export async function crates() {\n"
                "  const scanned = new Set<string>();\n"
                '  for await (const page of redis.scanStream({ match: "crate:*", count: 100 })) {\n'
                "    for (const key of page as string[]) scanned.add(key);\n  }\n"
                "  const keys = [...scanned];\n  return keys.length;\n}\n"
            },
        ),
        Example(
            "a typed list of another client",
            asking("KEYS blocks Redis", "Use SCAN", "lib/stock.ts", "stock"),
            {
                "package.json": _MANIFEST,
                "lib/stock.ts": "export async function stock(prefix: string) {\n"
                "\tconst keys: string[] = await shopRedis.keys(`${prefix}:*`)\n\treturn keys\n}\n",
            },
            {
                "lib/stock.ts": "export async function stock(prefix: string) {\n"
                "\tconst scanned = new Set<string>()\n"
                "\tfor await (const page of shopRedis.scanStream({ match: `${prefix}:*`, "
                "count: 100 })) {\n"
                "\t\tfor (const key of page as string[]) scanned.add(key)\n\t}\n"
                "\tconst keys = [...scanned]\n\treturn keys\n}\n"
            },
        ),
        Example(
            "the keys of a Map are no KEYS",
            asking("KEYS is slow", "Use SCAN", "src/a.ts"),
            {
                "package.json": _MANIFEST,
                "src/a.ts": "const names = [...crates.keys()];\n",
            },
            refuses="no `const keys = await redis.keys(…)`",
        ),
    ),
)
