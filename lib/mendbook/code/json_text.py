"""Edit the text of a JSON file pair by pair: comments, layout and all other lines stay.

The parsed tree tells where a pair stands; a writer would lay the whole file out anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from ast_grep_py import SgNode, SgRoot

from mendbook.code.edits import Edit, apply, end, insert, replace, start

_BLANKS = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_INDENT = re.compile(r"^([ \t]+)\S", re.MULTILINE)


class JsonError(ValueError):
    """The text holds no such object, or no such pair; the message is the reason."""


def is_json(text: str) -> bool:
    """Tell whether ``text`` is one JSON value, without comments."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def with_pair(text: str, way: Sequence[str], key: str, value: str, *, by_name: bool = False) -> str:
    """Return ``text`` with the edit of ``put_pair`` made."""
    return apply(text, [put_pair(text, way, key, value, by_name=by_name)])


def put_pair(text: str, way: Sequence[str], key: str, value: str, *, by_name: bool = False) -> Edit:
    """Return the edit that sets ``key`` to ``value``, JSON itself, in the object at ``way``.

    A key that is there gets the value; another comes last, or with ``by_name`` where names in
    order want it. Raises ``JsonError`` where there is no such object.
    """
    home = _object(text, way)
    pairs = _pairs(home)
    for pair in pairs:
        if _key(pair) == key:
            return replace(_value(pair), value)
    said = f"{json.dumps(key, ensure_ascii=False)}: {value}"
    if not pairs:
        return _first(text, home, said)
    later = next((pair for pair in pairs if by_name and _key(pair) > key), None)
    if later is not None:
        return insert(start(later), f"{said},{_gap(text, later)}")
    return _last(text, home, pairs[-1], said)


def without_pair(text: str, way: Sequence[str], key: str) -> str:
    """Return ``text`` with the edits of ``drop_pair`` made."""
    return apply(text, drop_pair(text, way, key))


def drop_pair(text: str, way: Sequence[str], key: str) -> list[Edit]:
    """Return the edits that take ``key`` out of the object at ``way``.

    Raises ``JsonError`` where it is not there.
    """
    home = _object(text, way)
    pairs = _pairs(home)
    at = next((at for at, pair in enumerate(pairs) if _key(pair) == key), None)
    if at is None:
        raise JsonError(f"there is no {key}")
    pair = pairs[at]
    if len(pairs) == 1:
        return [replace(home, "{}")]
    comma = _comma(text, end(pair))
    stop = comma if comma is not None else end(pair)
    edits = [_whole_lines(text, start(pair), stop) or _inline(text, start(pair), stop)]
    if comma is None:
        before = _comma(text, end(pairs[at - 1])) or end(pairs[at - 1])
        edits.append(Edit(before - 1, before, ""))
    return edits


def value_text(text: str, way: Sequence[str], key: str) -> str:
    """Return what ``key`` holds, as it is written; ``JsonError`` where it is not there."""
    pair = next((one for one in _pairs(_object(text, way)) if _key(one) == key), None)
    if pair is None:
        raise JsonError(f"there is no {key}")
    return _value(pair).text()


def object_ways(data: object, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the keys that lead to each object within ``data``, an outer one before its inner."""
    inner = data.items() if isinstance(data, dict) else ()
    ways = []
    for key, value in inner:
        if isinstance(value, dict):
            ways += [(*above, key), *object_ways(value, (*above, key))]
    return ways


def object_at(data: Mapping[str, object], way: Sequence[str]) -> Mapping[str, object]:
    """Return the object of ``data`` at ``way``; ``JsonError`` where something else stands there."""
    held: object = data
    for key in way:
        held = held[key] if isinstance(held, Mapping) else {}
    if not isinstance(held, Mapping):
        raise JsonError("the section is no object")
    return held


def _object(text: str, way: Sequence[str]) -> SgNode:
    root = SgRoot(text, "json").root()
    at = next((one for one in root.children() if one.kind() == "object"), None)
    for key in way:
        inside = [_value(pair) for pair in _pairs(at) if _key(pair) == key] if at else []
        at = inside[0] if inside else None
    if at is None or at.kind() != "object":
        raise JsonError(f"there is no object {'.'.join(way)}".rstrip())
    return at


def _pairs(home: SgNode) -> list[SgNode]:
    return [one for one in home.children() if one.kind() == "pair"]


def _key(pair: SgNode) -> str:
    named = pair.field("key")
    return str(json.loads(named.text())) if named is not None else ""


def _value(pair: SgNode) -> SgNode:
    held = pair.field("value")
    if held is None:
        raise JsonError(f"{_key(pair)} holds nothing")
    return held


def _comma(text: str, at: int) -> int | None:
    """Return the offset behind the comma that follows ``at``; None where none does."""
    blanks = _BLANKS.match(text, at)
    behind = blanks.end() if blanks is not None else at
    return behind + 1 if text[behind : behind + 1] == "," else None


def _line(text: str, at: int) -> tuple[int, int]:
    """Return where the line of ``at`` begins, and where it ends before its line end."""
    stop = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if stop < 0 else stop


def _gap(text: str, pair: SgNode) -> str:
    """Return what parts ``pair`` from the one before it: a line end and blanks, or one blank."""
    lead = text[_line(text, start(pair))[0] : start(pair)]
    return " " if lead.strip() else f"\n{lead}"


def _first(text: str, home: SgNode, said: str) -> Edit:
    begin = _line(text, start(home))[0]
    margin = re.match(r"[ \t]*", text[begin:])
    outer = margin[0] if margin is not None else ""
    unit = _INDENT.search(text)
    inner = f"{outer}{unit[1] if unit is not None else '  '}"
    return replace(home, f"{{\n{inner}{said}\n{outer}}}")


def _last(text: str, home: SgNode, last: SgNode, said: str) -> Edit:
    """Return the edit that puts a pair behind the last one, and behind the comment on its line."""
    gap, comma = _gap(text, last), _comma(text, end(last))
    behind = comma if comma is not None else end(last)
    rest = text[behind : min(_line(text, behind)[1], end(home))]
    if gap != " " and rest.lstrip().startswith(("//", "/*")):
        behind += len(rest.rstrip())
    if comma is not None:
        return insert(behind, f"{gap}{said},")
    return Edit(end(last), behind, f",{text[end(last) : behind]}{gap}{said}")


def _whole_lines(text: str, begin: int, stop: int) -> Edit | None:
    """Return the edit that takes whole lines away; None where something else stands on them."""
    first, last = _line(text, begin)[0], _line(text, stop)[1]
    rest = text[stop:last].strip()
    if text[first:begin].strip() or (rest and not rest.startswith("//")):
        return None
    return Edit(first, min(last + 1, len(text)), "")


def _inline(text: str, begin: int, stop: int) -> Edit:
    """Return the edit that takes the pair away, with the blanks on the side of its comma."""
    if text[stop - 1] == ",":
        return Edit(begin, stop + len(text[stop:]) - len(text[stop:].lstrip(" \t")), "")
    return Edit(len(text[:begin].rstrip(" \t")), stop, "")
