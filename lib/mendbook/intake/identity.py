"""Tell whether two findings of different audits are the same: the one identity there is.

Plan, SARIF, ``compare``, trend and overrides all go by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from mendbook.intake.fingerprint import fingerprint
from mendbook.model import Finding

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a finding is known by when its lines move, and when its code moves to another file."""

    here: str
    """The finding's fingerprint: over file, symbol, rule and normalised code."""
    elsewhere: str
    """The same without the file."""


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """The items of two lists, paired where they are the same; each in the order of its list."""

    same: tuple[tuple[T, T], ...]
    moved: tuple[tuple[T, T], ...]
    """The same code in another file."""
    gone: tuple[T, ...]
    new: tuple[T, ...]
    reworded: tuple[tuple[T, T], ...] = ()
    """One fault at one place in other words, where anybody looked for that."""


def identity_of(finding: Finding) -> Identity:
    """Return what ``finding`` is known by."""
    rule = finding.origins[0].rule if finding.origins else ""
    symbol = (*finding.symbols, *finding.events, "")[0]
    code = finding.evidence or finding.problem
    return Identity(finding.fingerprint, fingerprint("", symbol, rule, code))


def match(
    before: Iterable[T],
    after: Iterable[T],
    identity: Callable[[T], Identity],
    apart: Callable[[T, T], bool] = lambda _, __: False,
) -> Matched[T]:
    """Pair the items of two lists: first by ``here``, then what is left by ``elsewhere``.

    Two that are ``apart`` are no pair: one line of code can have two faults.
    """
    same, earlier, later = _paired(before, after, lambda item: identity(item).here, apart)
    moved, gone, new = _paired(earlier, later, lambda item: identity(item).elsewhere, apart)
    return Matched(tuple(same), tuple(moved), tuple(gone), tuple(new))


def _paired(
    before: Iterable[T],
    after: Iterable[T],
    key: Callable[[T], str],
    apart: Callable[[T, T], bool],
) -> tuple[list[tuple[T, T]], Sequence[T], Sequence[T]]:
    waiting: defaultdict[str, list[T]] = defaultdict(list)
    earlier = list(before)
    for item in earlier:
        waiting[key(item)].append(item)
    pairs: list[tuple[T, T]] = []
    new: list[T] = []
    for item in after:
        queue = waiting[key(item)]
        at = next((at for at, one in enumerate(queue) if not apart(one, item)), None)
        if at is not None:
            pairs.append((queue.pop(at), item))
        else:
            new.append(item)
    left = {id(item) for queue in waiting.values() for item in queue}
    return pairs, [item for item in earlier if id(item) in left], new
