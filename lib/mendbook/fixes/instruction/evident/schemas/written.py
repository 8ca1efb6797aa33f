"""Code as it should read, each piece for the one piece of quoted code that it is another form of.

What anchors a piece is its key, what it calls, or what it compares: *`rows: z.number().max(9)`* is
the pair `rows`, *`f(a, 10)`* the call of `f` with `a`, *`a < b`* the comparison of `a` and `b`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ast_grep_py import SgNode

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.evident.made import Made, made
from mendbook.fixes.instruction.evident.told import Told
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.operations.counterpart.claims import claims
from mendbook.fixes.instruction.operations.shown.nearest import written_over
from mendbook.fixes.instruction.places.scene import begins_in_quote, touches_quote
from mendbook.fixes.instruction.sentences.led_to import BESIDE, IS_THERE, OPEN
from mendbook.fixes.instruction.tree.language import is_broken, parse
from mendbook.fixes.instruction.tree.syntax import (
    arguments,
    callee_text,
    end,
    field,
    inside,
    name_of,
    of_kinds,
    squeezed,
    start,
    value_of,
)
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation

_BESIDE = (
    "also",
    "too",
    "another",
    "additionally",
    "before",
    "after",
    "ahead",
    "first",
    "behind",
    "above",
    "below",
    "follows",
    "followed",
    "then",
    "besides",
)
_CALLS = ("call_expression", "new_expression")
_TYPED = (
    "property_signature",
    "public_field_definition",
    "required_parameter",
    "optional_parameter",
)
_GAP = re.compile(r"…|\.\.\.(?![\w$\[({])")
_OWNED = re.compile(r"(?P<owner>[A-Z][\w$]*)\.(?P<rest>[a-z_$][\w$]*\??\s*:.*)", re.DOTALL)
_COMPARES = ("<", ">", "<=", ">=", "==", "===", "!=", "!==")


def written(told: Told) -> Iterator[Made]:
    """Yield the pieces of quoted code as the text writes them: *`hour < to`*."""
    new = [at for at in told.new() if not _is_part(told, at)]
    if not new or told.has(*_BESIDE) or told.conditions or set(new) & set(told.given_up()):
        return
    if IS_THERE.search(told.words) or OPEN.search(told.words):
        return
    edits: list[Edit] = []
    said: list[str] = []
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    for at in new:
        found = _counterpart(told, told.codes[at])
        if found is None:
            break
        node, text = found
        if BESIDE.search(told.words) and not _is_within(node.text(), text):
            return
        more, less = claims(told.scene.language, node.text(), text)
        adds, removes = (*adds, *more), (*removes, *less)
        edits.append(Edit(start(node), end(node), text))
        said.append(f"`{' '.join(text.split())[:70]}`")
    else:
        if _are_apart(edits):
            uses = [
                *new,
                *(at for at in told.numbers() if _is_part(told, at) or _is_old(told, at, edits)),
            ]
            yield made(
                told,
                uses,
                Operation.REPLACE,
                f"write {' and '.join(said)}",
                edits,
                adds=adds,
                removes=removes,
            )
        return
    if len(new) == 1 and told.codes[new[0]].shape in {Shape.CODE, Shape.STATEMENT}:
        step = written_over(told.scene, re.sub(r"⟦\d+⟧", "", told.words), told.codes[new[0]].text)
        if step is not None:
            uses = [at for at in told.numbers() if at == new[0] or _is_part(told, at)]
            yield Made(frozenset([*new, *uses]), step)


def _is_within(old: str, new: str) -> bool:
    """Tell whether all of the old code stands in the new, in its order."""
    rest = iter(re.findall(r"[\w$]+|[^\w\s]", new.replace('"', "'")))
    return all(one in rest for one in re.findall(r"[\w$]+|[^\w\s]", old.replace('"', "'")))


def _is_part(told: Told, at: int) -> bool:
    """Tell whether a piece of code only repeats a part of another new one."""
    text = squeezed(told.codes[at].text.removesuffix("()"))
    others = (squeezed(told.codes[one].text) for one in told.numbers() if one != at)
    return any(text in one and text != one for one in others)


def _is_old(told: Told, at: int, edits: Sequence[Edit]) -> bool:
    """Tell whether a piece of code is what an edit writes over, or a part of that."""
    text = squeezed(_GAP.sub("", told.codes[at].text).rstrip("()"))
    return any(text in squeezed(told.scene.text[one.start : one.end]) for one in edits)


def _are_apart(edits: Sequence[Edit]) -> bool:
    spans = sorted((one.start, one.end) for one in edits)
    return all(one[1] <= two[0] for one, two in pairwise(spans))


def _counterpart(told: Told, code: Fragment) -> tuple[SgNode, str] | None:
    """Return the node that a piece of code is another form of, and its new text."""
    text = quoted_as_here(told.scene, code.text.strip().rstrip(";,"))
    for make in (_pair, _object, _call, _comparison):
        found = make(told, text)
        if found is not None:
            node, new = found
            return found if squeezed(node.text()) != squeezed(new) else None
    return None


def _pair(told: Told, text: str) -> tuple[SgNode, str] | None:
    """Return the value, or the type, of the one pair or member of that key."""
    owned = _OWNED.fullmatch(text)
    bare = owned["rest"] if owned is not None else text
    told_pair = re.fullmatch(
        r"(?P<key>[A-Za-z_$][\w$-]*|'[^']*')\??\s*:\s*(?P<value>\S.*)", bare, re.DOTALL
    )
    if told_pair is None or _GAP.search(bare):
        return None
    key, value = told_pair["key"].strip("'"), told_pair["value"]
    language = told.scene.language
    found = [
        (one, held)
        for one in of_kinds(told.scene.root, {*language.pairs, *_TYPED}, language)
        if _key_of(one) == key
        and (held := _held(one)) is not None
        and (owned is None or _is_of(one, owned["owner"]))
    ]
    inner = [one for one in found if touches_quote(told.scene, one[0])]
    inner = [one for one in inner if begins_in_quote(told.scene, one[0])] or inner
    scoped = [one for one in found if any(inside(one[0], home) for home in told.scene.scopes)]
    chosen = inner if inner else scoped
    if len(chosen) != 1:
        return None
    holder, held = chosen[0]
    kind = f"let x: {value};" if holder.kind() in _TYPED else f"x = {value};"
    if is_broken(language, kind) or (holder.kind() in _TYPED) != _is_type(holder, value):
        return None
    return held, value


def _is_type(holder: SgNode, value: str) -> bool:
    return holder.kind() in _TYPED and not re.fullmatch(r"-?\d[\d_.]*", value)


def _key_of(node: SgNode) -> str:
    if node.kind() in {"required_parameter", "optional_parameter"}:
        pattern = node.field("pattern")
        return pattern.text() if pattern is not None else ""
    return name_of(node)


def _held(node: SgNode) -> SgNode | None:
    """Return the value of a pair, or the type that a member is declared with."""
    if node.kind() not in _TYPED:
        return value_of(node)
    declared = field(node, "type")
    inner = declared.named_children() if declared is not None else []
    return inner[0] if len(inner) == 1 else None


def _is_of(node: SgNode, owner: str) -> bool:
    return any(name_of(one) == owner for one in node.ancestors())


def _object(told: Told, text: str) -> tuple[SgNode, str] | None:
    """Return the one quoted object whose pairs all are in the new one."""
    if not re.fullmatch(r"\{.+\}", text, re.DOTALL) or _GAP.search(text):
        return None
    wanted = _pairs(
        next(iter(of_kinds(parse(told.scene.language, f"x = {text};"), ("object",))), None)
    )
    found = []
    for one in told.nodes(("object",)):
        now = _pairs(one)
        kept = [key for key in now if key in wanted]
        if now and len(kept) == len(now) and any(now[key] == wanted[key] for key in kept):
            found.append(one)
    return (found[0], text) if len(found) == 1 else None


def _pairs(node: SgNode | None) -> dict[str, str]:
    inner = node.named_children() if node is not None else []
    named = ((one, value_of(one)) for one in inner if "comment" not in one.kind())
    return {
        (name_of(one) or one.text()): squeezed(value.text()) if value is not None else ""
        for one, value in named
    }


def _call(told: Told, text: str) -> tuple[SgNode, str] | None:
    """Return the one quoted call of the same function that is given much the same."""
    new = _only(told, text, _CALLS)
    if new is None:
        return None
    calls = [
        one
        for one in told.nodes(_CALLS)
        if one.kind() == new.kind() and squeezed(callee_text(one)) == squeezed(callee_text(new))
    ]
    if _GAP.search(text):
        return _filled(calls, text)
    wanted = [squeezed(one.text()) for one in arguments(new)]
    alike = [
        one for one in calls if _is_alike([squeezed(a.text()) for a in arguments(one)], wanted)
    ]
    return (alike[0], text) if len(alike) == 1 else None


def _filled(calls: Sequence[SgNode], text: str) -> tuple[SgNode, str] | None:
    """Return the one call with more behind what it is given: ``f(…, { cause })``."""
    more = re.fullmatch(r"(?P<head>[^(]+\()\s*(?:…|\.\.\.)\s*,\s*(?P<more>\S.*)\)", text, re.DOTALL)
    if more is None or len(calls) != 1 or not arguments(calls[0]):
        return None
    given = ", ".join(one.text() for one in arguments(calls[0]))
    return calls[0], f"{more['head']}{given}, {more['more']})"


def _is_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether what a call is given goes on, or differs in one argument of several."""
    if not old or old == list(new):
        return False
    if list(new[: len(old)]) == list(old) or list(new[-len(old) :]) == list(old):
        return True
    return len(old) == len(new) > 1 and sum(a != b for a, b in zip(old, new, strict=True)) == 1


