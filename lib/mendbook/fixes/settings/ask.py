"""What a fix text asks of a file of settings: a few frames, each matched whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from mendbook.fixes.instruction.ledger import may_ask
from mendbook.fixes.instruction.said import allowed, is_fact, is_kept, states
from mendbook.fixes.settings.slots import Held, Slot, slot_of
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
)
from mendbook.text.brackets import parted


class Verb(StrEnum):
    """What is asked for."""

    SET = "set"
    """A key gets a value, whether it stands there or not."""
    ADD = "add"
    """A key, or a whole line, that is not there."""
    REMOVE = "remove"
    REPLACE = "replace"
    """Text that stands there by other text."""
    REWRITE = "rewrite"
    """A line by the line that is written out."""
    FLAG = "flag"
    """An option of a command that stands there."""
    PIN = "pin"
    """A package, action or image gets a version."""
    COLUMN = "column"
    """A column of a table gets a type or a constraint."""
    QUOTE = "quote"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class Ask:
    """One instruction; fields that its frame does not have are empty."""

    verb: Verb
    text: str
    """As written, for messages."""
    pairs: tuple[tuple[str, str], ...] = ()
    name: str = ""
    """What is pinned or removed; the table of an index."""
    value: str = ""
    """The version; the columns of an index; what comes in place of ``old``."""
    old: str = ""
    """The value that the text says is there now."""
    line: str = ""
    """A whole line to add."""
    relation: str = ""
    """``before`` or ``after`` the ``anchor``."""
    anchor: str = ""
    place: str = ""
    """The service, job, table or block that it is about, in the text's words."""

    @property
    def key(self) -> str:
        """The first key that gets a value; empty where none does."""
        return self.pairs[0][0] if self.pairs else ""


class Unreadable(Exception):
    """The text, or the file, does not say one thing to do; the message is the reason."""


