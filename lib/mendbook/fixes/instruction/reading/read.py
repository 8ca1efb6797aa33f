"""Split a fix text into clauses, and say what each piece of it is taken for."""

from __future__ import annotations

import re
from functools import lru_cache

from mendbook.fixes.instruction.fragments.scan import scan
from mendbook.fixes.instruction.fragments.shape import Fragment, Shape
from mendbook.fixes.instruction.reading.idioms import plain_verbs
from mendbook.fixes.instruction.reading.one_clause import clause_of
from mendbook.fixes.instruction.reading.parts import INSTEAD, parts_of
from mendbook.fixes.instruction.reading.phrases import PLACES
from mendbook.fixes.instruction.reading.references import meant_by_it, referring, spelled_out
from mendbook.fixes.instruction.reading.remarks import is_remark
from mendbook.fixes.instruction.sentences.clauses import Clause, Reading
from mendbook.fixes.instruction.sentences.ledger import Account, dropped, entry, may_ask, taken_out
from mendbook.fixes.instruction.sentences.rephrased import rephrased, rephrased_whole
from mendbook.fixes.instruction.sentences.said import is_fact, is_kept, without_asides
from mendbook.fixes.instruction.sentences.verbs import verb_of

_SENTENCE = re.compile(
    r"(?<=[.;!?])\s+(?=\S)|;\s*|\n+(?:\s*[-*•]\s+|\s*\d+[.)]\s+)?|\s+[—–]\s+|\s+-\s+(?=[a-z])"
)


@lru_cache(maxsize=512)
def read(text: str) -> Reading:
    """Return the clauses of a fix text, in order.

    No split is made within code, quotes or brackets. A sentence without a verb that the table
    knows is a remark.
    """
    masked, codes = scan(plain_verbs(text.strip()))
    masked = _ALWAYS_RUNS.sub(r"\g<lead> and call \g<code> in finally", masked)
    masked = re.sub(r",\s+not\s+(?=⟦\d+⟧\s*(?:$|[.;]))", " instead of ", masked)
    masked = _CALLED_SO.sub(r"rename \1 to \2", masked)
    for told, plain in _LISTS:
        masked = told.sub(plain, masked)
    whole = _ONE_WORD.sub(r"\1", masked)
    masked = without_asides(whole, codes)
    masked = _THAT_IS.sub(lambda match: "(" if match[0][0] == "(" else ": ", masked)
    clauses: list[Clause] = []
    ledger = list(taken_out(whole, masked, codes))
    remark = head = ""
    for sentence in _SENTENCE.split(masked):
        place, rest = _headed(sentence, codes)
        if place is not None:
            ledger.append(entry(Account.STEP, place, codes))
            head = head if rest else place
        whole_step = rephrased_whole(_bare(rest))
        parts = [_bare(rest)] if whole_step else list(parts_of(_bare(rest), codes))
        for said in parts:
            part = _placed(whole_step or rephrased(said), (place if rest else None) or head, codes)
            stated = is_kept(part) or (_has_gerund(part) and is_fact(part))
            clause = None if stated else clause_of(meant_by_it(part, remark), codes)
            if clause is not None:
                clauses.append(spelled_out(referring(clause, remark, codes)))
                ledger.append(entry(Account.STEP, said, codes))
            elif part.strip():
                account = _account(part, begun=bool(clauses))
                remark = part if account is not Account.OPEN else remark
                ledger.append(entry(account, part, codes))
        ledger += dropped(rest, parts, codes)
    avoided = tuple(codes[int(match[1])] for match in _AVOIDED.finditer(masked))
    return Reading(tuple(clauses), tuple(ledger), codes, avoided)


def _headed(sentence: str, codes: tuple[Fragment, ...]) -> tuple[str | None, str]:
    """Return the place that a sentence begins with, and the rest; no place where it has none."""
    match = _HEAD.fullmatch(sentence.strip())
    if match is None:
        return None, sentence
    shape, rest = codes[int(match["at"])].shape, match["rest"]
    first = re.match(r"[A-Za-z-]+", rest)
    tells = not rest or (first is not None and verb_of(first[0]) is not None)
    tells = tells or INSTEAD.match(rest) is not None
    if shape not in {Shape.LINES, Shape.NAME} or not tells:
        return None, sentence
    return f"⟦{match['at']}⟧", rest


def _placed(part: str, head: str, codes: tuple[Fragment, ...]) -> str:
    """Return a part with the place that stands at the head of it; lines are the evidence's own."""
    lines = bool(head) and codes[int(head[1:-1])].shape is Shape.LINES
    within = not head or lines or re.match(rf"(?:{PLACES})\b[^,]*,", part, re.IGNORECASE)
    return part if within or not part.strip() else f"in {head}, {part.strip()}"


def _account(part: str, begun: bool) -> Account:
    """Return what a sentence without a clause is taken for; ``begun``: behind a clause."""
    if is_kept(part):
        return Account.STAYS
    if not begun and _GOAL.match(part) is not None:
        return Account.REASON
    if re.fullmatch(r"\s*(?:[\w'-]+\s*){1,3}:\s*", part):  # a label: *Before:*
        return Account.REASON
    said = is_remark(part) or is_fact(part) or _DESCRIBED.match(part) is not None
    return Account.REASON if said and not may_ask(part) else Account.OPEN


