"""Heads of Python's functions and classes: one more parameter, a decorator with other options."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, around, begins_in_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    end,
    inside,
    name_of,
    of_kinds,
    parameter_name,
    parameters,
    squeezed,
    start,
    text_of,
    whole,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here, replaced
from mendbook.model import Operation

_TYPED = re.compile(
    r"(?P<name>[A-Za-z_]\w*)\s*:\s*[^=]+(?:=.*)?|[A-Za-z_]\w*\s*=\s*Depends\(.*\)", re.S
)


def add_parameter(work: Work, clause: Clause) -> StepEdits | None:
    """Append the parameter that the text writes out; None where it writes out none."""
    scene, codes = work.scene, [one for one in clause.codes if _TYPED.fullmatch(one.text)]
    spoken = re.search(r"\b(?:parameters?|signature|keyword argument)\b", clause.text, re.I)
    if not scene.language.python or len(codes) != 1 or len(clause.codes) - len(codes) > 1:
        return None
    if clause.verb not in {Verb.ADD, Verb.DECLARE, Verb.SET} or spoken is None:
        return None
    code = codes[0]
    functions = [one for one in around(scene) if one.kind() == "function_definition"]
    function = pick(scene, functions, clause, "the function")[0]
    listed = function.field("parameters")
    held = parameters(function)
    name = code.key or code.text.split(":")[0].strip()
    if any(parameter_name(one) == name for one in held) or listed is None:
        raise Abstain(f"{name_of(function)} already has {name}")
    if "=" not in code.text and not _decorators(scene):
        raise Abstain(f"what callers of {name_of(function)} are to give for {name} is not said")
    text = quoted_as_here(scene, code.text)
    rest = [one for one in held if one.text().startswith("**")]
    edit = insert(start(rest[0]), f"{text}, ") if rest else add_item(scene, listed, text)
    return StepEdits(
        Operation.ADD,
        f"add the parameter `{code.text}` to {name_of(function)}",
        edits_in(scene, [edit]),
        adds=(text,),
    )


def mark_anew(work: Work, clause: Clause) -> StepEdits | None:
    """Give a decorator that stands there the options that the text names; else None."""
    scene = work.scene
    if not scene.language.python or clause.verb in {Verb.REMOVE, Verb.RENAME, Verb.MOVE}:
        return None
    shown = [one for one in clause.codes if one.shape is Shape.DECORATOR and "(" in one.text]
    if len(shown) == 1 and len(clause.codes) == 1:
        return _written(scene, clause, shown[0])
    pairs = [one for one in clause.codes if one.shape in {Shape.PAIR, Shape.ASSIGNMENT}]
    pairs = pairs or _in_words(scene, clause)
    named = [one for one in clause.codes if one.shape is Shape.DECORATOR]
    if not pairs or (clause.codes and len(pairs) + len(named) != len(clause.codes)):
        return None
    if any(not re.fullmatch(r"\w+=[^=].*", one.text, re.DOTALL) for one in pairs):
        return None
    marks = [one for one in _decorators(scene) if begins_in_quote(scene, one)]
    told = re.search(r"\bdecorator\b", clause.text, re.I) or named or not clause.codes
    if len(marks) != 1 or not (told or scene.text[scene.quotes[0][0]] == "@"):
        return None
    inner = marks[0].named_children()[0]
    if inner.kind() != "call":
        text = f"{inner.text()}({', '.join(one.text for one in pairs)})"
        edits: list[Edit] = [replaced(inner, text)]
    else:
        given = {text_of(one.field("name")) for one in arguments(inner)}
        listed = inner.field("arguments")
        if listed is None or given & {one.key for one in pairs}:
            return None
        edits = [add_item(scene, listed, ", ".join(one.text for one in pairs))]
    return StepEdits(
        Operation.ADD,
        f"give {marks[0].text()} {', '.join(f'`{one.text}`' for one in pairs)}",
        edits_in(scene, edits),
        adds=tuple(one.text for one in pairs),
    )


_HEAD_WORDS = re.compile(
    r"\b(?:make|mark|declare|turn|it|this|the|a|an|data ?class|class|to|be|as|into|and|both|fully"
    r"|frozen|immutable|slotted)\b",
    re.IGNORECASE,
)
"""All the words that *make it frozen and slotted* may have."""


def _in_words(scene: Scene, clause: Clause) -> list[Fragment]:
    """Return what *frozen*, *slotted* and *keyword-only* of a dataclass are in code."""
    if not re.search(r"\b(?:it|dataclass|class|this)\b", clause.text) or clause.codes:
        return []
    if not any("dataclass" in one.text() for one in _decorators(scene)):
        return []
    if re.sub(_HEAD_WORDS, "", clause.text).strip(" ,.;:"):
        return []
    words = {"frozen": "frozen=True", "immutable": "frozen=True", "slotted": "slots=True"}
    return [
        Fragment(code, Shape.PAIR)
        for word, code in words.items()
        if re.search(rf"\b{word}\b", clause.text, re.I)
    ]


def _decorators(scene: Scene) -> list[SgNode]:
    """Return the decorators of what the finding names; all of the file's where it names nothing."""
    homes = [whole(one) for one in scene.scopes]
    decorators = of_kinds(scene.root, ("decorator",))
    return [one for one in decorators if not homes or any(inside(one, home) for home in homes)]


def _written(scene: Scene, clause: Clause, shown: Fragment) -> StepEdits | None:
    name = re.match(r"@([\w.]+)", shown.text)
    decorators = [
        one
        for one in _decorators(scene)
        if name is not None and re.fullmatch(rf"@{re.escape(name[1])}(?:\(.*\))?", one.text(), re.S)
    ]
    if not decorators:
        return None
    node = pick(scene, decorators, clause, f"`@{name[1] if name else ''}`")[0]
    if squeezed(node.text()) == squeezed(shown.text):
        raise Abstain(f"it already reads `{shown.text}`")
    return StepEdits(
        Operation.REPLACE,
        f"write `{shown.text}`",
        edits_in(scene, [Edit(start(node), end(node), shown.text)]),
        adds=(shown.text,),
    )
