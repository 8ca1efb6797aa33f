"""Code without anything named to go: it replaces what the evidence has of its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.replace.calls import call_of_owner, like_call
from mendbook.fixes.instruction.operations.replace.values import (
    bound_by,
    constant_edits,
    operand_for,
    quoted_values,
    value_edits,
)
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import (
    callee_text,
    field,
    name_of,
    of_kinds,
    squeezed,
    text_of,
)
from mendbook.fixes.instruction.work import Work
from mendbook.fixes.instruction.writing.editing import quoted_as_here, replaced


def like_edits(work: Work, clause: Clause, new: Fragment) -> tuple[list[Edit], str]:
    """Return the edits for ``use B``: B replaces what the evidence has of the same kind."""
    scene = work.scene
    text = quoted_as_here(scene, new.text)
    bound = bound_by(scene, clause, clause.codes)
    if new.shape is Shape.ASSIGNMENT:
        declared = [
            one
            for one in of_kinds(scene.root, scene.language.assignments)
            if name_of(one) == new.key
        ]
        value = Fragment(new.value, Shape.CODE)
        return value_edits(scene, clause, declared, value, bound), f"the value of {new.key}"
    if new.shape is Shape.CHAIN:
        return _chain(scene, new)
    if (node := _other_operator(scene, clause, new, bound)) is not None:
        return [replaced(node, text)], f"`{node.text()}`"
    if (made_anew := _other_object(scene, clause, new, bound)) is not None:
        return [replaced(made_anew, text)], f"`{made_anew.text()}`"
    if re.fullmatch(r"(?:await\s+)?[\w$.]+\(.*\)", new.text, re.DOTALL):
        step = like_call(work, clause, new, bound)
        if step is not None:
            return step
    if new.shape is Shape.NAME and (kin := call_of_owner(scene, clause, new, bound)) is not None:
        return kin
    if new.shape is Shape.NAME:
        return constant_edits(work, clause, new, bound)
    values = quoted_values(scene)
    told = clause.has("instead", "it", "environment") or _is_replace(clause)
    meant = [operand_for(one, new.text) for one in values]
    if len(meant) == 1 and told and _stands_for(scene, clause, new, meant[0]):
        return [replaced(meant[0], text)], f"`{' '.join(meant[0].text().split())[:60]}`"
    raise Unplaced(f"what `{new.text}` stands for is not said")


def _other_object(
    scene: Scene, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> SgNode | None:
    """Return the quoted object that is made of the same class with other arguments."""
    constructed = re.match(r"new\s+([\w$.]+)", new.text)
    objects = [
        one
        for one in of_kinds(scene.root, ("object_creation_expression", "new_expression"))
        if constructed is not None
        and begins_in_quote(scene, one)
        and callee_text(one) == constructed[1]
    ]
    if objects and squeezed(objects[0].text()) == squeezed(new.text):
        raise Abstain(f"it already reads `{new.text}`")
    return (
        pick(scene, objects, clause, f"`new {constructed[1]}`", bound)[0]
        if constructed and objects
        else None
    )


def _stands_for(scene: Scene, clause: Clause, new: Fragment, old: SgNode) -> bool:
    """Tell whether new code can be the whole of what the evidence sets, returns or does."""
    if clause.behind("inside", "within", "in") is not None and clause.verb is Verb.USE:
        return False
    holder = old.parent()
    target = field(holder, "left", "name") if holder is not None else None
    if target is not None and new.text.startswith(f"{target.text()}."):
        return False
    if _LEAVES.match(new.text) and not _LEAVES.match(text_of(holder)):
        return False
    root = parse(scene.language, new.text)
    top = next(iter(root.named_children()), root)
    while top.kind() in {"expression_statement", "parenthesized_expression", "program", "module"}:
        inner = top.named_children()
        if not inner:
            break
        top = inner[0]
    tests = {"binary_expression", "comparison_operator", "boolean_operator", "not_operator"}
    marks = re.search(r"[=!]=|&&|\|\||\s[<>]=?\s|\b(?:and|or|not|is|in)\b", top.text())
    return top.kind() not in tests or not marks or old.kind() in tests


_LEAVES = re.compile(
    r"(?:return|throw|raise)\b|(?:panic|os\.Exit|log\.Fatal\w*|sys\.exit|process\.exit|exit)\("
)
"""What ends the function, or the program: only such is replaced by a statement that leaves."""


def _is_replace(clause: Clause) -> bool:
    return clause.verb in {Verb.REPLACE, Verb.USE, Verb.RETURN}


def _chain(scene: Scene, new: Fragment) -> tuple[list[Edit], str]:
    told = re.fullmatch(r"\.get\((?P<key>[^,()]+)(?:,.*)?\)", new.text, re.DOTALL)
    subscripts = [
        one
        for one in of_kinds(scene.root, ("subscript",))
        if told is not None and begins_in_quote(scene, one)
        and squeezed(text_of(one.field("subscript"))) == squeezed(told["key"])
    ]  # fmt: skip
    if len(subscripts) == 1:
        text = f"{text_of(subscripts[0].field('value'))}{quoted_as_here(scene, new.text)}"
        return [replaced(subscripts[0], text)], f"`{subscripts[0].text()}`"
    raise Unplaced(f"what `{new.text}` is called on is not said")


def _other_operator(
    scene: Scene, clause: Clause, new: Fragment, bound: Sequence[SgNode]
) -> SgNode | None:
    """Return the expression that is ``new`` but for its operator."""
    wanted = re.fullmatch(
        r"(.+?)\s+(===|!==|\?\?|\|\||&&|<=|>=|<|>|==|!=|is not|is)\s+(.+)", new.text
    )
    if wanted is None:
        return None
    kinds = ("binary_expression", "comparison_operator", "boolean_operator", "binary_operator")
    expressions = []
    for one in of_kinds(scene.root, kinds):
        inner = one.named_children()
        if len(inner) == 2 and (
            squeezed(inner[0].text()) == squeezed(wanted[1])
            and squeezed(inner[1].text()) == squeezed(wanted[3])
        ):
            if squeezed(one.text()) == squeezed(new.text):
                raise Abstain(f"it already reads `{new.text}`")
            expressions.append(one)
    return pick(scene, expressions, clause, f"`{new.text}`", bound)[0] if expressions else None
