"""A fix text as a person reads it: its alternatives and its steps, never split within code.

These are whole phrases of the audit, to be read by who does the work, whatever their verbs.
``fixes.instruction.reading`` masks the code and parts what is left into verbs and places that an
edit can be made of; what it cannot read it leaves out.
"""

from __future__ import annotations

import re

from mendbook.changes.order_first import order_first
from mendbook.changes.phrases import IMPERATIVES, bare_condition, ends, first_word
from mendbook.text.lead_ins import LIST_MARK

_EITHER = re.compile(
    r"(?is)^\s*(?:(?:you (?:can|could|may)\s+)?either"
    r"|(?:decide|choose)\s+(?:whether\s+to|to\s+either|between))\s+(.+)$"
)
_WHETHER = re.compile(
    r"(?is)^\s*(?:decide|settle|choose|agree)\s(?:on\s)?whether\s(?!to\b)(?P<first>[^.;]+?),?\s"
    r"or\swhether\s(?P<second>[^.;]+)"
)
"""*Decide whether A, or whether B*: each is a sentence of its own."""
_IF_NOT = re.compile(
    r"(?is)^\s*(?:decide|settle|choose|agree|find out|check)\s(?:on\s)?(?:whether|if)\s(?!to\b)"
    r"[^.;]+[.;]"
    r"\s+if\s(?:not|so|yes|no),?\s(?P<first>[^;.]+)[;.,]\s+"
    r"(?:otherwise|else|if\s(?:not|so|yes|no)),?\s(?P<second>[^.;]+)"
)
"""*Decide whether A. If not, do B; otherwise do C*."""
_OR = re.compile(r"(?i),?\s+or\s+(?:else\s+|alternatively\s+)?|;\s*alternatively,?\s+")
_ALTERNATIVE = re.compile(r"(?i)(?<=[.;])\s+(?:alternatively|or else|or),?\s+")
_STEP_ENDS = re.compile(
    r"(?<=[\w)\]}\"'`>/\0][.;!?])(?<!\b\d\.)(?<!e\.g\.)(?<!i\.e\.)\s+(?=\S)|\n+|;\s"
    r"|,?\s(?:and then|then)\s(?!(?:the|an?|its|their|by|with)\b)"
)
_MARK = re.compile(rf"^\s*{LIST_MARK}\s+|^\s*(?:and|then|also)\s+", re.I)
_INLINE_NUMBER = re.compile(r"\s(?=\(?\d[.)]\s)")
_CODE = re.compile(r"`[^`]*`|\"[^\"]*\"|(?<!\w)'[^'\n]*'(?!\w)")
_ITS_CONDITION = re.compile(r"\b(?:when|if|unless|once|where)\s(?P<it>it)\s")
_OBJECT = re.compile(
    r"(?i)(?<=^parse\s)(?:the|its)\s[\w-]+\s|(?<=^read\s)(?:the|its)\s[\w-]+\s"
    r"|(?<=^decode\s)(?:the|its)\s[\w-]+\s|(?<=^load\s)(?:the|its)\s[\w-]+\s"
    r"|(?<=^validate\s)(?:(?:the|its)\s)?[\w-]+\s|(?<=^check\s)(?:(?:the|its)\s)?[\w-]+\s"
    r"|(?<=^verify\s)(?:(?:the|its)\s)?[\w-]+\s"
)
"""What the first order is about: *it* of the condition behind it."""
_HERE_AND = re.compile(r",?\s(?:both\s)?here(?:\s(?:and|as well as)\sin\s`?[\w$.]+`?)$")
"""Where else it is to be done: the places of the step say so."""
_LEAD = re.compile(
    r"(?i)(?:guard|fix|harden|protect|correct|tighten|secure|restrict|bound|repair)\b"
    r"[^:`.,;]{0,40}:\s+"
    rf"(?=(?:only\s|always\s|never\s|first\s)?(?:{'|'.join(sorted(IMPERATIVES))})\s)"
)
_ABORTS = re.compile(r"(^|\sand\s|,\s|\sthen\s)abort\(([45]\d\d)(?:,[^()]*)?\)")
"""A call of a framework that answers, written as an order."""
_SHORT = 2
_OPEN_CONDITION = re.compile(
    r"(?i)\b(?:when|whenever|if|unless|where|until|while|whose"
    r"|(?:that|which|who)\s(?=[a-z]*[^s\s]\s))\s?[^,;]*$"
)
"""A condition that is still open, or what is told of several: *names that begin or end so*."""
_IS_SUBJECT = re.compile(
    r"\w+\s(?:is|are|was|were|has|have|had|does|do|can|cannot|may|must|exceeds?|contains?)\b"
)
"""What follows a noun: of *cap or limit is reached* no one is told to limit."""
_OR_VERB = re.compile(rf"(?i),?\s+or\s+(?=(?:{'|'.join(IMPERATIVES)})\s)")

