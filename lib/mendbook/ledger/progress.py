"""Say how far a run has come: stage n of m, how long the last one took, about how long is left."""

from __future__ import annotations

from collections.abc import Sequence

from mendbook.ledger.status import Reached, StageTime, Status


def reached(course: Sequence[str], name: str) -> Reached:
    """Return the stage called ``name`` of the ``course``; number 0 where it is only a detail."""
    number = course.index(name) + 1 if name in course else 0
    return Reached(number, len(course), name)


def rest(course: Sequence[str], at: Reached, before: Sequence[StageTime]) -> float | None:
    """Return the seconds that the stages from ``at`` on took in the run ``before``.

    None where that run does not say: a guess would be no better than a shrug.
    """
    took: dict[str, float] = {}
    for each in before:
        took[each.name] = took.get(each.name, 0.0) + each.seconds
    ahead = [name for name in course[max(0, at.number - 1) :] if name in took]
    return sum(took[name] for name in ahead) if ahead else None


def stage_line(status: Status, left: float | None) -> str:
    """Return one plain line for the stage that a run has just begun."""
    at = status.stage
    said = []
    if status.stages:
        last = status.stages[-1]
        said.append(f"{last.name}: {seconds(last.seconds)}")
        said.append(f"{seconds(status.seconds)} so far")
    if left is not None:
        said.append(f"about {seconds(left)} left")
    return f"stage {at.number} of {at.of}: {at.name}" + (f" ({'; '.join(said)})" if said else "")


def totals_line(status: Status) -> str:
    """Return one plain line for a run that is done: its time, and where most of it went."""
    longest = sorted(status.stages, key=lambda each: -each.seconds)[:3]
    where = ", ".join(f"{each.name} {seconds(each.seconds)}" for each in longest if each.seconds)
    return f"done in {seconds(status.seconds)}" + (f": {where}" if where else "")


def seconds(value: float) -> str:
    """Return a time as a person says it: ``0.4 s``, ``12 s``, ``3 min``, ``2 h 5 min``."""
    if value < 9.95:
        return f"{value:.1f} s"
    if value < 100:
        return f"{value:.0f} s"
    minutes = round(value / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
