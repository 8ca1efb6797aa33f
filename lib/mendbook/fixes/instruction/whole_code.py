"""A fix text that gives one call as it should stand: the call says all of it."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.fixes.instead_of import INSTEAD
from mendbook.fixes.instruction.fragments.brackets import balanced
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.sentences.clauses import Clause, Phrase, Reading
from mendbook.fixes.instruction.sentences.ledger import Account, Entry
from mendbook.fixes.instruction.sentences.verbs import Verb
from mendbook.fixes.task import Task
from mendbook.model import Finding
from mendbook.text.brackets import parted


def as_code(task: Task, reading: Reading) -> Reading:
    """Return ``some words: f(…)`` as the call alone, where the evidence calls ``f`` in another way.

    What is written out says all that the words beside it say.
    """
    if _is_whole(task.finding, reading):
        whole = next(one for one in reading.codes if _CALLED.fullmatch(one.text))
        text = task.finding.fix.strip()
        return _only(reading, text, whole)
    text = task.finding.fix.strip().rstrip(".;")
    last = reading.codes[-1] if reading.codes else None
    if last is None or last.shape is not Shape.CODE or not text.endswith((last.text, "`")):
        return reading
    called = re.fullmatch(r"([\w.$]+)\((.+)\)", last.text, re.DOTALL)
    lead = text[: text.rfind(last.text)].rstrip("`").rstrip()
    if called is None or not lead.endswith(":") or "..." in last.text:
        return reading
    if not re.search(rf"(?<![\w.]){re.escape(called[1])}\(", task.finding.evidence):
        return reading
    sentence = re.split(r"(?<=[.;!?])\s+", lead)[-1].replace("`", "")
    asks = {Account.STEP, Account.OPEN}
    if any(
        one.account in asks and last not in one.codes and one.text not in sentence
        for one in reading.ledger
    ):
        return reading
    return _only(reading, text, last)


def _only(reading: Reading, text: str, code: Fragment) -> Reading:
    """Return a reading of the whole text as ``code`` alone."""
    clause = Clause(text, Verb.CODE, "", (Phrase("", (), (code,)),))
    beside = (
        replace(one, account=Account.REASON if one.account is Account.OPEN else one.account)
        for one in reading.ledger
        if one.account is not Account.STEP and code not in one.codes
    )
    return replace(reading, clauses=(clause,), ledger=(Entry(Account.STEP, text, (code,)), *beside))


_WISHED = re.compile(
    r"there\s(?!.*\b(?:also|too|as well|both|each|all|every|not|other)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""What is to be there: the code that the text gives for it says the same."""
_CALLED = re.compile(r"([A-Za-z_$][\w.$]*)\((.+)\)", re.DOTALL)
_NOT_WHOLE = (
    *("before", "after", "around", "in front of", "above", "below", "behind", "ahead of"),
    *(*INSTEAD, "when", "if", "unless", "without"),
)


def _is_whole(finding: Finding, reading: Reading) -> bool:
    """Tell whether the text gives one call as it should stand, and the evidence the one there is.

    Nothing else may be told: every clause is about that call, and every other code that is named
    is a name that stands in the finding itself.
    """
    calls = [one for one in reading.codes if _CALLED.fullmatch(one.text)]
    called = _CALLED.fullmatch(calls[0].text) if len(calls) == 1 and calls[0].quoted else None
    if (
        called is None
        or not all(map(_WISHED.match, reading.unread))
        or re.search(r"\.\.\.|…", calls[0].text)
    ):
        return False
    said = f"{finding.function} {finding.evidence}"
    for one in reading.codes:
        last = one.bare.rpartition(".")[2]
        if one is not calls[0] and not re.search(rf"(?<!\w){re.escape(last)}(?!\w)", said):
            return False
        if one is not calls[0] and one.shape is not Shape.NAME:
            return False
    for clause in reading.clauses:
        if calls[0] not in clause.codes or clause.verb not in _GIVES:
            return False
        if clause.behind(*_NOT_WHOLE) or clause.has("not", "also", "both", "each", "all", "every"):
            return False
    stood = re.findall(rf"(?<![\w.]){re.escape(called[1])}\(", finding.evidence)
    old = set(_given(finding.evidence, called[1])) if len(stood) == 1 else set()
    return bool(old & set(_given(calls[0].text, called[1])))


_GIVES = {Verb.LOG, Verb.USE, Verb.CODE, Verb.CALL, Verb.BECOME, Verb.SET, Verb.DECLARE}


def _given(text: str, callee: str) -> list[str]:
    """Return the arguments of the first call of ``callee`` in ``text``, without white space."""
    at = re.search(rf"(?<![\w.]){re.escape(callee)}\(", text)
    stop = balanced(text, at.end() - 1) if at is not None else 0
    if at is None or stop <= at.end():
        return []
    parts = parted(text[at.end() : stop - 1], ",")
    return [one for part in parts if (one := "".join(part.split()))]
