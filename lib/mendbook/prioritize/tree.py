"""Walk the decision tree, and find the smallest change of input that ends elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mendbook.model import Branch, DecisionStep, Priority, Severity
from mendbook.policy import Policy, Question
from mendbook.policy.records import OTHERWISE
from mendbook.prioritize.situation import Answer, Situation, concern

_SUPPOSED = "supposed"


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """One input changed: the situation it gives, how large a step it is, and the words for it."""

    situation: Situation
    size: int
    words: str
    """A clause that follows "if"."""


def walk(situation: Situation, policy: Policy) -> tuple[Priority, tuple[DecisionStep, ...]]:
    """Return where the tree leads, and each question on the way with what its answer rests on."""
    steps: list[DecisionStep] = []
    node: Question | Priority = policy.tree
    while isinstance(node, Question):
        answer = situation.answer(node.ask, policy.answers)
        steps.append(DecisionStep(node.ask, answer.value, answer.because))
        node = node.follow(answer.value)
    return node, tuple(steps)


def branch(tree: Question, steps: Sequence[DecisionStep]) -> Branch:
    """Return the branches of ``tree`` that the answers of ``steps`` take, down to the leaf."""
    node: Question | Priority = tree
    taken: list[tuple[str, str]] = []
    for step in steps:
        if isinstance(node, Question):
            taken.append((node.ask, step.answer if step.answer in node.answers else OTHERWISE))
            node = node.follow(step.answer)
    return tuple(taken)


def flip(situation: Situation, policy: Policy) -> str:
    """Return the smallest change of one input that leads to another band, in words.

    Each change is really put through the tree. A measurable input (heat, uses, exposure,
    occurrence, effect) is a step of 1, each level of severity one more, another dimension the
    largest; among equals the one named first here wins.
    """
    here, _ = walk(situation, policy)
    for change in sorted(_changes(situation, policy), key=lambda change: change.size):
        there, _ = walk(change.situation, policy)
        if there is not here:
            return f"It would be {there} if {change.words}."
    return "No change of a single input would move it."


def _changes(situation: Situation, policy: Policy) -> Iterator[ChangedInput]:
    yield from _exposure_changes(situation)
    yield from _occurrence_changes(situation)
    yield from _heat_changes(situation, policy)
    yield from _blast_changes(situation, policy)
    yield from _effect_changes(situation)
    yield from _severity_changes(situation)
    yield from _dimension_changes(situation, policy)


def _effect_changes(situation: Situation) -> Iterator[ChangedInput]:
    for value, words in (
        ("at run time", "the audit named an effect at run time"),
        ("unused", "nothing used it"),
        ("unstated", "the audit named no effect at run time"),
    ):
        if situation.effect.value != value:
            yield ChangedInput(replace(situation, effect=Answer(value, _SUPPOSED)), 1, words)


def _heat_changes(situation: Situation, policy: Policy) -> Iterator[ChangedInput]:
    limit = policy.answers.hot_share
    now = "nothing was measured" if situation.heat is None else f"now {situation.heat:.1%}"
    if situation.heat is None or situation.heat < limit:
        words = f"it took {limit:.1%} or more of the profiled CPU time ({now})"
        yield ChangedInput(replace(situation, heat=limit), 1, words)
    if situation.heat is None or situation.heat >= limit:
        words = f"it took less than {limit:.1%} of the profiled CPU time ({now})"
        yield ChangedInput(replace(situation, heat=0.0), 1, words)


def _blast_changes(situation: Situation, policy: Policy) -> Iterator[ChangedInput]:
    files, places = policy.answers.wide_fan_in, policy.answers.wide_callsites
    if situation.fan_in >= files or situation.callsites >= places:
        words = f"fewer than {files} files imported it and fewer than {places} places called it"
        yield ChangedInput(replace(situation, fan_in=0, callsites=0), 1, words)
    elif (files - situation.fan_in) <= (places - situation.callsites):
        words = f"{files} files imported it (now {situation.fan_in})"
        yield ChangedInput(replace(situation, fan_in=files), 1, words)
    else:
        words = f"{places} places called it (now {situation.callsites})"
        yield ChangedInput(replace(situation, callsites=places), 1, words)


def _exposure_changes(situation: Situation) -> Iterator[ChangedInput]:
    for value, words in (
        ("exposed", "a socket event or a route reached it"),
        ("internal", "no socket event or route reached it"),
    ):
        if situation.exposure.value != value:
            yield ChangedInput(replace(situation, exposure=Answer(value, _SUPPOSED)), 1, words)


def _occurrence_changes(situation: Situation) -> Iterator[ChangedInput]:
    for value, words in (
        ("rare", "it happened rarely"),
        ("every time", "it happened every time"),
        ("reproducible", "the audit said how to reproduce it"),
        ("unstated", "the audit did not say how often it happens"),
    ):
        if situation.occurrence.value != value:
            yield ChangedInput(replace(situation, occurrence=Answer(value, _SUPPOSED)), 1, words)


def _severity_changes(situation: Situation) -> Iterator[ChangedInput]:
    levels = tuple(Severity)
    here = levels.index(situation.severity)
    for index, severity in enumerate(levels):
        if severity is not situation.severity:
            words = f"it were rated {severity} instead of {situation.severity}"
            yield ChangedInput(replace(situation, severity=severity), 1 + abs(index - here), words)


def _dimension_changes(situation: Situation, policy: Policy) -> Iterator[ChangedInput]:
    here = concern(situation.dimension, policy.answers)
    for name, dimensions in policy.answers.concern.items():
        if name != here:
            words = f"it were about {dimensions[0]} instead of {situation.dimension}"
            yield ChangedInput(
                replace(situation, dimension=dimensions[0]), len(Severity) + 1, words
            )
