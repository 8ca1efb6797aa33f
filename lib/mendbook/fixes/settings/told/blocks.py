"""Directives of blocks in braces, told in a sentence without marks of code."""

from __future__ import annotations

import re

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.block_files import edit_blocks
from mendbook.fixes.settings.edit import SettingEdit, SettingsFile
from mendbook.fixes.settings.sentences import PURPOSE

_ONE_WORD = (
    "gzip|listen|expires|allow|deny|root|index|etag|internal|sendfile|autoindex|resolver"
    "|charset|keepalive|http2"
)
_KEY = rf"(?:[a-z]+_[a-z_]+|{_ONE_WORD})"
_STOP = (
    r"(?:to|in|on|for|under|at|of|into|inside|within|and|so|instead|below|above|before|after"
    r"|beside)\b"
)
_WHOLE = re.compile(rf"(?<![\w./$-])(?P<code>{_KEY}[ \t]+[^;{{}}]*?[^;{{}}\s]);")
_BARE = re.compile(
    rf"(?<![\w./$-])(?P<code>{_KEY}(?:[ \t]+(?!{_STOP})(?:\"[^\"]*\"|'[^']*'"
    rf"|[\w$./:=%~^*+@-]*[\w$/%*])){{1,4}})(?=[\s,.]|$)"
)
_TO = re.compile(
    rf"(?<![\w./$-])({_KEY})\s+(?:to|of|=|:)\s+(\"[^\"]*\"|[\w$./:-]*\d[\w$./:-]*|on|off)"
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
    text = _TO.sub(r"\1 \2", text)
    found = list(_WHOLE.finditer(text))
    rest = _WHOLE.sub(" ", text)
    found += list(_BARE.finditer(rest))
    rest = _BARE.sub(" ", rest)
    codes = [" ".join(one["code"].split()) for one in found]
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
    around = " ".join(left)
    edits: list[SettingEdit] = []
    for code in codes:
        edits += edit_blocks(file, Ask(Verb.WRITE, said, line=f"{code};", around=around))
    return tuple(edits)
