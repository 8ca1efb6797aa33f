"""A copy by way of JSON text becomes one by ``structuredClone``."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.places.scene import Scene, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import innermost_function, step_edits
from mendbook.fixes.instruction.tree.syntax import arguments, callee_text, name_of, of_kinds
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_CLONES = re.compile(r"(?:the\s+)?\bstructuredClone\b(?:\([^()]*\))?")
_JSON = re.compile(r"\bJSON(?:\.(?:parse|stringify)(?:\((?:[^()]|\([^()]*\))*\))?)?")
_WORDS = frozenset(
    re.findall(
        r"\w+",
        (
            "use make do take prefer replace swap change switch copy clone copied cloned made done "
            "should must be to by with via through for of in over instead rather than and as well "
            "the a an both all two three every each it this that deep copies clones round trip "
            "trips roundtrip text here object objects value values there too needs has"
        ),
    )
)
_ALL = re.compile(r"\b(?:both|all|two|three|every|each)\b", re.IGNORECASE)


def cloned(work: Work, ask: Ask) -> StepEdits | None:
    """*Both copies should be made with structuredClone(base)*: over a way through JSON text.

    The ones that are quoted, and all of the file or of the functions named where the words say so.
    """
    scene = work.scene
    if _CLONES.search(ask.unticked) is None:
        return None
    copies = _copies(scene)
    rest = _JSON.sub(" ", _CLONES.sub(" ", ask.unticked))
    words = set(re.findall(r"[A-Za-z_$][\w$]*", rest))
    homes = {name for one in copies if (name := _home(scene, one))}
    if not copies or not {one.lower() for one in words - homes} <= _WORDS:
        return None
    named = words & homes
    chosen = [one for one in copies if touches_quote(scene, one) or _home(scene, one) in named]
    if _ALL.search(rest):
        chosen = copies
        counted = {"both": 2, "two": 2, "three": 3}
        wanted = next((number for word, number in counted.items() if word in rest.lower()), 0)
        if wanted and wanted != len(copies):
            raise Abstain(f"the text speaks of {wanted} copies, and {len(copies)} are made")
    if not chosen:
        return None
    edits = [replaced(one, f"structuredClone({_source(one)})") for one in chosen]
    said = f"copy by structuredClone at {len(edits)} places"
    return step_edits(scene, Operation.REPLACE, said, edits, ["structuredClone("])


def _copies(scene: Scene) -> list[SgNode]:
    return [
        one
        for one in of_kinds(scene.root, ("call_expression",), scene.language)
        if callee_text(one) == "JSON.parse" and _source(one)
    ]


def _source(call: SgNode) -> str:
    """Return what a call copies by way of text; nothing where it does not."""
    given = arguments(call)
    if len(given) != 1 or callee_text(given[0]) != "JSON.stringify":
        return ""
    inner = arguments(given[0])
    return inner[0].text() if len(inner) == 1 else ""


def _home(scene: Scene, one: SgNode) -> str:
    home = innermost_function(scene, one)
    return name_of(home) if home is not None else ""
