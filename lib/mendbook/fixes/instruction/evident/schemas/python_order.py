"""Orders of Python that the one quoted statement tells, whatever words lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.made import Made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.places.scene import touches_quote
from mendbook.fixes.instruction.tree.syntax import of_kinds

_ERROR = re.compile(r"(?:raise\s+)?(?P<error>(?:\w+\.)*[A-Z]\w*)(?:\((?P<message>.*)\))?", re.S)
_NAME = re.compile(r"[a-z_]\w*")
_SAME = re.compile(r"\b(?:same|its|this|that)\s+(?:message|text|words?)\b", re.IGNORECASE)


def asserted(told: Told) -> Iterator[Made]:
    """Yield the error in the place of the one assert that is quoted."""
    asserts = of_kinds(told.scene.root, ("assert_statement",)) if told.scene.language.python else []
    quoted = [one for one in asserts if touches_quote(told.scene, one)]
    new = told.new()
    spoken = re.search(r"\bassert\w*", told.words, re.IGNORECASE)
    if len(quoted) != 1 or len(new) != 1 or spoken is None:
        return
    error = _ERROR.fullmatch(told.codes[new[0]].text)
    if error is not None:
        uses = frozenset({*new, *told.given_up()})
        raised = told.codes[new[0]].text.removeprefix("raise ")
        yield Made(uses, order=f"Raise {raised} instead of the assert")


def chained(told: Told) -> Iterator[Made]:
    """Yield the cause of the one ``raise`` in a quoted handler: *name it err and chain to it*."""
    if not told.scene.language.python or not told.has("chain", "from", "cause", "original"):
        return
    handlers = [one for one in of_kinds(told.scene.root, ("except_clause",))
                if touches_quote(told.scene, one)]  # fmt: skip
    raises = [one for each in handlers for one in of_kinds(each, ("raise_statement",))]
    if len(handlers) != 1 or len(raises) != 1 or raises[0].field("cause") is not None:
        return
    name, uses = _cause(told, handlers[0])
    if name and set(told.new()) <= uses:
        yield Made(
            frozenset({*uses, *_spoken_types(told, handlers[0])}), order=f"Chain it: `from {name}`"
        )


def _cause(told: Told, handler: SgNode) -> tuple[str, set[int]]:
    """Return the name that the exception gets or has, and the code that says so."""
    bound = re.search(r"\bas\s+(\w+)\s*:", handler.text().split("\n")[0])
    plain = re.search(
        r"\b(?:as|from|(?:name|call)\s+(?:it|the\s+\w+))\s+(?P<name>[a-z_]\w*)(?=\s*(?:$|[.,;:)]|\band\b))",
        told.words,
    )
    new = [at for at in told.new() if _NAME.fullmatch(told.codes[at].text)]
    said = told.codes[new[0]].text if len(new) == 1 else plain["name"] if plain is not None else ""
    if bound is not None and said not in {"", bound[1]}:
        return "", set()
    return (bound[1] if bound is not None else said), set(new)


def _spoken_types(told: Told, handler: SgNode) -> Iterator[int]:
    """Yield the numbers of the exceptions that the handler itself names."""
    text = handler.text()
    for at in told.numbers():
        if re.search(rf"\b{re.escape(told.codes[at].text.removesuffix('()'))}\b", text):
            yield at
