"""The formats of Go's ``fmt.Errorf``: an error that is wrapped, and what a message is to name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    end,
    inside,
    of_kinds,
    parameters,
    start,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.model import Operation

_WRAP = re.compile(r"%w\b")
_VERBS = re.compile(r"%(?:\+?#?v|s|w|d|q|t|x|T|p)")
_GIVEN = re.compile(r"`?\"(?P<format>[^\"\n]*%[a-z][^\"\n]*)\"`?|`(?P<bare>[^`\n]* [^`\n]*%w)`")
"""A format that a text writes out."""
_MORE = re.compile(
    r"\b(?:both|each|every|everywhere|throughout|all\s+(?:the\s+)?(?:returns|errors|calls|functions"
    r"|methods|places)|include|mention|name|say|tell|log|print|prefix|message|add\s+the)\b"
    r"|\bwith\s+the\s+(?!verb\b|error\b)[a-z]+",
    re.IGNORECASE,
)
"""Words that ask for other places, or for more in the message."""
_DECLARATIONS = ("function_declaration", "method_declaration")
_AT = r"\b(?:in|of|for|from|by)\s+(?:both\s+)?(?:the\s+)?"


def wrapped_error(scene: Scene, text: str) -> StepEdits | None:
    """Return the formats that wrap the error with ``%w``; None for a text that asks for no ``%w``.

    A text may write a format out, and name several functions. Raises ``Abstain`` where it asks for
    more than is plain.
    """
    if scene.language.name != "go" or not _WRAP.search(text) or ":=" in text or "Errorf(" in text:
        return None
    given = [one["format"] or one["bare"] for one in _GIVEN.finditer(text)]
    words = _GIVEN.sub(" ", text)
    calls = _calls(scene, words)
    if len(given) > len(calls):
        raise Abstain("more formats are written out than there are errors")
    edits = [edit for call in calls for edit in _edits(call, given, words)]
    named = [one.text() for call in calls for one in arguments(call)[-1:]]
    said = f"wrap `{named[0]}` with %w"
    return StepEdits(Operation.REPLACE, said, edits_in(scene, edits), adds=())


def _calls(scene: Scene, words: str) -> list[SgNode]:
    """Return the one call that is quoted, or one in each of the functions that are named."""
    calls = [one for one in of_kinds(scene.root, ("call_expression",))
             if callee_text(one) == "fmt.Errorf"]  # fmt: skip
    quoted = [
        call
        for call in calls
        if (not scene.quotes or begins_in_quote(scene, call))
        and (scene.quotes or any(start(s) <= start(call) < end(s) for s in scene.scopes))
    ]
    homes = list(_named(scene, words))
    if len(homes) < 2:
        if len(quoted) != 1:
            raise Abstain(f"fmt.Errorf stands {len(quoted)} times where the finding points")
        if homes and not inside(quoted[0], homes[0]):
            raise Abstain("the text names another function than the quoted one")
        return quoted
    found = [[one for one in calls if inside(one, home)] for home in homes]
    if any(len(one) != 1 for one in found):
        raise Abstain("fmt.Errorf does not stand once in each function that is named")
    return [one[0] for one in found]


def _named(scene: Scene, words: str) -> Iterator[SgNode]:
    """Yield the functions of the file that the words say it is in."""
    for one in of_kinds(scene.root, _DECLARATIONS):
        name = re.escape(text_of(one.field("name")))
        if name and re.search(rf"(?:{_AT}|{_AT}[^.;:]*?(?:,|\band|&)\s+){name}\b", words):
            yield one


def _edits(call: SgNode, given: list[str], words: str) -> Iterator[Edit]:
    values = arguments(call)
    errors = [at for at, one in enumerate(values[1:]) if re.fullmatch(r"\w*[eE]rr", one.text())]
    if len(errors) != 1 or values[0].text()[:1] not in '"`':
        raise Abstain("which verb of the format stands for the error is not plain")
    held = values[0].text()
    verbs = list(_VERBS.finditer(held.replace("%%", "\0\0")))
    if len(verbs) != len(values) - 1:
        raise Abstain("the format has not one verb for each argument")
    if given:
        yield from _written(call, values, errors[0], _format_for(held, given), words)
        return
    if (more := _MORE.search(re.sub(rf"{_AT}[^.;:]*", " ", words))) is not None:
        raise Abstain(f"`{more[0]}` asks for more than %w")
    verb = verbs[errors[0]]
    if verb[0] == "%w":
        raise Abstain("the error is wrapped already")
    at = start(values[0])
    yield Edit(at + verb.start(), at + verb.end(), "%w")


def _format_for(held: str, given: list[str]) -> str:
    """Return the format that a text writes out for the one that stands there."""
    if len(given) == 1:
        return given[0]
    first = re.match(r"[\"`]\w+", held)
    alike = [one for one in given if first is not None and one.startswith(first[0][1:])]
    if len(alike) != 1:
        raise Abstain("which format is for which error is not plain")
    return alike[0]


def _written(
    call: SgNode, values: list[SgNode], error: int, new: str, words: str
) -> Iterator[Edit]:
    """Yield the format that is written out, with the names that it needs beside the old ones."""
    verbs = [one[0] for one in _VERBS.finditer(new.replace("%%", "\0\0"))]
    more = len(verbs) - (len(values) - 1)
    held = [one.text() for one in values[1:]]
    if verbs.count("%w") != 1 or more < 0 or (more and len(held) > 1):
        raise Abstain("which value each verb of the format stands for is not plain")
    others = [one for at, one in enumerate(held) if at != error]
    if more:
        others = _asked_for(call, words)
    if len(others) != len(verbs) - 1:
        raise Abstain("what the format names is not said")
    rest = iter(others)
    wanted = [held[error] if verb == "%w" else next(rest) for verb in verbs]
    mark = values[0].text()[:1]
    code = ", ".join([f"{mark}{new}{mark}", *wanted])
    if code == ", ".join(one.text() for one in values):
        raise Abstain("the error is wrapped already")
    yield Edit(start(values[0]), end(values[-1]), code)


def _asked_for(call: SgNode, words: str) -> list[str]:
    """Return the parameters of the function that the words name, in their order."""
    home = next((one for one in call.ancestors() if one.kind() in _DECLARATIONS), None)
    names = [] if home is None else [one for each in parameters(home) for one in _names(each)]
    told = re.findall(r"[A-Za-z_]\w*", words)
    return [one for one in dict.fromkeys(told) if one in names]


def _names(parameter: SgNode) -> Iterator[str]:
    for one in parameter.children():
        if one.kind() == "identifier":
            yield one.text()
