"""Ask before a loop, by the declaration that the fix text writes out, for what each turn needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import apply, before_line, indent, replace, start
from mendbook.code.functions import free_names, function_around, local_names
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module, modules, parse_text
from mendbook.code.search import find_all
from mendbook.fixes.change_of_one import change_of_one, itself
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_left_open
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.repeated_work import bound_in, is_spelled, place_before, turns_around
from mendbook.fixes.task import Task
from mendbook.fixes.touched_keys import callee_text
from mendbook.model import Operation

_DECLARED = re.compile(
    r"const\s+(?P<name>[\w$]+)\s*=\s*(?P<value>await\s+(?P<callee>[\w$.]+)\(.*\))\s*;?", re.DOTALL
)
_INTO = re.compile(
    r"\b(?:in)?to\s+(?:a\s+|the\s+)?`?(?P<name>[a-z][\w$]*)`?"
    r"(?=\s+(?:before|ahead|above|in front|once|first|up front|outside|prior)\b)"
)
_CALL = re.compile(r"(?:await\s+)?(?:[\w$]+\.)+(?!get\()[\w$]+\(.+\)", re.DOTALL)
_GIVEN = r"(?:(?:const|let)\s+[\w$]+\s*=\s*)?(?P<code>{name}(?:\.get\(|\[).*[)\]])\s*;?"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text writes out: the declaration of the answers, and how a turn takes its own."""

    name: str
    made: str
    value: str
    callee: str
    taken: str


def _rewrite(task: Task) -> RecipeChange | str:
    told = _told(task.finding.fix)
    if told is None or is_left_open(task.finding.fix):
        return "the fix does not write out the one call and how a turn takes its answer"
    receiver = told.callee.split(".")[0]
    return change_of_one(
        task,
        lambda scope: (
            node
            for node in find_all(scope, "await_expression")
            if turns_around(node, receiver) is not None
        ),
        itself,
        lambda module, node: _ask(task, module, node, told),
        none="no awaited call of a loop stands in the code that the finding names",
        several="several awaited calls are meant",
    )


def _told(fix: str) -> _Told | None:
    """Return the two pieces of code of a text; None where it has others, or not both."""
    codes = [one.text.strip() for one in scan(fix)[1]]
    into = _INTO.search(fix)
    declared = [f"const {into['name']} = await {one.removeprefix('await ')}" for one in codes
                if into is not None and _CALL.fullmatch(one)]  # fmt: skip
    made = [match for one in [*codes, *declared] if (match := _DECLARED.fullmatch(one)) is not None]
    if len(made) != 1:
        return None
    given = re.compile(_GIVEN.format(name=re.escape(made[0]["name"])), re.DOTALL)
    taken = {match["code"] for one in codes if (match := given.fullmatch(one)) is not None}
    if len(taken) != 1:
        return None
    head = f"const {made[0]['name']} = {made[0]['value']}"
    return _Told(made[0]["name"], head, made[0]["value"], made[0]["callee"], taken.pop())


def _ask(task: Task, module: Module, single: SgNode, told: _Told) -> RecipeChange | str:
    turns = turns_around(single, told.callee.split(".")[0])
    place = place_before(turns) if turns is not None else None
    home = function_around(place) if place is not None else None
    if turns is None or place is None or home is None:
        return "nothing can stand before the loop"
    value, taken = (
        parse_text(module.path, told.value).root,
        parse_text(module.path, told.taken).root,
    )
    inner = set().union(*(local_names(one) for one in find_all(value, "arrow_function")))
    if turning := sorted((free_names(value) - inner) & bound_in(turns)):
        return f"{turning[0]} is another one in each turn of the loop"
    visible = local_names(home) | {told.name}
    if unknown := sorted(free_names(taken) - visible - _top_names(module)):
        return f"{unknown[0]} is not bound there"
    if is_spelled(home, told.name):
        return f"{told.name} is another one there"
    method = told.callee.rpartition(".")[2]
    answers = list(_answers(task, method))
    if not answers:
        return f"{method} is declared nowhere here"
    if told.taken.startswith(f"{told.name}.get(") and any(_is_list(one) for one in answers):
        return f"{method} gives a list, which has no get"
    if _tells_null(turns, single):
        return "the loop tells null from undefined, and a map gives undefined"
    if len(find_all(turns, "await_expression")) == 1 and turns.kind() == "call_expression":
        return "the callback would be async for nothing"
    line = f"{indent(module.text, start(place))}{told.made}{semicolon(module)}\n"
    edits = [before_line(module.text, start(place), line), replace(single, told.taken)]
    callee = callee_text(single.named_children()[0])
    return RecipeChange(
        summary=f"Ask {method} once before the loop",
        edits={module.path: apply(module.text, edits)},
        why="One call takes the place of one in each turn of the loop.",
        contracts=(
            claim(module.path, module.text, edits, Operation.REPLACE,
                  f"call `{method}` once before the loop, and take `{told.taken}` in it",
                  [told.made, told.taken], [f"await {callee}("]),
        ),
    )  # fmt: skip


