"""Write a key and a value of the same name once."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, around
from mendbook.fixes.instruction.places.targets import identifiers, object_property, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import inside, of_kinds, parameters, text_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import add_item
from mendbook.model import Operation


def set_shorthand(work: Work, clause: Clause) -> StepEdits | None:
    """Give an object that is made in a named branch a field from the variable of its name."""
    names = [one for one in clause.object.codes if one.shape is Shape.NAME]
    place = clause.behind("in", "on", "into", "to")
    if len(names) != 1 or len(clause.object.codes) != 1 or place is None:
        return None
    if clause.verb not in {Verb.SET, Verb.ADD} or not work.scene.language.script:
        return None
    if not place.has("branch", "object", "return", "returned", "response", "result", "body"):
        return None
    scene, name = work.scene, names[0].text
    homes = [*scopes_in(scene, clause, names)] or around(scene)
    if place.has("branch"):
        told = [code.text for code in place.codes] or identifiers(place, scene)
        homes = [
            one
            for one in of_kinds(scene.root, ("if_statement",))
            if any(re.search(rf"\b{re.escape(t)}\b", text_of(one.field("condition"))) for t in told)
            and any(inside(one, home) for home in around(scene))
        ]
        homes = [part for one in homes for part in _branch(one)]
    returned = [
        value
        for home in homes
        for one in of_kinds(home, ("return_statement",))
        if (value := next(iter(one.named_children()), None)) is not None
        and value.kind() in scene.language.objects
    ]
    holder = pick(scene, returned, clause, "the object", homes)[0]
    if not any(name == one.text() for one in _variables(scene, holder)):
        raise Abstain(f"no variable {name} is in scope there")
    if object_property(holder, name, scene.language) is not None:
        raise Abstain(f"the object already has {name}")
    return StepEdits(
        Operation.ADD,
        f"set {name} in the object of line {holder.range().start.line + 1}",
        edits_in(scene, [add_item(scene, holder, name)]),
        adds=(name,),
    )


def _branch(guard: SgNode) -> list[SgNode]:
    """Return what an ``if`` does where its condition holds; what follows a negated early exit."""
    done = guard.field("consequence")
    negated = re.match(r"\(?\s*!|.*!==", text_of(guard.field("condition")))
    if negated is None or done is None:
        return [done or guard]
    if not re.search(r"\b(?:return|throw)\b", done.text()):
        return []
    rest = []
    following = guard.next()
    while following is not None:
        rest.append(following)
        following = following.next()
    return rest


def _variables(scene: Scene, node: SgNode) -> list[SgNode]:
    function = next((o for o in node.ancestors() if o.kind() in scene.language.functions), None)
    if function is None:
        return []
    labels = [one.field("pattern") or one for one in parameters(function)]
    labels += [
        label
        for one in of_kinds(function, ("variable_declarator",))
        if (label := one.field("name")) is not None
    ]
    return labels
