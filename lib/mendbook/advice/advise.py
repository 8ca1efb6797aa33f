"""Ask every advisor about the target."""

from __future__ import annotations

from mendbook.advice import (
    commands,
    dependencies,
    metrics,
    redis,
    sockets,
    tests_advice,
    workers,
)
from mendbook.advice.advisor import Advisor, Survey
from mendbook.fixes.task import Lookup
from mendbook.model import Advice, Audit, Context, Profiles
from mendbook.repository.snapshot import Snapshot

ADVISORS: dict[str, Advisor] = {
    "workers": workers.advise,
    "sockets": sockets.advise,
    "redis": redis.advise,
    "metrics": metrics.advise,
    "dependencies": dependencies.advise,
    "tests": tests_advice.advise,
    "commands": commands.advise,
}
"""Every advisor by its name, in the order of the report."""


def advise(
    snapshot: Snapshot, context: Context, references: Lookup, audit: Audit, profiles: Profiles
) -> tuple[Advice, ...]:
    """Return every advisor's section, in the order of ``ADVISORS``."""
    survey = Survey(snapshot, context, references, audit, profiles)
    return tuple(advisor(survey) for advisor in ADVISORS.values())
