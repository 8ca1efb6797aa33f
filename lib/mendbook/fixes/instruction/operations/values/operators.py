"""Another operator in the place of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.pick import pick, quantity
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import hint_words, identifiers, scopes_in
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.ledger import Account
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import end, inside, name_of, of_kinds, squeezed, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_FROM = {
    "===": ("==",), "!==": ("!=",), "??": ("||",), "<=": ("<",), ">=": (">",), "<": ("<=",),
    ">": (">=",), "is": ("==",), "is not": ("!=",), "==": ("=", "==="), "!=": ("!==",),
    "&&": ("||", "&"), "||": ("&&", "|"), "is None": ("==",), "is not None": ("!=",),
}  # fmt: skip
_KINDS = ("binary_expression", "comparison_operator", "boolean_operator", "binary_operator")
OLD_BEHIND = (*INSTEAD, "from")


def change_operator(work: Work, clause: Clause) -> StepEdits | None:
    """Change an operator; None where the clause names none."""
    marks = [one for one in clause.codes if one.shape is Shape.OPERATOR]
    if not marks or clause.verb not in {Verb.USE, Verb.REPLACE, Verb.CODE, Verb.BECOME}:
        return None
    instead = clause.behind(*OLD_BEHIND)
    if instead is not None and len(marks) == 1 and instead.code is marks[0]:
        return None
    new, old = _sides(clause, marks)
    scene = work.scene
    olds = (old.text,) if old is not None else _FROM.get(new.text, ())
    expressions = [
        one for one in of_kinds(scene.root, _KINDS)
        if _operator(one) in olds and _fits(new, one)
        and not any(squeezed(each) in squeezed(one.text()) for each in _kept(scene))
    ]  # fmt: skip
    if not expressions:
        same_ones = [one for one in of_kinds(scene.root, _KINDS) if _operator(one) == new.text]
        if any(begins_in_quote(scene, one) for one in same_ones):
            raise Abstain(f"it already uses `{new.text}`")
        raise Abstain(f"no operator that `{new.text}` could replace stands in {scene.path}")
    bound = scopes_in(scene, clause)
    nodes = _of_names(scene, clause, expressions) or _strict(clause, new, expressions, bound)
    nodes = nodes or pick(
        scene, expressions, clause, f"`{olds[0]}`", bound, words=hint_words(clause)
    )
    if (
        clause.verb is Verb.USE
        and not any(begins_in_quote(scene, one) for one in nodes)
        and not bound
    ):
        raise Abstain(f"which comparison is to use `{new.text}` is not said")
    word = new.text.removesuffix(" None")
    return StepEdits(
        Operation.REPLACE,
        f"use `{new.text}` in `{' '.join(nodes[0].text().split())[:60]}`",
        edits_in(scene, [_edit(one, word) for one in nodes]),
        adds=(word,),
    )


_SIDED = re.compile(r"(?P<mark>[<>]=?|[=!]==?)\s*(?P<right>[^\s=].*)", re.DOTALL)


def change_comparison(work: Work, clause: Clause) -> StepEdits | None:
    """Change the operator before what the text gives with it: ``use >= LIMIT``."""
    sided = [(one, _SIDED.fullmatch(one.text)) for one in clause.codes if one.shape is Shape.CODE]
    told = [(one, match) for one, match in sided if match is not None]
    behind = clause.behind("with", "to", "by", "into")
    swaps = clause.verb is Verb.REPLACE and behind is not None and behind.codes
    instead = clause.object if swaps else clause.behind(*OLD_BEHIND)
    olds = [match for one, match in told if instead is not None and one in instead.codes]
    news = [match for one, match in told if instead is None or one not in instead.codes]
    if len(news) != 1 or len(olds) > 1:
        return None
    mark, right = news[0]["mark"], squeezed(news[0]["right"])
    marks = (olds[0]["mark"],) if olds else _FROM.get(mark, ())
    if olds and squeezed(olds[0]["right"]) != right:
        return None
    scene = work.scene
    held = [
        one for one in of_kinds(scene.root, _KINDS)
        if _operator(one) in {*marks, mark} and squeezed(one.named_children()[-1].text()) == right
    ]  # fmt: skip
    bound = scopes_in(scene, clause)
    said = f"a comparison with `{news[0]['right']}`"
    node = pick(scene, held, clause, said, bound, words=hint_words(clause))[0]
    if _operator(node) == mark:
        raise Abstain(f"it already uses `{mark}`")
    return StepEdits(
        Operation.REPLACE,
        f"compare with `{news[0][0]}`",
        edits_in(scene, [_edit(node, mark)]),
        adds=(news[0][0],),
    )


def _strict(
    clause: Clause, new: Fragment, expressions: Sequence[SgNode], bound: Sequence[SgNode]
) -> list[SgNode]:
    """Return every comparison of the functions that are to compare strictly; else none."""
    counted = quantity(clause) is not None or re.search(r"\b(?:first|second|last)\b", clause.text)
    if new.text not in {"===", "!=="} or clause.codes[0] is not new or counted:
        return []
    named = [one for phrase in clause.all_behind("in", "inside", "within")
             for one in phrase.spelled or [code.text for code in phrase.codes]]  # fmt: skip
    return [one for one in expressions if any(inside(one, at) for at in bound)] if named else []


def _kept(scene: Scene) -> list[str]:
    """Return the code that the fix text says is to stay as it is."""
    ledger = read(scene.task.finding.fix).ledger
    return [one.text for each in ledger if each.account is Account.STAYS for one in each.codes]


def _of_names(scene: Scene, clause: Clause, expressions: Sequence[SgNode]) -> list[SgNode]:
    """Return the one operator of each of several variables or keys that are named; else none."""
    names = [
        name
        for phrase in clause.all_behind("for", "of", "in")
        for name in [one.text for one in phrase.codes if one.shape is Shape.NAME]
        or identifiers(phrase, scene)
    ]
    kinds = scene.language.assignments | scene.language.pairs
    holders = [one for one in of_kinds(scene.root, kinds) if name_of(one) in names]
    within = [[one for one in expressions if inside(one, holder)] for holder in holders]
    if not any(begins_in_quote(scene, one) for one in holders):
        return []
    if len(names) < 2 or len(holders) != len(names) or any(len(one) != 1 for one in within):
        return []
    return [one for several in within for one in several]


def _sides(clause: Clause, marks: Sequence[Fragment]) -> tuple[Fragment, Fragment | None]:
    behind = clause.behind("with", "to", "by", "into")
    instead = clause.behind(*OLD_BEHIND)
    about = clause.behind("of")
    if clause.verb is Verb.BECOME and about is not None and about.code in marks:
        told = [one for one in marks if one is not about.code]
        if told:
            return told[0], about.code
    new = behind.code if behind is not None else None
    if clause.verb is Verb.REPLACE and new is not None and new in marks:
        old = next((one for one in marks if one is not new), None)
        return new, old
    old = instead.code if instead is not None and instead.code in marks else None
    new = next(one for one in marks if one is not old)
    return new, old


def _operator(node: SgNode) -> str:
    inner = node.named_children()
    if len(inner) != 2:
        return ""
    return " ".join(
        one.text() for one in node.children()
        if start(one) >= end(inner[0]) and end(one) <= start(inner[1])
    )  # fmt: skip


def _fits(new: Fragment, node: SgNode) -> bool:
    right = node.named_children()[-1].text()
    if new.text in {"is None", "is not None", "is", "is not"}:
        return right in {"None", "True", "False"} and (
            not new.text.endswith("None") or right == "None"
        )
    return True


def _edit(node: SgNode, word: str) -> Edit:
    inner = node.named_children()
    between = [
        one
        for one in node.children()
        if start(one) >= end(inner[0]) and end(one) <= start(inner[1])
    ]
    return Edit(start(between[0]), end(between[-1]), word)