_C = CODE
_PUT = (
    r"(?:add|set|put|introduce|provide|supply|include|insert|configure|specify|define|declare|use"
    r"|give|enable|apply)"
)
_TURN = (
    r"(?:set|change|raise|lower|increase|reduce|decrease|switch|bump|turn|update|upgrade|extend"
    r"|shorten|cut|move|adjust|correct|fix)"
)
_IN = r"(?:to|on|in|under|at|inside|within|for|into|of|from)"
_PLACE = rf"{_IN}\s+(?P<place>(?:the\s+|each\s+|its\s+)?[^,;]+?)"
_NARROW = (
    r"(?:to|on|in|under|at|inside|within|for|into|of)\s+(?:the\s+)?(?P<place>[\w.\[\]\"'/@:-]+"
    r"(?:\s+(?:service|job|step|block|section|table|level|stage|container|workflow|deployment|"
    r"mapping|file|context|group|stanza|object|key|entry|root)){0,2})"
)
_VALUE = (
    r"(?!(?:to|in|on|under|at|for|of|from|into)\s)"
    rf"(?:{_C}|\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\{{[^}}]*\}}|[\w-]+:\s\S+|[^\s,;]+)"
)
"""A value is one word, unless it is quoted, bracketed, or a key and value of its own."""
_PAIR = rf"[\w.\"'/-]+(?::\s+|\s*=\s*){_VALUE}"
_CODES = rf"{_C}(?:(?:\s*,|\s+and|,\s+and)\s+(?:the\s+)?{_C})*"
_INNER = rf"(?:{_C}|{_PAIR})(?:(?:,|;|\s+and|,\s+and)\s+(?:{_C}|{_PAIR}))*"
_WITHIN = (
    rf"(?:\((?:with\s+)?(?P<within>{_INNER})\)|with\s+(?P<inside>{_INNER}))"
    r"(?:\s+(?:to|on|in|for)\s+(?:the\s+)?(?P<beneath>[\w./-]+(?:\s+[\w-]+)?))?"
)
"""The keys of a block: in brackets, or after ``with``."""
_DEFINED = (
    rf"(?:{_C}|(?-i:(?:NOT NULL|UNIQUE|ON DELETE [A-Z]+(?: [A-Z]+)?|DEFAULT [\w.()']+"
    r"|[A-Z][A-Z0-9]+(?:\([\d, ]+\))?)(?: NOT NULL| UNIQUE| DEFAULT [\w.()']+)*))"
)
"""What a column may be declared as."""
_COLUMN = rf"(?:the\s+)?(?:columns?\s+)?(?P<name>{_C}|[\w.\"]+)(?:\s+column)?"
_NOUN = (
    r"(?:\s+(?:block|key|setting|option|line|directive|entry|label|field|header|instruction"
    r"|statement|attribute|argument|flag|parameter|rule|port|mapping|property|variable|volume"
    r"|target|permission|declaration|package|dependency|environment variable)s?)?"
)
_RELATION = r"before|after|above|below|behind|in front of|ahead of|prior to|following"
_ADJECTIVE = (
    r"(?:(?:an?|the|its|this)\s+)?"
    r"(?:(?!(?:with|by|to|in|on|for|of|and|from|at|through|via)\b)[\w-]+\s+){0,3}?"
)
_FRAMES: tuple[tuple[Verb, str], ...] = (
    (Verb.REWRITE, rf"(?P<anchor>[^:]+?):\s+(?P<line>{_C})"),
    (
        Verb.SET,
        rf"(?:the|its)\s+[\w -]+?\s+(?:should|must|ought\s+to)\s+(?:be|read|say)\s+(?P<pairs>{_C})",
    ),
    (
        Verb.SET,
        rf"(?P<name>{_C})\s+(?:should|must|ought\s+to)\s+be\s+(?P<value>{_C})(?:\s+by\s+default)?",
    ),
    (Verb.SET, rf"[^\ue000-\uf8ff]+,\s+so\s+(?P<pairs>{_C})\s+(?:is\s+enough|suffices|will\s+do)"),
    (Verb.SET, rf"(?P<pairs>{_C})\s+{_IN}\s+(?:the\s+)?(?P<place>{_C}|[\w.-]+(?:[ -]level)?)"),
    (
        Verb.INDEX,
        r"(?:add|create)\s+(?:an?\s+)?(?:btree\s+)?index\s+(?:on|for|to)\s+"
        r"(?P<name>[\w.]+)\s*\(\s*(?P<value>\w+(?:\s*,\s*\w+)*)\s*\)",
    ),
    (
        Verb.COLUMN,
        rf"(?:make|declare|turn)\s+{_COLUMN}\s+(?:to\s+be\s+|as\s+|into\s+)?(?P<value>{_DEFINED})",
    ),
    (
        Verb.COLUMN,
        rf"(?:declare|add|put|set|use|apply)\s+(?:an?\s+|the\s+)?(?P<value>{_DEFINED})"
        rf"(?:\s+constraint|\s+clause)?\s+(?:to|on|for)\s+{_COLUMN}",
    ),
    (
        Verb.COLUMN,
        rf"{_COLUMN}\s+(?:should|must|needs?\s+to|has\s+to|ought\s+to)\s+(?:be|have|get)\s+"
        rf"(?:an?\s+)?(?P<value>{_DEFINED})",
    ),
    (Verb.COLUMN, rf"{_COLUMN}\s+needs\s+(?:an?\s+)?(?P<value>{_DEFINED})"),
    (
        Verb.QUOTE,
        rf"(?:double-)?quote\s+(?:the\s+)?(?P<line>{_CODES}|\$\{{?\w+\}}?)\s+(?:in|of|on)\s+(?:the\s+)?"
        r"(?P<place>[\w./-]+)(?:\s+(?:call|command|invocation|line|step|statement))?",
    ),
    (
        Verb.QUOTE,
        rf"(?:double-)?quote\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?(?P<line>{_CODES})(?:\s+.+)?",
    ),
    (
        Verb.QUOTE,
        rf"(?:put|wrap|enclose|surround)\s+(?P<line>{_CODES})\s+(?:in|with|by|inside)\s+"
        r"(?:double\s+)?quotes(?:\s+.+)?",
    ),
    (Verb.QUOTE, r"quote\s+(?P<line>.+)"),
    (
        Verb.PIN,
        r"(?:switch|move|change|set|update|upgrade|bump|pin)\s+(?:the\s+|its\s+)?"
        r"(?:base|runtime|build|builder|final)?\s*image\s+"
        rf"(?:from\s+(?P<old>{_VALUE})\s+)?to\s+(?P<value>{_VALUE})",
    ),
    (
        Verb.PIN,
        rf"use\s+(?:the\s+)?(?:(?:tag|version)\s+)?(?P<value>{_VALUE})\s+(?:tag\s+|version\s+)?of\s+"
        rf"(?:the\s+)?(?:image\s+|action\s+)?(?P<name>{_VALUE})",
    ),
    (
        Verb.SET,
        rf"give\s+(?P<place>(?:the\s+)?[^,;]+?)\s+(?:an?\s+|the\s+)?(?P<pairs>{_CODES}){_NOUN}",
    ),
    (
        Verb.ADD,
        rf"give\s+(?P<place>(?:the\s+)?[^,;]+?)\s+(?:an?\s+|the\s+)?(?P<name>{_C}|[\w-]+){_NOUN}\s*"
        rf"{_WITHIN}",
    ),
    (
        Verb.ADD,
        rf"{_PUT}\s+{_ADJECTIVE}(?P<level>top-level\s+|workflow-level\s+|root-level\s+)?"
        rf"(?P<name>{_C}|[\w-]+){_NOUN}(?:\s+(?:to|on|in|for)\s+(?P<place>(?:the\s+)?[^,;\ue000-\uf8ff(]+?))?\s*"
        rf"{_WITHIN}",
    ),
    (
        Verb.REPLACE,
        rf"(?:(?:use|prefer|write|call|run|set|pin\s+.*?\bto)\s+)?(?P<value>{_VALUE})\s+"
        r"(?:instead\s+of|rather\s+than|in\s+place\s+of|over)\s+(?:the\s+|plain\s+|bare\s+)?"
        rf"(?P<old>{_VALUE})(?:\s+{_PLACE})?",
    ),
    (
        Verb.PIN,
        rf"(?:use|switch\s+to|move\s+to)\s+(?P<value>{_VALUE})\s+(?:as|for)\s+(?:the|a|its)\s+"
        r"(?:[\w-]+\s+)?image",
    ),
    (
        Verb.PIN,
        r"(?:pin|lock|upgrade|bump|update)\s+(?:the\s+)?(?:(?:base|build|runtime)\s+)?"
        r"(?:(?:image|package|action|dependency|version)\s+)?(?:of\s+)?(?P<name>[\w@./-]+)?\s*"
        r"(?:from\s+(?P<old>[\w@.:=<>~^/-]+)\s+)?(?:to|at)\s+(?P<value>[\w@.:=<>~^/+-]+)",
    ),
    (
        Verb.PIN,
        rf"(?:pin|lock|fix|upgrade|bump|update)\s+(?:the\s+)?(?P<name>{_VALUE})?"
        r"(?:\s+(?:[\w-]+\s+)?(?:image|package|action|dependency|version|module|crate|plugin"
        rf"|provider))*\s*(?:from\s+(?P<old>{_VALUE})\s+)?(?:to|at)\s+(?:version\s+)?"
        rf"(?P<value>{_VALUE})(?:\s+{_PLACE})?",
    ),
    (
        Verb.REPLACE,
        rf"(?:change|replace|switch|swap|update|turn|move|convert)\s+{_ADJECTIVE}"
        rf"(?:from\s+)?(?P<old>{_VALUE})\s+(?:to|with|by|for|into)\s+(?P<value>{_VALUE})"
        rf"(?:\s+{_PLACE})?",
    ),
    (
        Verb.ADD,
        rf"(?:add|insert|put|place)\s+(?:(?:an?|the)\s+)?(?P<line>{_C})\s+(?:to|in|into|on)\s+(?:the\s+)?"
        r"(?P<place>[^,;]+?),?\s+(?:right\s+|directly\s+|just\s+|immediately\s+)?"
        rf"(?P<relation>{_RELATION})\s+(?:the\s+)?(?P<anchor>.+)",
    ),
    (
        Verb.FLAG,
        rf"(?:add|pass|append|include|use|give)\s+(?:the\s+)?(?:flag\s+|option\s+)?"
        rf"(?P<value>{_C}|--?\w[\w-]*(?:=\S+)?){_NOUN}\s+(?:to|on|for|in|with)\s+(?:the\s+)?"
        r"(?P<anchor>.+?)(?:\s+(?:command|instruction|call|invocation|step|line))?",
    ),
    (
        Verb.ADD,
        r"(?:add|insert|put|place)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+?)\s+(?:right\s+|"
        rf"directly\s+|just\s+|immediately\s+)?(?P<relation>{_RELATION})\s+(?:the\s+)?"
        r"(?P<anchor>.+)",
    ),
    (
        Verb.ADD,
        rf"(?P<line>{_C})\s+(?:right\s+|directly\s+|just\s+)?(?P<relation>{_RELATION})\s+(?:the\s+)?"
        r"(?P<anchor>.+)",
    ),
    (
        Verb.ADD,
        rf"{_PUT}\s+{_ADJECTIVE}(?P<level>top-level\s+|workflow-level\s+|root-level\s+)?"
        rf"(?P<pairs>{_CODES}){_NOUN}(?:\s+{_PLACE})?",
    ),
    (Verb.SET, rf"{_PUT}\s+(?P<pairs>{_PAIR}(?:(?:,|\s+and)\s+{_PAIR})*)(?:\s+{_NARROW})?"),
    (Verb.SET, rf"{_PUT}\s+(?P<pairs>{_PAIR}(?:(?:,|\s+and)\s+{_PAIR})*)(?:\s+{_PLACE})?"),
    (
        Verb.SET,
        rf"{_TURN}\s+(?:the\s+)?(?P<name>[\w.\"'-]+|{_C})\s+(?:from\s+(?P<old>{_VALUE})\s+)?to\s+"
        rf"(?P<value>{_VALUE})(?:\s+{_PLACE})?",
    ),
    (
        Verb.SET,
        rf"{_TURN}\s+(?:the\s+)?(?P<name>[\w .\"'\ue000-\uf8ff-]+?)\s+"
        rf"(?:from\s+(?P<old>{_VALUE})\s+)?to\s+(?P<value>{_VALUE})(?:\s+{_PLACE})?",
    ),
    (
        Verb.SET,
        rf"{_TURN}\s+(?:the\s+)?(?P<name>\w+)\s+{_IN}\s+(?:the\s+)?(?P<place>[^,;]+?)\s+"
        rf"(?:from\s+(?P<old>{_VALUE})\s+)?to\s+(?P<value>{_VALUE})",
    ),
    (
        Verb.REMOVE,
        r"(?:remove|delete|drop)\s+(?:the\s+)?(?P<name>[\w.@/-]+)(?:\s+(?:line|key|entry|package|"
        r"setting|option))?(?:\s+from\s+(?:the\s+)?(?P<place>[\w./-]+(?:\s+\w+)?))?",
    ),
    (
        Verb.REMOVE,
        rf"(?:remove|delete|drop|strip)\s+{_ADJECTIVE}(?P<name>{_C}){_NOUN}"
        rf"(?:\s+{_PLACE})?",
    ),
    (Verb.ADD, rf"(?:add|insert|put)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+?)\s+{_NARROW}"),
    (Verb.ADD, rf"(?:add|insert|put)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>{_C})\s+{_PLACE}"),
    (Verb.ADD, r"(?:add|insert|put)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+)"),
)


