"""Locks of Go: taken while a function runs, and released by ``defer``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import remove
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.places.scene import Scene, around
from mendbook.fixes.instruction.tree.syntax import body_of, of_kinds
from mendbook.fixes.instruction.work import StepEdits, edits_in
from mendbook.fixes.instruction.writing.editing import block_start, line_after
from mendbook.model import Operation

_MUTEX = re.compile(
    r"\b(?:hold|guard|protect|lock|acquire|take)\b.*?\b(\w+\.\w*[mM]u(?:tex)?)\b", re.IGNORECASE
)


_NO_ORDER = re.compile(
    r"\bcallers?\b|\balready\b|\bbe\s+called\b|\bonly\b|\bneed\s+not\b|\btoo\s+long\b|\?|^\W*call\b",
    re.IGNORECASE,
)
"""Who holds a lock already, and where it is to be held for a part alone."""


def locked(scene: Scene, masked: str, codes: tuple[Fragment, ...]) -> StepEdits | None:
    """``mu.Lock()`` and ``defer mu.Unlock()``: what the function begins with."""
    text = scene.task.finding.fix
    if _NO_ORDER.search(text):
        return None
    locks = [m for one in codes for m in re.findall(r"([\w.]+)\.(R?)Lock\(\)", one.text)]
    frees = [m for one in codes for m in re.findall(r"([\w.]+)\.(R?)Unlock\(\)", one.text)]
    named = _MUTEX.search(text)
    if locks and (len(locks) != 1 or frees[:1] != locks or len(frees) != 1):
        return None
    if not locks and (named is None or len(codes) > 1):
        return None
    owner, kind = locks[0] if locks else (named[1] if named else "", "")
    field = owner.rpartition(".")[2]
    declared = re.search(rf"\b{re.escape(field)}\s+\*?sync\.(?:RW)?Mutex\b", scene.text)
    homes = around(scene)
    body = body_of(homes[0]) if len(homes) == 1 else None
    if declared is None or body is None:
        return None
    refuse_locked(body, owner)
    return locked_throughout(scene, body, owner, kind, "the function")


def refuse_locked(body: SgNode, owner: str) -> None:
    """Raise ``Abstain`` where a body takes the lock ``owner`` itself."""
    if re.search(rf"\b{re.escape(owner)}\.R?Lock\(\)", body.text()):
        raise Abstain(f"{owner} is locked there already")


def locked_throughout(scene: Scene, body: SgNode, owner: str, letter: str, home: str) -> StepEdits:
    """Return the two lines that ``body`` begins with; ``letter`` is R for a lock of readers."""
    lines = f"{owner}.{letter}Lock()", f"defer {owner}.{letter}Unlock()"
    edit = block_start(scene, body, "\n".join(lines))
    said = f"hold {owner} while {home} runs"
    return StepEdits(Operation.CALL, said, edits_in(scene, [edit]), adds=lines)


def unlocked_by_defer(scene: Scene, fix: str) -> StepEdits | None:
    """``defer mu.Unlock()`` behind the one ``mu.Lock()``, in the place of every unlock by hand.

    Only what ends the function, or leaves it, may stand behind an unlock by hand: nothing that ran
    without the lock runs under it.
    """
    told = re.search(r"\bdefer\b", fix, re.IGNORECASE) and re.search(
        r"\bunlock\s+(?:it\s+)?(?:with|by|via|through|in)\s+(?:a\s+)?defer\b|\b(?:remove|drop"
        r"|delete|instead\s+of|rather\s+than|replace|not\s+by\s+hand|manual\w*"
        r"|explicit\w*)\b",
        fix, re.IGNORECASE,
    )  # fmt: skip
    homes = around(scene)
    if not told or not re.search(r"unlock", fix, re.IGNORECASE) or len(homes) != 1:
        return None
    return deferred_unlocks(scene, homes[0])


def deferred_unlocks(scene: Scene, home: SgNode) -> StepEdits | None:
    """Return the one ``defer`` for the unlocks of ``home``; None where they are not of one lock.

    Raises ``Abstain`` where code that ran without the lock would run under it.
    """
    calls = [
        one
        for one in of_kinds(home, ("expression_statement",))
        if re.fullmatch(r"[\w.]+\.R?(?:Un)?[lL]ock\(\)", one.text())
    ]
    locks = [one for one in calls if not one.text().endswith("nlock()")]
    frees = [one for one in calls if one.text().endswith("nlock()")]
    if len(locks) != 1 or not frees or any(
        one.text() != locks[0].text().replace("Lock()", "Unlock()") for one in frees
    ):  # fmt: skip
        return None
    if re.search(rf"\bdefer\s+{re.escape(frees[0].text())}", home.text()):
        raise Abstain(f"`defer {frees[0].text()}` stands there already")
    if not all(_leaves_next(one) for one in frees):
        raise Abstain("code that runs without the lock would run under it")
    edits = [
        line_after(scene, locks[0], f"defer {frees[0].text()}"),
        *(remove(scene.text, one) for one in frees),
    ]
    said = f"unlock by `defer {frees[0].text()}` alone"
    return StepEdits(
        Operation.REPLACE, said, edits_in(scene, edits), adds=(f"defer {frees[0].text()}",)
    )


def _leaves_next(statement: SgNode) -> bool:
    """Tell whether nothing but a plain return stands behind a statement."""
    behind = statement.next()
    while behind is not None and (not behind.is_named() or "comment" in behind.kind()):
        behind = behind.next()
    return behind is None or (
        behind.kind() == "return_statement" and not of_kinds(behind, ("call_expression",))
    )
