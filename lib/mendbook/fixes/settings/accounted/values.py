"""Whether a word of a text is a value of the kind that stands somewhere, or that a key takes."""

from __future__ import annotations

import re

from mendbook.fixes.settings.accounted.order import NUMBERS
from mendbook.fixes.settings.fitting.kinds_of_value import LEVELS, QUANTITY, cased
from mendbook.fixes.settings.fitting.spots import Holds, Spot

_BOUND = r"(?:[<>~^!=]=?=?\s?v?\d[\w.*-]*)"
BOUNDS = re.compile(rf"{_BOUND}(?:,{_BOUND})*")
_STEM = re.compile(r"(?P<stem>[a-z][a-z]*(?:-[a-z]+)*)-(?:latest|stable|lts|v?\d[\w.]*\w)")
_TAG = re.compile(r"v?\d+(?:\.\d+)+(?:[-.+]\w[\w.]*)?|\d+-[a-z][\w.]*")
_SIZE = re.compile(r"\d+(?:\.\d+)?(?:[kKmMgGtT]i?[bB]?|b)")
_TIME = re.compile(r"\d+(?:ms|s|m|h|d)(?:\d+(?:ms|s|m))?")
_WHOLE = re.compile(r"\d+")
_PART = re.compile(r"\d+(?:\.\d+)?")
_FAMILIES = (*LEVELS, frozenset({"clusterip", "nodeport", "loadbalancer"}))
_CASED = {one.lower(): one for one in ("ClusterIP", "NodePort", "LoadBalancer", "IfNotPresent")}


def value_for(spot: Spot, word: str) -> str:
    """Return ``word`` as the value of ``spot``; empty where it is of another kind, or the same."""
    held = spot.value.strip("\"'")
    if spot.holds is Holds.REFERENCE:
        made = _reference(spot, word)
    elif spot.holds is Holds.REQUIREMENT:
        bare = word.removeprefix(spot.lead or spot.name)
        made = bare if BOUNDS.fullmatch(bare) else ""
    else:
        made = _value(held, word)
    mark = spot.value[:1] if spot.value[:1] in {'"', "'"} else ""
    return f"{mark}{made}{mark}" if made and made != held else ""


def _value(held: str, word: str) -> str:
    word = NUMBERS.get(word.lower(), word) if _WHOLE.fullmatch(held) else word
    old, new = QUANTITY.fullmatch(held), QUANTITY.fullmatch(word)
    if old is not None and new is not None:
        kinds = [one for one in (_SIZE, _TIME) if one.fullmatch(held) and one.fullmatch(word)]
        return word if old["unit"] == new["unit"] or kinds else ""
    if BOUNDS.fullmatch(held) and BOUNDS.fullmatch(word):
        return word
    stems = [_STEM.fullmatch(one) for one in (held, word)]
    if all(stems) and len({one["stem"] for one in stems if one}) == 1:
        return word
    for family in _FAMILIES:
        if {held.lower(), word.lower()} <= family:
            return _CASED.get(word.lower()) or cased(word, held)
    return ""


def _reference(spot: Spot, word: str) -> str:
    own, last = spot.name, spot.name.rpartition("/")[2]
    mark = "@" if spot.value[len(own) : len(own) + 1] == "@" else ":"
    name, colon, tag = word.rpartition(mark)
    if colon and name in {own, last}:
        return f"{own}{mark}{tag}" if re.fullmatch(r"v?\d[\w.-]*", tag) else ""
    return f"{own}{mark}{word}" if _TAG.fullmatch(word) else ""


_POLICY = re.compile(r"always|no|on-failure|unless-stopped")
_SWITCH = re.compile(r"true|false")
TYPES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(("mem_limit", "mem_reservation", "shm_size", "memswap_limit"), _SIZE),
    **dict.fromkeys(("timeout-minutes", "pids_limit", "replicas", "backoffLimit"), _WHOLE),
    **dict.fromkeys(("activeDeadlineSeconds", "terminationGracePeriodSeconds"), _WHOLE),
    **dict.fromkeys(("revisionHistoryLimit", "successfulJobsHistoryLimit"), _WHOLE),
    **dict.fromkeys(("failedJobsHistoryLimit", "startingDeadlineSeconds"), _WHOLE),
    **dict.fromkeys(("read_only", "init", "continue-on-error", "privileged"), _SWITCH),
    **dict.fromkeys(("stop_grace_period", "interval", "timeout", "start_period"), _TIME),
    "cpus": _PART,
    "max-size": _SIZE,
    "max-file": _WHOLE,
    "retries": _WHOLE,
    "restart": _POLICY,
    "restartPolicy": re.compile("Always|OnFailure|Never"),
    "imagePullPolicy": re.compile("Always|IfNotPresent|Never"),
    "concurrencyPolicy": re.compile("Allow|Forbid|Replace"),
    "user": re.compile(r"[a-z][\w-]*|\d+(?::\d+)?"),
    "memory": re.compile(r"\d+[KMG]i?"),
    "cpu": re.compile(r"\d+m|\d+(?:\.\d+)?"),
}
"""Keys of well-known files and the values that they take."""