@cache
def _compiled() -> tuple[tuple[Verb, re.Pattern[str]], ...]:
    """Return the frames as patterns: making them takes longer than most runs' settings do."""
    return tuple((verb, re.compile(frame, re.I | re.S)) for verb, frame in _FRAMES)


_IMPERATIVE = (
    r"(?:add|set|change|replace|use|pin|remove|delete|drop|raise|lower|increase|reduce|quote|put"
    r"|insert|switch|update|bump|pass|append|enable|configure|define|turn|upgrade)\b"
)
_BESIDE = {
    **dict.fromkeys(("above", "in front of", "ahead of", "prior to"), "before"),
    **dict.fromkeys(("below", "behind", "following"), "after"),
}
_ANY_LEAD = re.compile(r"^[^:\ue000-\uf8ff]{3,80}:\s+(?=[\ue000-\uf8ff]\s)")
_LEAD = re.compile(rf"^[^:\ue000-\uf8ff]{{3,80}}:\s+(?={_IMPERATIVE})", re.I)
"""What goes before the instruction: ``Run unprivileged: add …``."""
_PAIR_ENDS = re.compile(r"(?:,|\s+and)\s+(?=[\w.\"'/-]+\s*[:=]\s*\S)")
_KEY_VALUE = re.compile(r"([\w.\"'/-]+?)\s*(?::(?=\s)|=(?!=))\s*(.+)", re.S)
_PURPOSE = re.compile(
    r",?\s+(?:so that|so the|so it|in order to|to avoid|to prevent|to ensure|to keep|to stop"
    r"|to make|because|since|otherwise|as it|which)\b[^.\ue000-\uf8ff]*",
    re.I,
)
"""What only says why."""
_SENTENCE = re.compile(rf"(?<=[.;])\s+(?=[A-Z])|,?\s+(?:and|then)\s+(?={_IMPERATIVE})", re.I)
_ASKS = re.compile(rf"\b(?:{_IMPERATIVE[3:-3]}|make|give|must|should|needs?|instead|run)\b", re.I)
_ASKING = re.compile(rf"\b{_IMPERATIVE}|[→]|->|\b(?:should|needs?|has to|have to|ought)\b", re.I)
"""What a clause that only gives a reason does not have."""


