"""Loops of Java over the keys of a map, gone over by its entries or its values."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import body_of, of_kinds, squeezed, start
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_WORDS = words(
    "iterate iterating loop looping go going walk over through traverse sum directly instead"
    " rather than keys key keyset entries entry entryset values value looking look up lookup"
    " each every take taking read reading them there get calling call which saves save second"
    " double map per avoid avoids avoiding extra"
)
_LOOP = re.compile(
    r"for\s*\(\s*(?:final\s+)?(?P<type>[\w<>\[\], .]+?)\s+(?P<name>\w+)\s*:\s*"
    r"(?P<map>[\w.]+)\.keySet\(\)\s*\)"
)
_CODES = re.compile(r"(?:[\w.]+\.)?(?:entrySet|keySet|values|get|getKey|getValue)\((?:\w*)\)")


def gone_over_by(work: Work, ask: Ask) -> StepEdits | None:
    """*Iterate over stock.entrySet() instead of keySet()*: the one quoted loop over keys."""
    scene = work.scene
    loops = [
        (one, head)
        for home in around(scene) or [scene.root]
        for one in of_kinds(home, ("enhanced_for_statement",))
        if touches_quote(scene, one) and (head := _LOOP.match(one.text())) is not None
    ]
    names = {head["map"] for _, head in loops} | {head["name"] for _, head in loops}
    told = spoken(ask, lambda word: word in names)
    asked = {re.sub(r"\(.*$", "", one).rpartition(".")[2] for one in told.codes}
    if not told.only(ARTICLES, ORDERS, _WORDS):
        return None
    if not all(_CODES.fullmatch(one) or one in names for one in told.codes):
        return None
    values = "values" in asked or (told.has("values") and not asked & {"entrySet"})
    entries = "entrySet" in asked or told.has("entries", "entryset", "entry")
    if values == entries or len(loops) != 1:
        return None
    loop, head = loops[0]
    owners = {one.rpartition(".")[0] for one in told.codes if "(" in one} - {""}
    if owners - {head["map"], "entry"}:
        return None
    return _over(scene, loop, head, values=values)


def _over(scene: Scene, loop: SgNode, head: re.Match[str], *, values: bool) -> StepEdits:
    key, over = head["name"], head["map"]
    body = body_of(loop)
    kinds = _types(scene, over)
    if body is None or kinds is None:
        raise Abstain(f"what {over} holds is not plain")
    if re.search(rf"\b{re.escape(over)}\.(?:put\w*|remove|clear|compute\w*|merge)\(", body.text()):
        raise Abstain(f"{over} is changed in the loop")
    reads = [
        one
        for one in of_kinds(body, ("method_invocation",))
        if squeezed(one.text()) == f"{over}.get({key})"
    ]
    uses = [one for one in of_kinds(body, ("identifier",)) if one.text() == key]
    if not reads:
        raise Abstain(f"{over}.get({key}) is not asked for in the loop")
    name = "value" if values else "entry"
    outer = next((one for one in loop.ancestors() if one.kind() in scene.language.functions), loop)
    if re.search(rf"(?<![\w.]){name}\b", outer.text()):
        raise Abstain(f"{name} is a name of the method already")
    if values and len(uses) != len(reads):
        raise Abstain(f"{key} is needed for more than {over}.get({key})")
    typed = kinds[1] if values else f"Map.Entry<{kinds[0]}, {kinds[1]}>"
    method = "values" if values else "entrySet"
    first = f"for ({typed} {name} : {over}.{method}())"
    edits = [Edit(start(loop), start(loop) + head.end(), first)]
    edits += [replaced(one, name if values else f"{name}.getValue()") for one in reads]
    spans = [(start(one), one.range().end.index) for one in reads]
    edits += [
        replaced(one, f"{name}.getKey()")
        for one in uses
        if not any(a <= start(one) < b for a, b in spans)
    ]
    said = f"go over `{over}.{method}()`"
    return step_edits(
        scene, Operation.REPLACE, said, edits, [f"{over}.{method}()"], [f"{over}.keySet()"]
    )


def _types(scene: Scene, over: str) -> tuple[str, str] | None:
    """Return the types of a map's keys and values, where all that declares its name agrees."""
    name = re.escape(over.rpartition(".")[2])
    found = set(re.findall(rf"\b\w*Map<([^;=(){{}}]+)>\s+{name}\b", scene.text))
    if len(found) != 1:
        return None
    depth, inner = 0, found.pop()
    for at, char in enumerate(inner):
        depth += {"<": 1, ">": -1}.get(char, 0)
        if char == "," and not depth:
            return inner[:at].strip(), inner[at + 1 :].strip()
    return None


JAVA_MAPS = (gone_over_by,)
