"""Turn a sentence that tells of a fault round by its verb: what holds once the fault is gone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.changes.fault_words import (
    ADVERBS,
    CONDITIONS,
    DETERMINERS,
    FAULTY,
    MODAL,
    OBJECTS,
    OPPOSITES,
    PLURAL,
    PREPOSITIONS,
    RELATIVE,
    SAYS,
    SINGULAR,
    STATE,
    UNABLE,
)
from mendbook.changes.imperatives import third_person
from mendbook.changes.main_verb import IN_TIME, Token, hide, is_plural, main_verb, tokens_of

_INSTEAD = re.compile(
    r"\s(?:instead of|in place of|rather than)\s(?:(?:an?|the)\s(?=[\d\"'`]))?", re.I
)
_TAIL = re.compile(r"\s(?:for|on|in|at|with|from|to)\s.+$")
_SHORT = 3
"""Words that may stand on each side of *instead of* to be exchanged."""
_OF_ALL = re.compile(r"(?i)\b(all|any|every|each|everybody|everyone|anybody|anyone)\s")
_EACH = re.compile(r"(?i)(?:^|[\s,])(every|each)\s(?:[\w$.-]+\s){1,3}$")
"""A subject of which what is wrong holds for each one."""
_OF_OTHERS = re.compile(
    r"(?i)\b(?:another|others?|other\s\w+'?s?|foreign|someone|arbitrary|all|every|whole|entire"
    r"|server|process|logs?|disk|memory|heap|cpu|queue|pool|database)\b"
)
"""What nobody is to do to whom it is not his."""
_BREAKING = frozenset(
    {"crash", "kill", "stop", "block", "exhaust", "fill", "flood", "hang", "freeze", "break"}
    | {"overload", "slow", "stall", "starve", "corrupt", "poison"}
)
"""What nobody is to do at all."""
_WITHOUT = re.compile(r"(?i)\b(?:without|unauthenticated|anonymously)\b")
"""What nobody is to do: what is asked of all is missing."""
_PERSONS = ("body", "one")
_OF_WHOM = {
    "all": "no",
    "any": "not every",
    "everyone": "not everybody",
    "anybody": "not everybody",
    "anyone": "not everybody",
}
_OF_ANY = {"any": "no", "anyone": "nobody", "anybody": "nobody", "everyone": "nobody"}
"""Subjects of whom nobody is left where the fault is mended."""
_WHO = re.compile(r"(?:[a-z]+\s)?(?:who|that|which|whose)\s")
"""Tells of *anyone* which one is meant."""
_THIRD = {base: third for third, base in SAYS.items()}
_UNTIL = re.compile(r"\suntil\s(?!now\b|then\b)")
_WRONGLY = re.compile(r"\b(?:wrongly|wrong|incorrectly)$")
_PLAIN = re.compile(r"[a-z]+|can't|couldn't")
_AND = re.compile(r",?\s(?:and|or)\s")
_BEGINS_VERB = SINGULAR | PLURAL | STATE | MODAL.keys() | UNABLE.keys() | {"do"}
_ANY = re.compile(
    r"\b(?:any(?:where|body|one|thing|how)?|ever|either side)\b(?!\s(?:more|longer)\b)"
)
_DENIES = re.compile(r"^\s(?:[a-z]+ly\s)?(?:not|never)\b")
_WORD_ALONE = re.compile(r"[a-z]+")


def turned(text: str, tokens: Sequence[Token], place: int) -> str:
    """Return ``text`` with the verb at ``place`` of its ``tokens`` turned round; or nothing."""
    token = tokens[place]
    head, rest = text[: token.start], text[token.end :]
    denied = place + 1 < len(tokens) and tokens[place + 1].word == "not"
    if token.word in {"do", "does"} and denied:
        return _done(text, head, tokens[place:])
    if swapped := _exchanged(text[: token.end], rest):
        return swapped
    wrong = _WRONGLY.search(rest) if token.word in STATE else None
    if wrong is not None:
        return f"{text[: token.end]}{rest[: wrong.start()]}correctly"
    earlier = tokens[place - 1].word if place else ""
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    whole = _OF_ALL.match(text)
    if whole and (token.word in STATE | MODAL.keys() or whole[1].lower().endswith(_PERSONS)):
        own = _OF_WHOM.get(whole[1].lower(), f"not {whole[1].lower()}")
        breaks = token.word in MODAL and following in _BREAKING
        among = whole[1].lower() == "any" and (breaks or _OF_OTHERS.search(rest) is not None)
        told = _WHO.match(text, whole.end()) or _WITHOUT.search(rest)
        if whole[1].lower() in _OF_ANY and (among or told):
            own = _OF_ANY[whole[1].lower()]
        if whole[1].lower() == "all" and token.word == "is":
            return f"{text[whole.end() : token.end]} not{alone(rest)}"
        return "" if following == "not" else f"{own} {text[whole.end() : token.end]}{alone(rest)}"
    if longer := re.match(r"\sno longer\b", rest):
        return f"{head}{token.word}{alone(rest[longer.end() :])}"
    if token.word in STATE:
        return _state(head, token.word, rest, following)
    if token.word in UNABLE:
        left = re.sub(r"\s(?:any ?more|any longer|at all|either|yet)$", "", alone(rest))
        return f"{head}{UNABLE[token.word]}{left}"
    if token.word in MODAL and following in {"never", "change", "differ", "vary"}:
        return ""
    if token.word in MODAL:
        both = re.match(r"\s[a-z]+ or [a-z]+\s", rest)  # ``may lose or change it``: neither
        left = rest if both is not None else alone(rest)
        return "" if following in {"not", "only"} else f"{head}{MODAL[token.word]}{left}"
    if earlier == "not" and place > 1 and tokens[place - 2].word in {"do", "does"}:
        plural = tokens[place - 2].word == "do"  # what is not done is to be done
        done = token.word if plural else _THIRD.get(token.word, "")
        return f"{text[: tokens[place - 2].start]}{done}{_sooner(rest)}" if done else ""
    if earlier == "never":
        return f"{head[: head.lower().rfind('never')]}{token.word}{_sooner(rest)}"
    if following == "no":
        return f"{head}{token.word}{alone(rest.replace(' no ', ' the ', 1))}"
    if following in {"nothing", "nobody", "not", "only"}:
        return ""
    adverb = earlier if earlier in ADVERBS else ""
    before = head[: head.lower().rfind(adverb)] if adverb else head
    said = f"{adverb} " if adverb in {"both", "all", "only"} else ""
    if (each := _EACH.search(before)) is not None and token.word in SINGULAR:
        bad = SAYS.get(token.word, "") in FAULTY | {"raise", "answer"}
        own = "no" if bad else f"not {each[1].lower()}"
        return f"{before[: each.start(1)]}{own}{before[each.end(1) :]}{token.word}{alone(rest)}"
    if token.word in SINGULAR:
        base = SAYS.get(token.word, "")
        return f"{before}does not {said}{base}{alone(rest)}" if base else ""
    return f"{before}do not {said}{token.word}{alone(rest)}"


def _done(text: str, head: str, behind: Sequence[Token]) -> str:
    """Return what is done that was not: *does not stop* becomes *stops*; empty for no verb."""
    verb = behind[2] if len(behind) > 2 else None
    if verb is None or not _PLAIN.fullmatch(verb.word) or verb.word in ADVERBS | {"only", "even"}:
        return ""
    said = verb.word if behind[0].word == "do" else _THIRD.get(verb.word, third_person(verb.word))
    return f"{head}{said}{_sooner(text[verb.end :])}"


def _sooner(rest: str) -> str:
    """Return what stands behind a verb that was denied: *not until* becomes *before*."""
    return _UNTIL.sub(" before ", alone(rest), count=1)


def _state(head: str, verb: str, rest: str, following: str) -> str:
    """Turn round what something is: ``is not awaited`` and ``is never read`` are as asked."""
    now = {"was": "is", "were": "are"}.get(verb, verb)
    behind = rest.replace(f" {following}", "", 1)
    if _ANY.search(behind) if following in {"not", "never"} else _DENIES.search(behind):
        return ""  # of *not counted anywhere* and *silently not kept* the opposite is another word
    if following in OPPOSITES:
        return f"{head}{now}{alone(rest.replace(following, OPPOSITES[following], 1))}"
    if following in {"not", "never"}:
        so = _sooner(rest.replace(f" {following}", "", 1))
        return f"{head}{now}{re.sub(r' (?:either|yet|any ?more)$', '', so)}"
    if following in {"no", "only", "nothing", "a", "an", "the", "too", "enough"} or re.match(
        r"\S+\sonly\b|(?!\w+(?:ed|en|wn|nt)\s)\S+\swithout\b", rest.strip()
    ):
        return ""
    return f"{head}{now} not{alone(rest)}"


def _exchanged(head: str, rest: str) -> str:
    """Exchange what is seen and what was due: ``sees 401 instead of 500``; empty without both."""
    exchange = _INSTEAD.search(hide(rest))
    if exchange is None:
        return ""
    seen = rest[: exchange.start()].strip()
    due = re.split(r",|\s(?:and|when|or)\s", rest[exchange.end() :])[0].strip(" .,")
    tail = next((match[0] for match in _TAIL.finditer(due)), "")
    due = due.removesuffix(tail)
    if not seen or not due or seen.partition(" ")[0] in PREPOSITIONS:
        return ""
    if max(len(seen.split()), len(due.split())) > _SHORT:
        return ""
    return f"{head.strip()} {due}, not {seen}" + (f",{tail}" if tail else "")


def alone(rest: str) -> str:
    """Return what the verb has behind it, up to another verb of the same sentence."""
    hidden = hide(rest)
    if re.match(r"\sor\s[a-z]+\s", hidden):
        return rest  # *drop or mangle the answer*: neither is done
    first = re.match(r"\sand\s([a-z]+)\b", hidden)
    if first is not None and first[1] in SAYS:
        return f" or {SAYS[first[1]]}{alone(rest[first.end() :])}"
    for match in _AND.finditer(hidden):
        tail = list(tokens_of(rest[match.end() :]))
        begins = tail and tail[0].word in _BEGINS_VERB
        apart = match[0][0] == "," and "," not in hidden[: match.start()]
        if begins or apart or main_verb(tail) is not None or _is_clause(tail):
            return rest[: match.start()].rstrip(" ,")
    return rest


def _is_clause(tail: Sequence[Token]) -> bool:
    """Tell whether words behind *and* say what else is done, though their verb is in no list.

    ``believes that`` and ``find nothing`` do by what follows them, ``the skipper waits until`` by
    who does it; of two nouns, ``crates and lids``, nothing such follows.
    """
    words = [token.word for token in tail]
    if len(words) < 2 or not _WORD_ALONE.fullmatch(words[0]):
        return False
    if words[0] in DETERMINERS:
        behind = words[3] if len(words) > 3 else ""
        done = len(words) > 2 and words[2] in SINGULAR and is_plural(tail[1]) is False
        return done and (not behind or behind in CONDITIONS | PREPOSITIONS | IN_TIME)
    if words[0].endswith("ed") and words[1] in PREPOSITIONS | CONDITIONS | IN_TIME:
        return True
    said = words[0] not in PREPOSITIONS | RELATIVE | CONDITIONS
    return said and (words[1] in OBJECTS | {"that", "the", "a", "an"}) and not tail[0].comma
