"""Give a call one more argument: an object of options, a signal, a value."""

from __future__ import annotations

import re
from dataclasses import replace

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, insert
from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.called.signatures import signature
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify
from mendbook.fixes.instruction.operations.pairs.add_pair import add_pair
from mendbook.fixes.instruction.places.pick import pick
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.places.targets import called, hint_words, options_of, scopes_in
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.tree.language import parse
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    end,
    field,
    inside,
    of_kinds,
    outermost,
    parameter_name,
    parameters,
    start,
    walk,
)
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_TO = ("to", "of", "in", "on", "into", "for", "when", "at")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2,
             "3rd": 3}  # fmt: skip
_WORDS = {"pass", "passing", "give", "giving", "supply", "supplying", "provide", "providing",
          "add", "adding", "include", "including", "specify", "specifying"}  # fmt: skip


def add_argument(work: Work, clause: Clause) -> StepEdits | None:
    """Append the argument that the clause gives to a call; None where it gives none."""
    scene = work.scene
    codes = clause.object.codes
    told = clause.behind("as")
    ordinal = next((_ORDINALS[w] for w in told.words if w in _ORDINALS), 0) if told else 0
    if len(codes) != 1 or clause.word not in _WORDS or not (scene.language.script
                                                            or scene.language.python):  # fmt: skip
        return None
    code = codes[0]
    is_object = code.text.startswith("{") and code.text.endswith("}")
    spoken = bool(ordinal) or (told is not None and told.has("argument", "parameter"))
    value = code.shape in _VALUES
    lone = code.shape is Shape.NUMBER
    if not is_object and not (value and (spoken or lone or _names(clause.object))):
        return None
    call = _call(work, clause, code) or (_quoted_call(work.scene) if spoken else None)
    if call is None:
        return None
    given = arguments(call)
    inner = [one for each in given for one in walk(each) if one.kind() == "identifier"]
    stands = code.shape is Shape.NAME and any(one.text() == code.text for one in inner)
    if stands and clause.behind("instead of", "rather than"):
        raise Abstain(f"{code.text} stands in the call in another way, which is to go")
    if not is_object and not spoken:
        ordinal = _told_by_name(work, clause.object, call) or int(lone and not given)
        if not ordinal:
            return None
    if ordinal and ordinal > len(given) + 1:
        raise Abstain(f"{callee_text(call)} has {len(given)} arguments; one is missing before it")
    if (
        is_object
        and (held := options_of(call, scene.language)) is not None
        and (
            not ordinal or arguments(call)[ordinal - 1 : ordinal] == [held] or ordinal == len(given)
        )
    ):
        return _merged(work, clause, code, call)
    if ordinal and ordinal <= len(given):
        raise Abstain(f"{callee_text(call)} has that argument already")
    text = quoted_as_here(scene, code.text)
    return StepEdits(
        Operation.ADD,
        f"pass `{code.text}` to {callee_text(call)}",
        edits_in(scene, [_appended(scene, call, text)]),
        adds=(text,),
    )


_VALUES = {Shape.NAME, Shape.NUMBER, Shape.TEXT, Shape.CODE}


_KNOWN = {
    "parseInt": ("string", "radix"),
    "Number.parseInt": ("string", "radix"),
    "JSON.stringify": ("value", "replacer", "space"),
    "JSON.parse": ("text", "reviver"),
    "setTimeout": ("handler", "delay"),
    "setInterval": ("handler", "delay"),
    "int": ("x", "base"),
    "round": ("number", "digits"),
    "next": ("iterator", "default"),
    "getattr": ("object", "name", "default"),
    "os.getenv": ("key", "default"),
    "os.environ.get": ("key", "default"),
    ".reduce": ("callback", "initialvalue"),
}
"""The parameters of functions that every runtime has, as their documentation names them."""


def _names(phrase: Phrase) -> list[str]:
    """Return the words of a phrase that may name a parameter."""
    return [one for one in phrase.words if one not in {"a", "an", "the", "its", "explicit", "of"}]


