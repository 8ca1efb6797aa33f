"""Read and write files without stopping everybody: the function and its callers wait instead."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, start
from mendbook.code.functions import function_around
from mendbook.code.imports import add_import, is_commonjs, required, unused_imports
from mendbook.code.module_text import Module, imported, imports, parse_text
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.made_async import (
    DEPTH,
    AsyncWork,
    NotAsync,
    awaited,
    callee_of,
    function_name,
    make_async,
)
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_METHODS = (
    "access|appendFile|chmod|copyFile|cp|lstat|mkdir|mkdtemp|readdir|readFile|readlink|realpath"
    "|rename|rm|rmdir|stat|symlink|truncate|unlink|utimes|writeFile"
)
_SYNC = re.compile(rf"^(?:(?P<owner>[\w$]+)\.)?(?P<method>{_METHODS})Sync$")


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if is_denied(fix, r"async|await|promise") or is_left_open(fix):
        return "the fix leaves open whether the call is to wait"
    reason = "no call of fs that stops everybody stands in the code that the finding names"
    for module in targets(task):
        calls = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "call_expression")
            if _SYNC.match(callee_of(node))
        ]
        chosen = meant(calls, module, task.finding)
        homes = {start(home) for one in chosen if (home := function_around(one)) is not None}
        if len(homes) > 1 or not chosen:
            reason = "several functions are meant" if homes else reason
            continue
        try:
            return _change(task, module, chosen)
        except NotAsync as kept:
            reason = str(kept)
    return reason


def _change(task: Task, module: Module, calls: list[SgNode]) -> RecipeChange:
    home = function_around(calls[0])
    if home is None:
        raise NotAsync("the call stands at the top of the module")
    work = AsyncWork(task)
    news: dict[str, str] = {}
    for call in calls:
        told = _SYNC.match(callee_of(call))
        callee = call.field("function")
        if told is None or callee is None:
            continue
        new, source = _promised(task, module, told["owner"] or "", told["method"])
        news |= {told["method"]: source} if source else {}
        work.add(module, *awaited(call), Edit(start(callee), end(callee), new))
        work.waits.append((module.path, f"await {new}("))
    make_async(work, module, home, DEPTH)
    texts: dict[str, str | None] = {}
    for path, edits in work.edits.items():
        texts[path] = apply(work.modules[path].text, edits)
    texts[module.path] = _imports(module, texts[module.path] or "", news)
    contracts = tuple(
        claim(path, work.modules[path].text, edits, Operation.AWAIT,
              f"wait in {path} without stopping others",
              [code for where, code in work.waits if where == path][:1],
              [callee_of(calls[0])] if path == module.path else [])
        for path, edits in work.edits.items()
    )  # fmt: skip
    return RecipeChange(
        summary=f"Let {function_name(home) or 'the function'} wait without stopping others",
        edits=texts,
        why="A call of fs that ends in Sync stops every request of the process.",
        risk="What ran in one go before may now be interleaved with other work.",
        contracts=contracts,
    )


def _promised(task: Task, module: Module, owner: str, method: str) -> tuple[str, str]:
    """Return what is called instead, and the module that it is to be imported from, if any."""
    fix = task.finding.fix
    held = imported(module, method)
    loaded = required(module)
    if (held is not None and "promises" in held.specifier) or "promises" in loaded.get(method, ""):
        return method, ""
    for name, source in [*((one.local, one.specifier) for one in imports(module)), *loaded.items()]:
        if re.fullmatch(r"(?:node:)?fs/promises", source) and name != method:
            bound = imported(module, name)
            if bound is None or bound.imported in {"*", "default"}:
                return f"{name}.{method}", ""
    named = re.search(r"(?:node:)?fs/promises", fix)
    if owner and (named is None or f"{owner}.promises" in fix):
        return f"{owner}.promises.{method}", ""
    prefix = "node:" if re.search(r"['\"]node:fs['\"]", module.text) else ""
    return method, named[0] if named is not None else f"{prefix}fs/promises"


def _imports(module: Module, text: str, news: dict[str, str]) -> str:
    """Return the module's new text with what it calls imported, and what is gone dropped."""
    for name, source in news.items():
        text = apply(text, add_import(parse_text(module.path, text), name, source))
    after = parse_text(module.path, text)
    gone = {one.local for one in imports(module) if one.local.endswith("Sync")}
    return text if is_commonjs(after) else apply(text, unused_imports(after, gone))


