"""Remove an argument, an option or a property of an object literal."""

from __future__ import annotations

from mendbook.fixes.instruction.abstain import Unplaced
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.remove.names import named
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.places.targets import called, hint_words, same_code, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import inside, name_of, of_kinds, squeezed
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import drop_item
from mendbook.model import Operation


def remove_argument(work: Work, clause: Clause) -> StepEdits | None:
    """Remove a named argument, an option or a property of an object literal."""
    scene = work.scene
    pairs = [one for one in clause.object.codes if one.shape is Shape.PAIR]
    words = clause.object.words
    keys = [one.key for one in pairs]
    if not keys and ({"argument", "option", "key", "property", "header", "keyword"} & set(words)):
        keys = named(scene, clause)[:1]
    if not keys:
        return _whole_argument(scene, clause)
    kinds = scene.language.pairs | {"shorthand_property_identifier", "jsx_attribute"}
    nodes = [one for one in of_kinds(scene.root, kinds) if (name_of(one) or one.text()) == keys[0]]
    if pairs:
        exact = [one for one in nodes if squeezed(one.text()) == squeezed(pairs[0].text)]
        nodes = exact or nodes if exact else []
    if not nodes and not pairs:
        return None
    if not nodes:
        raise Unplaced(f"`{pairs[0].text}` does not stand in {scene.path}")
    bound = scopes_in(scene, clause, clause.object.codes)
    calls = [
        one
        for phrase in clause.phrases
        if phrase.preposition in {"from", "in", "of", "on", "to"}
        for one in called(scene, phrase)
    ]
    within = [one for one in calls if any(inside(each, one) for each in nodes)] or bound
    picked = pick(scene, nodes, clause, f"`{keys[0]}`", within, words=hint_words(clause))
    return StepEdits(
        Operation.REMOVE,
        f"remove `{' '.join(picked[0].text().split())[:60]}`",
        edits_in(scene, [drop_item(scene, one) for one in picked]),
        removes=tuple(one.text() for one in picked),
    )


def _whole_argument(scene: Scene, clause: Clause) -> StepEdits | None:
    """Remove the argument that the clause gives as code from the call that it names or quotes."""
    codes = clause.object.codes
    if (
        len(codes) != 1
        or clause.behind("from") is None
        or codes[0].shape not in {Shape.CODE, Shape.TEXT, Shape.NUMBER, Shape.NAME}
    ):
        return None
    values = [
        one
        for one in same_code(scene, codes[0].text)
        if (listed := one.parent()) is not None
        and listed.kind() in {"arguments", "argument_list"}
        and touches_quote(scene, one)
    ]
    if len(values) != 1:
        return None
    return StepEdits(
        Operation.REMOVE,
        f"remove the argument `{codes[0].text}`",
        edits_in(scene, [drop_item(scene, values[0])]),
        removes=(values[0].text(),),
    )
