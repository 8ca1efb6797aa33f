"""Fields of Go's composite literals: set or added, aligned as gofmt aligns them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, indent, insert, line_end, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.told.go_usual import lasting
from mendbook.fixes.instruction.tree.syntax import end, inside, of_kinds, start, text_of
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_UNITS = {"second": "time.Second", "millisecond": "time.Millisecond", "minute": "time.Minute",
          "ms": "time.Millisecond", "s": "time.Second"}  # fmt: skip
_PLACE = (
    r"(?:\s+(?:on|to|in|of|for)\s+(?:the\s+|its\s+|this\s+)?(?:returned\s+)?(?P<which>⟦\d+⟧"
    r"|&?[\w.]+)?"
    r"(?:\s*(?:struct\s+|composite\s+)?literal)?)?"
)
_PAIRS = re.compile(
    rf"(?:set|add|put|give|include|specify|use|pass)\s+(?P<pairs>⟦\d+⟧(?:(?:,\s+"
    rf"|,?\s+and\s+)⟦\d+⟧)*){_PLACE}",
    re.IGNORECASE,
)
_VALUE = r"(?:⟦\d+⟧|-?\d[\w.]*|true|false)"
_EACH = rf"{ITEM}\s+to\s+{_VALUE}"
_SET = re.compile(
    rf"(?:set|change|raise|lower)\s+(?P<sets>{_EACH}(?:(?:,\s+|,?\s+and\s+){_EACH})+){_PLACE}", re.I
)
_SAME = re.compile(
    rf"set\s+(?:both\s+)?(?P<a>{ITEM})\s+and\s+(?P<b>{ITEM})\s+to\s+(?P<v>{_VALUE}){_PLACE}", re.I
)
_LASTING = re.compile(
    rf"(?:(?:give|set)\s+(?:the\s+)?(?P<who>{ITEM})\s+an?\s+(?P<key>{ITEM})\s+of\s+"
    rf"(?P<n>\d+)\s+(?P<u>[a-z]+?)s?(?:\s+in\s+(?P<home>{ITEM}))?"
    rf"|add\s+an?\s+(?P<key2>{ITEM})\s+of\s+(?P<n2>\d+)\s+(?P<u2>[a-z]+?)s?{_PLACE})",
    re.I,
)


def literal_fields(work: Work, ask: Ask) -> StepEdits | None:
    """*Set `Depth: 9` on the Search literal*: the one literal that is quoted or returned."""
    told = _told(ask)
    if told is None:
        return None
    pairs, which = told
    scene = work.scene
    literal = _literal(scene, which)
    if literal is None and which and re.search(r"(?i)\bliteral\b", ask.text):
        raise Abstain(f"there is no one literal of {which}", final=True)
    if literal is None:
        return None
    body = literal.field("body")
    if body is None:
        return None
    edits: list[Edit] = []
    rows: list[tuple[str, str]] = []
    for key, value in pairs:
        _refuse_unknown(work, literal, key)
        held = next((one for one in elements(body) if _key(one) == key), None)
        if held is None:
            rows.append((key, value))
            continue
        old = held.named_children()[-1]
        if old.text() == value:
            raise Abstain(f"{key} is {value} already")
        edits.append(replaced(old, value))
    if rows and edits:
        raise Abstain("one of them stands there, and another does not")
    if rows:
        edits = added_fields(scene, body, rows)
    adds = [f"{key}: {value}" for key, value in pairs]
    return step_edits(scene, Operation.ADD, f"set {', '.join(adds)}", edits, adds)


def _told(ask: Ask) -> tuple[list[tuple[str, str]], str] | None:
    """Return the keys with their values, and what is said of the literal."""
    if (match := _PAIRS.fullmatch(ask.text)) is not None:
        codes = [ask.code(one) for one in re.findall(r"⟦\d+⟧", match["pairs"])]
        given = [re.fullmatch(r"([A-Za-z]\w*):\s+(\S.*?),?", one, re.DOTALL) for one in codes]
        if not all(given):
            return None
        return [(one[1], one[2]) for one in given if one is not None], _name(ask, match["which"])
    if (match := _SAME.fullmatch(ask.text)) is not None:
        value = ask.code(match["v"])
        names = [ask.code(match[one]) for one in ("a", "b")]
        if not all(re.fullmatch(r"[A-Z]\w*", one) for one in names):
            return None
        return [(one, value) for one in names], _name(ask, match["which"])
    if (match := _SET.fullmatch(ask.text)) is not None:
        sets = re.findall(rf"({ITEM})\s+to\s+({_VALUE})", match["sets"])
        pairs = [(ask.code(key), ask.code(value)) for key, value in sets]
        if not all(re.fullmatch(r"[A-Z]\w*", key) for key, _ in pairs):
            return None
        return pairs, _name(ask, match["which"])
    if (several := lasting(ask)) is not None:
        return several, ""
    if (match := _LASTING.fullmatch(ask.text)) is not None:
        unit = _UNITS.get((match["u"] or match["u2"]).lower())
        key = ask.code(match["key"] or match["key2"])
        if unit is None or not re.fullmatch(r"[A-Z]\w*", key):
            return None
        return [(key, f"{match['n'] or match['n2']} * {unit}")], _name(ask, match["which"] or "")
    return None


def _name(ask: Ask, which: str | None) -> str:
    """Return the type that is named; empty where a plain word only points at the literal."""
    code = ask.code(which or "").lstrip("&").rstrip("{}")
    return code if re.fullmatch(r"(?:\w+\.)?[A-Z]\w*", code) else ""


def _literal(scene: Scene, which: str) -> SgNode | None:
    homes = around(scene)
    literals = [
        one
        for one in of_kinds(scene.root, ("composite_literal",))
        if (type_of := text_of(one.field("type")))
        and (not which or type_of in {which, which.rpartition(".")[2]})
        and not re.match(r"\[|map\b", type_of)
    ]
    near = [one for one in literals if touches_quote(scene, one)]
    near = near or [one for one in literals if any(inside(one, home) for home in homes)]
    near = near or (literals if which else [])
    outer = [one for one in near if not any(inside(one, o) and start(o) < start(one) for o in near)]
    return outer[0] if len(outer) == 1 else None


def elements(body: SgNode) -> list[SgNode]:
    """Return the ``key: value`` of a literal, in order."""
    return [one for one in body.named_children() if one.kind() == "keyed_element"]


def _key(one: SgNode) -> str:
    return one.named_children()[0].text()


def _refuse_unknown(work: Work, literal: SgNode, key: str) -> None:
    """Raise ``Abstain`` for a field that the struct, where it is of the same package, lacks."""
    name = text_of(literal.field("type")).lstrip("*&")
    if "." in name:
        return
    folder = work.scene.path.rpartition("/")[0]
    files = [
        path
        for path in work.task.snapshot.files
        if path.endswith(".go") and path.rpartition("/")[0] == folder
    ]
    form = re.compile(rf"\btype\s+{re.escape(name)}\s+struct\s*\{{(?P<body>.*?)\n\}}", re.DOTALL)
    bodies = [
        match["body"] for path in files if (match := form.search(work.task.snapshot.text(path)))
    ]
    if bodies and not any(re.search(rf"^\s*(?:\w+,\s*)*{key}\b", one, re.M) for one in bodies):
        raise Abstain(f"{name} has no field {key}")


def added_fields(scene: Scene, body: SgNode, rows: Sequence[tuple[str, str]]) -> list[Edit]:
    """Return the edits that give a literal more fields, aligned with those that it has."""
    text, held = scene.text, elements(body)
    inner = body.named_children()
    if len(held) != len([one for one in inner if "comment" not in one.kind()]):
        raise Abstain("the literal's values have no names")
    written = ", ".join(f"{key}: {value}" for key, value in rows)
    if not inner:
        return [Edit(start(body), end(body), f"{{{written}}}")]
    if "\n" not in body.text():
        return [insert(end(inner[-1]), f", {written}")]
    last = inner[-1]
    at = line_end(text, end(last))
    lead = indent(text, start(held[-1]))
    if "comment" in last.kind() or not text[end(last) : at].strip().startswith(","):
        raise Abstain("the literal is not laid out in lines that end with commas")
    above = list(_section(scene, held))
    keys = [_key(one) for one in above]
    width = max(len(one) for one in [*keys, *(key for key, _ in rows)]) + 1
    block = "".join(f"{lead}{f'{key}:':<{width}} {value},\n" for key, value in rows)
    edits = [insert(at, block)]
    for one in above:
        value = one.named_children()[-1]
        begin = start(one) + len(_key(one)) + 1
        wanted = f"{' ' * (width - len(_key(one)) - 1)} "
        if text[begin : start(value)] != wanted:
            edits.append(Edit(begin, start(value), wanted))
    return edits


def _section(scene: Scene, held: Sequence[SgNode]) -> Iterator[SgNode]:
    """Yield the last fields that stand on lines of their own without a gap, the lowest first."""
    text = scene.text
    below = None
    for one in reversed(held):
        row = text[line_start(text, start(one)) : line_end(text, end(one))]
        if "\n" in one.text() or not row.lstrip().startswith(_key(one)):
            return
        if below is not None and line_end(text, end(one)) != line_start(text, start(below)):
            return
        yield one
        below = one


GO_LITERALS = (literal_fields,)
