"""What a clause means by ``it``, by a kind alone, or by brackets behind words."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.reading.phrases import phrases_of
from mendbook.fixes.instruction.reading.remarks import ABOUT, DOES
from mendbook.fixes.instruction.sentences.clauses import Clause
from mendbook.fixes.instruction.sentences.verbs import Verb


def meant_by_it(part: str, remark: str) -> str:
    """Return ``it should be X`` with what the remark before it speaks of for ``it``."""
    said = re.match(r"it\s+(?=(?:should|must) (?:be|say|read|become)\b)", part, re.IGNORECASE)
    about = ABOUT.match(remark) if said is not None else None
    if said is None or about is None or not re.match(r"the\s", about["subject"], re.IGNORECASE):
        return part
    return f"{about['subject']} {part[said.end() :]}"


def referring(clause: Clause, remark: str, codes: tuple[Fragment, ...]) -> Clause:
    """Return a clause about ``it`` as one about what the remark before it speaks of."""
    target = clause.object
    about = ABOUT.match(remark) or DOES.match(remark)
    if _is_said_kind(clause) and (match := re.match(r"⟦(\d+)⟧\s", remark)) is not None:
        told = replace(target, codes=(codes[int(match[1])],))
        return replace(
            clause, phrases=tuple(told if one is target else one for one in clause.phrases)
        )
    if target.codes or target.words[:1] not in {("it",), ("this",), ("them",)} or about is None:
        return clause
    if about["subject"].lower() in {"it", "this", "that", "nothing", "there", "they"}:
        return clause
    subject = phrases_of(about["subject"], codes)
    phrases = [one for one in clause.phrases if one is not target]
    return replace(clause, phrases=(*subject, *phrases))


def _is_said_kind(clause: Clause) -> bool:
    """Tell whether a clause takes away what it calls by its kind alone: ``drop the parameter``."""
    target = clause.object
    named = target.words in {("the", one) for one in _KINDS}
    return clause.verb is Verb.REMOVE and named and not target.codes


_KINDS = ("parameter", "argument", "field", "import", "method", "function", "property", "class")


def spelled_out(clause: Clause) -> Clause:
    """Return ``a limit of 8 seconds (`limit=8`)`` as ``limit=8``: the brackets say it in code."""
    if (valued := _revalued(clause)) is not None:
        return valued
    aside = clause.behind("(")
    if clause.verb not in {Verb.ADD, Verb.SET} or aside is None or clause.object.codes:
        return clause
    told = aside.codes[0] if len(aside.codes) == 1 and not aside.words else None
    others = [one for one in clause.codes if one is not told]
    if told is None or told.shape is not Shape.PAIR:
        return clause
    if not all(one.shape is Shape.NUMBER and _as_number(told) == _as_number(one) for one in others):
        return clause
    target = replace(clause.object, codes=(told,))
    rest = [one for one in clause.phrases if one not in {clause.object, aside}]
    rest = [one for one in rest if not set(one.codes) & set(others)]
    return replace(clause, phrases=(target, *rest))


def _revalued(clause: Clause) -> Clause | None:
    """Return ``change `size=64` to 8`` as ``set `size=8```; None for another clause."""
    old, target = clause.object, clause.behind("to")
    if clause.verb is not Verb.REPLACE or target is None or len(clause.codes) != 2:
        return None
    pair, value = old.code, target.code
    if pair is None or value is None or pair.shape is not Shape.PAIR or target.words:
        return None
    if value.shape not in {Shape.NUMBER, Shape.TEXT, Shape.NAME} or not pair.value:
        return None
    lead = pair.text[: pair.text.rindex(pair.value)]
    told = Fragment(f"{lead}{value.text}", Shape.PAIR, pair.quoted)
    rest = [one for one in clause.phrases if one not in {old, target}]
    return replace(clause, verb=Verb.SET, phrases=(replace(old, codes=(told,)), *rest))


def _as_number(code: Fragment) -> float | None:
    try:
        return float(code.value or code.text)
    except ValueError:
        return None
