"""Ask for many things with the one call that exists, not with a call in each turn of a loop."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, apply, end, indent, insert, replace, start
from mendbook.code.functions import declarations, free_names, function_around, local_names
from mendbook.code.imports import semicolon, unused_imports
from mendbook.code.module_text import Module, imports, modules, parse_text
from mendbook.code.search import find_all
from mendbook.fixes.claim import claim
from mendbook.fixes.reach import scopes, targets
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.remedies import BATCHED
from mendbook.fixes.task import Task
from mendbook.fixes.words import meant
from mendbook.model import Operation

_FIRST = re.compile(r"const\s+(\w+)\s*=\s*await\s+([\w$.]+)\.(\w+)\((.*)\)\s*;?", re.DOTALL)


def _rewrite(task: Task) -> RecipeChange | str:
    reason = "no loop that asks for one thing in each turn stands in the code that is named"
    for module in targets(task):
        loops = [
            node
            for scope in scopes(task, module)
            for node in find_all(scope, "for_in_statement")
            if _first(node) is not None
        ]
        for loop in meant(loops, module, task.finding):
            answer = _batch(task, module, loop)
            if isinstance(answer, RecipeChange):
                return answer
            reason = answer
    return reason


def _work(loop: SgNode) -> list[SgNode]:
    block = loop.field("body")
    listed = block.named_children() if block is not None else []
    return [one for one in listed if one.kind() != "comment"]


def _first(loop: SgNode) -> re.Match[str] | None:
    """Return the parts of ``const value = await receiver.method(key)`` at the loop's beginning."""
    work, item = _work(loop), loop.field("left")
    match = _FIRST.fullmatch(work[0].text()) if work else None
    of = re.match(r"for\s*\(\s*const\s+\w+\s+of\b", loop.text())
    if (
        match is None
        or item is None
        or of is None
        or not re.search(rf"\b{item.text()}\b", match[4])
    ):
        return None
    return match


def _batch(task: Task, module: Module, loop: SgNode) -> RecipeChange | str:
    first, listed, function = _first(loop), loop.field("right"), function_around(loop)
    if first is None or listed is None or function is None:
        return "the loop asks for nothing"
    name, receiver, single, key = first.groups()
    words = dict.fromkeys(re.findall(r"\b[a-z]\w*(?=\s*\()", task.finding.fix))
    asked = [word for word in words if word != single and _declared(task, word, single)]
    if len(asked) != 1:
        return f"the fix names no call for many beside {single} that is declared here"
    returned = _returns(_declared(task, asked[0], single)[0])
    one = _returns(_declared(task, single, asked[0])[0])
    if not re.search(r"\b(null|undefined)\b", one):
        return f"{single} is not said to give null for what is missing"
    if not re.fullmatch(r"[\w$.]+", listed.text()):
        return "the loop does not go over a list by name"
    item = loop.field("left")
    keys = listed.text()
    if item is not None and key.strip() != item.text():
        keys = f"{listed.text()}.map(({item.text()}) => {key.strip()})"
    call = f"await {receiver}.{asked[0]}({keys})"
    if re.search(r"\bMap<", returned):
        return _by_key(module, loop, call, (name, single, asked[0], key.strip(), one), function)
    if re.search(r"(\[\]|\bArray<.*>)$", returned) and not re.search(r"\bnull\b|\bundef", returned):
        return _collected(module, loop, call, (name, single, asked[0]))
    return f"{asked[0]} is not said to give a Map, or an array of what exists"


def _declared(task: Task, name: str, beside: str) -> list[SgNode]:
    """Return the methods and members called ``name``, of owners that have ``beside``, too."""
    methods = []
    for module in modules(task.snapshot, name):
        for node in [*declarations(module.root, name), *find_all(module.root, "method_signature")]:
            label, owner = node.field("name"), node.parent()
            if label is None or label.text() != name or owner is None:
                continue
            if re.search(rf"\b{re.escape(beside)}\s*[(<=:?]", owner.text()):
                methods.append(node)
    return methods if len(methods) == 1 else []


def _returns(method: SgNode) -> str:
    """Return the type that a method promises, its promise unwrapped."""
    typed = method.field("return_type")
    said = typed.text().lstrip(": ") if typed is not None else ""
    inner = re.fullmatch(r"Promise<(.*)>", said, re.DOTALL)
    return inner[1] if inner else said


