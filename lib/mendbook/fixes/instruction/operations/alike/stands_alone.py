"""Put code that stands alone in a text in the place of the one thing that it is another form of.

``Use `f"{a} {b}"`` names nothing that goes: what goes is the one expression of the evidence that is
made of the same values, the one head of the same function, the one decorator of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mendbook.fixes.instruction.fragments.shape import Fragment
from mendbook.fixes.instruction.operations.alike.calls import (
    chain_swap,
    get_swap,
    literal_swap,
    same_method_swap,
)
from mendbook.fixes.instruction.operations.alike.exits import (
    added_before_exit,
    guard_added,
    raise_from_swap,
)
from mendbook.fixes.instruction.operations.alike.heads import decorator_swap, signature_swap
from mendbook.fixes.instruction.operations.alike.logs import log_for_print
from mendbook.fixes.instruction.operations.alike.loops import each_swap, gathered_swap
from mendbook.fixes.instruction.operations.alike.same_values import (
    needless_test_dropped,
    same_values_swap,
)
from mendbook.fixes.instruction.operations.alike.statements import statement_swap
from mendbook.fixes.instruction.operations.alike.swap import Swap
from mendbook.fixes.instruction.operations.counterpart.claims import claims
from mendbook.fixes.instruction.places.scene import Scene
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.instruction.work import StepEdits, Work, edits_in
from mendbook.model import Operation


def stands_alone(work: Work, clause: Clause) -> StepEdits | None:
    """Return the edit that writes a clause's one code over what it mends; None without one."""
    if not work.scene.quotes or (told := _told(clause)) is None:
        return None
    code = told.text.strip().rstrip(";")
    if re.search(r"\.\.\.|…", code) or work.scene.is_about(code):
        return None
    forms = _BY_VERB.get(clause.verb, _FORMS)
    for form in forms:
        swap = form(work.scene, code)
        if swap is not None:
            old, new, edits = swap
            adds, removes = claims(work.scene.language, old, new) if old else ((new,), ())
            shown = f"write `{new}` for `{' '.join(old.split())[:70]}`" if old else f"add `{new}`"
            return StepEdits(
                Operation.REPLACE if old else Operation.GUARD,
                shown,
                edits_in(work.scene, edits),
                adds=adds,
                removes=removes,
            )
    return None


def _told(clause: Clause) -> Fragment | None:
    """Return the one code of a clause that says nothing else: ``Use C``, ``C``, ``Return C``."""
    if len(clause.codes) != 1:
        return None
    left = {"the", "a", "an", "with", "so", "then", "simply", "just", ""}
    said = " ".join(one for one in clause.words if one not in left)
    if clause.verb is Verb.ADD:
        return clause.codes[0] if _ADDED.fullmatch(said) else None
    if clause.verb is Verb.REMOVE:
        return clause.codes[0] if said in {clause.word, f"{clause.word} redundant"} else None
    said = re.sub(r"^(?:use|read|return|replace|code)\b\s*", "", said)
    return clause.codes[0] if _SAID.fullmatch(said) and clause.verb in _VERBS else None


_ADDED = re.compile(
    r"add guard quoted statement|add statement quoted (?:returning|raising|throwing)"
)
_SAID = re.compile(r"it|signature|quoted code|loop(?: \w+)?|")
_VERBS = {Verb.USE, Verb.CODE, Verb.RETURN, Verb.REPLACE}
_BY_VERB: dict[Verb, tuple[Callable[[Scene, str], Swap | None], ...]] = {
    Verb.ADD: (guard_added, added_before_exit),
    Verb.REMOVE: (needless_test_dropped,),
}
_FORMS: tuple[Callable[[Scene, str], Swap | None], ...] = (
    signature_swap,
    decorator_swap,
    raise_from_swap,
    get_swap,
    literal_swap,
    log_for_print,
    gathered_swap,
    each_swap,
    statement_swap,
    same_values_swap,
    same_method_swap,
    chain_swap,
)