def read_asks(text: str, held: Sequence[Held] = ()) -> tuple[tuple[Ask, ...], ...]:
    """Return every way in which each sentence of ``text`` can be read, the likeliest first.

    A sentence that fits no frame is read by what it names of the keys ``held`` by the file.
    Raises ``Unreadable`` where a sentence fits no frame, or offers a choice.
    """
    plain, codes = with_marks(itemised(text))
    plain = _TOGETHER.sub(r"\1 \2. \1 \3", _THAT_IS.sub(": ", plain))
    if re.search(r"(?i)\beither\b|\bor\s+(?:an?|the|use|add|set)\b", plain):
        raise Unreadable("the text offers a choice")
    said = [_PURPOSE.sub("", each).rstrip(".;") for each in _sentences(plain)]
    parts = [part for each in said for part in _worded(each, codes) if part.strip()]
    told = [
        at
        for at, part in enumerate(parts)
        if not (_is_context(part) and not _GIVEN.search(part))
        and not (at == 0 and len(parts) > 1 and _GOAL.fullmatch(part))
        and not (_DENIES.search(part) and " it " in f" {' '.join(parts[at + 1 : at + 2])} ")
    ] or [*range(len(parts))]
    return tuple(one for at in told for one in _read(parts[at], parts[:at][-1:], codes, held))