def _comparison(told: Told, text: str) -> tuple[SgNode, str] | None:
    """Return the one quoted comparison of the same two, or with one other side."""
    new = _only(told, text, ("binary_expression",))
    if new is None or _sign(new) not in _COMPARES:
        return None
    sides = _sides(new)
    found = [one for one in told.nodes(("binary_expression",)) if _sign(one) in _COMPARES]
    both = [one for one in found if _sides(one) == sides]
    left = [one for one in found if _sides(one)[0] == sides[0] and _sign(one) == _sign(new)]
    chosen = both or left
    return (chosen[0], text) if len(chosen) == 1 else None


def _sign(node: SgNode) -> str:
    mark = node.field("operator")
    return mark.text() if mark is not None else ""


def _sides(node: SgNode) -> tuple[str, str]:
    left, right = node.field("left"), node.field("right")
    return tuple(squeezed(one.text()) if one is not None else "" for one in (left, right))  # type: ignore[return-value]


def _only(told: Told, text: str, kinds: Iterable[str]) -> SgNode | None:
    """Return the one node of ``kinds`` that ``text`` is as a whole; None where it is none."""
    bare = re.sub(r"^(?:throw|return|await)\s+", "", text)
    gapless = _GAP.sub("_gap_", bare)
    nodes = [
        one
        for one in of_kinds(parse(told.scene.language, gapless), tuple(kinds))
        if squeezed(one.text()) == squeezed(gapless)
    ]
    return nodes[0] if len(nodes) == 1 and bare == text else None