def _told_by_name(work: Work, phrase: Phrase, call: SgNode) -> int:
    """Return the place, from 1, of the one parameter that the words name; 0 without one."""
    scene = work.scene
    name = callee_text(call)
    function = signature(work.task, scene, call)
    if function is not None:
        known = [parameter_name(one) for one in parameters(function)]
        known = known[1:] if known[:1] in (["self"], ["cls"]) else known
    else:
        known = list(_KNOWN.get(name) or _KNOWN.get(f".{name.rpartition('.')[2]}", ()))
    told = "".join(_names(phrase))
    return next((at for at, one in enumerate(known, 1) if one.lower() == told), 0)


def told_argument(work: Work, clause: Clause) -> StepEdits | None:
    """Do as ``add_argument`` where the text itself speaks of an argument of a decorator."""
    told = clause.behind("as")
    marks = any(one.shape is Shape.DECORATOR for p in clause.phrases for one in p.codes)
    spoken = told is not None and told.has("argument", "option", "options", "parameter")
    return add_argument(work, clause) if spoken and marks else None


def _call(work: Work, clause: Clause, code: Fragment) -> SgNode | None:
    """Return the one call that gets the argument."""
    scene = work.scene
    bound = scopes_in(scene, clause, [code])
    for phrase in clause.phrases:
        if phrase.preposition not in _TO:
            continue
        named = replace(phrase, codes=tuple(_undecorated(one) for one in phrase.codes))
        calls = called(scene, named)
        if calls:
            inner = [at for at in bound if any(inside(one, at) for one in calls)]
            return pick(scene, calls, clause, f"the call of {callee_text(calls[0])}", inner,
                        words=hint_words(clause))[0]  # fmt: skip
    return None


def _quoted_call(scene: Scene) -> SgNode | None:
    """Return the one call that the evidence begins with or holds; None for none or several."""
    calls = of_kinds(scene.root, scene.language.calls)
    held = outermost(one for one in calls if begins_in_quote(scene, one))
    return held[0] if len(held) == 1 else None


def _undecorated(code: Fragment) -> Fragment:
    bare = code.text.removeprefix("@")
    return code if bare == code.text else classify(re.sub(r"\(.*\)$", "", bare, flags=re.DOTALL))


def _merged(work: Work, clause: Clause, code: Fragment, call: SgNode) -> StepEdits:
    """Return the edit that puts the object's pairs into the object that the call has already."""
    scene = work.scene
    root = parse(scene.language, f"({code.text})")
    objects = of_kinds(root, scene.language.objects)
    inner = objects[0].named_children() if objects else []
    if not inner or any(one.kind() not in scene.language.pairs for one in inner):
        raise Unplaced(f"{callee_text(call)} has options already; how they join is not clear")
    pairs = tuple(Fragment(one.text(), Shape.PAIR) for one in inner)
    target = Phrase("to", (), (Fragment(callee_text(call), Shape.NAME),))
    step = add_pair(work, replace(clause, phrases=(Phrase("", (), pairs), target)))
    if step is None:
        raise Unplaced(f"{callee_text(call)} has options already; how they join is not clear")
    return step


def _appended(scene: Scene, call: SgNode, text: str) -> Edit:
    listed = field(call, "arguments")
    if listed is None:
        raise Abstain("the call has no list of arguments")
    if listed.kind() == "generator_expression":
        return Edit(start(listed), end(listed), f"({listed.text()}, {text})")
    given = arguments(call)
    if not given:
        return insert(end(listed) - 1, text)
    last = given[-1]
    tail = scene.text[end(last) : end(listed) - 1]
    if "\n" in tail:
        before = scene.text[: scene.text.index(last.text(), end(last) - len(last.text()))]
        lead = before[before.rfind("\n") + 1 :]
        lead = lead if not lead.strip() else ""
        comma = "" if tail.lstrip().startswith(",") else ","
        at = end(last) + (tail.index(",") + 1 if not comma else 0)
        return insert(at, f"{comma}\n{lead}{text}" + ("," if not comma else ""))
    return insert(end(last), f", {text}")
