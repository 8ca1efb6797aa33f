"""Find the verb of a sentence, where it is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mendbook.changes.fault_words import (
    ADVERBS,
    BESIDE,
    CONDITIONS,
    DETERMINERS,
    MODAL,
    NOUNS,
    OBJECTS,
    PLURAL,
    PREPOSITIONS,
    RELATIVE,
    SAYS,
    SINGULAR,
    STATE,
    UNABLE,
)

IN_TIME = frozenset({"after", "before", "since", "during", "while"})
_WORD = re.compile(r"\S+")
_HIDDEN = re.compile(r"`[^`]*`|'[^'\s][^']*'|\"[^\"]*\"|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_PLAIN = re.compile(r"[a-z]+|can't|couldn't")
_COUNTING = frozenset({"two", "three", "four", "five", "several", "many", "few"})
_CONTRACTED = frozenset({"it", "that", "there", "what", "who", "he", "she", "let"})
"""Words behind which *'s* is a verb."""
_PARTICLES = frozenset({"up", "down", "off", "away", "back", "over"})
"""Parts of verbs: *the log fills up*."""
_NEAR_NUMBER = 3
"""Words that may stand between a number and its noun."""
_PAST = re.compile(r"\w{2,}[^e]ed|ran|got|went|came|lost|took|made|met|sent|left|kept|broke|fell")
"""Verbs of what happened before, behind *that* or *who*."""
_BESIDE_NOUN = PREPOSITIONS | RELATIVE | {"and", "or"}
_QUALITY = re.compile(
    r"parallel|concurrent|simultaneous|frequent|recent|slow|fast|large|small|long|short|empty"
    r"|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|\w+teen"
    r"|malformed|bare|blank|late|early|\w+(?:ous|able|ible|less|ful)"
)
"""Adjectives: what follows one at the beginning of a sentence is the noun that it is of."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word outside of code and quotes, and where it stands."""

    word: str
    """In lower case, without a comma behind it."""
    start: int
    end: int
    comma: bool


def hide(text: str) -> str:
    """Return ``text`` with code, quotes and brackets made invisible, of the same length."""
    return _HIDDEN.sub(lambda match: "\0" * len(match[0]), text)


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the words of ``text``; what is hidden is one that no pattern matches."""
    for match in _WORD.finditer(hide(text)):
        yield Token(match[0].rstrip(",").lower(), match.start(), match.end(), "," in match[0][-1:])


def main_verb(tokens: Sequence[Token]) -> int | None:
    """Return which token is the verb of the sentence; None where it is not certain."""
    last: int | None = None
    closed = False  # a clause of its own ended with the word before
    inside = False  # of a clause of its own, whose verb comes first
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        if before is not None and before.comma:
            inside = False
        if (
            _begins_condition(token, before)
            or _is_relative(token, before)
            or _compares(tokens, place)
        ):
            inside = True
            continue
        if inside and before is not None and _was_done(tokens, place):
            inside = tokens[place + 1].word in {"and", "or"} if place + 1 < len(tokens) else False
            continue
        ended = closed and place - 1 == last and _is_alone_verb(tokens, place)
        if before is None or (place - 1 == last and not ended):
            continue
        if not ended and not _is_verb(tokens, place):
            continue
        last = place
        if not inside:
            return place
        following = tokens[place + 1].word if place + 1 < len(tokens) else ""
        inside = following in {"and", "or"}
        closed = not inside
    return None


def _was_done(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word is the past verb of a clause of its own: *that the user asked for*."""
    before = tokens[place - 1].word
    at = next((at for at in range(place - 1, -1, -1) if tokens[at].word in RELATIVE), None)
    near = at is not None and place - at <= _NEAR_NUMBER + 1
    behind = tokens[place + 1].word if place + 1 < len(tokens) else ""
    own = before in RELATIVE or (
        before not in BESIDE | STATE and behind in PREPOSITIONS | DETERMINERS | {""}
    )
    return near and own and _PAST.fullmatch(tokens[place].word) is not None


