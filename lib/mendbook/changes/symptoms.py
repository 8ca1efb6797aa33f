"""What holds once a fault is gone: the sentence that tells of the fault, turned round.

``On an outage the client sees 401 instead of 500`` becomes ``on an outage the client sees 500, not
401``. A sentence whose verb is not found for certain is not turned round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mendbook.changes.fault_words import (
    ANY_OF,
    CONDITIONS,
    DETERMINERS,
    EVENT,
    FAULTY,
    MARKED,
    MODAL,
    PREPOSITIONS,
    RELATIVE,
    SAYS,
    SPLICED,
    STATE,
    UNABLE,
)
from mendbook.changes.main_verb import IN_TIME, Token, hide, is_plural, main_verb, tokens_of
from mendbook.changes.phrases import is_pair, lowered, one_sentence
from mendbook.changes.turned_round import alone, turned

LONGEST = 120
"""Characters of a title; what is longer is cut at a phrase, or left out."""

_CLAUSES = re.compile(
    r";\s|:\s|\.\s|,\s(?:so|which|but|yet|while|because(?!\sof\b)|since)\s|\s(?:because(?!\sof\b)|since)\s|\s[—–-]\s"
    r"|,\s(?=[a-z]+ing\b)"
)
_REASON = re.compile(r"\ssince\s")
"""Without a comma it tells a reason only where a sentence follows: *since dawn* tells none."""
_NOTHING = re.compile(r"(?i)(?:no|zero|missing|lack|without|not|neither|nothing|nobody|only)\b")
"""Clauses that tell of something that is not there."""
HARMLESS = re.compile(r"(?i)(?:none|nothing|no (?:impact|effect|harm)|harmless)\b")
"""Says that there is no fault: a reason behind it tells of none."""
_TWICE_DENIED = re.compile(r"\b(?:never|not)\s.*\b(?:and|or)\s(?:never|not)\b")
"""Two things that are denied: turning the first one round leaves the second."""
_TWO_SAID = re.compile(r"\bthat\b.*\sand\s(?:the|an?|its|each|every)\s")
"""A subject that holds a sentence of its own, and is joined to another one."""
_IN_ANY_ORDER = re.compile(r"(?i)\s(?:before|after|out of order)(?:\s|$)")
"""What may come before another is how the world is, and not the fault."""
_OR_ELSE = re.compile(r",\sor\s")
"""Joins two faults, of which turning the second one round says nothing of the first."""
_NO_ONE = frozenset({"nobody", "nothing", "none", "neither"})
"""Subjects that say *not* already."""
_NUMBER = re.compile(r"\d[\d.,]*")
_FINDING = re.compile(r"[A-Z]+-\d+\b")
_BUT = re.compile(r",?\sbut\s((?:does not|do not|never|is never|are never|is not|are not)\s)")
"""What is behind it is the fault, and what is before it is as it should be."""
_ANSWERED = re.compile(r",\s(?:and is |and |which is )?answered with (?:an? )?[45]\d\d$")
_PRONOUN = re.compile(r"(?i)(?:it|they|this|these|he|she)\s")
"""A subject that another sentence names: alone nobody knows what is meant."""
_AND_THEN = re.compile(r",\s(?:and|but)\s")
_IDLE = re.compile(r"(?i)\b(?:and|but) (?:nothing|nobody|no one|none)\b|\bneither\b")
"""Words behind a verb that are the fault themselves."""
_POINTS_BACK = re.compile(r"\b(?:it|them|its|their)\b")
_SOME_OF = re.compile(r"(?i)(?:most|many|some|several|few|a few)\s")
"""Subjects of whom others do it otherwise: what these are to do does not follow."""
_AGAINST = re.compile(r"^[^,;.]+,\s[^,;.]+,\sbut\s(?=(?:an?|the|each|every|its)\s)")
"""Ends the case of a condition that goes well, before the one that does not."""
_CAN_HOLD = re.compile(r"\b(?:can|may|could|might)\s(?:hold|have|contain|be|carry)\b")
_JOINT = re.compile(r"^[\s;:.,—–-]+(?:so|which|and|but|yet|while|because|since)?\s*")
_MOST_OF_NOUN = 12
_STATING = "begin come contain give have hold know mean return see share start use yield"
_SIMPLY = frozenset(_STATING.split())
"""Verbs by which a premise says what is the case."""
_DONE_TO = re.compile(
    r"\w+(?:ed|en|wn|rn)|lost|left|kept|held|sent|told|put|read|set|cut|met|never|not"
)
"""Words behind *is* that say what is done to the subject."""
_BY_CODE = re.compile(r"[\w$]+(?:\.[\w$]+)+\s|[\w$.]+\([^()]*\)\s|[a-z]\w*(?:_\w+|[A-Z]\w*)\s")
"""A sentence on what a piece of code does: *store.load throws on null*."""
_PARTED = re.compile(r"(?i)\w+ed\s(?:at|on|by|with|from|in|after|before|without|as|to|for)\s")
"""Begins a condition without its conjunction: *Started at noon, the mill runs at noon*."""
_HAPPENS = {
    *("fail", "break", "hang", "crash", "leak", "collide", "overlap", "stall", "diverge", "drift"),
    *("vanish", "disappear", "expire", "deadlock", "pile", "pass", "mismatch", "explode"),
}
"""Verbs that need no object: one that ends a clause is its verb."""
_NEGATED_PLACE = re.compile(r"\bnowhere\b")
_INTRODUCING = RELATIVE | CONDITIONS | IN_TIME | {"and", "or", "but", "than", "as"}
"""Words behind which a clause has a verb of its own."""


def without_fault(text: str, *, told: bool = True) -> str:
    """Return what holds instead of the fault that ``text`` tells of; empty where not certain.

    Of several clauses the first counts whose verb is certain, but one that only says what is the
    case (*the scale gives an empty reading*) after what follows from it (*so all loads share it*).
    Unless a fault is ``told`` for sure, as in an impact, a clause counts only where a word of it
    says that something is wrong: what code does to begin with is none.
    """
    said = one_sentence(text)
    if (against := _AGAINST.search(hide(said))) is not None and says_something(
        said[against.end() :]
    ):
        said = said[against.end() :]  # before *but* stands what is as it should be
    clauses = list(_clauses(said))
    if any(follows for _, follows in clauses):
        clauses.sort(key=lambda each: not each[1] and _is_premise(each[0]))
    for whole, follows in clauses:
        clause = _ANSWERED.sub("", whole)
        if _PRONOUN.match(clause) or ANY_OF.match(clause) or _SOME_OF.match(clause):
            continue
        tokens = list(tokens_of(clause))
        verb = main_verb(tokens)
        if verb is not None and (but := _BUT.search(clause, tokens[verb].end)):
            clause = clause[: tokens[verb].start] + clause[but.start(1) :]
            tokens = list(tokens_of(clause))
            verb = main_verb(tokens)
        if verb is not None and tokens[verb].word in MODAL and _IN_ANY_ORDER.search(clause):
            continue
        if verb is not None and any(each.word in _NO_ONE for each in tokens[:verb]):
            continue
        if verb is not None and tokens[verb - 1].word == "would":
            continue  # what would be is no fault of today
        if verb is not None and _TWICE_DENIED.search(clause):
            continue
        if verb is not None and _TWO_SAID.search(clause, 0, tokens[verb].start):
            continue
        if verb is not None and _OR_ELSE.search(hide(clause), 0, tokens[verb].start):
            continue
        if verb is not None and (joined := _second(clause, tokens[verb])):
            clause, tokens = joined, list(tokens_of(joined))
            verb = None if _SOME_OF.match(clause) else main_verb(tokens)
        if verb is not None and not _is_turnable(clause, tokens, verb):
            continue
        if verb is not None and not (told or follows) and not _is_bad(clause, tokens, verb):
            continue
        said = turned(clause, tokens, verb) if verb is not None else _none_of(clause)
        if said and len(said) <= LONGEST:
            return _begun(said)
    return ""


def says_something(clause: str) -> bool:
    """Tell whether ``clause`` is a sentence: whether its verb is found for certain."""
    return main_verb(list(tokens_of(clause))) is not None


def _is_premise(clause: str) -> bool:
    """Tell whether a clause only says what is the case: *the form of a blank field is empty*."""
    tokens = list(tokens_of(clause))
    verb = main_verb(tokens)
    if verb is None or MARKED.search(clause):
        return False
    if _BY_CODE.match(clause):
        return True
    following = tokens[verb + 1].word if verb + 1 < len(tokens) else ""
    said = SAYS.get(tokens[verb].word, tokens[verb].word)
    if said == "accept" and re.search(r"\bonce\b", clause):
        return True
    return said in _SIMPLY or (said in STATE and not _DONE_TO.fullmatch(following))


def _second(clause: str, verb: Token) -> str:
    """Return the sentence behind *, and* that holds the verb; empty where it is in the first.

    So it is behind a comma alone, unless what is before it is a condition or the head of a list.
    """
    hidden = hide(clause)
    spliced = list(SPLICED.finditer(hidden, 0, verb.start))
    first = clause.partition(" ")[0].lower()
    conditional = first in CONDITIONS | PREPOSITIONS | IN_TIME or _PARTED.match(clause) is not None
    if spliced and not conditional:
        last = spliced[-1].end()
        if " and " not in hidden[last : verb.start] and " or " not in hidden[last : verb.start]:
            return clause[last:]
    joints = list(_AND_THEN.finditer(hidden, 0, verb.start))
    behind = clause[joints[-1].end() :] if joints else ""
    return "" if _POINTS_BACK.search(behind) else behind


def _is_turnable(clause: str, tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether turning a verb round turns round what is said.

    It does not where the verb ends the clause (*as it is*), where what is behind it is the fault
    (*and nothing happens*), or where what seems a verb is counted (*90 passes*).
    """
    counted = verb > 0 and _NUMBER.fullmatch(tokens[verb - 1].word) is not None
    ends = tokens[verb].word in STATE and verb + 1 == len(tokens)
    joined = verb > 0 and tokens[verb - 1].word in {"and", "or", "but"}
    behind = clause[tokens[verb].end :]
    idle = _IDLE.search(behind) is not None or _NEGATED_PLACE.search(behind) is not None
    second = _has_second_verb(tokens, verb) or _ends_in_a_verb(tokens, verb)
    return not (counted or ends or idle or second or joined or _FINDING.match(clause))


