"""Surveys over a few literal files, for the tests of the advisors."""

from __future__ import annotations

from collections.abc import Mapping

from mendbook.advice import Survey
from mendbook.model import (
    Audit,
    Context,
    Dimension,
    Finding,
    Place,
    Profiles,
    Severity,
)
from mendbook.policy.platform import Platform
from mendbook.repository.declared import declared_packages, names
from mendbook.repository.snapshot import Snapshot
from unlinked import Unlinked


def about(id: str, file: str, line: int | None = None, symbol: str = "") -> Finding:
    """Return a finding about a line or a symbol of ``file``."""
    return Finding(
        id=id,
        severity=Severity.MEDIUM,
        dimension=Dimension.ARCHITECTURE,
        file=file,
        function=symbol,
        problem="",
        evidence="",
        impact="",
        fix="",
        complexity="",
        places=(Place(file, line=line),),
        symbols=(symbol,) if symbol else (),
    )


def survey(
    files: Mapping[str, str],
    *findings: Finding,
    profiles: Profiles | None = None,
    platform: Platform | None = None,
) -> Survey:
    """Return a survey of ``files`` with an audit of ``findings``.

    What ``platform`` asks for holds for it, whatever the files declare.
    """
    audit = Audit("audit", "", "", "", "", "", "", findings)
    context = Context("", "", "", "", ())
    asked = platform or Platform()
    snapshot = Snapshot.of(files)
    packages = names(declared_packages(snapshot)) | frozenset(asked.packages)
    return Survey(snapshot, context, Unlinked(), audit, profiles or Profiles(), asked, packages)
