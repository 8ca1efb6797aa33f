"""How sure it is that a document is a tool's: told by the keys that only this tool writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

_LOOKED_AT = 20
"""Items of a list that are looked at: the others are of the same kind or refused as they are."""
_NEEDED = 0.8
"""The score of all needed keys without one further sign."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for a format, from 0 (nothing) to 1 (no other writes this), and what."""

    score: float
    why: str = ""


NOTHING = Evidence(0.0)


def by_keys(data: object, needed: Collection[str], signs: Collection[str] = ()) -> Evidence:
    """Return evidence for an object with all ``needed`` keys, the more the more of ``signs``."""
    if not isinstance(data, dict) or not all(key in data for key in needed):
        return NOTHING
    return _graded(needed, signs, [sign for sign in signs if sign in data])


def by_items(items: object, needed: Collection[str], signs: Collection[str] = ()) -> Evidence:
    """Return evidence for a list whose objects have all ``needed`` keys; nothing for an empty one.

    One item of another kind among many does not hide what the others are: half of them decide.
    """
    if not isinstance(items, list) or not items:
        return NOTHING
    looked_at = items[:_LOOKED_AT]
    fitting = [
        item for item in looked_at if isinstance(item, dict) and all(key in item for key in needed)
    ]
    if 2 * len(fitting) < len(looked_at):
        return NOTHING
    present_signs = [sign for sign in signs if any(sign in item for item in fitting)]
    share = len(fitting) / len(looked_at)
    graded = _graded(needed, signs, present_signs)
    return Evidence(graded.score * (0.9 + 0.1 * share), f"its items have {graded.why}")


def best(candidates: Iterable[Evidence]) -> Evidence:
    """Return the strongest evidence of several shapes that one tool writes."""
    return max(candidates, key=lambda item: item.score, default=NOTHING)


def at(data: object, *keys: str) -> object:
    """Return what stands below ``keys`` in nested objects, or None."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def values(data: object) -> list[object]:
    """Return the first values of an object, as a list that ``by_items`` takes."""
    return list(islice(data.values(), _LOOKED_AT)) if isinstance(data, dict) else []


def _graded(
    needed: Collection[str], signs: Collection[str], present_signs: Collection[str]
) -> Evidence:
    share = len(present_signs) / len(signs) if signs else 1.0
    named = ", ".join([*needed, *present_signs][:6])
    return Evidence(_NEEDED + (1 - _NEEDED) * share, named)
