"""Carry out a change that the text shows as lines with ``-`` and ``+``, or as before and after."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from mendbook.code.edits import Edit, indent, line_start
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.places.quotes import quoted
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Reading
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation

_LABELS = re.compile(
    r"(?:^|\n)\s*(?:\*\*|#+\s*|//\s*)?(?P<label>before|after|old|new|bad|good|current|from|to"
    r"|instead of|use|suggested|fixed|replace|with|change)\b[^`\n]{0,40}:?\s*(?:\*\*)?\s*:?\s*\n?"
    r"(?P<fence>`{3}\w*\n.*?`{3})",
    re.IGNORECASE | re.DOTALL,
)
_OLD = {"before", "old", "bad", "current", "from", "instead of", "replace", "change"}


def shown_change(work: Work, reading: Reading) -> StepEdits | None:
    """Return the edit that a diff, or a block before and one after, shows; None without one."""
    pair = _diff(reading.codes) or _labelled(work.task.finding.fix)
    if pair is None:
        return None
    old, new = pair
    rest = [one.text for one in reading.codes if "\n" not in one.text]
    if not all(one in old or one in new for one in rest):
        raise Abstain("the text says more than the change that it shows")
    return _swapped(work.scene, old, new)


def _diff(codes: Sequence[Fragment]) -> tuple[str, str] | None:
    """Return the lines that a fragment in the form of a diff takes away, and those it adds."""
    blocks = []
    for one in codes:
        lines = [row for row in one.text.split("\n") if row.strip()]
        lines = [row for row in lines if not re.match(r"@@|diff --git|(?:---|\+\+\+)(?:\s|$)", row)]
        marks = [row[:1] for row in lines]
        if len(lines) > 1 and "-" in marks and set(marks) <= {"-", "+", " "}:
            blocks.append(lines)
    if len(blocks) != 1:
        return None
    old = [row[1:] for row in blocks[0] if row[:1] in "- "]
    new = [row[1:] for row in blocks[0] if row[:1] in "+ "]
    return "\n".join(old), "\n".join(new)


def _labelled(text: str) -> tuple[str, str] | None:
    """Return the code under *before* and the code under *after*."""
    sides: dict[bool, list[str]] = {True: [], False: []}
    for match in _LABELS.finditer(text):
        code = re.sub(r"^`{3}\w*\n|`{3}$", "", match["fence"]).rstrip()
        sides[match["label"].lower() in _OLD].append(code)
    if len(sides[True]) != 1 or len(sides[False]) != 1:
        return None
    return sides[True][0], sides[False][0]


def _swapped(scene: Scene, old: str, new: str) -> StepEdits:
    places = quoted(scene.text, old)
    if len(places) > 1 and scene.quotes:
        places = [one for one in places if any(one[0] < b and a < one[1] for a, b in scene.quotes)]
    if not places and quoted(scene.text, new):
        raise Abstain("the code is already as asked")
    if len(places) != 1:
        count = len(places)
        raise Abstain(f"the code shown as it is now stands at {count} places of {scene.path}")
    first, last = places[0]
    if scene.text[last : last + 1] == ";" and old.rstrip().endswith(";"):
        last += 1
    tail = ";" if not old.rstrip().endswith(";") and scene.text[last : last + 1] == ";" else ""
    text = textwrap.dedent(new).strip()
    if tail and text.endswith(";"):
        text = text[:-1]
    lead = indent(scene.text, first)
    if not scene.text[line_start(scene.text, first) : first].strip():
        text = textwrap.indent(text, lead).removeprefix(lead)
    return StepEdits(
        Operation.REPLACE,
        f"write `{_short(new)}` for `{_short(old)}`",
        edits_in(scene, [Edit(first, last, text)]),
    )


def _short(code: str) -> str:
    flat = " ".join(code.split())
    return flat if len(flat) < 70 else flat[:69] + "…"
