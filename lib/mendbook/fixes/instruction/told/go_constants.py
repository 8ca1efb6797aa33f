"""A value of Go that gets a name for the whole package, in each function that the text names."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.go_package import package_files
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.go_values import constant_above, equal_values
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_WORDS = words(
    "extract name pull introduce define hoist lift create constant constants const package-level"
    " package level top named called out into both used it there instead literal magic"
    " number value file replace them new shared bare plain hard-coded once"
)
_VALUE = re.compile(r"-?\d[\w.]*(?:\s*\*\s*time\.\w+)?|\"(?:[^\"\\]|\\.)*\"")
_WHOLE = re.compile(r"(?:const\s+)?(?P<name>[A-Za-z]\w*)\s*(?:=|:=)\s*(?P<value>\S.*)")


def shared_constant(work: Work, ask: Ask) -> StepEdits | None:
    """*Extract maxItems = 100 to a package-level const and use it in Put and New*."""
    scene = work.scene
    homes = {
        text_of(one.field("name")): one
        for one in of_kinds(scene.root, ("function_declaration", "method_declaration"))
    }
    told = spoken(ask, lambda word: word in homes or word == "=")
    codes = [part for one in told.codes for part in _apart(one) if part != "="]
    named = [one.rpartition(".")[2].removesuffix("()") for one in codes]
    functions = list(dict.fromkeys(one for one in named if one in homes))
    rest = [one for one, last in zip(codes, named, strict=True) if last not in homes]
    values = list(dict.fromkeys(one for one in rest if _VALUE.fullmatch(one)))
    names = list(dict.fromkeys(one for one in rest if re.fullmatch(r"[A-Za-z]\w*", one)))
    if len(values) != 1 or len(names) != 1 or len(values) + len(names) < len(set(rest)):
        return None
    declared = any(one.startswith("const ") for one in told.codes)
    if not declared and not told.has("const", "constant", "level", "package-level"):
        return None
    if not told.only(ARTICLES, ORDERS, _WORDS):
        return None
    name, value = names[0], values[0]
    for path, root in package_files(scene):
        if re.search(rf"(?<![\w.\"]){re.escape(name)}\b(?!\s*:)", root.text()):
            where = "the file" if path == scene.path else path
            raise Abstain(f"{name} stands in {where} already")
    spots = []
    for function in functions:
        held = equal_values(homes[function], value)
        if not held:
            raise Abstain(f"{function} has no {value}")
        spots += held
    if not functions:
        held = [one for home in around(scene) for one in equal_values(home, value)]
        spots = [one for one in held if touches_quote(scene, one) or not scene.quotes]
        if len(spots) != 1:
            raise Abstain(f"`{value}` stands {len(spots)} times in what is quoted")
    placed = constant_above(scene, name, value)
    if placed is None:
        return None
    said = f"name `{value}` {name}, and use it at {len(spots)} places"
    edits = [placed, *(replaced(one, name) for one in spots)]
    return step_edits(scene, Operation.EXTRACT, said, edits, [name])


def _apart(code: str) -> list[str]:
    """Return ``const a = 1`` as its name and its value."""
    whole = _WHOLE.fullmatch(code)
    return [whole["name"], whole["value"]] if whole is not None else [code]


GO_CONSTANTS = (shared_constant,)
