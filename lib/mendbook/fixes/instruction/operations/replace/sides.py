"""Which code of a clause comes, and which phrase names what goes."""

from __future__ import annotations

import re

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape, classify
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase
from mendbook.fixes.instruction.sentences.verbs import Verb

OLD_BEHIND = (*INSTEAD, "in favour of", "in favor of")
WITH = ("with", "by", "to", "into", "→")
MAGIC = (
    "magic", "literal", "number", "hard-coded", "hardcoded", "value", "constant", "string",
    "literals", "numbers",
)  # fmt: skip
_TELLING = {
    Verb.USE, Verb.CALL, Verb.RETURN, Verb.CODE, Verb.ADD, Verb.THROW, Verb.LOG,
}  # fmt: skip


def sides_of(clause: Clause) -> tuple[Fragment | None, Phrase | None]:
    """Return the new code and the phrase for the old, whichever way round the text says it."""
    instead = clause.behind(*OLD_BEHIND)
    if clause.verb is Verb.REPLACE:
        target = clause.behind(*WITH)
        if target is None or (target.code is None and not target.words):
            return None, None
        if target.code is not None and _tells(target):
            return None, None
        new = target.code
        old = clause.object if clause.object.codes or clause.object.words else None
        if (old is None or not old.codes) and (begin := clause.behind("from")) is not None:
            old = begin if begin.codes else old
        return new, old
    if clause.verb is Verb.CATCH:
        told = [one for one in clause.codes if one.text.startswith("except")]
        return (told[-1] if told else None), None
    if clause.verb in _TELLING:
        if clause.verb in {Verb.ADD, Verb.THROW} and instead is None:
            return None, None
        if clause.verb is Verb.LOG and (instead is None or not instead.codes):
            return None, None
        codes = list(clause.object.codes)
        if not codes and clause.word in {"compare", "comparing", "check", "test"}:
            codes = [one for p in clause.all_behind("with", "to", "against") for one in p.codes]
        if not codes and clause.verb is Verb.LOG:
            codes = [one for p in clause.all_behind("with", "using", "via") for one in p.codes]
        for phrase in clause.all_behind(":", ")"):
            codes += [one for one in phrase.codes if one.shape is not Shape.ASSIGNMENT]
        if clause.verb is Verb.RETURN and instead is None and _plain_return(clause) and codes:
            return classify(re.sub(r"^return\s+", "", codes[0].text)), None
        if (
            clause.verb in {Verb.CALL, Verb.RETURN}
            and instead is None
            and not clause.has("instead")
        ):
            return None, None
        return (codes[0] if len(codes) == 1 else None), instead
    return None, None


FILLERS = {
    "here", "instead", "there", "everywhere",
    "the", "a", "an", "new", "named", "constant", "literal", "value", "call", "calls", "function",
    "helper", "method", "single", "safe", "strict", "type", "just", "plain", "explicit", "its",
    "shared", "existing", "operator", "use", "only", "own", "simple", "proper", "one", "built-in",
    "native", "standard", "imported", "expression", "class", "error", "exception", "enum", "both",
}  # fmt: skip


def _tells(target: Phrase) -> bool:
    """Tell whether the words before a value say more than that it is one: ``to produce X``."""
    first = target.words[0] if target.words else ""
    return target.preposition in {"to", "into"} and bool(first) and first not in FILLERS


def _plain_return(clause: Clause) -> bool:
    """Tell whether a clause only says what is returned, neither when nor where."""
    return len(clause.codes) == 1 and all(one.preposition in {"", ":"} for one in clause.phrases)
