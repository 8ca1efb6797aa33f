"""What goes with a thing that is removed: *the block together with the DEBUG constant*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.kept import why_kept
from mendbook.fixes.instruction.facts.uses import Use, shown, uses_outside
from mendbook.fixes.instruction.fragments.shape import Shape
from mendbook.fixes.instruction.operations.remove.blocks import removal
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import declarations, end, of_kinds, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Cause

_KINDS = frozenset({"constant", "flag", "variable", "switch", "setting", "helper", "toggle"})
_OWN = frozenset({"its", "their", "the"})
_TOO = re.compile(r"\b(?:unused|goes|go|superfluous|obsolete|dead|too|as\s+well)\b", re.IGNORECASE)


def with_companions(work: Work, clause: Clause, step: StepEdits) -> StepEdits:
    """Return a removal with what the text says goes with it; another step as it is.

    Raises ``Abstain`` where that is not known, or something else needs it.
    """
    if clause.verb is not Verb.REMOVE:
        return step
    scene = work.scene
    spans = [
        (edit.start, edit.end)
        for path, edit in step.edits
        if path == scene.path and edit.end > edit.start
    ]
    names = _told(work, clause, spans)
    edits: list[Edit] = []
    for name in names:
        declared = [
            one
            for one in declarations(scene.root, name, scene.language)
            if not any(first <= start(one) and end(one) <= last for first, last in spans)
        ]
        if not declared or any(one.kind().startswith("import") for one in declared):
            continue  # an import goes where its last use goes
        if len(declared) != 1:
            raise Abstain(f"what {name} is, that is to go as well, is not clear")
        edits.append(_gone(work, declared[0], name, spans))
    if not edits:
        return step
    return replace(
        step,
        read_as=f"{step.read_as}, and {', '.join(names)}",
        edits=(*step.edits, *edits_in(scene, edits)),
        removes=(*step.removes, *names),
        takes=step.takes + _more_said(work, names),
    )


def _gone(work: Work, declared: SgNode, name: str, spans: Sequence[tuple[int, int]]) -> Edit:
    scene = work.scene
    uses = [
        one
        for one in uses_outside(work.task, scene, declared, name)
        if one.path != scene.path or one.node is None or not _is_within(one.node, spans)
    ]
    if uses:
        raise Abstain(f"{name} is used at {shown(uses)}; it cannot go", cause=Cause.KEPT)
    if kept := why_kept(work.task, scene, declared):
        raise Abstain(f"{kept}; it cannot go", cause=Cause.KEPT)
    return removal(scene, declared)


_GUARDED = ("block", "branch", "guards", "guarded", "print", "prints", "log", "logs")


def guarded_by(scene: Scene, clause: Clause, name: str, uses: Sequence[Use]) -> list[SgNode]:
    """Return the ``if name:`` blocks that are to go with ``name``; none where more reads it.

    *Remove DEBUG and the print it guards*, *remove the debug block and the constant DEBUG*.
    """
    if not clause.has(*_GUARDED):
        return []
    blocks = []
    for use in uses:
        outer = next((one for one in use.node.ancestors() if one.kind() == "if_statement"),
                     None) if use.node is not None and use.path == scene.path else None  # fmt: skip
        test = text_of(outer.field("condition")).strip("() ") if outer is not None else ""
        if outer is None or test != name or outer.field("alternative") is not None:
            return []
        body = outer.parent()
        if body is None or len(body.named_children()) < 2:
            return []
        blocks.append(outer)
    return blocks


def _told(work: Work, clause: Clause, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return the names that are to go with what is removed."""
    scene = work.scene
    beside = clause.behind("with")
    together = clause.object.has("together", "along") or clause.has("together", "along")
    names: list[str] = []
    if beside is not None and together:
        names = [one.bare for one in beside.codes if one.shape is Shape.NAME]
        names += [one for one in beside.spelled if _is_declared(scene, one)]
        kinds = _KINDS.intersection(beside.words)
        if not names and kinds and _OWN.intersection(beside.words):
            names = [_only_in(scene, spans, kinds)]
    for one in work.rest[: _said_behind(work)]:
        names += [code.bare for code in one.codes if code.shape is Shape.NAME]
    return [one for one in dict.fromkeys(names) if declarations(scene.root, one, scene.language)]


def _is_declared(scene: Scene, word: str) -> bool:
    """Tell whether a plain word is a name of the file, and no word for a kind of thing."""
    plain = word.lower() in _KINDS | _OWN or word.lower() in {"it", "itself", "import", "imports"}
    return not plain and bool(declarations(scene.root, word, scene.language))


def _said_behind(work: Work) -> int:
    """Return how many clauses behind this one say that what they name goes, too."""
    count = 0
    for one in work.rest:
        if one.verb is not Verb.CODE or not _TOO.search(one.text) or not one.codes:
            break
        count += 1
    return count


def _more_said(work: Work, names: Sequence[str]) -> int:
    rest = work.rest[: _said_behind(work)]
    return len([one for one in rest if any(code.bare in names for code in one.codes)])


def _only_in(scene: Scene, spans: Sequence[tuple[int, int]], kinds: frozenset[str]) -> str:
    """Return the one name declared in the file that only what is removed reads."""
    names = dict.fromkeys(
        one.text()
        for one in of_kinds(scene.root, ("identifier",))
        if any(first <= start(one) and end(one) <= last for first, last in spans)
    )
    alone = []
    for name in names:
        declared = declarations(scene.root, name, scene.language)
        outside = [
            one
            for one in of_kinds(scene.root, ("identifier",))
            if one.text() == name and not _is_within(one, spans)
        ]
        inner = declared and _is_within(declared[0], spans)
        if len(declared) == 1 and not inner and len(outside) == 1:
            alone.append(name)
    if len(alone) != 1:
        raise Abstain(f"which {next(iter(sorted(kinds)))} is to go as well is not clear")
    return alone[0]


def _is_within(node: SgNode, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start(node) and end(node) <= last for first, last in spans)
