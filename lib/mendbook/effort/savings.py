"""Hours that over-engineering costs each year against the hours that removing it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mendbook.model import Estimate, Finding, OverEngineering


@dataclass(frozen=True, slots=True)
class Saving:
    """One entry of the audit's ``overEngineering``: what it costs, and what removing it takes."""

    file: str
    anti_pattern: str
    hours_per_year: float | None
    """None where the audit gives no number."""
    finding_ids: tuple[str, ...]
    """Findings about the same file, whose fixes are taken to remove it."""
    hours: float | None
    """Sum of those findings' likely hours; None where no finding is about the file."""
    verdict: str
    """What the two numbers say together, one sentence."""

    @property
    def pays_back_after_years(self) -> float | None:
        """Years until the hours saved are the hours spent; None where either is not known."""
        if self.hours is None or not self.hours_per_year:
            return None
        return self.hours / self.hours_per_year


def weigh_over_engineering(
    entries: Sequence[OverEngineering],
    findings: Sequence[Finding],
    estimates: Sequence[Estimate],
) -> tuple[Saving, ...]:
    """Return one saving for each entry, in their order; none is dropped for want of numbers."""
    likely = {each.finding_id: each.likely for each in estimates}
    return tuple(_saving(entry, findings, likely) for entry in entries)


def _saving(
    entry: OverEngineering, findings: Sequence[Finding], likely: dict[str, float]
) -> Saving:
    same_file = [finding for finding in findings if _names(finding, entry.file)]
    about = _about(entry, same_file)
    hours = round(sum(likely[finding.id] for finding in about), 4) if about else None
    saving = Saving(
        file=entry.file,
        anti_pattern=entry.anti_pattern,
        hours_per_year=entry.dev_hours_per_year,
        finding_ids=tuple(finding.id for finding in about),
        hours=hours,
        verdict="",
    )
    return replace(saving, verdict=_verdict(saving))


def _names(finding: Finding, file: str) -> bool:
    return any(file.rstrip("/").startswith(place.path.rstrip("/")) for place in finding.places)


def _about(entry: OverEngineering, findings: Sequence[Finding]) -> list[Finding]:
    """Keep the findings that share the most words with the entry: a file has several findings."""
    words = _words(entry.anti_pattern)
    shared = {
        finding.id: len(words & _words(f"{finding.problem} {finding.fix}")) for finding in findings
    }
    most = max(shared.values(), default=0)
    return [finding for finding in findings if most and shared[finding.id] == most]


def _words(text: str) -> frozenset[str]:
    cleaned = "".join(char if char.isalnum() else " " for char in text.lower())
    return frozenset(word for word in cleaned.split() if len(word) > 3)


def _verdict(saving: Saving) -> str:
    if saving.hours_per_year is None:
        return "The audit does not say what it costs in a year."
    if saving.hours is None:
        return f"It costs {saving.hours_per_year:g} h a year; no finding removes it."
    years = saving.pays_back_after_years
    if years is None:
        return "The audit says that it costs no hours in a year."
    return (
        f"Removing it takes {saving.hours:g} h and saves {saving.hours_per_year:g} h a year: "
        f"paid back after {years:.1f} years."
    )
