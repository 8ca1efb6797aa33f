"""A setting that the one quoted call lacks, and that the text gives without naming the call."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.fragments.pairs import with_pairs
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, calls_in_quote
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    call_name,
    callee_text,
    name_of,
    of_kinds,
    outermost,
)

_KEY = re.compile(r"(?<![\w⟦.])(?P<key>[A-Za-z_$][\w$]*)(?::\s+|=)(?P<value>⟦\d+⟧)")
_OWN = {
    *("add", "pass", "set", "use", "give", "include", "put", "specify", "provide", "supply"),
    *("need", "needs", "gets", "get", "takes", "take", "cap", "bound", "limit", "constrain"),
    *("append", "chain", "restrict", "ask", "should", "configure", "call", "open", "create"),
}
_GOES = re.compile(r"\b(?:without|remov\w+|drop\w*|delet\w+|rid\s+of|go|goes|gone|no)\b", re.I)


def given_pair(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the setting that a quoted call lacks: *current() should ask for retries: 2*."""
    said = Said(*with_pairs(said.masked, said.codes, _KEY, quoted=False))
    wanted = list(said.wanted())
    pairs = [at for at in wanted if said.codes[at].shape is Shape.PAIR]
    if len(pairs) != 1 or _GOES.search(said.masked) or said.asks_more(_OWN):
        return
    pair = said.codes[pairs[0]]
    rest = [at for at in (*wanted, *said.given_up()) if at not in pairs]
    quoted = calls_in_quote(scene)
    calls = [one for one in quoted if said.spells(call_name(one))] or outermost(quoted)
    if len(calls) != 1 or not are_places(said, rest, scene) or not _fits(pair, scene):
        return
    if pair.key not in _keys(calls[0], scene):
        name = callee_text(calls[0])
        if scene.language.name == "python":
            yield f"Pass `{pair.text}` to `{name}`"
        else:
            yield f"Add `{pair.text}` to the `{name}` call"


def _fits(pair: Fragment, scene: Scene) -> bool:
    """Tell whether a pair is written as the language writes what a call is given."""
    behind = pair.text.removeprefix(pair.key).lstrip()
    return behind[:1] == ("=" if scene.language.name == "python" else ":")


def _keys(call: SgNode, scene: Scene) -> set[str]:
    """Return the names that a call is given something under, in itself or in an object."""
    given = arguments(call)
    inner = [one for held in given for one in of_kinds(held, scene.language.pairs)]
    return {name_of(one) for one in (*given, *inner)}
