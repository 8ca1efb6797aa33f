"""What a function returns, handed to a call first: *wrap the result in List.copyOf*."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import step_edits
from mendbook.fixes.instruction.told.spoken import ARTICLES, ORDERS, spoken, words
from mendbook.fixes.instruction.tree.syntax import callee_text, of_kinds, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_WORDS = words(
    "wrap wrapped result return returned returns what list map set value view copy"
    " unmodifiable read-only immutable collection hand hands handed out through pass passed"
    " into inside call before returning instead rather than itself live internal method"
    " function is only"
)
_BARE = words("tuple list set frozenset sorted dict str MappingProxyType iter")
_CALLED = re.compile(r"(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\(\)|\(\s*(?:\.\.\.|…)\s*\))?")


def result_wrapped(work: Work, ask: Ask) -> StepEdits | None:
    """*Wrap the result in X*, *hand out a copy: List.copyOf*: over the one value returned."""
    scene = work.scene
    functions = {
        text_of(one.field("name")) for one in of_kinds(scene.root, scene.language.functions)
    } - {""}
    told = spoken(ask, lambda word: word.removesuffix("()") in functions)
    leads = re.match(
        r"(?:wrap|pass|hand|return)\b.*\b(?:result|returned|returns|view|copy|out)\b",
        ask.text,
        re.I | re.S,
    )
    names = [one for one in told.codes if one.removesuffix("()").rpartition(".")[2] in functions]
    calls = [one for one in told.codes if one not in names]
    called = _CALLED.fullmatch(calls[0]) if len(calls) == 1 else None
    if called is None or leads is None or len(names) > 1 or not told.only(ARTICLES, ORDERS, _WORDS):
        return None
    name = called["name"]
    if "." not in name and name not in _BARE:
        return None
    homes = [
        one
        for one in of_kinds(scene.root, scene.language.functions)
        if names and text_of(one.field("name")) == names[0].removesuffix("()").rpartition(".")[2]
    ] or around(scene)
    if len(homes) != 1:
        return None
    returns = [
        (one, values[0])
        for one in of_kinds(homes[0], ("return_statement",))
        if len(values := _values(one)) == 1 and _home(one, scene.language.functions) == homes[0]
    ]
    near = [pair for pair in returns if touches_quote(scene, pair[0])]
    chosen = near if len(near) == 1 else returns
    if len(chosen) != 1:
        raise Abstain(f"{len(returns)} values are returned")
    value = chosen[0][1]
    if value.kind() in scene.language.calls and callee_text(value) == name:
        raise Abstain(f"it is wrapped in {name} already")
    _refuse_unfit(name, text_of(homes[0].field("type")))
    code = f"{name}({value.text()})"
    return step_edits(scene, Operation.WRAP, f"return `{code}`", [replaced(value, code)], [code])


def _refuse_unfit(name: str, kind: str) -> None:
    """Raise ``Abstain`` where the view or copy of one kind of collection is to be another."""
    made = re.search(r"unmodifiable(\w+)$|^(List|Set|Map)\.copyOf$|synchronized(\w+)$", name)
    bare = kind.partition("<")[0]
    if made is None or not bare:
        return
    of = next(one for one in made.groups() if one)
    fits = {of, "Collection", "Iterable"} if of in {"List", "Set"} else {of}
    if bare not in fits:
        raise Abstain(f"{name} gives a {of}, and a {bare} is returned")


def _values(one: SgNode) -> list[SgNode]:
    inner = [each for each in one.named_children() if "comment" not in each.kind()]
    if len(inner) == 1 and inner[0].kind() == "expression_list":
        return list(inner[0].named_children())
    return inner


def _home(node: SgNode, functions: frozenset[str]) -> SgNode | None:
    return next((one for one in node.ancestors() if one.kind() in functions), None)


RESULTS = (result_wrapped,)
