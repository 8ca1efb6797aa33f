"""A setting or a chained call that the quoted code lacks, and that the text gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify
from mendbook.fixes.instruction.scene import Scene, begins_in_quote, touches_quote
from mendbook.fixes.instruction.syntax import arguments, callee_text, name_of, of_kinds, outermost

_KEY = re.compile(r"(?<![\w⟦.])(?P<key>[A-Za-z_$][\w$]*)(?P<sign>:\s+|=)⟦(?P<at>\d+)⟧")
_VALUES = {Shape.NUMBER, Shape.TEXT}
_OWN = {
    *("add", "pass", "set", "use", "give", "include", "put", "specify", "provide", "supply"),
    *("need", "needs", "gets", "get", "takes", "take", "cap", "bound", "limit", "constrain"),
    *("append", "chain", "restrict", "ask", "should", "configure", "call", "open", "create"),
}
_GOES = re.compile(r"\b(?:without|remov\w+|drop\w*|delet\w+|rid\s+of|go|goes|gone|no)\b", re.I)


def given_pair(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the setting that a quoted call lacks: *current() should ask for retries: 2*."""
    said = _with_pairs(said)
    wanted = list(said.wanted())
    pairs = [at for at in wanted if said.codes[at].shape is Shape.PAIR]
    if len(pairs) != 1 or _GOES.search(said.masked) or said.asks_more(_OWN):
        return
    pair = said.codes[pairs[0]]
    rest = [at for at in (*wanted, *said.given_up()) if at not in pairs]
    calls = outermost(
        [one for one in of_kinds(scene.root, scene.language.calls) if begins_in_quote(scene, one)]
    )
    if len(calls) != 1 or not are_places(said, rest, scene) or not _fits(pair, scene):
        return
    if pair.key not in _keys(calls[0], scene):
        name = callee_text(calls[0])
        if scene.language.name == "python":
            yield f"Pass `{pair.text}` to `{name}`"
        else:
            yield f"Add `{pair.text}` to the `{name}` call"


def given_links(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the calls to chain to quoted fields: *dec must lie between … (.min(-90).max(90))*."""
    said = _with_fields(said, scene)
    links = " ".join(one.text for one in said.codes if one.shape is Shape.CHAIN)
    told = [
        at
        for at in (int(one) for one in re.findall(r"⟦(\d+)⟧", said.masked))
        if said.codes[at].shape is not Shape.NUMBER or said.codes[at].text not in links
    ]
    kinds = [said.codes[at].shape for at in told]
    half = len(told) // 2
    if not told or kinds != [Shape.NAME, Shape.CHAIN] * half or said.given_up():
        return
    if _GOES.search(said.masked) or said.asks_more(_OWN):
        return
    fields = _fields(scene)
    pairs = [(said.codes[one].text, said.codes[two].text)
             for one, two in zip(told[::2], told[1::2], strict=True)]  # fmt: skip
    if all(fields.count(name) == 1 for name, _ in pairs):
        yield ". ".join(f"Add `{chain}` to `{name}`" for name, chain in pairs)


def _with_pairs(said: Said) -> Said:
    """Return a text in which ``retries: ⟦n⟧``, a key beside a value, is one piece of code."""
    codes = list(said.codes)

    def mask(told: re.Match[str]) -> str:
        value = codes[int(told["at"])]
        if value.shape not in _VALUES or value.quoted:
            return told[0]
        codes.append(classify(f"{told['key']}{told['sign']}{value.text}"))
        return f"⟦{len(codes) - 1}⟧"

    return Said(_KEY.sub(mask, said.masked), tuple(codes))


def _with_fields(said: Said, scene: Scene) -> Said:
    """Return a text in which the words that are keys of the quoted code are code."""
    codes = list(said.codes)
    masked = said.masked
    for name in dict.fromkeys(_fields(scene)):
        if len(name) > 2 and re.search(rf"(?<![\w⟦]){re.escape(name)}(?![\w⟧])", masked):
            codes.append(Fragment(name, Shape.NAME))
            masked = re.sub(
                rf"(?<![\w⟦]){re.escape(name)}(?![\w⟧])", f"⟦{len(codes) - 1}⟧", masked, count=1
            )
    return Said(masked, tuple(codes))


def _fields(scene: Scene) -> list[str]:
    kinds = scene.language.pairs
    return [name_of(one) for one in of_kinds(scene.root, kinds) if touches_quote(scene, one)]


def _fits(pair: Fragment, scene: Scene) -> bool:
    """Tell whether a pair is written as the language writes what a call is given."""
    behind = pair.text.removeprefix(pair.key).lstrip()
    return behind[:1] == ("=" if scene.language.name == "python" else ":")


def _keys(call: SgNode, scene: Scene) -> set[str]:
    """Return the names that a call is given something under, in itself or in an object."""
    given = arguments(call)
    inner = [one for held in given for one in of_kinds(held, scene.language.pairs)]
    return {name_of(one) for one in (*given, *inner)}
