"""Put a whole setting in the place of a whole setting of the same name, both written out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mendbook.code.edits import Edit
from mendbook.fixes.instruction.fragments.shape import Fragment, classify, is_same_setting
from mendbook.fixes.instruction.operations.replace.replace_code import claims
from mendbook.fixes.instruction.operations.replace.sides import sides_of
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import end, name_of, of_kinds, start, value_of
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import quoted_as_here
from mendbook.model import Operation


def replace_setting(work: Work, clause: Clause) -> StepEdits | None:
    """Write ``k: 2`` for ``k: 1``, a remark behind it included; None for anything else."""
    new, said = sides_of(clause)
    old = said.code if said is not None else None
    if old is None or new is None or not is_same_setting(old, new):
        return None
    scene = work.scene
    spans = list(_standing(scene, old))
    if len(spans) > 1:
        quoted = scene.quotes
        spans = [one for one in spans if any(a <= one[0] and one[1] <= b + 1 for a, b in quoted)]
    if len(spans) != 1:
        return None
    first, last = spans[0]
    text = quoted_as_here(scene, new.text.rstrip(";"))
    before, after = _without_remark(old.text), _without_remark(text)
    adds, removes = claims(scene, before, classify(after), (after,))
    return StepEdits(
        Operation.SET,
        f"replace `{old.text}` by `{new.text}`",
        edits_in(scene, [Edit(first, last, text)]),
        adds=adds,
        removes=removes,
    )


def _standing(scene: Scene, old: Fragment) -> Iterator[tuple[int, int]]:
    """Yield where the setting stands as it is written, and is one: no part of a longer value."""
    words = r"\s+".join(re.escape(part) for part in old.text.rstrip(";").split())
    kinds = scene.language.pairs | scene.language.assignments
    named = [one for one in of_kinds(scene.root, kinds) if name_of(one) == old.key]
    for match in re.finditer(rf"(?<![\w.]){words}(?![\w.])", scene.text):
        for one in named:
            value = value_of(one)
            if (
                value is not None
                and match.start() <= start(one)
                and end(value) <= match.end()
                and not re.search(r"\w", _without_remark(scene.text[end(value) : match.end()]))
            ):
                yield match.span()
                break


def _without_remark(code: str) -> str:
    return re.sub(r"\s*(?:#|//)\s[^\n]*$", "", code)
