"""An object, or pairs of one, that a quoted call is to be given beside what it is given now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.called.signatures import signature, takes_options
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.schemas.argument import work_of
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.pairs.add_pair import pairs_added
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.language import language_of, parse
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    callee_text,
    declarations,
    name_of,
    of_kinds,
    outermost,
    parameters,
    start,
)
from mendbook.fixes.instruction.writing.editing import add_item, quoted_as_here
from mendbook.model import Operation

_CALLS = ("call_expression", "new_expression")
_FIRST = re.compile(
    r"\b(?:first\s+argument|ahead\s+of\s+the\s+(?:message|text)|in\s+front)\b", re.I
)
_ERRORS = re.compile(r"(?:Range|Type|Syntax|Reference|URI|Eval|Aggregate)?Error")


def options(told: Told) -> Iterator[Made]:
    """Yield the object for the one call that is meant: *its warn should carry `{ port }`*."""
    new = told.new()
    pairs = _as_pairs([told.codes[at] for at in new])
    if not pairs or told.given_up() or told.count > 1 or told.has("each", "every", "all"):
        return
    text = "{ " + ", ".join(one.text for one in pairs) + " }"
    calls = told.nodes(_CALLS)
    meant = _meant(told, calls)
    if len(meant) != 1:
        return
    call = meant[0]
    held = [one for one in arguments(call) if one.kind() == "object"]
    if held:
        if len(held) == 1 and not _has_any(held[0], pairs):
            try:
                step = pairs_added(work_of(told), told.scene, held[0], pairs)
            except Abstain:
                return
            yield Made(frozenset(new), step)
        return
    keyed = any(re.search(rf"[a-z]\w*:\s*⟦{at}⟧", told.words) for at in new)
    if keyed or (len(pairs) == 1 and pairs[0].value.startswith("{")):
        return  # whether the word before the colon is a key, or only says what it is, is open
    place = _place(told, call, pairs)
    listed = call.field("arguments")
    if place is None or listed is None:
        return
    text = quoted_as_here(told.scene, text)
    given = arguments(call)
    edit = (
        insert(start(given[0]), f"{text}, ")
        if place == 0 and given
        else add_item(told.scene, listed, text)
    )
    yield made(
        told, new, Operation.ADD, f"pass `{text}` to {callee_text(call)}", [edit], adds=(text,)
    )


def _as_pairs(codes: Sequence[Fragment]) -> list[Fragment]:
    """Return the pairs that new code is: an object, pairs, or a name and the value for it."""
    if len(codes) == 1 and re.fullmatch(r"\{[^{}]+\}", codes[0].text, re.DOTALL):
        inner = codes[0].text.strip("{} \n")
        parts = [one.strip() for one in re.split(r",(?![^(\[]*[)\]])", inner) if one.strip()]
        return [Fragment(one, Shape.PAIR if ":" in one else Shape.NAME) for one in parts]
    if codes and all(one.shape is Shape.PAIR and ":" in one.text for one in codes):
        return list(codes)
    if (
        len(codes) == 2
        and codes[0].shape is Shape.NAME
        and re.fullmatch(r"[a-z][\w$]*", codes[0].text)
        and codes[1].shape in {Shape.NUMBER, Shape.TEXT}
    ):
        return [Fragment(f"{codes[0].text}: {codes[1].text}", Shape.PAIR)]
    return []


def _meant(told: Told, calls: Sequence[SgNode]) -> list[SgNode]:
    """Return the calls that the text names; else the outermost of the quote."""
    named = [one for one in calls if _is_spoken(told, one)]
    if named:
        return outermost(named) if len(named) > 1 else named
    return outermost(calls)


def _is_spoken(told: Told, call: SgNode) -> bool:
    name = call_name(call)
    return told.spoken(name) or told.spoken(callee_text(call))


def _has_any(held: SgNode, pairs: Sequence[Fragment]) -> bool:
    keys = {name_of(one) or one.text() for one in held.named_children()}
    return bool(keys & {one.key or one.text for one in pairs})


def _place(told: Told, call: SgNode, pairs: Sequence[Fragment]) -> int | None:
    """Return at which place a call takes an object, 0 or behind all; None where nothing says so."""
    given = arguments(call)
    said_first = _FIRST.search(told.words) is not None
    if said_first:
        return 0
    like = _places_elsewhere(told.scene, call)
    if len(like) == 1:
        place = like.pop()
        return place if place in {0, len(given)} else None
    if like:
        return None
    if call.kind() == "new_expression" and [one.key for one in pairs] == ["cause"]:
        return len(given) if len(given) == 1 and _takes_cause(told, call) else None
    try:
        takes_options(told.scene.task, told.scene, call)
    except Abstain:
        return None
    return len(given)


def _takes_cause(told: Told, call: SgNode) -> bool:
    """Tell whether an error hands a second argument on; the language's own ones do."""
    name = callee_text(call)
    if _ERRORS.fullmatch(name):
        return True
    function = signature(told.scene.task, told.scene, call)
    if function is not None:
        return len(parameters(function)) > 1
    for path in files_holding(told.scene.task.snapshot, name):
        language = language_of(path)
        if language is None or not language.script:
            continue
        root = parse(language, told.scene.task.snapshot.text(path))
        for one in declarations(root, name, language):
            if one.kind() in language.classes:
                built = [
                    each
                    for each in of_kinds(one, ("method_definition",))
                    if name_of(each) == "constructor"
                ]
                return not built or len(parameters(built[0])) > 1
    return False


def _places_elsewhere(scene: Scene, call: SgNode) -> set[int]:
    """Return the places at which other calls of the function in the tree are given an object.

    A place behind all others counts as how many ``call`` is given now.
    """
    name, last = callee_text(call), len(arguments(call))
    places = set()
    own = (scene.path, *(p for p in files_holding(scene.task.snapshot, call_name(call))))
    for path in dict.fromkeys(own):
        language = language_of(path)
        if language is None or not language.script:
            continue
        root = parse(language, scene.task.snapshot.text(path))
        for one in of_kinds(root, _CALLS):
            given = arguments(one)
            alike = (
                callee_text(one).rpartition(".")[0] == name.rpartition(".")[0]
                if "." in name
                else False
            )
            if one.kind() != call.kind() or not (
                callee_text(one) == name or (alike and _logs(name))
            ):
                continue
            for at, each in enumerate(given):
                if each.kind() == "object":
                    places.add(
                        0
                        if at == 0 and len(given) > 1
                        else last
                        if at == len(given) - 1 == last
                        else -1
                    )
    return places


def _logs(name: str) -> bool:
    return re.search(r"(?:^|\.)log(?:ger)?\.\w+$", name) is not None