def _top_names(module: Module) -> set[str]:
    names: set[str] = set()
    for node in module.root.children():
        if node.kind() != "expression_statement":
            names |= free_names(node) if node.kind() == "import_statement" else set()
            label = (node.field("declaration") or node).field("name")
            names |= {label.text()} if label is not None else set()
            names |= {
                one.text()
                for each in (node.field("declaration") or node).named_children()
                if (one := each.field("name")) is not None
            }
    return names


def _answers(task: Task, method: str) -> Iterator[str]:
    """Yield what the declarations of a method in the tree say that it returns; "" for nothing."""
    declared = re.compile(
        rf"(?<![\w$.]){re.escape(method)}\??\s*(?:<[^<>()]*>)?\s*(?:"
        rf"\((?:[^()]|\([^()]*\))*\)\s*(?::\s*(?P<a>[^;{{}}=\n]+))?\s*[;{{\n]"
        rf"|[:=]\s*(?:async\s*)?\(?[^=;\n]*\)?\s*(?::\s*(?P<b>[^;{{}}=\n]+))?=>)"
    )
    for module in modules(task.snapshot, method):
        for match in declared.finditer(module.text):
            before = module.text[: match.start()].rstrip()
            if not before.endswith(("await", "return", "=", "(", ",", ".", "new", "?", ":")):
                yield (match["a"] or match["b"] or "").strip()


def _is_list(answer: str) -> bool:
    inner = re.sub(r"^Promise<(.*)>$", r"\1", answer)
    return bool(inner) and "Map<" not in inner and (inner.endswith("[]") or "Array<" in inner)


def _tells_null(turns: SgNode, single: SgNode) -> bool:
    """Tell whether the loop holds the answer against null alone."""
    declared = single.parent()
    label = declared.field("name") if declared is not None else None
    if label is None:
        return False
    return re.search(rf"\b{re.escape(label.text())}\s*[!=]==\s*null\b", turns.text()) is not None


_SHOP = """\
export class Shop {
  constructor(private readonly makers: Makers) {}

  async labels(jars: Jar[]): Promise<string[]> {
    const out: string[] = [];
    for (const jar of jars) {
      const maker = await this.makers.byId(jar.makerId);
      out.push(`${jar.name} (${maker?.name})`);
    }
    return out;
  }
}
"""
_MAKERS = """\
export interface Makers {
  byId(id: string): Promise<Maker | undefined>;
  byIds(ids: string[]): Promise<Map<string, Maker>>;
}
"""
_MADE = "const makers = await this.makers.byIds(jars.map((j) => j.makerId))"
_ASKED = asking(
    "One query a jar", f"Before the loop {_MADE}, in it makers.get(jar.makerId)", "src/shop.ts",
    "Shop.labels",
)  # fmt: skip

_WORDS = r"const\s+[\w$]+\s*=\s*await\s|\binto\s+`?[a-z][\w$]*`?\s+(?:before|ahead|above|in front)"

RECIPE = Recipe(
    name="ask-in-bulk",
    message="A call in each turn of a loop costs a round trip a turn.",
    words=_WORDS,
    remedy=_WORDS,
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a map of answers by key",
            _ASKED,
            {"src/shop.ts": _SHOP, "src/makers.ts": _MAKERS},
            {
                "src/shop.ts": _SHOP.replace(
                    "    for (const", f"    {_MADE};\n    for (const"
                ).replace("await this.makers.byId(jar.makerId)", "makers.get(jar.makerId)")
            },
        ),
        Example(
            "a call that gives a list has no get",
            _ASKED,
            {
                "src/shop.ts": _SHOP,
                "src/makers.ts": _MAKERS.replace("Map<string, Maker>", "Maker[]"),
            },
            refuses="gives a list",
        ),
        Example(
            "a call that is declared nowhere",
            _ASKED,
            {"src/shop.ts": _SHOP},
            refuses="declared nowhere",
        ),
        Example(
            "what the declaration reads is another one in each turn",
            asking("One query a jar", "Before the loop const makers = await "
                   "this.makers.byIds([jar.makerId]), in it makers.get(jar.makerId)", "src/shop.ts",
                   "Shop.labels"),
            {"src/shop.ts": _SHOP, "src/makers.ts": _MAKERS},
            refuses="jar is another one",
        ),
    ),
)  # fmt: skip