_MORE_ORDERS = {"abort", "raise", "answer", "do not", "never", "rethrow", "reraise", "re-throw"}
_ORDERS = re.compile(
    r"(?:,\s(?:and\s)?|\sand\s(?:then\s)?)"
    rf"(?=(?:{'|'.join(sorted({*IMPERATIVES, *_MORE_ORDERS}))})\s(?!and\b)"
    r"|(?:abort|raise|throw|return)\()"
)
_IN_PLACE_OF = re.compile(r"\b(?:instead of|rather than|in place of)\s(?:the\s)?[^\s,]+$")
"""The first of two things that something is done in place of: *with instead of open and close*."""

_COMMA_OR_VERB = re.compile(_OR_VERB.pattern.replace(",?", ",", 1))
"""Behind a clause whose first word may be no verb, only a comma tells a choice."""


def alternatives(fix: str) -> tuple[str, ...]:
    """Return what ``fix`` offers to choose from; empty where it asks for one thing.

    ``Either A or B``, ``A. Alternatively, B`` and ``cache it or move it`` offer two; an ``or``
    inside one clause, as in ``null or undefined``, offers nothing.
    """
    said = " ".join(fix.split())
    decision = _WHETHER.match(said) or _IF_NOT.match(said)
    if decision is not None:
        return decision["first"].strip(), decision["second"].strip()
    apart = [part.strip(" .,;") for part in _ALTERNATIVE.split(said)]
    if len(apart) > 1 and all(len(part.split()) >= _SHORT for part in apart):
        return tuple(apart)
    either = _EITHER.match(said)
    if either is not None:
        cut = _cut(either[1], _OR)
    else:
        orders = first_word(said) in IMPERATIVES or first_word(said) == "leave"
        cut = _cut(said, _OR_VERB if orders else _COMMA_OR_VERB)
        cut = [said] if any(map(_is_one, cut[:-1], cut[1:])) else cut
        cut = cut if len(cut[0].split()) >= _SHORT else [said]  # *assign or release the berth*
    parts = [part.strip(" .,;") for part in cut]
    return tuple(parts) if len(parts) > 1 else ()


def _is_one(before: str, behind: str) -> bool:
    """Tell whether *or* joins two things of one condition: *when page or limit is no number*."""
    within = _OPEN_CONDITION.search(before) is not None and not before.rstrip().endswith(",")
    return within or _IS_SUBJECT.match(behind) is not None


def steps(fix: str) -> tuple[str, ...]:
    """Return the clauses of ``fix`` in order, without their numbers; code is never cut."""
    listed = _INLINE_NUMBER.sub("\n", fix) if re.search(r"\b1[.)]\s.*\b2[.)]\s", fix, re.S) else fix
    clauses = [_MARK.sub("", part).strip() for part in _cut(listed, _STEP_ENDS)]
    return tuple(clause.rstrip(" .;") for clause in clauses if clause.strip(" .;"))


def orders(clause: str) -> list[str]:
    """Return the orders that a clause gives one after the other: *cap the load and refuse more*."""
    parts = [part.strip(" ,") for part in _ORDERS.split(clause)]
    whole = parts[:1]
    for part in parts[1:]:
        if _IN_PLACE_OF.search(whole[-1]):
            whole[-1] = f"{whole[-1]} and {part}"
        else:
            whole.append(part)
    return whole


def plain_clause(clause: str) -> str:
    """Return ``clause`` with its order first and its condition behind, *it* put by its name.

    ``When the till is full, refuse the coin`` becomes ``refuse the coin when the till is full``.
    """
    said = bare_condition(_HERE_AND.sub("", order_first(_without_lead(clause))))
    return with_names(_ABORTS.sub(r"\1answer \2", said))


def _without_lead(clause: str) -> str:
    """Return the order behind one that only announces it: *guard the call: only call it when …*."""
    lead = _LEAD.match(clause)
    return clause[lead.end() :] if lead is not None else clause


def with_names(clause: str) -> str:
    """Put the code that a clause names first where its condition says *it* further behind."""
    match = _ITS_CONDITION.search(clause)
    first = re.search(r"`[^`]+`", clause) or _OBJECT.search(clause)
    if match is None or first is None or first.end() > match.start():
        return clause
    return f"{clause[: match.start('it')]}{first[0].strip()}{clause[match.end('it') :]}"


def _cut(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Split ``text`` where ``pattern`` matches outside of code, quotes and brackets."""
    hidden = _CODE.sub(lambda match: "\0" * len(match[0]), text)
    parts, start = [], 0
    for end in ends(hidden, pattern):
        match = pattern.match(hidden, end)
        parts.append(text[start:end])
        start = match.end() if match else end
    return [*parts, text[start:]]
