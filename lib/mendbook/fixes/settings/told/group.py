"""Keys and values that a sentence names in any order, and the words that say where.

``Set limits.cpu: 2 and limits.memory: 1Gi on the oven container``: the pairs are taken out, and
what is left must be known words, or words of the place. Nothing is read past a word that is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mendbook.fixes.instead_of import INSTEAD_OF
from mendbook.fixes.settings.told.plain import plain

_KEY = r"[\"']?(?P<key>[A-Za-z_][\w./-]*\w|[A-Za-z_])[\"']?"
_VALUE = (
    r"(?P<value>[^\s,;]*\$\{\{[^}]*\}\}[^\s,;]*|\[[^\]]*\]|\{[^}]*\}|\"[^\"]*\"|'[^']*'"
    r"|(?!(?:and|with|to|of|in|on|for|the|a|an)(?![\w-]))[^\s,;()]*[^\s,;.:()])"
    r"(?=[\s,;.:()]|$)(?!\s*(?:=(?!=)|:\s)|:\s)"
)
_PAIR = re.compile(rf"(?<![\w.\"'/-]){_KEY}(?::\s+|\s*=\s*(?!=)){_VALUE}")
_SPOKEN = re.compile(
    rf"(?<![\w.\"'/-]){_KEY}(?:\s+(?:(?:set\s+)?(?:to|of|at)\s+|must\s+be\s+"
    rf"|should\s+be\s+)?)"
    r"(?P<value>\[[^\]]*\]|\"[^\"]*\"|'[^']*'|-?\d[\w.%/-]*|true|false|unless-stopped|on-failure"
    r"|always|never|no)(?![\w.-])"
)
"""A key that the file can have, and a value that is no word of a sentence."""
_OF_TO = re.compile(
    r"(?<![\w.\"'/-])(?P<key>[A-Za-z_][\w./-]*\w)"
    r"(?:\s+(?:of|on|for|in)\s+(?:the\s+)?(?P<place>[\w./:@-]+(?:\s+[\w./-]+)?))?"
    r"(?:\s+from\s+(?P<old>[^\s,;]+))?\s+(?:to|→|->)\s+(?P<value>\[[^\]]*\]|\"[^\"]*\"|'[^']*'"
    r"|[^\s,;]*[^\s,;.])"
)
_INSTEAD = re.compile(
    r"(?<![\w.\"'/-])(?P<key>[A-Za-z_][\w./-]*\w)(?::\s+|\s*=\s*)[^\s,;]+"
    rf"(?P<tail>,?\s+(?:{INSTEAD_OF}|not)\s+(?P<old>[^\s,;]*[^\s,;.]))"
)
_EVERY = re.compile(
    r"\b(?:both|all|every|each)\s+(?:the\s+|two\s+|three\s+)?(?:job|service|container)s?\b", re.I
)
_HEAD = re.compile(
    r"(?:^|(?<=\s))(?:(?:an?|the|its)\s+)?(?P<block>[A-Za-z_][\w-]*(?:\.[\w-]+)*)"
    r"(?:\s+(?:block|section|mapping|key))?(?:\s+with(?:\s+an?)?|:|\s+of|\s+to)?\s*[({]?\s*$"
)
_DENIED = re.compile(
    r"\b(?:not|never|or|either|unless|except|instead|rather|remove|drop|delete|replace|rename|move"
    r"|without|no|if|when|while|until|only|maybe|consider|than|from|document|comment|other"
    r"|(?:all|every|each|both)(?!\s+(?:the\s+|two\s+|three\s+)?(?:job|service|container)s?\b))\b"
    r"|n['’]t\b|\?",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"(?:;|,?\s+and|,)\s+(?:also\s+|then\s+)?(?=(?:add|set|put|give|use|enable)\b)", re.I
)
_GLUE = frozenset(
    [
        "add",
        "keep",
        "cap",
        "set",
        "put",
        "use",
        "give",
        "configure",
        "specify",
        "define",
        "declare",
        "include",
        "insert",
        "introduce",
        "provide",
        "apply",
        "make",
        "raise",
        "lower",
        "reduce",
        "increase",
        "bump",
        "change",
        "limit",
        "cap",
        "bound",
        "bind",
        "let",
        "please",
        "also",
        "explicitly",
        "with",
        "and",
        "a",
        "an",
        "the",
        "this",
        "that",
        "its",
        "to",
        "in",
        "on",
        "for",
        "of",
        "at",
        "as",
        "by",
        "under",
        "inside",
        "into",
        "within",
        "key",
        "keys",
        "value",
        "values",
        "setting",
        "settings",
        "option",
        "options",
        "field",
        "fields",
        "line",
        "lines",
        "entry",
        "mapping",
        "config",
        "configuration",
        "new",
        "have",
        "has",
        "get",
        "gets",
        "must",
        "should",
        "needs",
        "need",
        "be",
        "is",
        "there",
        "here",
        "too",
        "well",
        "then",
        "explicit",
        "default",
        "fixed",
    ]
)
_OWNERS = frozenset({"job", "jobs", "service", "services", "container", "containers", "steps"})
"""What a place is called, and no block that a text makes."""
_SEVERAL = re.compile(r"([\w./-]+)(?:,|,? and)(?: the)? ([\w./-]+)")
"""Two names with *and* between them: more than one place."""
_BESIDE = re.compile(
    r"\b(?:beside|next\s+to|alongside|along\s+with|near|under|below|above)\s+(?:it|that|this)\b"
    r"|\bin\s+the\s+same\s+(?:block|place|section|mapping)\b|\b(?:there|as\s+well|too|in\s+it)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs of a step, and the words of it that are neither theirs nor known."""

    pairs: tuple[tuple[str, str], ...]
    place: str
    beside: bool = False
    """The step says that they go where those of the step before are."""
    several: bool = False
    """The place is more than one: *both jobs*, *a and b*."""
    old: tuple[tuple[str, str], ...] = ()
    """The values that the text says are there now."""


