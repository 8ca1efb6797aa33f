"""What the tree is asked about: one finding's inputs, and the answers they give."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from mendbook.code.trees import is_source
from mendbook.model import Dimension, Finding, FindingFacts, Heat, ReferenceKind, Severity
from mendbook.policy import Answers
from mendbook.repository.languages import language_of

_USES = {ReferenceKind.CALL, ReferenceKind.CONSTRUCT, ReferenceKind.PASSED}
_NO_REPRO = re.compile(r"(?i)^\W*(n/?a|none|not applicable|unknown|tbd)?\W*($|[—–:;(-])")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and the clause that says what it rests on."""

    value: str
    because: str


@dataclass(frozen=True, slots=True)
class Situation:
    """The inputs of the decision tree for one finding; nothing else reaches it."""

    severity: Severity
    dimension: Dimension
    occurrence: Answer
    effect: Answer
    exposure: Answer
    heat: float | None
    """Share of the profiled CPU time, 0..1; None where nothing was profiled."""
    fan_in: int
    callsites: int
    unsearched: str = ""
    """The language of its code, where neither uses nor entry points are looked up in it."""
    category: str = ""
    """The audit's own word for the kind of finding."""

    def answer(self, question: str, answers: Answers) -> Answer:
        """Return this situation's answer to ``question`` under ``answers``."""
        return _QUESTIONS[question](self, answers)


def read_situation(
    finding: Finding, facts: FindingFacts, heat: Heat, answers: Answers
) -> Situation:
    """Return the inputs that the audit, the repository and the profiles give for ``finding``."""
    return Situation(
        severity=finding.severity,
        dimension=finding.dimension,
        occurrence=_occurrence(finding, answers),
        effect=_effect(finding, answers),
        exposure=_exposure(facts),
        heat=heat.share,
        fan_in=facts.fan_in,
        callsites=sum(site.kind in _USES and not site.test for site in facts.callsites),
        unsearched=_unsearched(facts),
        category=finding.category,
    )


def concern(dimension: Dimension, answers: Answers) -> str:
    """Return the group that ``answers`` puts ``dimension`` in."""
    return next(name for name, group in answers.concern.items() if dimension in group)


def _occurrence(finding: Finding, answers: Answers) -> Answer:
    repro = "" if _NO_REPRO.match(finding.repro) else finding.repro
    wording = " ".join((finding.problem, finding.impact, repro))
    said = _said(("rare", "every time"), answers.occurrence, wording)
    if said is not None:
        return said
    if repro:
        return Answer("reproducible", "the audit says how to reproduce it")
    return Answer("unstated", "the audit does not say how often it happens")


def _effect(finding: Finding, answers: Answers) -> Answer:
    wording = f"{finding.problem} {finding.impact}"
    said = _said(("unused", "at run time"), answers.effect, wording)
    return said or Answer("unstated", "the audit names no effect at run time")


def _said(values: Sequence[str], words: Mapping[str, Sequence[str]], wording: str) -> Answer | None:
    """Return the first of ``values`` one of whose ``words`` stands in ``wording``, or None."""
    for value in values:
        listed = tuple(words.get(value, ()))
        if not listed or not _any_of(listed).search(wording):
            continue
        for word in listed:
            if re.search(rf"(?i)(?<!\w){re.escape(word)}(?!\w)", wording):
                return Answer(value, f"the audit says “{word}”")
    return None


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for whether any of ``words`` stands there: most texts have none."""
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def _exposure(facts: FindingFacts) -> Answer:
    if facts.exposure:
        names = facts.exposure[0].name
        others = len(facts.exposure) - 1
        more = f" and {others} more" if others else ""
        return Answer("exposed", f"{names}{more} {'reach' if others else 'reaches'} it")
    if not facts.files and not any(symbol.declarations for symbol in facts.symbols):
        return Answer("unknown", "what it names was not found in the code")
    if language := _unsearched(facts):
        return Answer("unknown", f"events and routes are not looked up in {language}")
    return Answer("internal", "no socket event or route was found to reach it")


def _unsearched(facts: FindingFacts) -> str:
    """Return the language of the finding's code, where none of its files is searched."""
    if facts.exposure or any(is_source(path) for path in facts.files):
        return ""
    named = (language_of(path) for path in facts.files)
    return next((name for name in named if name), "")


def _severity_answer(situation: Situation, answers: Answers) -> Answer:
    return Answer(situation.severity, f"the audit rates it {situation.severity}")


def _concern_answer(situation: Situation, answers: Answers) -> Answer:
    name = concern(situation.dimension, answers)
    if situation.dimension is not Dimension.OTHER:
        own = f"the audit's “{situation.category}”" if situation.category else ""
        return Answer(name, f"{own or situation.dimension} counts as {name}")
    said = f"the audit's “{situation.category}” is" if situation.category else "the audit names"
    return Answer(name, f"{said} none of the dimensions that are weighed, so it counts as {name}")


def _heat_answer(situation: Situation, answers: Answers) -> Answer:
    if situation.heat is None:
        return Answer("unmeasured", "its code was not profiled")
    value = "hot" if situation.heat >= answers.hot_share else "cold"
    side = "not below" if value == "hot" else "below"
    return Answer(
        value,
        f"it takes {situation.heat:.1%} of the profiled CPU time, {side} {answers.hot_share:.1%}",
    )


def _blast_answer(situation: Situation, answers: Answers) -> Answer:
    wide = situation.fan_in >= answers.wide_fan_in or situation.callsites >= answers.wide_callsites
    if situation.unsearched and not wide:
        said = f"uses are not looked up in {situation.unsearched}, so it counts as narrow"
        return Answer("narrow", said)
    files, places = _count(situation.fan_in, "file"), _count(situation.callsites, "place")
    limit = f"wide from {answers.wide_fan_in} files or {answers.wide_callsites} places"
    return Answer(
        "wide" if wide else "narrow", f"it is imported by {files} and used in {places} ({limit})"
    )


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


_QUESTIONS: dict[str, Callable[[Situation, Answers], Answer]] = {
    "severity": _severity_answer,
    "concern": _concern_answer,
    "exposure": lambda situation, _: situation.exposure,
    "effect": lambda situation, _: situation.effect,
    "occurrence": lambda situation, _: situation.occurrence,
    "heat": _heat_answer,
    "blast": _blast_answer,
}
