"""Give a message of the quoted code another text: *extend the text to …*."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain, Unplaced
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, around, touches_quote
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.tree.syntax import inside, of_kinds
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_WORDS = ("text", "message", "wording", "string", "msg")
_LEAST = 8
"""Letters that two messages begin with alike, where one is the other reworded."""


def change_message(work: Work, clause: Clause) -> StepEdits | None:
    """Write the clause's text over the one message that begins like it; None for no message."""
    if not clause.object.has(*_WORDS):
        return None
    new = next((one for each in clause.all_behind("to", "into", "as", ":", "with")
                for one in each.codes), None)  # fmt: skip
    if new is None or not (new.shape is Shape.TEXT or re.search(r"\w \w", new.text)):
        return None
    scene = work.scene
    code = _literal(scene, new)
    bare = code.lstrip("fFrRbB").strip("'\"`")
    messages = [one for one in _messages(scene) if _begins_alike(one.text(), bare)]
    if len(messages) != 1:
        raise Unplaced("which message gets the new text is not clear")
    if messages[0].text() == code:
        raise Abstain("the message is already as asked")
    return StepEdits(
        Operation.REPLACE,
        f"write the message as {code}",
        edits_in(scene, [replaced(messages[0], code)]),
        adds=(code,),
    )


def _literal(scene: Scene, new: Fragment) -> str:
    """Return the new text as a literal of the file's language."""
    if new.shape is Shape.TEXT:
        return new.text
    if scene.language.script and "${" in new.text:
        return f"`{new.text}`"
    if scene.language.script or scene.language.python:
        used = [one.text() for one in _messages(scene)]
        mark = "'" if sum(one.startswith("'") for one in used) * 2 > len(used) else '"'
        if mark in new.text or "\\" in new.text or "{" in new.text:
            raise Unplaced("how the new text is spelled is not clear")
        return f"{mark}{new.text}{mark}"
    raise Unplaced("how the new text is spelled is not clear")


def _messages(scene: Scene) -> list[SgNode]:
    """Return the texts of what the evidence quotes, else of what it heads, else of the function."""
    texts = of_kinds(scene.root, scene.language.strings)
    near = [one for one in texts if touches_quote(scene, one)]
    if near:
        return near
    homes = [
        one
        for one in of_kinds(scene.root, ("catch_clause", "except_clause", "if_statement"))
        if touches_quote(scene, one)
    ]
    inner = homes[-1:] or around(scene)
    return [one for one in texts if any(inside(one, home) for home in inner)]


def _begins_alike(old: str, new: str) -> bool:
    bare = re.sub(r"^[fFrRbB]?['\"`]", "", old).rstrip("'\"`")
    least = min(_LEAST, len(bare))
    return bool(bare) and bare[:least] == new[:least]