def _bare(sentence: str) -> str:
    """Return a sentence without its end, and without brackets that hold it whole."""
    bare = sentence.strip(" .;,")
    whole = re.fullmatch(r"\(([^()⟦]*⟦\d+⟧[^()]*|[^()⟦]+)\)", bare)
    return whole[1].strip(" .;,") if whole is not None else bare


_HEAD = re.compile(
    r"(?:(?:in|inside|within|for|at|on)\s+)?(?:(?:the|method|function)\s+)*⟦(?P<at>\d+)⟧"
    r"(?:\s+(?:method|function|class|handler|component))?\s*:\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A place in front of what is to be done there: ``In `send`:``."""
_THAT_IS = re.compile(
    r"\(\s*(?:i\.e\.|that is),?(?: to say,?)?\s+|,?\s*\b(?:i\.e\.|namely|viz\.),?\s+", re.I
)
_ALWAYS_RUNS = re.compile(
    r"(?P<lead>\btry\s*/\s*finally\b[^.;]*?),?\s+so(?: that)?\s+(?P<code>⟦\d+⟧)\s+"
    r"(?:is\s+)?(?:always|still|also|in any case)\b[^.;⟦]*",
    re.IGNORECASE,
)
"""What a clean-up is told for in a purpose: it is the call that ``finally`` makes."""
_CALLED_SO = re.compile(
    r"(⟦\d+⟧)\s+(?:should|must|ought to)\s+be\s+(?:called|named|renamed(?:\s+to)?)\s+(⟦\d+⟧)", re.I
)
_NTH = r"first|second|third|fourth|fifth|last|final|\d(?:st|nd|rd|th)"
_LISTS = (
    (re.compile(r"(?<=⟧)(?:/|,?\s+(?:as well as|(?:along|together) with|plus|&)\s+)"
                r"(?=(?:the\s+)?⟦)", re.I), " and "),
    (re.compile(r"(?<=⟧)\s*\(\s*(?:and|plus|as well as|(?:along|together) with)\s+"
                r"([^()]*⟦[^()]*)\)", re.I), r" and \1"),
    (re.compile(r"\bnot only (⟦\d+⟧),? but(?: also)? (⟦\d+⟧)", re.I), r"both \1 and \2"),
    (re.compile(r"\bnot only (to|in|from|of|at|for|on) (⟦\d+⟧|\w+),? but(?: also)? (?:\1 )?(?=\S)",
                re.I), r"\1 both \2 and "),
    (re.compile(rf"\b({_NTH}) (?:occurrence|instance|mention|appearance) of (?:the )?(?=⟦)", re.I),
     r"\1 "),
    (re.compile(r"\bcatch (?:only )?(?P<kinds>⟦\d+⟧|\([\w.⟦⟧, ]+\))(?: only)?"
                r"(?P<name>,? as (?:⟦\d+⟧|\w+))?"
                r",? and (?:write|add|put) (?P<code>⟦\d+⟧) (?:in|into|to) (?:the|that) handler",
                re.I),
     r"catch \g<kinds>\g<name> and log it with \g<code>"),
    (re.compile(r"\b(?:delete|remove|drop) (?:the )?(?:local |own |private )?"
                r"(?P<own>⟦\d+⟧|\w+) and import (?P<shared>⟦\d+⟧|\w+) from "
                r"(?P<home>⟦\d+⟧|[\w.]*\w) (?:in its place|instead)",
                re.I),
     r"remove \g<own> and use \g<shared> from \g<home> instead"),
    (re.compile(r"(⟦\d+⟧)['’]s (⟦\d+⟧) (parameter|argument)\b", re.I), r"the \2 \3 of \1"),
    (re.compile(rf"\b({_NTH}) call (?:of|to) (?:the )?(⟦\d+⟧)", re.I), r"\1 \2 call"),
)  # fmt: skip
"""Lists and counts in other words, and as they are read."""
_DESCRIBED = re.compile(
    r"(?:all|both|most|many|some|the|other|others|such|these|those|each|every|one)\s[^⟦]*$", re.I
)
"""What has a subject, and names no code: it tells of something."""
_ONE_WORD = re.compile(r"\b(?:for|while|with|if)[ -](loop|block|statement|condition)\b", re.I)
"""What is named by two words, the first of which begins a phrase elsewhere."""


def _has_gerund(part: str) -> bool:
    return re.match(r"[A-Z][a-z]+ing\b", part) is not None


_GOAL = re.compile(
    r"(?!⟦)(?:[\w'-]+\s+){1,4}?(?:should|must|ought to|needs? to)\s[^⟦]*$"
    r"|(?:must|should|may|can|do)\s*(?:not|n't|never)\b[^⟦]*$",
    re.IGNORECASE,
)
"""What must hold, said without code before the step that makes it so."""
_AVOIDED = re.compile(
    r"\b(?:avoid|never|don't|do not)\s+(?:us(?:e|ing)\s+|call(?:ing)?\s+)?(?:the\s+)?⟦(\d+)⟧",
    re.IGNORECASE,
)
