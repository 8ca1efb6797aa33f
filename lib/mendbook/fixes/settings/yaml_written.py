"""A setting that is spelled out whole, put into a YAML file where the words around it say."""

from __future__ import annotations

import re
from dataclasses import replace

from mendbook.fixes.settings.ask import Ask, Unreadable, Verb
from mendbook.fixes.settings.edit import SettingsFile
from mendbook.fixes.settings.spelled_out import owners_in, pair_of
from mendbook.fixes.settings.workflow_keys import block_of, is_home_of, short_name
from mendbook.fixes.settings.yaml_place import Mapping, home_of

_ROOT = re.compile(
    r"\b(?:whole|entire)\s+(?:workflow|file|pipeline)\b|\btop(?:[- ]level)?\s+(?:of\s+the\s+"
    r"(?:workflow|file|document)|level|key|block|entry)"
    r"|\b(?:workflow|root|top|file|document)[- ]level\b"
    r"|\btop-level\b|\b(?:for|of|to|in|at)\s+(?:the|this)\s+(?:workflow|root|top|file|document)\b"
    r"|\bgive\s+(?:the|this)\s+workflow\b",
    re.I,
)
_NO_NAMES = frozenset({"on", "with", "if", "in", "for", "to", "as", "at", "by", "and", "the", "a"})


def as_told(file: SettingsFile, mappings: list[Mapping], ask: Ask) -> Ask:
    """Return an ask for the pair that is spelled out, with the place that is meant for it.

    Raises ``Unreadable`` where it is no pair, or where it belongs is not plain.
    """
    if (image := re.fullmatch(r"([\w./-]*[A-Za-z][\w./-]*)[:@]([\w.-]+)", ask.line)) is not None:
        return replace(ask, verb=Verb.PIN, name=image[1], value=ask.line)
    pair = pair_of(ask.line)
    if pair is None or not pair[1] or ask.relation:
        raise Unreadable("what is to change is not a key and its value")
    key, value = pair
    place = place_of(mappings, ask.around)
    own = replace(ask, verb=Verb.ADD, line="", pairs=((key, value),), place=place)
    block = block_of(file.path, key)
    if not block:
        return own
    home = home_of(file, mappings, own, block)
    if home.way[-1:] == (block,):
        return own
    if not is_home_of(block, home):
        raise Unreadable(f"where {key} belongs is not said")
    dotted = ".".join(home.way)
    if home.value(block) is not None:
        return replace(own, place=f"{dotted}.{block}" if dotted else block)
    return replace(own, place=dotted or "root", pairs=((block, f"{key}: {value}"),))


def place_of(mappings: list[Mapping], words: str) -> str:
    """Return the place that ``words`` name, as ``home_of`` reads it; empty where they name none."""
    if _ROOT.search(words):
        return "root"
    steps = {each.way[-1].lower() for each in mappings if each.way}
    uses = {
        short_name(each.way[-1]).lower(): each.way[-1]
        for each in mappings
        if each.way[-2:-1] == ("steps",)
    }
    spoken = [one.rstrip(".") for one in re.findall(r"[\w./-]+", re.sub(r"['’]s\b", "", words))]
    named = [
        one if one.lower() in steps else uses[one.lower()]
        for one in spoken
        if one.lower() not in _NO_NAMES and (one.lower() in steps or one.lower() in uses)
    ]
    known = {one.lower() for one in named} | {*steps, *uses}
    if unknown := [one for one in owners_in(words) if one.lower() not in known]:
        raise Unreadable(f"there is no {unknown[0]}")
    return " ".join(dict.fromkeys(named))