def _read(
    sentence: str, before: list[str], codes: list[str], held: Sequence[Held]
) -> list[tuple[Ask, ...]]:
    """Return the readings of each instruction in a sentence: by frames, then by what it names."""
    slots = _slots(sentence, " ".join(before), codes, held)
    try:
        framed = _about(_readings(sentence, codes), before, codes)
    except Unreadable:
        if slots is None:
            raise
        return slots
    return [(*framed, *slots[0])] if slots is not None and len(slots) == 1 else [framed]


_CLAUSE = re.compile(r"[,;:]\s+|\s+[-–—]\s+|,?\s+so\s+")


def _slots(
    sentence: str, before: str, codes: list[str], held: Sequence[Held]
) -> list[tuple[Ask, ...]] | None:
    """Return what a sentence, or each of its clauses, names; None where something is left over."""
    if (whole := slot_of(sentence, codes, held, before)) is not None:
        return [(_slotted(whole, sentence, codes),)]
    found: list[tuple[Ask, ...]] = []
    for clause in _CLAUSE.split(sentence):
        slot = slot_of(clause, codes, held, before)
        if slot is not None:
            found.append((_slotted(slot, clause, codes),))
        elif _ASKING.search(clause) or (re.search(r"\d|" + _C, clause) and not states(clause)):
            return None
        before = clause
    return found or None


