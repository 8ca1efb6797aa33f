"""Carry out ``old → new`` where both leave something out: ``load(…)`` → ``await load(…)``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.operations.counterpart.claims import claims
from mendbook.fixes.instruction.places.gaps import Fit, Gapped, filled, fits, gapped, narrowed
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.reading.read import read
from mendbook.fixes.instruction.rewording.marks import OUGHT
from mendbook.fixes.instruction.tree.syntax import bearers, end, start
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation
from mendbook.text.plain import one_line

_PAIR = re.compile(
    r"⟦(?P<old>\d+)⟧\s*(?:→|->|⇒|➔|=>|becomes?\b|turns?\s+into\b|is\s+to\s+(?:be|read|become)\b"
    rf"|{OUGHT}\s+(?:read|be|become|say|look\s+like|turn\s+into)\b)\s*:?\s*⟦(?P<new>\d+)⟧"
    r"|(?:replace|change|turn|rewrite)\s+⟦(?P<old_told>\d+)⟧\s+(?:with|by|to|into)\s+"
    r"⟦(?P<new_told>\d+)⟧",
    re.IGNORECASE,
)
_NAME = r"(?:⟦\d+⟧|[A-Za-z_$][\w$]*(?:\.[\w$]+)*(?:\(\))?)"
_AND = r"(?:\s*,\s*(?:and\s+)?(?:in\s+)?|\s+(?:and|as\s+well\s+as|and\s+also)\s+(?:in\s+)?)"
_TAIL = re.compile(
    rf"[\s,]*(?:(?:both\s+)?(?:in|inside|within)\s+(?:both\s+)?(?P<places>{_NAME}"
    rf"(?:{_AND}{_NAME})*))?"
    r"(?:[\s,;]*(?:and\s+)?(?:likewise|similarly|the\s+same|also|so\s+too)\s+(?:goes\s+)?"
    rf"(?:for|with|in)\s+(?P<twins>{_NAME}(?:{_AND}{_NAME})*))?"
    r"[\s.]*",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:both|all|every|everywhere|each|throughout|twice|two|three)\b", re.IGNORECASE
)


def substituted(work: Work) -> StepEdits | None:
    """Return the edits of ``old → new`` with something left out in it; None for another text.

    Raises ``Abstain`` where the old code does not stand there, or at more places than are told.
    """
    masked, codes = scan(work.task.finding.fix.strip())
    pairs = list(_PAIR.finditer(masked))
    if len(pairs) != 1:
        return None
    pair = pairs[0]
    old, new = (gapped(codes[int(pair[one] or pair[f"{one}_told"])].text) for one in ("old", "new"))
    if (old.open_start, old.open_end, old.gaps) != (new.open_start, new.open_end, new.gaps):
        return None
    if _brackets(old) != _brackets(new):
        return None
    tail = _TAIL.match(masked, pair.end())
    if tail is None or not (old.open_start or old.open_end or old.gaps or tail["twins"]):
        return None
    rest = masked[: pair.start()] + "." + masked[tail.end() :]
    if not _only_says(rest):
        return None
    places = [_spelled(one, codes) for one in _names(tail["places"])]
    several = bool(_ALL.search(masked)) or len(places) > 1
    scene = work.scene
    sides = [
        (old, new),
        *(_renamed(scene, old, new, _spelled(twin, codes)) for twin in _names(tail["twins"])),
    ]
    swaps = [swap for one, other in sides for swap in _swaps(scene, one, other, places, several)]
    both = [
        claims(scene.language, _operand(scene.text[fit.first : fit.last]), _operand(text))
        for fit, text in swaps
    ]
    return StepEdits(
        Operation.REPLACE,
        f"write `{one_line(new.text, 70)}` for `{one_line(old.text, 70)}`",
        edits_in(scene, [narrowed(scene.text, one.first, one.last, text) for one, text in swaps]),
        adds=tuple(dict.fromkeys(one for adds, _ in both for one in adds)),
        removes=tuple(dict.fromkeys(one for _, removes in both for one in removes)),
    )


def _brackets(code: Gapped) -> list[str]:
    """Return the innermost bracket that is open at each gap: what is left out is of that kind."""
    brackets: list[str] = []
    opened: list[str] = []
    for part in code.parts[:-1]:
        for char in part:
            if char in "([{":
                opened.append(char)
            elif char in ")]}" and opened:
                opened.pop()
        brackets.append(opened[-1] if opened else "")
    return brackets


def _only_says(rest: str) -> bool:
    """Tell whether what stands around a substitution asks for nothing more and names no code."""
    lead = re.sub(r"^[^.:⟦]*:\s*", "", rest)
    if "⟦" in lead:
        return False
    said = read(lead)
    return not said.clauses and not said.unread


def _names(listed: str | None) -> list[str]:
    if not listed:
        return []
    names = re.findall(_NAME, listed)
    return [one for one in names if one.lower() not in {"and", "as", "well", "in", "also", "both"}]


def _spelled(name: str, codes: Sequence[Fragment]) -> str:
    mark = re.fullmatch(r"⟦(\d+)⟧", name)
    return (codes[int(mark[1])].bare if mark is not None else name).removesuffix("()")


def _operand(code: str) -> str:
    """Return code without the operator that it begins with, which is no code by itself."""
    return re.sub(r"^(?:[?&|=+*/%<>,:.]+|and\b|or\b)\s*", "", code)


def _swaps(
    scene: Scene, old: Gapped, new: Gapped, places: Sequence[str], several: bool
) -> list[tuple[Fit, str]]:
    """Return each place that the text means, with what is to stand there."""
    spots = list(fits(scene.text, old))
    if not spots:
        raise Unplaced(f"`{old.text}` does not stand in {scene.path} at this commit")
    done = list(fits(scene.text, new))
    left = [
        one
        for one in spots
        if not any(each.first <= one.first and one.last <= each.last for each in done)
    ]
    if not left:
        raise Abstain("the code is already as asked")
    meant = _meant(scene, old, left, places, several)
    return [(one, filled(new, scene.text, one)) for one in meant]


def _meant(
    scene: Scene, old: Gapped, spots: Sequence[Fit], places: Sequence[str], several: bool
) -> list[Fit]:
    """Return the fits that the text means: all in what it names, else the one of the evidence."""
    if places:
        kept: list[Fit] = []
        for name in places:
            homes = bearers(scene.root, name, scene.language)
            within = [one for one in spots if any(_holds(home, one) for home in homes)]
            if not within:
                raise Unplaced(f"`{old.text}` does not stand in {name}")
            kept += [one for one in within if one not in kept]
        return kept
    if several:
        inner = [one for one in spots if any(_holds(home, one) for home in scene.scopes)]
        return inner or list(spots)
    near = [
        one
        for one in spots
        if any(one.first < last and first < one.last for first, last in scene.quotes)
    ] or [one for one in spots if any(_holds(home, one) for home in scene.scopes)]
    near = near or list(spots)
    if len(near) > 1:
        raise Unplaced(f"`{old.text}` stands at several places of {scene.path}")
    return near


def _holds(node: SgNode, fit: Fit) -> bool:
    return start(node) <= fit.first and fit.last <= end(node)


def _renamed(scene: Scene, old: Gapped, new: Gapped, twin: str) -> tuple[Gapped, Gapped]:
    """Return both sides with ``twin`` for the one name of them with which they stand there, too."""
    shared = [
        name
        for name in dict.fromkeys(re.findall(r"[A-Za-z_$][\w$]*", old.text))
        if re.search(rf"\b{re.escape(name)}\b", new.text) and name != twin
    ]
    fitting = [
        both
        for name in shared
        for both in [(_exchanged(old, name, twin), _exchanged(new, name, twin))]
        if any(True for _ in fits(scene.text, both[0]))
    ]
    if len(fitting) != 1:
        raise Abstain(f"what of `{old.text}` {twin} stands for is not certain")
    return fitting[0]


def _exchanged(code: Gapped, name: str, twin: str) -> Gapped:
    said = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    parts = tuple(said.sub(lambda _: twin, one) for one in code.parts)
    return Gapped(parts, code.open_start, code.open_end)
