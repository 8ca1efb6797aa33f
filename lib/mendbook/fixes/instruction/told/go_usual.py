"""What is asked of Go in a few usual words: room for a slice, several timeouts."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import around, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import of_kinds
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_ROOM = re.compile(
    rf"(?:(?:pre-?allocate|size|allocate|reserve)\s+(?:room\s+for\s+)?(?:the\s+)?(?P<name>slice"
    rf"|list|result|{ITEM})(?:\s+slice)?"
    rf"(?:\s+(?:with|to|by|for|using|via)\s+(?:(?:a\s+|the\s+)?(?:capacity|length)"
    rf"(?:\s+of)?\s+)?(?P<size>⟦\d+⟧|{ITEM}))?"
    r"|give\s+(?:the\s+)?(?P<given>slice|list|result|⟦\d+⟧|\w+)(?:\s+slice)?\s+(?:its|a"
    r"|an\s+initial|the\s+right)\s+capacity(?:\s+of\s+(?P<cap>⟦\d+⟧))?)",
    re.IGNORECASE,
)
_MAKE = re.compile(r"make\(\s*\[\][\w.*\[\]]+\s*,\s*0\s*,\s*(.+)\)", re.DOTALL)


def roomy(work: Work, ask: Ask) -> StepEdits | None:
    """*Preallocate names*, *give the slice its capacity*: as many as the loop goes over."""
    told = _ROOM.fullmatch(ask.text)
    if told is None:
        return None
    scene = work.scene
    homes = around(scene)
    if len(homes) != 1:
        return None
    named = ask.code(told["name"] or told["given"])
    named = "" if named.lower() in {"slice", "list", "result"} else named
    fresh = [
        (one, form)
        for one in of_kinds(homes[0], ("var_declaration", "short_var_declaration"))
        if (form := _EMPTY.fullmatch(one.text().strip())) is not None
        and (not named or (form["a"] or form["b"] or form["c"]) == named)
    ]
    near = [one for one in fresh if touches_quote(scene, one[0])]
    chosen = near if len(near) == 1 else fresh
    if len(chosen) != 1:
        return None
    node, form = chosen[0]
    name = form["a"] or form["b"] or form["c"]
    kind = form["t"] or form["u"] or form["v"]
    size = ask.code(told["size"] or told["cap"] or "")
    spelled = _MAKE.fullmatch(size)
    size = spelled[1].strip() if spelled is not None else size
    size = size or _gone_over(homes[0], name)
    if not re.fullmatch(r"len\([\w.]+\)|\d+|\w+(?:\.\w+)*", size):
        return None
    code = f"{name} := make({kind}, 0, {size})"
    said = f"make {name} with room for {size}"
    return step_edits(scene, Operation.REPLACE, said, [replaced(node, code)], [code])


_TYPE = r"\[\][\w.*\[\]]+"
_EMPTY = re.compile(
    rf"var\s+(?P<a>\w+)\s+(?P<t>{_TYPE})|(?P<b>\w+)\s*:=\s*(?P<u>{_TYPE})\{{\}}|"
    rf"(?P<c>\w+)\s*:=\s*make\((?P<v>{_TYPE}),\s*0\)"
)


def _gone_over(home: SgNode, name: str) -> str:
    """Return ``len(x)`` of what the one loop goes over that appends to ``name``."""
    loops = [
        one
        for one in of_kinds(home, ("for_statement",))
        if re.search(rf"\b{name}\s*=\s*append\({name}\b", one.text())
    ]
    over = re.match(r"for\s+[\w, ]+:?=\s*range\s+([\w.]+)\s*\{", loops[0].text()) if loops else None
    if len(loops) != 1 or over is None:
        raise Abstain(f"how many {name} will hold is not plain")
    return f"len({over[1]})"


_BOTH = re.compile(
    rf"(?:(?:set|add|give\s+it|use|configure)\s+)?(?:an?\s+)?(?P<a>{ITEM})(?:,?\s+and\s+|,\s+)"
    rf"(?:an?\s+)?(?P<b>{ITEM})\s+(?:of|to|at)\s+(?P<n>\d+)\s*(?P<u>s|ms|seconds?|milliseconds?"
    rf"|minutes?)"
    r"(?:\s+(?:on|to|in|of|for)\s+(?:the\s+)?[\w.]+)?",
    re.IGNORECASE,
)
_UNITS = {"s": "time.Second", "second": "time.Second", "ms": "time.Millisecond",
          "millisecond": "time.Millisecond", "minute": "time.Minute"}  # fmt: skip


def lasting(ask: Ask) -> list[tuple[str, str]] | None:
    """Return the keys that ``ReadTimeout and WriteTimeout of 10 seconds`` gives a value."""
    told = _BOTH.fullmatch(ask.text)
    if told is None:
        return None
    names = [ask.code(told["a"]), ask.code(told["b"])]
    if not all(re.fullmatch(r"[A-Z]\w*", one) for one in names):
        return None
    unit = told["u"].lower()
    value = f"{told['n']} * {_UNITS[unit if unit in _UNITS else unit.rstrip('s')]}"
    return [(one, value) for one in names]


GO_USUAL = (roomy,)
