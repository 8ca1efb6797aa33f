"""Look things up in a map that is built once, not by going through a list in each turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.edits import apply, before_line, indent, replace, start
from mendbook.code.functions import function_around
from mendbook.code.imports import semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all
from mendbook.fixes.change_of_one import change_of_one
from mendbook.fixes.claim import claim
from mendbook.fixes.denied import is_denied, is_left_open
from mendbook.fixes.given_names import given_name
from mendbook.fixes.recipe import SCRIPTS, Example, Recipe, RecipeChange, asking
from mendbook.fixes.repeated_work import is_changed, is_spelled, place_before, turns_around
from mendbook.fixes.task import Task
from mendbook.model import Operation

_NAME = r"[A-Za-z_$][\w$]*"
_KEYED = re.compile(
    rf"\b(?:by|keyed (?:by|on)|from|key(?:ed)? is)\s+(?:its|their|the|a)?\s*({_NAME})\b"
)
_NO_KEY = {
    *("constant", "default", "get", "hand", "has", "index", "key", "lookup", "loop", "map", "Map"),
    *("once", "one", "way"),
}
"""What may stand behind *by* and is no key."""
_CODE = re.compile(r"`[^`]*`|\([^()]*\)")
_BUILT = re.compile(
    rf"new\s+Map\(\s*(?P<rows>[\w$.]+)\.map\(\s*\(?(?P<item>{_NAME})\)?\s*=>\s*\[\s*(?P=item)\."
    rf"(?P<key>{_NAME})\s*,\s*(?P<value>[^\]]+?)\s*\]\s*\)\s*\)"
)


@dataclass(frozen=True, slots=True)
class _Search:
    """``rows.find((item) => item.key === wanted)`` in the turns of a loop."""

    call: SgNode
    rows: str
    item: str
    key: str
    wanted: str


def _rewrite(task: Task) -> RecipeChange | str:
    fix = task.finding.fix
    if is_denied(fix, r"\bMap\b") or is_left_open(fix):
        return "the fix asks for something else than a map, or leaves it open"
    return change_of_one(
        task,
        _searches,
        lambda search: search.call,
        lambda module, search: _index(task, module, search),
        none="no find by one key stands in the code that the finding names",
        several="several searches stand there, and the finding does not say which",
    )


def _searches(scope: SgNode) -> list[_Search]:
    calls = find_all(scope, "call_expression")
    return [search for node in calls if (search := _search(node)) is not None]


def _search(call: SgNode) -> _Search | None:
    callee, given = call.field("function"), call.field("arguments")
    method = callee.field("property") if callee is not None else None
    listed = callee.field("object") if callee is not None else None
    parts = given.named_children() if given is not None else []
    if method is None or method.text() != "find" or listed is None or len(parts) != 1:
        return None
    test = re.fullmatch(
        rf"\(?(?P<item>{_NAME})\)?\s*=>\s*(?:\{{\s*return\s+)?(?P<left>[^=!<>&|?]+?)\s*===\s*"
        rf"(?P<right>[^=!<>&|?;]+?)\s*;?\s*(?:\}})?",
        parts[0].text(),
        re.DOTALL,
    )
    if test is None or not re.fullmatch(r"[\w$]+(?:\.[\w$]+)*", listed.text()):
        return None
    sides = [test["left"], test["right"]]
    own = [re.fullmatch(rf"{re.escape(test['item'])}\.({_NAME})", one) for one in sides]
    if (own[0] is None) == (own[1] is None):
        return None
    at = 0 if own[0] is not None else 1
    key, wanted = own[at], sides[1 - at]
    if key is None or re.search(rf"(?<![\w$.]){re.escape(test['item'])}(?![\w$])", wanted):
        return None
    return _Search(call, listed.text(), test["item"], key[1], wanted)


def _index(task: Task, module: Module, search: _Search) -> RecipeChange | str:
    fix = task.finding.fix
    turns = turns_around(search.call, search.rows.split(".")[0])
    if turns is None:
        return f"{search.rows} is gone through once there: no loop repeats the search"
    place = place_before(turns)
    if place is None:
        return "the function is a bare expression, so nothing can stand before the loop"
    if is_changed(turns.text(), search.rows):
        return f"{search.rows} is changed in the loop, which a map made before would not show"
    told = _BUILT.search(fix)
    if told is not None and (told["rows"], told["key"], told["value"]) != (
        search.rows, search.key, told["item"]):  # fmt: skip
        return "the fix builds another map than the search asks for"
    name = given_name(fix, module.text) or _usual_name(search)
    known = {search.key, search.wanted.rpartition(".")[2], name, search.rows}
    other = [one for one in _KEYED.findall(_CODE.sub("", fix)) if one not in known]
    if any(one not in _NO_KEY and not one.endswith("ing") for one in other):
        return f"the fix keys the map by {other[0]}, and the search asks for {search.key}"
    if is_spelled(function_around(place) or module.root, name):
        return f"{name} is another one there"
    item = told["item"] if told is not None else search.item
    made = f"const {name} = new Map({search.rows}.map(({item}) => [{item}.{search.key}, {item}]))"
    asked = f"{name}.get({search.wanted})"
    line = f"{indent(module.text, start(place))}{made}{semicolon(module)}\n"
    edits = [before_line(module.text, start(place), line), replace(search.call, asked)]
    return RecipeChange(
        summary=f"Look {search.rows} up in a map",
        edits={module.path: apply(module.text, edits)},
        why="The list is gone through once, not once in each turn of the loop.",
        risk=f"Of two elements with the same {search.key} the map keeps the last; find took the "
        "first.",
        contracts=(
            claim(module.path, module.text, edits, Operation.REPLACE,
                  f"build `{name}` once and ask it for `{search.wanted}`", [made, asked],
                  [f"{search.rows}.find("]),
        ),
    )  # fmt: skip


def _usual_name(search: _Search) -> str:
    """Return ``boatById`` for a search of ``boats`` by ``id``."""
    rows = search.rows.rpartition(".")[2]
    one = re.sub(r"(?<=[a-z])ies$", "y", rows)
    one = re.sub(r"(?<=ch|sh|ss)es$|(?<=x)es$|(?<=[a-rt-z])s$", "", one)
    return f"{one}By{search.key[:1].upper()}{search.key[1:]}"


_FARE = """\
export function fares(tickets: Ticket[], zones: Zone[]): number {
  let sum = 0;
  for (const ticket of tickets) {
    const zone = zones.find((z) => z.code === ticket.zone);
    sum += zone?.cents ?? 0;
  }
  return sum;
}
"""
_HIVES = """\
export const Hives = ({ hives, keepers }) => {
  return <ul>{hives.map((hive) => <li>{keepers.find((k) => hive.keeper === k.id).name}</li>)}</ul>;
};
"""
_ASKED = asking("A search in a loop", "Build a Map zoneByCode before the loop and use get",
                "src/fares.ts", "fares")  # fmt: skip

RECIPE = Recipe(
    name="index-by-key",
    message="A list that is searched in each turn of a loop costs its length times the turns.",
    words=r"\bMaps?\b|look-?up|index\w* (?:\w+ )?by|keyed|dictionary|hash",
    remedy=r"\bMap\b|\blook-?up (?:table|map)|index\w* (?:\w+ ){0,2}by|\bkeyed by|dictionary",
    rewrite=_rewrite,
    suffixes=SCRIPTS,
    examples=(
        Example(
            "a loop that asks for one element each time",
            _ASKED,
            {"src/fares.ts": _FARE},
            {
                "src/fares.ts": _FARE.replace(
                    "  for (const ticket",
                    "  const zoneByCode = new Map(zones.map((z) => [z.code, z]));\n"
                    "  for (const ticket",
                ).replace(
                    "zones.find((z) => z.code === ticket.zone)", "zoneByCode.get(ticket.zone)"
                )
            },
        ),
        Example(
            "elements of a list that is drawn",
            asking("Quadratic", "Use a Map by id", "web/Hives.jsx", "Hives"),
            {"web/Hives.jsx": _HIVES},
            {
                "web/Hives.jsx": _HIVES.replace(
                    "  return",
                    "  const keeperById = new Map(keepers.map((k) => [k.id, k]));\n  return",
                ).replace(
                    "keepers.find((k) => hive.keeper === k.id)", "keeperById.get(hive.keeper)"
                )
            },
        ),
        Example(
            "a list that the loop itself fills",
            _ASKED,
            {"src/fares.ts": _FARE.replace("    sum", "    zones.push(made(ticket));\n    sum")},
            refuses="changed in the loop",
        ),
        Example(
            "a search that nothing repeats",
            _ASKED,
            {
                "src/fares.ts": "export function fares(zones: Zone[], code: string) {\n"
                "  return zones.find((z) => z.code === code);\n}\n"
            },
            refuses="no loop repeats",
        ),
        Example(
            "a map by another key",
            asking("A search in a loop", "Build new Map(zones.map((z) => [z.name, z])) once",
                   "src/fares.ts", "fares"),
            {"src/fares.ts": _FARE},
            refuses="another map",
        ),
    ),
)  # fmt: skip
