"""Let the priorities that a team gave before move the policy's thresholds and leaves.

A number or a leaf moves only where the decisions that tell its two values apart are more than
chance: the lower end of Wilson's 95 % interval of the share in favour lies above one half. Four
decisions of one mind are enough, or seven of eight; nothing else is counted, no id and no word.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mendbook.model import Branch, Learned, PolicyMove, Priority
from mendbook.policy import Policy, Question
from mendbook.prioritize.situation import Situation
from mendbook.prioritize.tree import branch, walk

_Z = 1.96
_LIMITS = {"wide_fan_in": "fan_in", "wide_callsites": "callsites"}
"""Each threshold that is refitted, and the input of a situation that it is held against."""


@dataclass(frozen=True, slots=True)
class GivenPriority:
    """A finding of an earlier audit as the tree sees it, and the band that a team gave it."""

    finding_id: str
    situation: Situation
    priority: Priority


@dataclass(frozen=True, slots=True)
class Refit:
    """The policy as earlier decisions move it, and what moved."""

    policy: Policy
    learned: Learned


def interval(hits: int, cases: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of the share ``hits / cases``, each end 0..1.

    Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
    JASA 22 (1927). ``cases`` is at least 1.
    """
    share, square = hits / cases, _Z * _Z
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    half = math.sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
    half *= _Z / (1 + square / cases)
    return max(0.0, middle - half), min(1.0, middle + half)


def refit(policy: Policy, given: Sequence[GivenPriority]) -> Refit:
    """Return ``policy`` with what ``given`` moves: first its thresholds, then leaves of its tree.

    ``hot_share`` stays: no earlier plan says what was measured for it.
    """
    moved, moves = policy, []
    for name in _LIMITS:
        moved, raised = _threshold_moved(moved, name, given)
        moves += raised
    moved, split = _leaves_moved(moved, given)
    learned = Learned(
        len(given), _agreeing(policy, given), _agreeing(moved, given), (*moves, *split)
    )
    return Refit(moved, learned)


def _agreeing(policy: Policy, given: Sequence[GivenPriority]) -> int:
    return sum(walk(each.situation, policy)[0] is each.priority for each in given)


def _more_than_chance(in_favour: int, deciding: int) -> bool:
    return bool(deciding) and interval(in_favour, deciding)[0] > 0.5


def _threshold_moved(
    policy: Policy, name: str, given: Sequence[GivenPriority]
) -> tuple[Policy, list[PolicyMove]]:
    """Return ``policy`` with the threshold that agrees with most, the nearest among equals."""
    now = getattr(policy.answers, name)
    seen = sorted({getattr(each.situation, _LIMITS[name]) for each in given})
    best, most, chosen = policy, _agreeing(policy, given), now
    for value in sorted({max(1, each + more) for each in seen for more in (0, 1)} - {now}):
        tried = _with_threshold(policy, name, value)
        agreeing = _agreeing(tried, given)
        nearer = abs(value - now) < abs(chosen - now)
        if agreeing > most or (agreeing == most and chosen != now and nearer):
            best, most, chosen = tried, agreeing, value
    if best is policy:
        return policy, []
    gained, lost = _told_apart(policy, best, given)
    if not _more_than_chance(gained, gained + lost):
        return policy, []
    return best, [PolicyMove(str(now), str(chosen), gained + lost, gained, threshold=name)]


def _with_threshold(policy: Policy, name: str, value: int) -> Policy:
    changed = {name: value}
    return replace(policy, answers=replace(policy.answers, **changed))  # type: ignore[arg-type]


def _told_apart(before: Policy, after: Policy, given: Sequence[GivenPriority]) -> tuple[int, int]:
    """Return how many decisions only ``after`` agrees with, and how many only ``before``."""
    gained = lost = 0
    for each in given:
        old = walk(each.situation, before)[0] is each.priority
        new = walk(each.situation, after)[0] is each.priority
        gained, lost = gained + (new and not old), lost + (old and not new)
    return gained, lost


def _leaves_moved(
    policy: Policy, given: Sequence[GivenPriority]
) -> tuple[Policy, list[PolicyMove]]:
    at: dict[Branch, list[GivenPriority]] = defaultdict(list)
    for each in given:
        at[branch(policy.tree, walk(each.situation, policy)[1])].append(each)
    tree, moves = policy.tree, []
    for way, band in _leaves(policy.tree):
        said = Counter(each.priority for each in at[way])
        other, in_favour = max(said.items(), key=lambda each: each[1], default=(band, 0))
        if other is not band and _more_than_chance(in_favour, said.total()):
            tree = _with_leaf(tree, way, other)
            moves.append(PolicyMove(band, other, said.total(), in_favour, leaf=way))
    return replace(policy, tree=tree), moves


def _leaves(node: Question | Priority, before: Branch = ()) -> Iterator[tuple[Branch, Priority]]:
    """Yield every leaf below ``node`` with the way to it, in the order of the policy."""
    if isinstance(node, Priority):
        yield before, node
        return
    for answer, below in node.answers.items():
        yield from _leaves(below, (*before, (node.ask, answer)))


def _with_leaf(tree: Question, way: Branch, band: Priority) -> Question:
    (_, answer), *rest = way
    below = tree.answers[answer]
    changed = _with_leaf(below, tuple(rest), band) if isinstance(below, Question) else band
    return replace(tree, answers={**tree.answers, answer: changed})
