"""What a constructor of Go gives its fields: *initialise seen with make(…) in New*."""

from __future__ import annotations

import re

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.go_package import field_names, structs_of
from mendbook.fixes.instruction.places.scene import Scene, around
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.go_literals import added_fields, elements
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import of_kinds, squeezed, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Operation

_MADE = re.compile(r"make\((?P<made>[^,]+)(?:,.*)?\)|(?P<literal>(?:map\[|\[\]).+)\{\}", re.DOTALL)
_OF_MAKING = words(
    "initialise initialize initialised initialized create created fill constructor field map"
    " slice value values struct literal made allocate empty channel up"
)


def made_in_constructor(work: Work, ask: Ask) -> StepEdits | None:
    """*Set seen to make(map[string]int) in New*: in the one literal that New makes."""
    scene = work.scene
    fields = _fields(scene)
    functions = {
        text_of(one.field("name")): one for one in of_kinds(scene.root, ("function_declaration",))
    }
    told = spoken(ask, lambda word: word in fields or word in functions)
    codes = [part for one in told.codes for part in re.split(r"(?<=\w):\s+", one)]
    values = [one for one in codes if _MADE.fullmatch(one)]
    rest = [one for one in codes if one not in values]
    homes = [functions[one] for one in rest if one in functions]
    names = [one.rpartition(".")[2] for one in rest if one not in functions]
    if len(values) != 1 or len(names) != 1 or len(homes) > 1:
        return None
    if not told.only(ARTICLES, ORDERS, _OF_MAKING):
        return None
    homes = homes or [one for one in around(scene) if one.kind() == "function_declaration"]
    if len(homes) != 1:
        return None
    literals = [
        one
        for one in of_kinds(homes[0], ("composite_literal",))
        if names[0] in fields and text_of(one.field("type")) in fields[names[0]]
    ]
    if len(literals) != 1 or (body := literals[0].field("body")) is None:
        raise Abstain(
            f"which literal of {text_of(homes[0].field('name'))} gets {names[0]} is not said"
        )
    kind = fields[names[0]][text_of(literals[0].field("type"))]
    form = _MADE.fullmatch(values[0])
    made = (form["made"] or form["literal"]) if form is not None else ""
    if squeezed(kind) != squeezed(made):
        raise Abstain(f"{names[0]} is a {kind}, and no {made}")
    if any(one.named_children()[0].text() == names[0] for one in elements(body)):
        raise Abstain(f"{names[0]} is given a value there already")
    if re.search(rf"\.{re.escape(names[0])}\s*=(?!=)", homes[0].text()):
        raise Abstain(f"{names[0]} is set there already")
    edits = added_fields(scene, body, [(names[0], values[0])])
    added = f"{names[0]}: {values[0]}"
    return step_edits(scene, Operation.ADD, f"give the new value `{added}`", edits, [added])


def _fields(scene: Scene) -> dict[str, dict[str, str]]:
    """Return, by the name of a field, its type by the name of each struct of the package."""
    found: dict[str, dict[str, str]] = {}
    for one in structs_of(scene):
        for each in one.fields:
            for name in field_names(each):
                found.setdefault(name, {})[one.name] = text_of(each.field("type"))
    return found


GO_MADE = (made_in_constructor,)
