"""Fill in what a fix text leaves out of the code it names: ``items.sort(...)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify
from mendbook.fixes.instruction.places.pick import narrow
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.tree.syntax import call_name, end, field, of_kinds, squeezed, start

_GAP = re.compile(r"\((?:\.\.\.|…)\)")
_SIGN_OF = {
    "!== -1": "",
    "!= -1": "",
    ">= 0": "",
    "> -1": "",
    "=== -1": "!",
    "== -1": "!",
    "< 0": "!",
}
"""What ``indexOf(x)`` is compared with where it asks whether x is there, and the sign of it."""


def filled(scene: Scene, new: Fragment, old: Fragment | None) -> tuple[Fragment, Fragment] | None:
    """Return ``new`` and ``old`` with what stands in the code for their ``(...)``.

    None where ``old`` leaves nothing out. Raises ``Abstain`` where what it stands for, or what
    becomes of it, is not one thing.
    """
    if old is None or len(_GAP.findall(old.text)) != 1:
        return None
    before, after = (part.strip() for part in _GAP.split(old.text))
    fits = list(_fits(scene, before, after))
    if not fits:
        raise Unplaced(f"`{old.text}` does not stand in {scene.path} at this commit")
    near = narrow(scene, [one for one, _ in fits])
    if len({one.text() for one in near}) != 1:
        raise Abstain(f"`{old.text}` fits several places of {scene.path}")
    node, given = next((one, text) for one, text in fits if one.text() == near[0].text())
    return _written(node, given, before, after, new), classify(node.text())


def _fits(scene: Scene, before: str, after: str) -> Iterator[tuple[SgNode, str]]:
    """Yield the expressions that say ``before(…) after``, each with what its brackets hold."""
    for call in of_kinds(scene.root, scene.language.calls):
        target, listed = field(call, "function", "constructor"), call.field("arguments")
        if target is None or listed is None:
            continue
        spelled = squeezed(target.text())
        if spelled != squeezed(before) and not spelled.endswith(f".{squeezed(before)}"):
            continue
        given = scene.text[start(listed) + 1 : end(listed) - 1].strip()
        if not after:
            yield call, given
            continue
        whole = call.parent()
        rest = scene.text[end(call) : end(whole)] if whole is not None else ""
        if whole is not None and start(whole) == start(call) and squeezed(rest) == squeezed(after):
            yield whole, given


def _written(node: SgNode, given: str, before: str, after: str, new: Fragment) -> Fragment:
    """Return the new code with ``given`` in its own gap, or as the like of the old method."""
    if len(_GAP.findall(new.text)) == 1:
        return classify(_GAP.sub(lambda _: f"({given})", new.text))
    if new.shape in {Shape.NAME, Shape.CHAIN} or new.text.endswith("()"):
        name = new.text.removesuffix("()").strip(".?")
        call = node if not after else node.child(0)
        if call is None or "." in name or (after and not _asks(before, after, name)):
            raise Abstain(f"what becomes of `{after}` is not said")
        head = call.text()[: call.text().rindex(call_name(call), 0, call.text().index("("))]
        sign = _SIGN_OF[squeezed_tail(after)] if after else ""
        return classify(f"{sign}{head}{name}({given})")
    return new


def _asks(before: str, after: str, name: str) -> bool:
    return (
        before.strip(".").endswith("indexOf")
        and name == "includes"
        and (squeezed_tail(after) in _SIGN_OF)
    )


def squeezed_tail(after: str) -> str:
    """Return a comparison with one blank between its operator and its number."""
    return re.sub(r"^\s*([=!<>]+)\s*", r"\1 ", after).strip()