def _is_alone_verb(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a verb follows that of a clause of its own: *a hook that hangs keeps …*."""
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    return tokens[place].word in SINGULAR and following not in SINGULAR


def _begins_condition(token: Token, before: Token | None) -> bool:
    """Tell whether a word begins a clause of its own: *after it is rotated, users see …*."""
    if before is None and token.word in IN_TIME:
        return True
    return token.word in CONDITIONS and not (before is not None and before.word == "at")


def _compares(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether *than* begins a clause with a verb of its own: *faster than hooks run*."""
    verb = tokens[place + 2].word if place + 2 < len(tokens) else ""
    return tokens[place].word == "than" and verb in PLURAL | SINGULAR


def _is_relative(token: Token, before: Token | None) -> bool:
    determiner = token.word == "that" and (before is None or before.word in PREPOSITIONS)
    return token.word in RELATIVE and not determiner


def _is_verb(tokens: Sequence[Token], place: int) -> bool:
    token, before = tokens[place], tokens[place - 1]
    if not _PLAIN.fullmatch(token.word) or before.comma or _is_owner(before.word):
        return False
    if token.word == "do" and [each.word for each in tokens[place + 1 : place + 2]] == ["not"]:
        return True
    first = place == 1 or tokens[place - 2].word in DETERMINERS
    plain = token.word not in STATE and token.word not in MODAL and token.word not in UNABLE
    if plain and first and _QUALITY.fullmatch(before.word):
        return False  # a noun: *parallel writes*, *an empty seeds list*
    if plain and _is_counted(tokens, place):
        return False  # a noun: *two parallel loads*
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    done_to = place > 1 and before.word in SINGULAR and SAYS.get(token.word) in NOUNS
    relative = any(each.word in RELATIVE for each in tokens[:place])
    if done_to and relative and following in PREPOSITIONS:
        return False  # a noun: *what changes its backend skips keys at a boundary*
    if token.word in NOUNS & PLURAL and _ends_a_singular(tokens, place):
        return False  # a noun: *an empty hosts list stores nothing*
    if token.word in STATE or token.word in MODAL or token.word in UNABLE:
        return True
    if before.word in {"never", "not"}:
        return token.word in SINGULAR | PLURAL
    if before.word in RELATIVE:
        pointing = before.word == "that" and place > 1 and tokens[place - 2].word in PREPOSITIONS
        return token.word in SINGULAR | PLURAL and not pointing
    joined = place > 1 and before.word in {"and", "or"} and tokens[place - 2].word in SAYS
    beside = before.word in BESIDE and (before.word not in ADVERBS or place == 1)
    if beside and not joined:
        return False
    if token.word in PLURAL and is_plural(before) and before.word != "and":
        return True
    if token.word in SINGULAR and not _PLAIN.fullmatch(before.word):
        return True
    if SAYS.get(token.word, token.word) in NOUNS and not _has_object(tokens, place):
        return False
    if token.word in SINGULAR:
        return True
    several = any(is_plural(each) for each in tokens[:place]) or before.word in ADVERBS
    return token.word in PLURAL and several


def _is_owner(word: str) -> bool:
    """Tell whether a noun follows ``word``: *the comparison's time*."""
    return word.endswith(("'s", "s'", "’s")) and word.partition("'")[0] not in _CONTRACTED


def _is_counted(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word is the noun that a number before it counts."""
    if not is_plural(tokens[place]):
        return False
    numbers = [at for at in range(place) if tokens[at].word in _COUNTING]
    between = tokens[numbers[-1] + 1 : place] if numbers else ()
    near = bool(numbers) and len(between) < _NEAR_NUMBER
    return near and not any(is_plural(each) or each.word in _BESIDE_NOUN for each in between)


def _ends_a_singular(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a verb with an object follows a word that ends what *a* or *an* began."""
    if place + 2 >= len(tokens) or tokens[place + 1].word not in SINGULAR:
        return False
    begun = any(
        each.word in {"a", "an", "every", "each"} for each in tokens[max(0, place - 3) : place]
    )
    own = any(each.word in RELATIVE | {"than"} for each in tokens[:place])
    return begun and not own and tokens[place + 2].word in OBJECTS | {"a", "an", "the"}


def is_plural(token: Token) -> bool:
    """Tell whether a word is a plural by its end; *and* makes one of what it joins."""
    word = token.word
    several = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word == "and" or (several and word not in {"its", "as", "was", "has", "does"})


def _has_object(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether something is done to something: *queries the table*, and not *queries run*."""
    if place + 1 == len(tokens):
        return any(each.word == "and" for each in tokens[:place])
    following = tokens[place + 1]
    if tokens[place].word in {"calls", "call"} and following.word in {"to", "of", "for"}:
        return False  # a noun: *wasted calls to the scale*
    if following.word in {"and", "or"}:
        return place + 2 < len(tokens) and tokens[place + 2].word in SAYS
    if following.word in OBJECTS | _PARTICLES:
        return True
    own = not _PLAIN.fullmatch(following.word)
    if own or following.comma or following.word in DETERMINERS | PREPOSITIONS | {"like"}:
        return True
    others = STATE | MODAL.keys() | UNABLE.keys() | SAYS.keys() | PLURAL
    alone = not any(each.word in others for each in tokens[place + 1 :])
    return alone and tokens[0].word in DETERMINERS
