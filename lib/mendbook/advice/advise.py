"""Ask every advisor whose subject the target has."""

from __future__ import annotations

from collections.abc import Iterable

from mendbook.advice import (
    commands,
    dependencies,
    metrics,
    redis,
    sockets,
    tests,
    workers,
)
from mendbook.advice.advisor import Advisor, Survey
from mendbook.code.references.lookup import Lookup
from mendbook.model import Advice, Audit, Context, Profiles
from mendbook.policy.platform import Platform, load_platform
from mendbook.repository.declared import declared_packages, names
from mendbook.repository.snapshot import Snapshot

ADVISORS: tuple[Advisor, ...] = (
    Advisor("workers", workers.applies, workers.advise),
    Advisor("sockets", sockets.applies, sockets.advise),
    Advisor("redis", redis.applies, redis.advise),
    Advisor("metrics", metrics.applies, metrics.advise),
    Advisor("dependencies", dependencies.applies, dependencies.advise),
    Advisor("tests", tests.applies, tests.advise),
    Advisor("commands", commands.applies, commands.advise),
)
"""Every advisor, in the order of the report; another is a module with both functions, and a row.

``applies`` tells whether the target has what the advisor speaks about; one that it has not leaves
no trace in the report.
"""


def advise(
    snapshot: Snapshot,
    context: Context,
    references: Lookup,
    audit: Audit,
    profiles: Profiles,
    platform: Platform | None = None,
    advisors: Iterable[Advisor] = ADVISORS,
) -> tuple[Advice, ...]:
    """Return the section of every advisor that applies, in the order of ``advisors``.

    ``platform`` (the default one when None) counts only where the target is that platform.
    """
    packages = names(declared_packages(snapshot))
    asked = (load_platform() if platform is None else platform).of(packages)
    survey = Survey(snapshot, context, references, audit, profiles, asked, packages)
    return tuple(advisor.advise(survey) for advisor in advisors if advisor.applies(survey))
