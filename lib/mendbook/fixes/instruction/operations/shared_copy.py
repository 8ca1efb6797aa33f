"""Drop a local copy of a function, and use the one that it is a copy of."""

from __future__ import annotations

from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.facts.uses import is_local, shown, spelled, uses_outside
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.names.python_imports import python_file
from mendbook.fixes.instruction.operations.remove.blocks import removal
from mendbook.fixes.instruction.operations.replace.sides import sides_of
from mendbook.fixes.instruction.places.scene import begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    body_of,
    declarations,
    inside,
    parameter_name,
    parameters,
    tokens,
    whole,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in, named_file
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation


def use_shared(work: Work, clause: Clause) -> StepEdits | None:
    """Remove a copy and call the original: ``remove X and use Y from M instead``; else None."""
    following = work.rest[0] if work.rest else None
    if following is None or not clause.object.codes:
        return None
    if following.verb is not Verb.USE and following.word != "import":
        return None
    source = following.behind("from", "of", "in", "(")
    target = following.object.code.bare if following.object.code else _word(following)
    if source is None or source.code is None or not target:
        return None
    step = _shared(work, clause.object.codes[0].bare, target, source.code, following)
    return replace(step, takes=1)


def share_instead(work: Work, clause: Clause) -> StepEdits | None:
    """Do the same for ``use Y from M instead of the local X``; None for another text."""
    new, old = sides_of(clause)
    code = old.code if old is not None else None
    source = clause.behind("from", "of", "in", "(")
    module = source.code if source is not None else None
    if new is None or old is None or code is None or new.shape not in {Shape.NAME, Shape.CODE}:
        return None
    owner, _, target = new.bare.rpartition(".")
    if owner and module is None:
        module = Fragment(owner, Shape.NAME)
    copies = [
        one
        for one in declarations(work.scene.root, code.bare, work.scene.language)
        if one.kind() in work.scene.language.functions
    ]
    quoted = any(begins_in_quote(work.scene, one) for one in copies)
    if len(copies) != 1 or module is None or not (quoted or old.has(*_COPIED)):
        return None
    return _shared(work, code.bare, target, module, clause)


_COPIED = ("local", "own", "private", "copy", "copied", "duplicate", "duplicated", "hand-rolled",
           "homegrown", "home-grown", "inline", "custom")  # fmt: skip
"""What says that a function here is another's copy."""


def _shared(work: Work, name: str, target: str, source: Fragment, said: Clause) -> StepEdits:
    """Return what drops the function ``name`` for ``target`` of the module ``source``."""
    scene = work.scene
    functions = [
        one
        for one in declarations(scene.root, name, scene.language)
        if one.kind() in scene.language.functions
    ]
    if len(functions) != 1:
        raise Abstain(f"{name} is not one function of {scene.path}")
    module = source.text
    told = source.text.strip("'\"") if source.shape is Shape.TEXT else ""
    home = (
        named_file(work, said)
        or (work.file(told) if told else None)
        or (python_file(work.task.snapshot, module) if source.shape is not Shape.PATH else None)
    )
    if home is None:
        raise Abstain(f"which file {module} is cannot be seen")
    _refuse_other(work, functions[0], target, home)
    if not is_local(scene, functions[0]):
        outside = [
            one
            for one in uses_outside(work.task, scene, functions[0], name)
            if one.path != scene.path
        ]
        if outside:
            raise Abstain(f"{name} is used at {shown(outside)}")
    uses = [
        one
        for one in spelled(scene.root, name, scene.language)
        if not inside(one, whole(functions[0]))
    ]
    return StepEdits(
        Operation.REPLACE,
        f"remove {name} and use {target} of {module}",
        edits_in(scene, [removal(scene, functions[0]), *(replaced(one, target) for one in uses)]),
        adds=(target,),
        removes=(name,),
        modules={target: module if scene.language.python else home},
        follows_up=("import",),
    )


def _word(clause: Clause) -> str:
    words = [
        one for one in clause.object.spelled if one.lower() not in {"the", "shared", "existing"}
    ]
    return words[0] if words else ""


def _refuse_other(work: Work, copy: SgNode, target: str, home: str) -> None:
    """Raise ``Abstain`` where the original does something else than the copy."""
    language = language_of(home)
    text = work.task.snapshot.get(home)
    if language is None or text is None:
        raise Abstain(f"{home} cannot be read")
    functions = [
        one
        for one in declarations(parse(language, text), target, language)
        if one.kind() in language.functions
    ]
    if len(functions) != 1:
        raise Abstain(f"{target} is not one function of {home}")
    if _meaning(functions[0], language) != _meaning(copy, work.scene.language):
        raise Abstain(f"{target} of {home} does something else")


def _meaning(function: SgNode, language: Language) -> tuple[str, ...]:
    """Return a function's body as tokens, its parameters numbered, its docstring left out."""
    names = {parameter_name(one): f"§{at}" for at, one in enumerate(parameters(function))}
    body = body_of(function)
    statements = (
        body.named_children()
        if body is not None and body.kind() in language.blocks
        else ([body] if body is not None else [])
    )
    kept = [
        one
        for one in statements
        if "comment" not in one.kind()
        and not (one.named_children() and one.named_children()[0].kind() == "string"
                 and one.kind() == "expression_statement")
    ]  # fmt: skip
    return tuple(names.get(token, token) for one in kept for token in tokens(one))