_READ = """\
const fs = require('fs');

function menu(day) {
  return JSON.parse(fs.readFileSync(`menus/${day}.json`, 'utf8'));
}

module.exports = { menu };
"""
_ROUTE = """\
const { menu } = require('./menu');

module.exports = (app) => {
  app.get('/menu/:day', (req, res) => {
    res.json(menu(req.params.day).dishes);
  });
};
"""
_LOG = """\
import { appendFileSync } from 'node:fs';

export class Log {
  private write(line: string): void {
    appendFileSync('log.txt', line);
  }

  async note(line: string): Promise<void> {
    this.write(`${line}\\n`);
  }
}
"""
_ASKED = asking(
    "readFileSync stops the server",
    "Make menu async with fs.promises.readFile, and await it in the route",
    "server/menu.js",
    "menu",
)

_WAITS = (
    r"\bawait|fs\.promises|fs/promises|\bpromise-based|\bpromise api|\bnon-?blocking|\basynchronous"
    r"|\basync (?:version|variant|api|read|write|call|function|method|counterpart|one)"
    r"|\b(?:make|made|turn|convert|become?s?|be)\b[^.]*\basync\b"
)

RECIPE = Recipe(
    name="sync-to-async",
    message="A call of fs that ends in Sync stops every request of the process.",
    words=_WAITS,
    remedy=_WAITS,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a function, and the handler that calls it",
            _ASKED,
            {"server/menu.js": _READ, "server/route.js": _ROUTE},
            {
                "server/menu.js": _READ.replace("function menu", "async function menu").replace(
                    "fs.readFileSync", "await fs.promises.readFile"
                ),
                "server/route.js": _ROUTE.replace("(req, res) =>", "async (req, res) =>").replace(
                    "menu(req.params.day).dishes", "(await menu(req.params.day)).dishes"
                ),
            },
        ),
        Example(
            "a method with a declared type",
            asking(
                "Blocking write",
                "Write with await appendFile from node:fs/promises and await the method",
                "src/log.ts",
                "Log.write",
            ),
            {"src/log.ts": _LOG},
            {
                "src/log.ts": _LOG.replace(
                    "import { appendFileSync } from 'node:fs'",
                    "import { appendFile } from 'node:fs/promises'",
                )
                .replace(
                    "private write(line: string): void",
                    "private async write(line: string): Promise<void>",
                )
                .replace("appendFileSync(", "await appendFile(")
                .replace("this.write(", "await this.write(")
            },
        ),
        Example(
            "a function that is handed on as a value",
            _ASKED,
            {
                "server/menu.js": _READ,
                "server/route.js": _ROUTE.replace("menu(req.params.day).dishes", "days.map(menu)"),
            },
            refuses="handed on as a value",
        ),
        Example(
            "a callback that needs its answer at once",
            _ASKED,
            {
                "server/menu.js": _READ,
                "server/route.js": _ROUTE.replace(
                    "menu(req.params.day).dishes", "days.map((day) => menu(day))"
                ),
            },
            refuses="needs its answer at once",
        ),
        Example(
            "a caller that would have to wait, and is not spoken of",
            _ASKED,
            {
                "server/menu.js": _READ,
                "server/route.js": "const { menu } = require('./menu');\n\n"
                "function today() {\n  return menu('mon');\n}\n",
            },
            refuses="today of server/route.js would have to wait",
        ),
    ),
)
