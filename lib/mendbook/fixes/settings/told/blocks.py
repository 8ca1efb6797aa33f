"""Directives of blocks in braces, told in a sentence without marks of code."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.block_files import edit_blocks
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.sentences import PURPOSE
from mendbook.model import Operation

_ONE_WORD = (
    "gzip|listen|expires|allow|deny|root|index|etag|internal|sendfile|autoindex|resolver"
    "|charset|keepalive|http2"
)
_KEY = rf"(?:[a-z]+_[a-z_]+|{_ONE_WORD})"
_STOP = (
    r"(?:to|in|on(?=\s+(?:the|a|its|location|server|/))|for|under|at|of|into|inside|within|and"
    r"|so|instead|below|above|before|after|is|are|was|were|be|should|must|ought|has|have|needs?|wants?"
    r"|will|would|may|can|does|do|too|also|as|here|there|from|with|enough|plenty|which|that|the|an?"
    r"|it|not|but|or|beside)\b"
)
_WHOLE = re.compile(rf"(?<![\w./$-])(?P<code>{_KEY}[ \t]+[^;{{}}]*?[^;{{}}\s]);")
_BARE = re.compile(
    rf"(?<![\w./$-])(?P<code>{_KEY}(?:[ \t]+(?!{_STOP})(?:\"[^\"]*\"|'[^']*'"
    rf"|[\w$./:=%~^*+@-]*[\w$/%*])){{1,4}})(?=[\s,.]|$)"
)
_TO = re.compile(
    rf"(?<![\w./$-])({_KEY})\s+(?:to|of|=|:|(?:(?:has|ought)\s+to|should|must)\s+be)\s+(\"[^\"]*\"|[\w$./:-]*\d[\w$./:-]*|on|off)"
    rf"(?=[\s,.;]|$)"
)
_FREE = frozenset(
    [
        "add",
        "set",
        "put",
        "use",
        "give",
        "include",
        "insert",
        "raise",
        "lower",
        "increase",
        "reduce",
        "change",
        "make",
        "turn",
        "switch",
        "enable",
        "limit",
        "and",
        "with",
        "a",
        "an",
        "the",
        "its",
        "to",
        "in",
        "on",
        "for",
        "of",
        "at",
        "into",
        "inside",
        "within",
        "under",
        "as",
        "also",
        "please",
        "directive",
        "directives",
        "setting",
        "block",
        "context",
        "section",
        "value",
        "by",
        "too",
        "well",
        "explicit",
        "longer",
        "shorter",
        "higher",
        "needs",
        "need",
        "lacks",
        "should",
        "must",
        "have",
        "get",
        "gets",
        "has",
        "be",
        "is",
        "are",
        "will",
        "do",
        "would",
        "suffice",
        "suffices",
        "enough",
        "plenty",
        "sufficient",
        "here",
        "there",
    ]
)
_DENIED = re.compile(
    r"\b(?:not|never|or|either|unless|except|instead|rather|remove|drop|delete|replace|rename"
    r"|move|both|all"
    r"|each|every|from|if|when|only)\b|n['’]t\b|\?",
    re.I,
)


def directives(file: SettingsFile, said: str) -> tuple[SettingEdit, ...] | None:
    """*Add client_max_body_size 8m; to the /scans location*: each directive in the block meant."""
    if not file.path.endswith(".conf") or "{" not in file.text:
        return None
    text = PURPOSE.sub("", " ".join(said.replace("`", "").split())).strip()
    if (listed := _values_changed(file, text)) is not None:
        return listed
    text = _SWITCHED.sub(lambda one: f"{one['key']} {'on' if one['on'] else 'off'}", text)
    text = _TO.sub(r"\1 \2", text)
    matches = list(_WHOLE.finditer(text))
    rest = _WHOLE.sub(" ", text)
    matches += list(_BARE.finditer(rest))
    rest = _BARE.sub(" ", rest)
    codes = [" ".join(one["code"].split()) for one in matches]
    if not codes or _DENIED.search(rest):
        return None
    words = [one.strip(",.:;") for one in rest.split()]
    left = [one for one in words if one and one.lower() not in _FREE]
    known = {"location", "server", "http", "upstream", "https", "events", "stream"}
    names = set(re.findall(r"[^\s{};]+", file.text))
    strange = [
        one for one in left if one.lower() not in known and one.removesuffix("'s") not in names
    ]
    if strange:
        if any(one.startswith("/") for one in strange):
            raise Unreadable(f"there is no location {strange[0]}")
        return None
    edits: list[SettingEdit] = []
    for code in codes:
        around = _around(file, text, code, left)
        edits += edit_blocks(file, Ask(Verb.WRITE, said, line=f"{code};", around=around))
    return tuple(edits)


_CUT = re.compile(r"[;.,]\s+(?:and\s+)?|\s+and\s+")


def _around(file: SettingsFile, text: str, code: str, left: list[str]) -> str:
    """Return the words that tell the block of a directive: those of its clause, else of all.

    A directive that stands in the quoted lines is changed there where another clause names a block.
    """
    at = max(text.find(code), 0)
    cuts = [0, *(one.end() for one in _CUT.finditer(text, 0, at))]
    stop = _CUT.search(text, at + len(code))
    clause = text[cuts[-1] : stop.start() if stop else len(text)].split()
    own = [one for one in left if one in {each.strip(",.:;") for each in clause}]
    if any(one.startswith("/") for one in own):
        return " ".join(own)
    paths = [one for one in left if one.startswith("/")]
    key = rf"(?m)^[ \t]*{re.escape(code.split()[0])}[ \t]"
    if paths and any(re.search(key, file.text[a:b]) for a, b in _rows(file)):
        return ""
    if len(set(paths)) > 1:
        raise Unreadable(f"which block {code.split()[0]} is for is not said")
    return " ".join(left)


def _rows(file: SettingsFile) -> list[tuple[int, int]]:
    """Return the quoted lines, each from its first column."""
    return [(file.line_start(a), b) for a, b in file.quoted()]


_SWITCHED = re.compile(
    r"\b(?:(?P<on>enable|turn\s+on|switch\s+on)|disable|turn\s+off|switch\s+off)\s+(?:the\s+)?"
    r"(?P<key>gzip|sendfile|autoindex|etag|http2|[a-z]+_[a-z_]+)\b",
    re.I,
)
_ITEM = r"(?!(?:the|a|an|and|it|them)\b)[\w$./:=-]*[\w]"
_CHANGED = re.compile(
    rf"(?:please\s+)?(?:(?P<taken>remove|drop|delete|disable|take)|add|append|allow|include)\s+"
    rf"(?:the\s+)?(?P<items>{_ITEM}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)"
    rf"{_ITEM})*)\s+(?:from|out\s+of|in|to)\s+(?:the\s+)?(?P<key>[a-z]+_[a-z_]+|allow|listen"
    rf"|index)(?:\s+(?:directive|list|line))?",
    re.I,
)


def _values_changed(file: SettingsFile, text: str) -> tuple[SettingEdit, ...] | None:
    """*Drop TLSv1 from ssl_protocols*: values of the one directive that is meant."""
    told = _CHANGED.fullmatch(text.rstrip(".; "))
    if told is None:
        return None
    line = re.compile(rf"^[ \t]*{re.escape(told['key'])}[ \t]+(?P<held>[^;{{}}]+);", re.M)
    matches = list(line.finditer(file.text))
    spans = file.quoted()
    if len(matches) > 1:
        matches = [one for one in matches if any(a <= one.start("held") < b for a, b in spans)]
    if len(matches) != 1:
        raise Unreadable(f"{told['key']} stands {len(matches)} times")
    held = matches[0]["held"].split()
    names = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", told["items"])
    if told["taken"]:
        if not all(held.count(one) == 1 for one in names) or len(names) == len(held):
            raise Unreadable(f"{told['key']} is {' '.join(held)}")
        wanted = [one for one in held if one not in names]
    else:
        if any(one in held for one in names):
            raise Unreadable("it stands there already")
        wanted = [*held, *names]
    new, gone = f"{told['key']} {' '.join(wanted)};", f"{told['key']} {matches[0]['held']};"
    value = " ".join(wanted)
    said = f"write `{new}`"
    return (SettingEdit(*matches[0].span("held"), value, said, Operation.SET, (new,), (gone,)),)