def _ends_in_a_verb(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a clause ends with what happens, so that the word before was a noun.

    *Weight checks over many crates fail*: that the crates are checked is no fault.
    """
    last = tokens[-1].word
    noun = tokens[verb].word.endswith("s") and verb + 1 < len(tokens)
    return noun and verb < len(tokens) - 1 and last in _HAPPENS


def _has_second_verb(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb behind the one that was found has nothing to begin its own clause.

    Then that one was a noun: *the rest of the crane's stops are skipped*.
    """
    for place in range(verb + 1, len(tokens)):
        if tokens[place].word in _INTRODUCING or tokens[place - 1].comma:
            return False
        if tokens[place].word in STATE | MODAL.keys():
            return True
    return False


def _is_bad(clause: str, tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a word of the clause says that something is wrong, and no second verb does."""
    rest = clause[tokens[verb].end :]
    base = SAYS.get(tokens[verb].word, tokens[verb].word)
    marked = base in FAULTY or tokens[verb].word in UNABLE or MARKED.search(clause)
    return bool(marked) and len(alone(rest)) == len(rest)


def _begun(said: str) -> str:
    """Lower the first letter of a word that is certainly no name."""
    first = Token(said.partition(" ")[0].lower(), 0, 0, comma=False)
    plain = first.word in DETERMINERS | PREPOSITIONS | CONDITIONS | RELATIVE | {"another", "other"}
    plain = (
        plain
        or first.word.startswith("non-")
        or (first.word.endswith("ed") and _PARTED.match(said) is None)
    )
    return lowered(said) if plain or is_plural(first) or first.word.endswith("ing") else said


def _clauses(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the clauses of ``text`` and whether each tells what follows: *so the gate stays open*.

    A question and what is left open tell of no fault.
    """
    start, harmless = 0, False
    cuts = (each for each in _CLAUSES.finditer(hide(text)) if _is_cut(text, each))
    for end in (*(match.start() for match in cuts), len(text)):
        joint = _JOINT.match(text[start:end]) if start else None
        clause = text[start:end] if joint is None else text[start:end][joint.end() :]
        word = joint[0].strip(" ;:.,—–-") if joint is not None else ""
        follows = word == "so"
        clause = clause.removeprefix("that ") if follows else clause
        start = end
        explains = harmless and word in {"", "because", "since", "as"} and bool(joint)
        harmless = HARMLESS.match(clause) is not None
        if explains or word in {"which", "yet"}:
            continue  # it is told of the clause before, or against it, or says why it does no harm
        premise = text[end:].startswith(", which ") and _CAN_HOLD.search(clause) is not None
        if premise:
            continue  # what is told of it is the fault
        if clause.strip(" ,.") and not clause.endswith("?") and not _NOTHING.match(clause):
            whole = clause.rstrip(" ,.")
            behind = _told_behind(whole)
            if behind and _BY_CODE.match(whole):
                yield behind, follows  # before it stands what code does to begin with
                continue
            yield from ((each, follows) for each in _unspliced(whole))
            if behind:
                yield behind, follows


def _told_behind(clause: str) -> str:
    """Return the sentence behind the last *, and* that has a subject of its own; or nothing."""
    joints = list(_AND_THEN.finditer(hide(clause)))
    behind = clause[joints[-1].end() :] if joints else ""
    own = behind.partition(" ")[0] in DETERMINERS and MARKED.search(behind) is not None
    points = _POINTS_BACK.search(behind) is not None
    return behind if own and not points and says_something(behind) else ""


def _is_cut(text: str, joint: re.Match[str]) -> bool:
    """Tell whether a clause ends at ``joint``: code may follow a colon, a time *since*."""
    behind = text[joint.end() :]
    if joint[0].startswith(":") and is_pair(text, joint.start()):
        return False
    told = _REASON.fullmatch(joint[0]) is None or says_something(re.split(r"[,;.]", behind)[0])
    return told and behind[:1] not in "[{"


def _unspliced(clause: str) -> Iterator[str]:
    """Yield the sentences of ``clause`` that only a comma joins, each with a verb of its own."""
    for match in SPLICED.finditer(hide(clause)):
        parts = clause[: match.start()], clause[match.end() :]
        if all(main_verb(list(tokens_of(part))) is not None for part in parts):
            yield parts[0]
            yield from _unspliced(parts[1])
            return
    yield clause


def _none_of(clause: str) -> str:
    """Return ``no 500 at the moment of expiry`` of a fault that a noun tells."""
    match = EVENT.match(clause)
    if match is None or len(clause.split()) > _MOST_OF_NOUN:
        return ""
    return f"no {lowered(match[1])}"
