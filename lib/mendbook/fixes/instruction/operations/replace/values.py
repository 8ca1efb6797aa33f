"""The values that the evidence sets, returns or declares, and new ones for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.facts.constants import same_number, value_of_constant
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.values.attributes import attribute_value
from mendbook.fixes.instruction.places.pick import narrow, pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import hint_words, same_code, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import (
    end,
    inside,
    name_of,
    of_kinds,
    outermost,
    same,
    squeezed,
    start,
    value_of,
)
from mendbook.fixes.instruction.work import Work, named_file
from mendbook.fixes.instruction.writing.editing import quoted_as_here, refuse_flattening, replaced
from mendbook.fixes.instruction.writing.helper import inlined_in


def bound_by(scene: Scene, clause: Clause, skip: Sequence[Fragment]) -> list[SgNode]:
    """Return the scopes that a clause names, its own codes ``skip`` left out."""
    phrases = [one for one in clause.phrases if one.preposition in {"in", "inside", "within", "of"}]
    codes = {one for phrase in phrases for one in phrase.codes}
    return scopes_in(scene, clause, [one for one in skip if one not in codes])


def is_complete(new: Fragment) -> bool:
    """Tell whether new code can stand as it is: a call with its arguments, or any expression."""
    return not re.search(r"\w\(\s*\)$", new.text) or new.text.count("(") > 1 or new.quoted


def flat(node: SgNode) -> str:
    """Return the first 60 characters of a node on one line, for messages."""
    return " ".join(node.text().split())[:60]


def constant_edits(
    work: Work, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> tuple[list[Edit], str]:
    """Return the edits that put a named constant where the evidence has its value."""
    scene = work.scene
    value = value_of_constant(work, new.text, named_file(work, clause))
    if value is None and _ENVIRONMENT.match(new.text):
        return _literal_edits(scene, new)
    if value is None:
        node, call = inlined_in(work, new.text, named_file(work, clause))
        return [replaced(node, call)], f"`{flat(node)}`"
    numbers = [one.text for one in clause.codes if one.shape is Shape.NUMBER]
    if value[:1].isdigit() and any(not same_number(one, value) for one in numbers):
        raise Abstain(f"{new.text} is {value}, and the text says {numbers[0]}")
    literals = [
        one for one in same_code(scene, value)
        if not any(name_of(o) == new.text for o in one.ancestors())
    ]  # fmt: skip
    nodes = pick(scene, literals, clause, f"`{value}`", bound, several=True)
    return [replaced(one, new.text) for one in nodes], f"`{value}`"


_ENVIRONMENT = re.compile(r"(?:process\.env|import\.meta\.env|Deno\.env|Bun\.env)\.\w+$")


def _literal_edits(scene: Scene, new: Fragment) -> tuple[list[Edit], str]:
    """Return the edit that reads the environment where the evidence has its one literal."""
    kinds = scene.language.strings | scene.language.numbers
    literals = [
        one
        for one in outermost(of_kinds(scene.root, kinds))
        if begins_in_quote(scene, one) and not any(o.kind() == "import_statement"
                                                   for o in one.ancestors())
    ]  # fmt: skip
    if len(literals) != 1:
        raise Unplaced(f"what `{new.text}` stands for is not said")
    return [replaced(literals[0], new.text)], f"`{flat(literals[0])}`"


def quoted_values(scene: Scene) -> list[SgNode]:
    """Return the values that the quoted statements set, return or are."""
    values: list[SgNode] = []
    for first, last in scene.quotes:
        for one in of_kinds(scene.root, scene.language.assignments | {"pair", "keyword_argument"}):
            value = value_of(one)
            reached = value is not None and (end(value) <= last + 1 or start(value) <= last + 3)
            if value is not None and first - 8 <= start(one) < last and reached:
                values.append(value)
        for one in of_kinds(scene.root, ("return_statement",)):
            inner = one.named_children()
            if inner and first <= start(one) < last:
                values.append(inner[0])
        if not values:
            values += [
                inner[0]
                for one in of_kinds(scene.root, ("expression_statement",))
                if first <= start(one) < last and (inner := one.named_children())
            ]
    outer = outermost(values)
    kept: list[SgNode] = []
    for one in outer:
        if not any(same(one, other) for other in kept):
            kept.append(one)
    return kept


_BOOLEAN = re.compile(r"(?:and|or|&&|\|\|)")


def operand_for(value: SgNode, new: str) -> SgNode:
    """Return the operand of ``and`` or ``or`` that new code speaks of; the value for all of it.

    *Use same(a, b)* is meant for ``a == b`` of ``fresh and a == b``: the other has none of its
    names.
    """
    left, right = value.field("left"), value.field("right")
    mark = value.field("operator")
    if left is None or right is None or mark is None or not _BOOLEAN.fullmatch(mark.text()):
        return value
    names = set(re.findall(r"[A-Za-z_$][\w$]*", new))
    shared = [one for one in (left, right) if names & _names_in(one)]
    return operand_for(shared[0], new) if len(shared) == 1 else value


def _names_in(node: SgNode) -> set[str]:
    found = set(re.findall(r"[A-Za-z_$][\w$]*", node.text()))
    return found - {"and", "or", "not", "is", "in", "None", "null", "undefined", "true", "false"}


def value_edits(
    scene: Scene,
    clause: Clause,
    declared: Sequence[SgNode],
    new: Fragment,
    bound: Sequence[SgNode],
) -> list[Edit]:
    """Return the edit that gives a declared name another value."""
    if not declared:
        raise Unplaced("what gets the new value is not declared here")
    near = narrow(
        scene, [one for one in declared if not bound or any(inside(one, b) for b in bound)]
    )
    nodes = pick(scene, near or declared, clause, name_of(declared[0]), words=hint_words(clause))
    edits = []
    for one in nodes:
        value = value_of(one)
        if value is None:
            raise Unplaced(f"{name_of(one)} has no value here")
        if squeezed(value.text()) == squeezed(new.text):
            raise Abstain(f"{name_of(one)} is already {new.text}")
        refuse_flattening(scene.language, name_of(one), value, new.text)
        if one.kind() == "jsx_attribute":
            edits.append(replaced(value, attribute_value(scene, value, new.text)))
        else:
            edits.append(replaced(value, quoted_as_here(scene, new.text)))
    return edits