def _slotted(slot: Slot, said: str, codes: list[str]) -> Ask:
    text = put_back(said, codes)
    if slot.pinned:
        return Ask(Verb.PIN, text, name=slot.key, value=slot.value)
    return Ask(Verb.SET, text, ((slot.key, slot.value),), place=slot.place)


_DENIES = re.compile(r"\b(?:must|should|may)\s+(?:not|never)\s+[^\ue000-\uf8ff]*$", re.I)
"""What must not be, before the step that says what to do about it."""
_GOAL = re.compile(r"(?:[\w'-]+\s+){1,4}?(?:should|must|ought to)\s[^\ue000-\uf8ff]*", re.I)
"""What must hold, said without code before the step that makes it so."""
_THAT_IS = re.compile(rf",?\s*\b(?:i\.e\.,?|that is,?(?: to say,?)?)\s+(?={_C})", re.I)
_TOGETHER = re.compile(
    rf"\b({_TURN})\s+((?:the\s+)?{_C}\s+to\s+[\w.\ue000-\uf8ff]+)\s+and\s+"
    rf"((?:the\s+)?{_C}\s+to\s+[\w.\ue000-\uf8ff]+)(?=\.?$|\.\s)",
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
    if _only_says(sentence):
        return True
    told = _ASKS.search(sentence) or re.search(_C, sentence)
    return not told and states(sentence)


def _only_says(sentence: str) -> bool:
    """Tell whether a sentence states a fact, or what is to stay."""
    plain = re.sub(_C, "⟦0⟧", sentence)
    asks = may_ask(plain) or allowed(plain) != plain
    return is_kept(plain) or (is_fact(plain) and not asks)


def _sentences(plain: str) -> list[str]:
    """Return the sentences; an ``and`` before a verb parts two only where both are readable."""
    whole = re.split(rf"(?<=\.)\s+(?=[A-Z\ue000-\uf8ff])|(?<=;)\s+(?=[A-Z]|{_IMPERATIVE})", plain)
    whole = [part for each in whole for part in _without_tail(each)]
    found = []
    for each in whole:
        parts = _SENTENCE.split(each)
        found += parts if len(parts) > 1 and not _fits(each) else [each]
    return found


def _without_tail(sentence: str) -> list[str]:
    """Return what stands before a semicolon, and what stands behind it where that is no fact."""
    head, mark, tail = sentence.partition("; ")
    return [head] if mark and _only_says(tail) and not _GIVEN.search(tail) else [sentence]


_GIVEN = re.compile(r"[\w.-]+\s*=\s*\S")
"""A value for a key, in whatever words."""


def _worded(sentence: str, codes: list[str]) -> list[str]:
    """Return the instructions of a sentence in plain words; the sentence where it is none."""
    plain = plainly(sentence)
    if _only_says(sentence) and not instructs(plain):
        return [sentence]

    def reads(said: str) -> bool:
        return bool(_asks(said, said, codes))

    found = steps(plain, reads)
    if all(map(reads, found)):
        return found
    bare = _FOREWORD.sub("", sentence)
    told = steps(plainly(bare), reads)
    if bare != sentence and all(map(reads, told)):
        return told
    place, rest = headed(sentence)
    below = [f"{step} in {place}" for step in steps(plainly(rest), reads)] if place else []
    return below if below and all(map(reads, below)) else [sentence]


_FOREWORD = re.compile(
    r"^[A-Z][a-z]+[^:\ue000-\uf8ff]{0,70}\s[^:\ue000-\uf8ff]{1,20}:\s+(?=[\ue000-\uf8ff]\s)"
)
"""A few words of what it is for, before code: ``Cap both jobs: …``."""


def _fits(sentence: str) -> bool:
    plain = _PURPOSE.sub("", sentence).rstrip(".;")
    return any(frame.fullmatch(plain) for verb, frame in _compiled() if verb is not Verb.ADD)


_BY_DOING = re.compile(
    r"^.*?\bby\s+(chang|replac|sett|add|remov|us|pinn|insert)(?:ing)\s+", re.I | re.S
)
_DOING = {
    "chang": "change", "replac": "replace", "sett": "set", "add": "add", "remov": "remove",
    "us": "use", "pinn": "pin", "insert": "insert",
}  # fmt: skip


def _readings(sentence: str, codes: list[str]) -> tuple[Ask, ...]:
    sentence = _BY_DOING.sub(lambda said: f"{_DOING[said[1].lower()]} ", sentence)
    bare = _ANY_LEAD.sub("", _LEAD.sub("", sentence))
    texts = dict.fromkeys([sentence, _LEAD.sub("", sentence), bare, put_back(sentence, codes)])
    found = tuple(ask for text in texts for ask in _asks(text, sentence, codes))
    if not found:
        said = put_back(sentence, codes)
        raise Unreadable(f"`{said[:80]}` is not one setting to change")
    return tuple(dict.fromkeys(found))


def _asks(text: str, sentence: str, codes: list[str]) -> tuple[Ask, ...]:
    """Return every frame's reading of ``text``, which is ``sentence`` or a part of it."""
    return tuple(
        ask
        for verb, frame in _compiled()
        if (match := frame.fullmatch(text))
        and (ask := _ask(verb, sentence, match.groupdict(""), codes)) is not None
    )


def _ask(verb: Verb, sentence: str, marked: dict[str, str], codes: list[str]) -> Ask | None:
    said = {key: put_back(value, codes).strip() for key, value in marked.items()}
    pairs = tuple(_pairs(marked.get("pairs", ""), codes))
    if within := said.get("within") or said.get("inside"):
        if not (block := _block(within)) or (said.get("level") and said.get("beneath")):
            return None
        pairs = ((said["name"].rstrip(":").strip("\"'"), block),)
        said["place"] = said["place"] or said.get("beneath", "")
    line = said.get("line", "")
    if verb is Verb.QUOTE and re.search(_C, marked.get("line", "")):
        line = " ".join(f'"{each}"' for each in codes_in(marked["line"], codes))
    elif verb is Verb.QUOTE and line.startswith("$"):
        line = f'"{line}"'
    if verb is Verb.SET and said.get("name"):
        if re.fullmatch(_C, marked["value"]) and re.match(r"[\w.-]+(?:=|:\s)", said["value"]):
            return None  # what is to be there is a key with its value
        pairs = ((said["name"].strip("\"'"), said["value"]),)
    if verb is Verb.ADD and marked.get("pairs") and not pairs:
        line = put_back(marked["pairs"], codes)
    place = "root" if said.get("level") else re.sub(r"^(?:the|each|its)\s+", "", said["place"]
                                                    if said.get("place") else "")  # fmt: skip
    relation = said.get("relation", "").lower()
    return Ask(
        verb=verb,
        text=put_back(sentence, codes),
        pairs=pairs,
        name=said.get("name", ""),
        value=said.get("value", ""),
        old=said.get("old", ""),
        line=line,
        relation=_BESIDE.get(relation, relation),
        anchor=said.get("anchor", ""),
        place=place,
    )


def _block(within: str) -> str:
    """Return the keys of a block, one a line; empty where they are no keys with values."""
    items = [
        each
        for part in parted(within, ",")
        for each in re.split(r"(?:;|\s+and)\s+(?=[\w./-]+:\s)", part)
    ]
    rows = [re.sub(r"^and\s+", "", each.strip()) for each in items]
    keys = all(re.fullmatch(r"[\w./-]+:\s+\S.*", row) for row in rows)
    return "\n".join(rows) if keys else ""


def _pairs(marked: str, codes: list[str]) -> list[tuple[str, str]]:
    """Return the keys and values of a list of codes, or of prose; none unless all are such."""
    parts = codes_in(marked, codes) if re.fullmatch(_CODES, marked) else _PAIR_ENDS.split(
        put_back(marked, codes))  # fmt: skip
    found = [_KEY_VALUE.fullmatch(part.strip()) for part in parts if part]
    if not all(found):
        return []
    return [(each[1].strip("\"'"), each[2].strip()) for each in found if each is not None]