def groups_of(said: str, knows: Callable[[str], bool]) -> list[Group] | None:
    """Return each step's pairs and place; None where a step has a word of doubt or no pair.

    ``knows`` tells whether the file has, or may have, a key of that name.
    """
    text = plain(said, ticks=False)
    groups: list[Group] = []
    for step in _STEP.split(text):
        group = _group(step, knows)
        if group is None:
            return None
        groups.append(group)
    return groups


def _group(step: str, knows: Callable[[str], bool]) -> Group | None:
    step = _worded(step, knows)
    old: list[tuple[str, str]] = []
    for one in [*_INSTEAD.finditer(step)][::-1]:
        old.append((one["key"].rpartition(".")[2], one["old"].strip("\"'")))
        step = step[: one.start("tail")] + step[one.end("tail") :]
    spans = [
        (one.span(), one["key"], one["value"].strip())
        for one in _PAIR.finditer(step)
        if not (knows(one["value"]) and re.match(r"\s+[\[\"'\d]", step[one.end() :]))
    ]
    rest = _blanked(step, [span for span, _, _ in spans])
    spans += [
        (one.span(), one["key"], one["value"].strip())
        for one in _SPOKEN.finditer(rest)
        if knows(one["key"].rpartition(".")[2])
    ]
    if not spans:
        return None
    spans.sort()
    rest = _blanked(step, [span for span, _, _ in spans])
    block = ""
    pairs: list[tuple[str, str]] = []
    at = 0
    for (begin, end), key, value in spans:
        head = _HEAD.search(step[at:begin])
        named = head["block"] if head is not None else ""
        if (
            head is not None
            and named.lower() not in _GLUE | _OWNERS
            and ("." in named or knows(named))
        ):
            block = named
            start = at + head.start("block")
            rest = rest[:start] + rest[start:].replace(named, " " * len(named), 1)
        pairs.append((f"{block}.{key}" if block else key, value))
        at = end
    if len({key for key, _ in pairs}) != len(pairs) or _DENIED.search(rest):
        return None
    beside = _BESIDE.search(rest) is not None
    rest = _BESIDE.sub(" ", rest)
    if re.search(r"[\"'`(){}<>=]", re.sub(r"['’]s\b", "", rest).strip(" ,.()")):
        return None
    words = re.findall(r"[^\s,;()]+", re.sub(r"['’]s\b", "", rest))
    place = [one.strip(":.") for one in words if one.strip(":.").lower() not in _GLUE]
    spoken = " ".join(one for one in place if one)
    every = _EVERY.search(rest)
    parted = [
        one for one in _SEVERAL.finditer(rest) if not {one[1].lower(), one[2].lower()} & _GLUE
    ]
    if parted:
        spoken = re.sub(
            r"(?i)^(?:[^A-Za-z]|(?:in|on|to|for|of|the|give|add|set)\b)+",
            "",
            rest[rest.index(parted[0][0]) if parted[0].start() == 0 else parted[0].start() :],
        ).strip(" .,;")
    if every is not None:
        spoken = every[0].strip()
    return Group(tuple(pairs), spoken, beside, bool(parted or every), tuple(old))


def _worded(step: str, knows: Callable[[str], bool]) -> str:
    """Return a step with ``KEY of PLACE to VALUE`` as ``KEY: VALUE on PLACE``."""

    def paired(told: re.Match[str]) -> str:
        if told["key"] == "on" or not knows(told["key"].rpartition(".")[2]):
            return told[0]
        old = f" instead of {told['old']}" if told["old"] else ""
        place = f" on the {told['place']}" if told["place"] else ""
        return f"{told['key']}: {told['value']}{old}{place}"

    return _OF_TO.sub(paired, step)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for begin, end in spans:
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text
