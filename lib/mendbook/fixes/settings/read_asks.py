"""What a fix text asks of a file of settings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mendbook.fixes.instruction.sentences.said import states
from mendbook.fixes.sed import substitution
from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.bracketed import shown_in_brackets
from mendbook.fixes.settings.framed import asks_of, readings_of
from mendbook.fixes.settings.sentences import BELOW, GIVEN, PURPOSE, only_says, sentences_of
from mendbook.fixes.settings.slots import Held, Slot, slot_of
from mendbook.fixes.settings.spelled_out import spelled_out
from mendbook.fixes.settings.verbs import IMPERATIVE, OUGHT, TURN
from mendbook.fixes.settings.wording import (
    CODE,
    codes_in,
    headed,
    instructs,
    itemised,
    plainly,
    put_back,
    steps,
    with_marks,
    without_fences,
)

_ASKS = re.compile(rf"\b(?:{IMPERATIVE}|make|must|should|needs?|instead|run)\b", re.I)
_ASKING = re.compile(rf"\b{IMPERATIVE}|[→]|->|\b(?:{OUGHT}|needs?)\b", re.I)
"""What a clause that only gives a reason does not have."""


def read_asks(text: str, held: Sequence[Held] = ()) -> tuple[tuple[Ask, ...], ...]:
    """Return every way in which each sentence of ``text`` can be read, the likeliest first.

    A sentence that fits no frame is read by what it names of the keys ``held`` by the file.
    Raises ``Unreadable`` where a sentence fits no frame, or offers a choice.
    """
    edited = substitution(text)
    if edited is not None and edited.new and edited.rest in {"", ".", ";"}:
        return ((Ask(Verb.REPLACE, text.strip(), old=edited.old, value=edited.new),),)
    unfenced, blocks = without_fences(text)
    unfenced = unfenced if "`" in unfenced else _INDEX.sub(r"`\1`", unfenced)
    plain, codes = with_marks(itemised(unfenced), blocks)
    plain = _ADDED_NEXT.sub(r"\1 needs \2", plain)
    plain = _TOGETHER.sub(r"\1 \2. \1 \3", _THAT_IS.sub(": ", plain))
    if re.search(r"(?i)\beither\b|\bor\s+(?:an?|the|use|add|set)\b", plain):
        raise Unreadable("the text offers a choice")
    said = [PURPOSE.sub("", each).rstrip(".;") for each in sentences_of(plain)]
    parts = [part for each in said for part in _worded(each, codes) if part.strip()]
    told = [
        at
        for at, part in enumerate(parts)
        if not (_is_context(part) and not GIVEN.search(part))
        and not (at == 0 and len(parts) > 1 and _GOAL.fullmatch(part))
        and not (_DENIES.search(part) and " it " in f" {' '.join(parts[at + 1 : at + 2])} ")
    ] or [*range(len(parts))]
    return tuple(one for at in told for one in _read(parts[at], parts[:at][-1:], codes, held))


def _read(
    sentence: str, before: list[str], codes: list[str], held: Sequence[Held]
) -> list[tuple[Ask, ...]]:
    """Return the readings of each instruction in a sentence: by frames, then by what it names."""
    slots = _slots(sentence, " ".join(before), codes, held)
    whole = spelled_out(sentence, codes)
    try:
        framed = _about(readings_of(sentence, codes), before, codes)
    except Unreadable:
        if slots is not None:
            return [(*one, *whole) for one in slots] if len(slots) == len(whole) == 1 else slots
        if not whole:
            raise
        return [(one,) for one in whole]
    more = slots[0] if slots is not None and len(slots) == 1 else ()
    return [(*framed, *more, *(whole if len(whole) == 1 else ()))]


_CLAUSE = re.compile(r"[,;:]\s+|\s+[-–—]\s+|,?\s+so\s+")


def _slots(
    sentence: str, before: str, codes: list[str], held: Sequence[Held]
) -> list[tuple[Ask, ...]] | None:
    """Return what a sentence, or each of its clauses, names; None where something is left over."""
    if (whole := slot_of(sentence, codes, held, before)) is not None:
        return [(_slotted(whole, sentence, codes),)]
    asks: list[tuple[Ask, ...]] = []
    for clause in _CLAUSE.split(sentence):
        slot = slot_of(clause, codes, held, before)
        if slot is not None:
            asks.append((_slotted(slot, clause, codes),))
        elif _ASKING.search(clause) or (re.search(r"\d|" + CODE, clause) and not states(clause)):
            return None
        before = clause
    return asks or None


def _slotted(slot: Slot, said: str, codes: list[str]) -> Ask:
    text = put_back(said, codes)
    if slot.pinned:
        return Ask(Verb.PIN, text, name=slot.key, value=slot.value)
    return Ask(Verb.SET, text, ((slot.key, slot.value),), place=slot.place)


_DENIES = re.compile(r"\b(?:must|should|may)\s+(?:not|never)\s+[^\ue000-\uf8ff]*$", re.I)
"""What must not be, before the step that says what to do about it."""
_GOAL = re.compile(r"(?:[\w'-]+\s+){1,4}?(?:should|must|ought to)\s[^\ue000-\uf8ff]*", re.I)
"""What must hold, said without code before the step that makes it so."""
_THAT_IS = re.compile(rf",?\s*\b(?:i\.e\.,?|that is,?(?: to say,?)?)\s+(?={CODE})", re.I)
_INDEX = re.compile(r"\b(CREATE (?:UNIQUE )?INDEX\s[^()`;]+\([^()`;]+\);?)")
"""A statement in prose; its brackets are no aside."""
_ADDED_NEXT = re.compile(
    rf"\b([\w-]+)\s+(?:lacks|misses|is\s+missing|has\s+no)\s+({CODE})[;,.:]\s+(?:please\s+|so\s+)?"
    r"(?:add|set|put|write)\s+(?:it|that|this|one)\b(?:\s+(?:there|in))?",
    re.I,
)
"""What is missing, and that it be put there."""
_TOGETHER = re.compile(
    rf"\b({TURN})\s+((?:the\s+)?{CODE}\s+to\s+[\w.\ue000-\uf8ff]+)\s+and\s+"
    rf"((?:the\s+)?{CODE}\s+to\s+[\w.\ue000-\uf8ff]+)(?=\.?$|\.\s)",
    re.I,
)
"""One verb for two keys: ``raise `a` to 2 and `b` to 3``."""


def _about(asks: tuple[Ask, ...], before: list[str], codes: list[str]) -> tuple[Ask, ...]:
    """Return ``asks`` about ``it`` as being about what the sentence before names."""
    about = [one for one in asks if one.place == "it" or one.key == "it"]
    if not about:
        return asks
    meant = _meant(before[0], codes) if before else ""
    if not meant:
        raise Unreadable("what `it` means is not said")
    return tuple(
        replace(one, place=meant)
        if one.place == "it"
        else replace(one, pairs=((meant, one.pairs[0][1]),))
        for one in about
    )


def _meant(before: str, codes: list[str]) -> str:
    """Return the one thing that a sentence names: in code, as an owner, or as a name in code."""
    named = [code for code in codes_in(before, codes) if re.fullmatch(r"[\w.-]+", code)]
    named = named or re.findall(r"\b([\w-]+)['’]s\b", before)
    named = named or re.findall(r"\b(?:[a-z]+(?:_[a-z]+)+|[a-z]+[A-Z]\w*|[A-Z]+_[A-Z_]+)\b", before)
    return named[0] if len(set(named)) == 1 else ""


def _is_context(sentence: str) -> bool:
    """Tell whether a sentence only says how things are: it has no verb that asks."""
    if only_says(sentence):
        return True
    told = _ASKS.search(sentence) or re.search(CODE, sentence)
    return not told and states(sentence)


def _worded(sentence: str, codes: list[str]) -> list[str]:
    """Return the instructions of a sentence in plain words; the sentence where it is none."""
    plain = plainly(sentence)
    if only_says(sentence) and not instructs(plain):
        return [sentence]

    def reads(said: str) -> bool:
        return bool(asks_of(said, said, codes))

    sentences = [_below(sentence, step) for step in steps(plain, reads)]
    if all(map(reads, sentences)):
        return sentences
    bare = _FOREWORD.sub("", sentence)
    told = steps(plainly(bare), reads)
    if bare != sentence and all(map(reads, told)):
        return told
    place, rest = headed(sentence)
    below = [f"{step} in {place}" for step in steps(plainly(rest), reads)] if place else []
    if below and all(map(reads, below)):
        return below
    shown = shown_in_brackets(sentence)
    return [shown] if shown and reads(shown) else [sentence]


def _below(sentence: str, step: str) -> str:
    """Return ``step`` with the block that ``sentence`` begins with, where it names none."""
    begun = BELOW.match(sentence)
    if begun is None or re.search(rf"\b{re.escape(begun['block'])}\b", step):
        return step
    return f"{step} in the {begun['block']}"


_FOREWORD = re.compile(
    r"^[A-Z][a-z]+[^:\ue000-\uf8ff]{0,70}\s[^:\ue000-\uf8ff]{1,20}:\s+(?=[\ue000-\uf8ff]\s)"
)
"""A few words of what it is for, before code: ``Cap both jobs: …``."""
