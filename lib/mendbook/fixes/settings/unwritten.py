"""Values that a fix text asks for and an edit of settings leaves out, or takes from its prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mendbook.fixes.instruction.sentences.verbs import verb_of
from mendbook.fixes.settings.ask import Unreadable
from mendbook.fixes.settings.edit import SettingEdit
from mendbook.fixes.settings.fitting.saying import is_order
from mendbook.fixes.settings.sentences import PURPOSE, only_says, sentences_of

_QUANTITY = re.compile(r"(?<![\w./:-])(\d+(?:\.\d+)?(?:ms|[smhd]|[kKmMgG]i?[bB]?|%))(?![\w./:-])")
"""A number with its unit."""
_ASIDE = re.compile(r"\([^()]*\)|`[^`]*`")


_PAIR = re.compile(
    r"(?<![\w./@$-])[\"']?(?P<key>[A-Za-z_][\w-]*)[\"']?:[ ]+(?P<value>\"[^\"]*\"|'[^']*'"
    r"|[\w.]*\w)(?=[\s,;.)]|$)"
)


def unwritten_pair(said: str, before: str, after: str) -> str:
    """Return a pair that a text spells out, of a key that stands there, and that is not written."""
    for one in _PAIR.finditer(said.replace("`", "")):
        if is_order(one["value"].lower()):
            continue
        key, value = re.escape(one["key"]), re.escape(one["value"].strip("\"'"))
        held = rf"(?<![\w-])[\"']?{key}[\"']?[ \t]*:[ \t]*"
        if not re.search(rf"{held}[\"']?[\w.]", before) or re.match(r"\w*:\s", said[one.end() :]):
            continue
        if not re.search(rf"{held}[\"']?{value}", f"{after}\n{before}"):
            return one[0]
    for one in _OUGHT.finditer(said.replace("`", "")):
        key = re.escape(one["key"])
        stands = re.search(
            rf"(?<![\w-])[\"']?{key}[\"']?[ \t]*:[ \t]*[\"']?(?:true|false|on|off)\b", before
        )
        wanted = "true|on" if one["value"].lower() in {"on", "true"} else "false|off"
        if stands and not re.search(
            rf"(?<![\w-])[\"']?{key}[\"']?[ \t]*:[ \t]*[\"']?(?:{wanted})\b", after
        ):
            return one[0]
    return ""


_OUGHT = re.compile(
    r"(?<![\w./-])(?P<key>[A-Za-z_][\w-]*)\s+(?:has\s+to|must|should|needs\s+to|ought\s+to)\s+be\s+(?P<value>on|off|true|false)\b",
    re.I,
)


_NEXT = re.compile(
    r",?\s+and\s+(?=(?:add|set|put|give|include|remove|drop|change|raise|lower|use)\b)",
    re.IGNORECASE,
)
_OF_IT = re.compile(
    r"(?:please\s+)?(?P<verb>[a-z]+)\s+(?:it|this|them|these)\b(?P<rest>[^:=\"'`{}]*)",
    re.IGNORECASE,
)


def refuse_first_lost(said: str, before: str, after: str) -> None:
    """Raise ``Unreadable`` where the first of two orders in words is nowhere carried out.

    *Mark it private and add "type": "module"*: no new word of the first is written.
    """
    first, _, second = _NEXT.sub("\n", said, count=1).partition("\n")
    told = _OF_IT.fullmatch(first.strip()) if second else None
    if told is None or not verb_of(told["verb"].lower()):
        return
    words = re.findall(r"[a-z][\w-]{2,}", told["rest"].lower())
    written = [one for one in words if one in after.lower() and one not in before.lower()]
    if not written:
        raise Unreadable(f"`{first.strip()}` would be left out")


_PROSE = re.compile(
    r"\b(?:wants?|needs?|should|must|ought|has\s+to|have\s+to|is\s+to|lacks?|instead|rather|was|were"
    r"|is|are|had|until|since|because)\s",
)


def refuse_prose(said: str, edits: Sequence[SettingEdit], before: str) -> None:
    """Raise ``Unreadable`` where words of the text itself would be written for a plain value."""
    bare = _ASIDE.sub(" ", said)
    for edit in edits:
        old, new = before[edit.start : edit.end].strip(), edit.new.strip()
        if new.strip(";") in bare and _PROSE.search(new) and not _PROSE.search(old):
            raise Unreadable("what is to be written is told in words")
        if len(old.split()) < 2 < len(new.split()) and new in bare and _PROSE.search(f"{new} "):
            raise Unreadable("what is to be written is told in words")
        if any(_is_of_sentence(one, bare) and one[0] not in old for one in _RUN.finditer(new)):
            raise Unreadable("what is to be written is told in words")


_RUN = re.compile(
    r"\S+\s+(?:is|are|was|were|be|has|have|had|should|must|will|would|does|needs?|enough|plenty"
    r"|instead|here|hides|keeps|makes)(?![\w-])|\b(?:on|off)\s+[a-z]+(?=;)"
)
"""A word of a sentence with the one before it."""


def _is_of_sentence(run: re.Match[str], said: str) -> bool:
    """Tell whether words that an edit writes stand so in a text, and in no comment or quotes."""
    line = run.string[run.string.rfind("\n", 0, run.start()) + 1 : run.start()]
    quoted = any(line.count(mark) % 2 for mark in "\"'")
    return "#" not in line and not quoted and " ".join(run[0].split()) in " ".join(said.split())


def refuse_unwritten(said: str, before: str, after: str) -> None:
    """Raise ``Unreadable`` where an order names a quantity that is neither there nor written."""
    for sentence in sentences_of(" ".join(_ASIDE.sub(" ", said).split())):
        if only_says(sentence):
            continue
        for quantity in _QUANTITY.findall(PURPOSE.sub("", sentence)):
            if quantity not in before and quantity not in after:
                raise Unreadable(f"{quantity} is asked for, and would not be written")
    for one in _SWITCH.finditer(said.replace("`", "")):
        key = re.escape(one["key"])
        if not re.search(rf"(?m)^[ \t]*{key}[ \t]+(?:on|off)[ \t]*;", before):
            continue
        if not re.search(rf"(?m)^[ \t]*{key}[ \t]+{one['value'].lower()}\b", after):
            raise Unreadable(f"{one['key']} is to be {one['value']}, and would not be")
    for one in _KEYED.finditer(said.replace("`", "")):
        key, value = re.escape(one["key"]), re.escape(one["value"].rstrip("."))
        if not re.search(rf"{key}\W+{value}", f"{before}\n{after}"):
            raise Unreadable(f"{one['key']} is to be {one['value']}, and would not be")


_KEYED = re.compile(
    r"(?<![\w.])(?P<key>[a-z]+(?:_[a-z]+)+|[a-z]+(?:[A-Z][a-z]+)+)\s+(?:of|to|at)\s+[\"']?(?P<value>\d[\w.]*)"
)
"""A key, known by its spelling, with the number that it is given."""
_SWITCH = re.compile(
    r"(?<![\w./$-])(?P<key>[a-z]+(?:_[a-z]+)+)\s+(?:(?:(?:has|ought)\s+to|should|must)\s+be\s+|to\s+)?"
    r"(?P<value>on|off)(?=[\s,;.]|$)(?!\s+(?:the|a|its|location|server|/))",
    re.IGNORECASE,
)
"""A directive that is turned on or off."""
