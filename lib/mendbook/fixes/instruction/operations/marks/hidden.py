"""Keep a name to its own file: without ``export`` in scripts, with an underscore in Python."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import shown, uses_outside
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.remove.exports import remove_export
from mendbook.fixes.instruction.operations.rename import renamed
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.places.targets import identifiers
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    declarations,
    function_around,
    inside,
    name_of,
    owner_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.model import Cause

_HIDDEN, _ALONE = "hidden", "module-private"
_WANTED = ("private", _HIDDEN, _ALONE)
_HOW = ("", "as", "with", "by", "in", "within")
"""Before what only says how, or where, a name is private."""
_PLAIN = frozenset({
    "a", "an", "the", "private", "hidden", "module-private", "internal", "local", "helper", "now",
    "function", "method", "class", "type", "constant", "variable", "interface", "hook", "utility",
    "member", "attribute", "field", "detail", "implementation", "again", "too", "instead", "only",
})  # fmt: skip
"""Words that say what a name is, and nothing of when or for whom."""
_SURFACE = re.compile(
    r"\b(?:un-?)?(?:export|import|expos|publi[cs]|internal|modul|API\b|surface|encapsulat"
    r"|implementation|outside)",
    re.IGNORECASE,
)
"""Words of who can reach a name in code, and not of who can see a thing on a screen."""


def make_private(work: Work, clause: Clause) -> StepEdits | None:
    """Keep what the clause names to its file; None where it names no such thing.

    A member of a script's class is left to the word ``private``. Raises ``Abstain`` where another
    file uses the name, and where it is not said that it is hidden from code.
    """
    wanted = next((one for one in _WANTED if clause.has(one)), None)
    if clause.verb is not Verb.MARK or wanted is None:
        return None
    scene = work.scene
    names = _names(scene, clause)
    nodes = declarations(scene.root, names[0], scene.language) if len(names) == 1 else []
    if not nodes:
        return None
    declared = pick(scene, nodes, clause, f"the declaration of {names[0]}")[0]
    if more := _more(clause, names):
        raise Abstain(f"what “{more}” adds to it is not read")
    finding = work.task.finding
    if wanted == _HIDDEN and not _SURFACE.search(f"{finding.problem} {finding.fix}"):
        raise Abstain("whether it is hidden from other code or from people is not said")
    if scene.language.python:
        return _underscored(work, clause, declared)
    if not scene.language.script:
        return None
    if owner_of(declared, scene.language) is not None:
        return None
    if function_around(declared, scene.language) is not None:
        raise Abstain(f"{name_of(declared)} is a local name already")
    told = Fragment(name_of(declared), Shape.NAME)
    unexport = replace(
        clause, verb=Verb.REMOVE, word="unexport", phrases=(Phrase("", (), (told,)),)
    )
    return remove_export(work, unexport)


def _more(clause: Clause, names: Sequence[str]) -> str:
    """Return the first word that says more than that, and how, a name is private."""
    behind = next((one for one in clause.phrases if one.preposition not in _HOW), None)
    known = _PLAIN.union(one.lower() for one in names)
    words = [one for one in clause.object.words if one not in known]
    return behind.preposition if behind is not None else next(iter(words), "")


def _names(scene: Scene, clause: Clause) -> list[str]:
    """Return the names that the clause's object gives, as code or as words of the file."""
    codes = [one for one in clause.object.codes if one.shape is Shape.NAME]
    return [one.bare.rpartition(".")[2] for one in codes] or identifiers(clause.object, scene)


def _underscored(work: Work, clause: Clause, declared: SgNode) -> StepEdits:
    """Return the rename of ``name`` to ``_name``, which tells readers of Python to keep off it."""
    scene, name = work.scene, name_of(declared)
    if name.startswith("_"):
        raise Abstain(f"{name} is private already")
    owner = owner_of(declared, scene.language)
    if owner is None and function_around(declared, scene.language) is not None:
        raise Abstain(f"{name} is a local name already")
    home = owner if owner is not None else scene.root
    outside = [
        one
        for one in uses_outside(work.task, scene, declared, name)
        if one.path != scene.path or one.node is None or not inside(one.node, home)
    ]
    if outside:
        used = f"{name} is used at {shown(outside)}; it cannot be private"
        raise Abstain(used, cause=Cause.KEPT)
    return renamed(work, clause, name, f"_{name}")