def _collected(
    module: Module, loop: SgNode, call: str, parts: tuple[str, str, str]
) -> RecipeChange | str:
    """Replace ``const all = []`` and a loop that only pushes what exists by one call."""
    name, single, many = parts
    work = _work(loop)
    pushed = (
        re.fullmatch(
            rf"if\s*\(\s*{name}(?:\s*!==?\s*(?:null|undefined))?\s*\)\s*"
            rf"(?:\{{\s*)?(\w+)\.push\(\s*{name}\s*\);?\s*\}}?",
            work[1].text(),
        )
        if len(work) == 2
        else None
    )
    above = next(
        (one for one in loop.prev_all() if one.is_named() and one.kind() != "comment"), None
    )
    declared = (
        re.fullmatch(r"const\s+(\w+)(\s*:[^=]+)?\s*=\s*\[\]\s*;?", above.text()) if above else None
    )
    if pushed is None or declared is None or above is None or declared[1] != pushed[1]:
        return f"the loop does more than to collect what {single} gives"
    typed = (declared[2] or "").rstrip()
    line = f"const {declared[1]}{typed} = {call}{semicolon(module)}"
    edit = Edit(start(above), end(loop), line)
    return _change(module, [edit], (single, many), call)


def _by_key(
    module: Module, loop: SgNode, call: str, parts: tuple[str, str, str, str, str], function: SgNode
) -> RecipeChange | str:
    """Ask once before the loop, and look each key up in the map that comes back."""
    name, single, many, key, one = parts
    if "found" in local_names(function) | free_names(function):
        return "the name found is taken in the function"
    missing = " ?? null" if "null" in one else ""
    stop = semicolon(module)
    margin = indent(module.text, start(loop))
    edits = [
        insert(start(loop), f"const found = {call}{stop}\n{margin}"),
        replace(_work(loop)[0], f"const {name} = found.get({key}){missing}{stop}"),
    ]
    return _change(module, edits, (single, many), call)


def _change(module: Module, edits: list[Edit], parts: tuple[str, str], call: str) -> RecipeChange:
    single, many = parts
    after = parse_text(module.path, apply(module.text, edits))
    text = apply(after.text, unused_imports(after, {one.local for one in imports(module)}))
    return RecipeChange(
        summary=f"Ask once with {many}",
        edits={module.path: text},
        risk=f"The order and the moment of what comes back are those of {many}; test doubles "
        "need it.",
        contracts=(
            claim(
                module.path,
                module.text,
                edits,
                Operation.REPLACE,
                f"ask with one {many} instead of {single} in each turn of the loop",
                [call],
                [f".{single}("],
            ),
        ),
    )


_HERD = """\
export interface Herd {
  cow(tag: string): Promise<Cow | null>;
  cows(tags: string[]): Promise<Cow[]>;
  byTag(tags: string[]): Promise<Map<string, Cow>>;
}
"""
_MILK = """\
import type { Cow, Herd } from './herd';

export async function milk(herd: Herd, tags: string[]): Promise<number> {
  const cows: Cow[] = [];
  for (const tag of tags) {
    const cow = await herd.cow(tag);
    if (cow) cows.push(cow);
  }
  return cows.length;
}
"""
_FEED = """\
export async function feed(herd, stalls) {
  for (const stall of stalls) {
    const cow = await herd.cow(stall.tag);
    if (!cow) continue;
    stall.fill(cow.weight);
  }
}
"""

RECIPE = Recipe(
    name="batch-call",
    message="One question for all is faster than one question for each.",
    words=r"N\+1|(query|request|call|round.?trip|lookup)s? (per|for each)|\bbatch|\bbulk\b"
    r"|in a loop|one by one|single \S+\(",
    remedy=BATCHED,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a loop that only collects what exists",
            asking("One query per cow", "Use herd.cows(tags)", "src/milk.ts", "milk"),
            {"src/milk.ts": _MILK, "src/herd.ts": _HERD},
            {
                "src/milk.ts": """\
import type { Cow, Herd } from './herd';

export async function milk(herd: Herd, tags: string[]): Promise<number> {
  const cows: Cow[] = await herd.cows(tags);
  return cows.length;
}
"""
            },
        ),
        Example(
            "a map by key, for a loop that does more",
            asking("N+1 look-ups", "Batch them with herd.byTag(…)", "src/feed.js", "feed"),
            {"src/feed.js": _FEED, "src/herd.ts": _HERD},
            {
                "src/feed.js": _FEED.replace(
                    "  for (const stall",
                    "  const found = await herd.byTag(stalls.map((stall) => stall.tag));\n"
                    "  for (const stall",
                ).replace("await herd.cow(stall.tag)", "found.get(stall.tag) ?? null")
            },
        ),
        Example(
            "an array cannot serve a loop that does more",
            asking("N+1 look-ups", "Batch them with herd.cows(…)", "src/feed.js", "feed"),
            {"src/feed.js": _FEED, "src/herd.ts": _HERD},
            refuses="does more than to collect",
        ),
        Example(
            "a call that is nowhere declared is not made up",
            asking("One query per cow", "Use herd.findAll(tags)", "src/milk.ts", "milk"),
            {"src/milk.ts": _MILK, "src/herd.ts": _HERD},
            refuses="names no call for many",
        ),
    ),
)
