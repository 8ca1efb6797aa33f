"""What a fix text asks of a file of settings: a few frames, each matched whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What is asked for."""

    SET = "set"
    """A key gets a value, whether it stands there or not."""
    ADD = "add"
    """A key, or a whole line, that is not there."""
    REMOVE = "remove"
    PIN = "pin"
    """A package, action or image gets a version."""
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
    """The version; the columns of an index."""
    old: str = ""
    """The value that the text says is there now."""
    line: str = ""
    """A whole line to add."""
    relation: str = ""
    """``before`` or ``after`` the ``anchor``."""
    anchor: str = ""
    place: str = ""
    """The service, job, table or block that it is about, in the text's words."""


class Unreadable(Exception):
    """The text, or the file, does not say one thing to do; the message is the reason."""


_PUT = r"(?:add|set|put|include|insert|configure|specify|define|declare|use|give)"
_PLACE = (
    r"(?:to|on|in|under|at|inside|within|for|into|of)\s+(?:the\s+)?(?P<place>[\w.\[\]\"'/@:-]+"
    r"(?:\s+(?:service|job|step|block|section|table|level|stage|container|workflow|deployment|"
    r"mapping|file|context|group|stanza|object|key|entry|root)){0,2})"
)
_VALUE = (
    r"(?!(?:to|in|on|under|at|for|of|from|into)\s)"
    r"(?:\"[^\"]*\"|'[^']*'|\[[^\]]*\]|\{[^}]*\}|[\w-]+:\s\S+|[^\s,;]+)"
)
"""A value is one word, unless it is quoted, bracketed, or a key and value of its own."""
_PAIR = rf"[\w.\"'/-]+(?::\s+|\s*=\s*){_VALUE}"
_FRAMES: tuple[tuple[Verb, str], ...] = (
    (
        Verb.INDEX,
        r"(?:add|create)\s+(?:an?\s+)?(?:btree\s+)?index\s+(?:on|for|to)\s+"
        r"(?P<name>[\w.]+)\s*\(\s*(?P<value>\w+(?:\s*,\s*\w+)*)\s*\)",
    ),
    (Verb.QUOTE, r"quote\s+(?P<line>.+)"),
    (
        Verb.PIN,
        r"(?:pin|lock|upgrade|bump|update)\s+(?:the\s+)?(?:(?:base|build|runtime)\s+)?"
        r"(?:(?:image|package|action|dependency|version)\s+)?(?:of\s+)?(?P<name>[\w@./-]+)?\s*"
        r"(?:from\s+(?P<old>[\w@.:=<>~^/-]+)\s+)?(?:to|at)\s+(?P<value>[\w@.:=<>~^/+-]+)",
    ),
    (
        Verb.ADD,
        r"(?:add|insert|put|place)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+?)\s+(?:right\s+|"
        r"directly\s+|just\s+)?(?P<relation>before|after|above|below)\s+(?:the\s+)?(?P<anchor>.+)",
    ),
    (Verb.SET, rf"{_PUT}\s+(?P<pairs>{_PAIR}(?:(?:,|\s+and)\s+{_PAIR})*)(?:\s+{_PLACE})?"),
    (
        Verb.SET,
        r"(?:set|change|raise|lower|increase|reduce|decrease|switch|bump|turn)\s+(?:the\s+)?"
        rf"(?P<name>[\w.\"'-]+)\s+(?:from\s+(?P<old>\S+)\s+)?to\s+(?P<value>{_VALUE})"
        rf"(?:\s+{_PLACE})?",
    ),
    (
        Verb.REMOVE,
        r"(?:remove|delete|drop)\s+(?:the\s+)?(?P<name>[\w.@/-]+)(?:\s+(?:line|key|entry|package|"
        r"setting|option))?(?:\s+from\s+(?:the\s+)?(?P<place>[\w./-]+(?:\s+\w+)?))?",
    ),
    (Verb.ADD, rf"(?:add|insert|put)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+?)\s+{_PLACE}"),
    (Verb.ADD, r"(?:add|insert|put)\s+(?:(?:an?|the)\s+[\w -]+?:\s+)?(?P<line>.+)"),
)
_COMPILED = tuple((verb, re.compile(frame, re.I | re.S)) for verb, frame in _FRAMES)
_PAIR_ENDS = re.compile(r"(?:,|\s+and)\s+(?=[\w.\"'/-]+\s*[:=]\s*\S)")
_KEY_VALUE = re.compile(r"([\w.\"'/-]+?)\s*(?::(?=\s)|=)\s*(.+)", re.S)
_PURPOSE = re.compile(
    r",?\s+(?:so that|so the|so it|in order to|to avoid|to prevent|to ensure|to keep|to stop"
    r"|to make|because|since|otherwise|as it|which)\b[^.]*",
    re.I,
)
"""What only says why."""
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")


def read_asks(text: str) -> tuple[tuple[Ask, ...], ...]:
    """Return every way in which each sentence of ``text`` can be read, the likeliest first.

    Raises ``Unreadable`` where a sentence fits no frame, or offers a choice.
    """
    plain = " ".join(text.replace("`", "").split())
    if re.search(r"(?i)\beither\b|\bor\s+(?:an?|the|use|add|set)\b", plain):
        raise Unreadable("the text offers a choice")
    sentences = (_PURPOSE.sub("", each).removesuffix(".") for each in _SENTENCE.split(plain))
    return tuple(_readings(sentence) for sentence in sentences if sentence.strip())


def _readings(sentence: str) -> tuple[Ask, ...]:
    found = tuple(
        _ask(verb, sentence, match.groupdict(""))
        for verb, frame in _COMPILED
        if (match := frame.fullmatch(sentence))
    )
    if not found:
        raise Unreadable(f"`{sentence[:80]}` is not one setting to change")
    return found


def _ask(verb: Verb, sentence: str, said: dict[str, str]) -> Ask:
    pairs = tuple(
        (match[1].strip("\"'"), match[2].strip())
        for part in _PAIR_ENDS.split(said.get("pairs", ""))
        if (match := _KEY_VALUE.fullmatch(part.strip()))
    )
    if verb is Verb.SET and said.get("name"):
        pairs = ((said["name"].strip("\"'"), said["value"].strip()),)
    return Ask(
        verb=verb,
        text=sentence,
        pairs=pairs,
        name=said.get("name", ""),
        value=said.get("value", "").strip(),
        old=said.get("old", ""),
        line=said.get("line", "").strip(),
        relation={"above": "before", "below": "after"}.get(said.get("relation", "").lower())
        or said.get("relation", "").lower(),
        anchor=said.get("anchor", "").strip(),
        place=said.get("place", "").strip(),
    )
