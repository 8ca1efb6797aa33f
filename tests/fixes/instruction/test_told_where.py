"""Which of several takes what is told: the call that takes a keyword, a literal, an element."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

PORT = """\
from typing import Protocol


class Narrow(Protocol):
    def send(self, line: str) -> str: ...


class Wide(Protocol):
    def send(self, line: str, attempts: int = 1) -> str: ...


def move(narrow: Narrow, steps: int) -> int:
    return int(narrow.send(f"M{steps:+d}"))


def turn(wide: Wide, steps: int) -> int:
    return int(wide.send(f"T{steps:+d}"))


def loose(other, steps: int) -> int:
    return int(other.send(f"L{steps:+d}"))
"""


def _sent(function: str, owner: str, letter: str, fix: str, refuses: str = "") -> Case:
    quoted = f'return int({owner}.send(f"{letter}{{steps:+d}}"))'
    edits = {} if refuses else {quoted: quoted.replace('"))', '", attempts=2))')}
    return Case(fix, fix, PORT, edits, refuses, quoted, function, "dome/port.py")


CALLS = [
    *(
        _sent("move", "narrow", "M", fix, "send takes no attempts")
        for fix in ("Pass attempts=2 to narrow.send", "narrow.send needs attempts=2",
                    "Add attempts=2 to the send call")
    ),
    _sent("move", "narrow", "M", "Pass attempts=2", "which call"),
    *(
        _sent("turn", "wide", "T", fix)
        for fix in ("Pass attempts=2 to wide.send", "wide.send needs attempts=2", "Pass attempts=2")
    ),
    _sent("loose", "other", "L", "Pass attempts=2 to other.send"),
    _sent("loose", "other", "L", "other.send needs attempts=2"),
    _sent("loose", "other", "L", "Pass attempts=2", "which call"),
]  # fmt: skip

TIDES = """\
BASE = 3


def rise(last, rate):
    wanted = last * BASE / rate
    if wanted > 45:
        return None
    return max(wanted, 0.5)


def series(levels, first=45):
    times = [min(first, 45)]
    for one in levels:
        times.append(rise(times[-1], one))
    return times
"""
LOCKS = """\
const BASE = 3;

export function rise(last, rate) {
  const wanted = (last * BASE) / rate;
  if (wanted > 45) return null;
  return Math.max(wanted, 0.5);
}

export function series(levels, first = 45) {
  const times = [Math.min(first, 45)];
  for (const one of levels) times.push(rise(times.at(-1), one));
  return times;
}
"""
_APART = "used in the comparison of rise and in the min() of series"
_IN_LEVEL = {"wanted > 45": "wanted > MAX_LEVEL"}
_PYTHON = {"BASE = 3\n": "BASE = 3\nMAX_LEVEL = 45\n"}
_SCRIPT = {"const BASE = 3;\n": "const BASE = 3;\nconst MAX_LEVEL = 45;\n"}
_IN_MIN = {"min(first, 45)": "min(first, MAX_LEVEL)"}
_DEFAULT = {"first=45)": "first=MAX_LEVEL)"}
_DEFAULT_SCRIPT = {"first = 45)": "first = MAX_LEVEL)"}


def _literal(name: str, fix: str, edits: dict[str, str], refuses: str = "") -> Case:
    code, quoted = (TIDES, "if wanted > 45:") if name.endswith(".py") else (LOCKS, "(wanted > 45)")
    return Case(f"{name}: {fix}", fix, code, edits, refuses, quoted, "rise", name)


LITERALS = [
    _literal("tides.py", f"Name the limit: MAX_LEVEL = 45, {_APART}",
             _PYTHON | _IN_LEVEL | _IN_MIN),
    _literal("locks.js", f"Name the limit: MAX_LEVEL = 45, {_APART}",
             _SCRIPT | _IN_LEVEL | _IN_MIN),
    _literal("tides.py", "Extract 45 into MAX_LEVEL and use it in rise and series", {},
             "it is the default in line 11, too"),
    _literal("locks.js", "Extract 45 into MAX_LEVEL and use it in rise and series", {},
             "it is the default in line 9, too"),
    _literal("tides.py", "Add MAX_LEVEL = 45 and use it everywhere",
             _PYTHON | _IN_LEVEL | _DEFAULT | _IN_MIN),
    _literal("locks.js", "Add MAX_LEVEL = 45 and use it everywhere",
             _SCRIPT | _IN_LEVEL | _DEFAULT_SCRIPT | _IN_MIN),
    _literal("tides.py", "Introduce MAX_LEVEL = 45 and use it in rise", _PYTHON | _IN_LEVEL),
]  # fmt: skip

BOAT = """\
export function Boat({ boat, onOpen }) {
  return (
    <figure>
      <a href={boat.log} target="_blank">
        log
      </a>
      <img src={boat.photo} onClick={onOpen} />
      <input type="text" name="note" />
      <button onClick={onOpen}>open</button>
      <button onClick={onOpen}>close</button>
    </figure>
  );
}
"""
_LINK = {'target="_blank">': 'target="_blank" rel="noreferrer">'}
_PHOTO = {"onClick={onOpen} />": "onClick={onOpen} alt={boat.name} />"}


def _element(fix: str, edits: dict[str, str], refuses: str = "") -> Case:
    quoted = '<a href={boat.log} target="_blank">'
    return Case(fix, fix, BOAT, edits, refuses, quoted, "Boat", "web/Boat.jsx")


FETCH = """\
export async function one(base: string) {
  const res = await fetch(`${base}/one`);
  return res.json();
}
"""
OPTIONS = [
    Case(fix, fix, FETCH, edits, refuses, "const res = await fetch(`${base}/one`);", "one",
         "src/w.ts")
    for fix, edits, refuses in (
        ("Give fetch a signal: AbortSignal.timeout(5000)",
         {"/one`)": "/one`, { signal: AbortSignal.timeout(5000) })"}, ""),
        ("Send headers: { accept: 'application/json' } with the fetch call", {},
         "what `{ accept: 'application/json' }` stands for"),
    )
]  # fmt: skip

ELEMENTS = [
    _element('The image needs alt={boat.name}, the link rel="noreferrer"', _LINK | _PHOTO),
    _element('Add alt={boat.name} to the image and rel="noreferrer" to the link', _LINK | _PHOTO),
    _element('Give the link rel="noreferrer" and title="Log"',
             {'target="_blank">': 'target="_blank" rel="noreferrer" title="Log">'}),
    _element('Set aria-label="Note" on the input; the link wants rel="noreferrer"',
             _LINK | {'name="note" />': 'name="note" aria-label="Note" />'}),
    _element('The link needs rel="noreferrer", the button type="button"', {},
             "which <button> gets what is not certain"),
    _element("An image wants an alt: alt={boat.name}", {}, "an element <a> has no alt"),
]  # fmt: skip


@pytest.mark.parametrize(
    "case", [*CALLS, *LITERALS, *OPTIONS, *ELEMENTS], ids=lambda case: case.name
)
def test_what_is_told_goes_where_it_is_told(case: Case) -> None:
    """A keyword goes to a call that takes it, a name to the literals meant, all else nowhere."""
    check(case)
