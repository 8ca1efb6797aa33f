"""A name that nothing bears yet, for a literal or for a declaration that the finding quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mendbook.code.word_index import files_holding
from mendbook.fixes.instruction.evident.said import Said, are_places
from mendbook.fixes.instruction.facts.constants import same_number
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.places.scene import Scene, begins_in_quote
from mendbook.fixes.instruction.tree.syntax import declarations, of_kinds, text_of

_CAPS = re.compile(r"[A-Z][A-Z\d]*(?:_[A-Z\d]+)+")
_NAMED = re.compile(
    r"\b(?:name[ds]?|named|call(?:ed|s)?|constant|const|magic|meaning|unexplained)\b", re.IGNORECASE
)
_RENAMED = re.compile(
    r"\b(?:renam\w+|call(?:ed)?|names?|named|says?|said|describes?|reads?\s+better|clearer|"
    r"misleading|misnamed|misnomer|was|formerly|previously)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[A-Za-z_$][\w$]*")
_OWN = {
    *("name", "call", "use", "give", "make", "rename", "introduce", "extract", "define"),
    *("declare", "put", "hoist", "pull", "read", "should", "needs", "need"),
}
_TRIVIAL = {"0", "1", "-1", "''", '""'}
_VALUE = {Shape.NUMBER, Shape.TEXT}


def new_constant(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the constant that a quoted literal becomes: *its name would be SETTLE_MS*."""
    names = [at for at in said.wanted() if _is_new(said.codes[at], scene, _CAPS)]
    if len(names) != 1 or not _NAMED.search(said.masked) or said.asks_more(_OWN):
        return
    rest = [at for at in (*said.wanted(), *said.given_up()) if at not in names]
    told = [said.codes[at].text for at in rest if said.codes[at].shape in _VALUE]
    kinds = scene.language.numbers | scene.language.strings
    literals = {
        text_of(one)
        for one in of_kinds(scene.root, kinds)
        if begins_in_quote(scene, one) and text_of(one) not in _TRIVIAL
    }
    if told:
        literals = {one for one in literals if any(same_number(one, each) for each in told)}
    if len(literals) == 1 and are_places(said, rest, scene):
        yield f"Extract `{literals.pop()}` into a constant `{said.codes[names[0]].text}`"


def new_name(said: Said, scene: Scene) -> Iterator[str]:
    """Yield the other name of a quoted declaration: *go says too little, settle would do*."""
    plain = [at for at in said.wanted() if said.codes[at].shape is Shape.NAME]
    fresh = [at for at in plain if _is_new(said.codes[at], scene, _PLAIN)]
    if len(fresh) != 1 or not _RENAMED.search(said.masked) or said.asks_more(_OWN):
        return
    others = [at for at in (*said.wanted(), *said.given_up()) if at not in fresh]
    words = re.findall(r"(?<![\w$⟦])[A-Za-z_$][\w$]*(?![\w$⟧])", said.masked)
    told = {said.codes[at].text.removesuffix("()") for at in others}
    told |= _declared_here(scene, words)
    if not any(scene.knows(one) for one in told):
        own = (one.rpartition(".")[2] for one in scene.task.finding.symbols)
        told = _declared_here(scene, own)
    olds = {name for name in told if len(declarations(scene.root, name, scene.language)) == 1}
    if len(olds) == 1 and are_places(said, others, scene):
        yield f"Rename `{olds.pop()}` to `{said.codes[fresh[0]].text}`"


def _declared_here(scene: Scene, names: Iterable[str]) -> set[str]:
    """Return those of ``names`` that are declared in the quoted code."""
    return {
        name
        for name in names
        for one in declarations(scene.root, name, scene.language)
        if begins_in_quote(scene, one)
    }


def _is_new(code: Fragment, scene: Scene, form: re.Pattern[str]) -> bool:
    """Tell whether a piece of code is a name of ``form`` that no file has."""
    if code.shape is not Shape.NAME or not form.fullmatch(code.text):
        return False
    return not scene.knows(code.text) and not files_holding(scene.task.snapshot, code.text)
