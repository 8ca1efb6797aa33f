"""Give a part of the evidence that the text names by its role another value: *the condition*."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, around, beginning_in_quote, touches_quote
from mendbook.fixes.instruction.tree.syntax import field, of_kinds, squeezed
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced
from mendbook.model import Operation

_TESTS = re.compile(r"\b(?:condition|check|test|comparison|guard|predicate)\b")
_TEXTS = re.compile(r"\b(?:message|text|label|string|title|description|wording)\b")
_NUMBERS = re.compile(r"\b(?:status|code|number|limit|timeout|value|size|count|delay)\b")
_ANNOTATIONS = re.compile(r"\b(?:annotation|type)\b")
_TYPES = re.compile(r"\breturn type\b|\breturn annotation\b")


def part_becomes(scene: Scene, role: str, code: Fragment) -> StepEdits | None:
    """Return the edit of the one quoted part that plays ``role``; None where none does."""
    if _TYPES.search(role):
        return _typed(scene, code)
    nodes: list[SgNode] = []
    if _ANNOTATIONS.search(role) and code.shape in {Shape.NAME, Shape.CODE}:
        return _annotated(scene, code)
    if _TESTS.search(role):
        tests = of_kinds(scene.root, ("if_statement", "while_statement", "elif_clause"))
        parts = [part for one in tests if (part := field(one, "condition")) is not None]
        nodes = [one for one in parts if touches_quote(scene, one)]
    elif _TEXTS.search(role) and code.shape is Shape.TEXT:
        nodes = _quoted(scene, scene.language.strings)
    elif _NUMBERS.search(role) and code.shape is Shape.NUMBER:
        nodes = _quoted(scene, scene.language.numbers)
    if len(nodes) != 1:
        return None
    old, text = nodes[0], quoted_as_here(scene, code.text)
    if old.kind() == "parenthesized_expression" and not text.startswith("("):
        text = f"({text})"
    if squeezed(old.text()).strip("()") == squeezed(text).strip("()"):
        raise Abstain(f"the {role} is already {code.text}")
    return StepEdits(
        Operation.SET,
        f"make the {role} `{code.text}`",
        edits_in(scene, [replaced(old, text)]),
        adds=(text,),
        removes=() if old.text() in text else (old.text(),),
    )


def _quoted(scene: Scene, kinds: frozenset[str] | tuple[str, ...]) -> list[SgNode]:
    return beginning_in_quote(scene, of_kinds(scene.root, kinds))


def _annotated(scene: Scene, code: Fragment) -> StepEdits | None:
    """Return the edit of the one type that the evidence quotes."""
    types = [
        part
        for one in _quoted(scene, scene.language.assignments | {"required_parameter"})
        if (part := one.field("type")) is not None
    ]
    if len(types) != 1:
        return None
    text = code.text if scene.language.python else f": {code.text}"
    if squeezed(types[0].text()) == squeezed(text):
        raise Abstain(f"it is typed {code.text} already")
    return StepEdits(
        Operation.ANNOTATE,
        f"type it `{code.text}`",
        edits_in(scene, [replaced(types[0], text)]),
        adds=(code.text,),
    )


def _typed(scene: Scene, code: Fragment) -> StepEdits | None:
    homes = around(scene)
    old = homes[0].field("return_type") if len(homes) == 1 else None
    if old is None:
        return None
    bare = re.sub(r"^(?::|->)\s*", "", code.text)
    text = bare if scene.language.python else f": {bare}"
    if squeezed(old.text()).lstrip(":") == squeezed(bare):
        raise Abstain(f"it returns {bare} already")
    return StepEdits(
        Operation.ANNOTATE,
        f"declare that it returns `{bare}`",
        edits_in(scene, [replaced(old, text)]),
        adds=(bare,) if bare not in old.text() else (),
        removes=() if old.text().lstrip(": ") in bare else (old.text().lstrip(": "),),
    )
