"""Read what ``npm audit --json`` of npm 6, ``pnpm audit`` and ``yarn npm audit`` before 4 write."""

from __future__ import annotations

from mendbook.intake.formats.advisory import Advisory, observed
from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys, values
from mendbook.intake.observation import Source, audit_of
from mendbook.intake.reader import Document
from mendbook.model import Audit, Note

_NPM = ("npm audit", "package-lock.json")
_PNPM = ("pnpm audit", "pnpm-lock.yaml")
"""pnpm's ways begin at the project, ``.>express>debug``."""


def advisories_evidence(data: object) -> Evidence:
    """Return how far ``data`` has advisories by their numbers, with the packages they are about."""
    listed = values(at(data, "advisories"))
    return best(
        (
            by_items(listed, ("module_name", "severity"), ("vulnerable_versions", "findings")),
            by_keys(data, ("advisories", "metadata"), ("actions", "muted")),
        )
    )


def read_advisories(document: Document) -> Audit:
    """Return each advisory as a finding, once for all installed versions and ways to them."""
    notes: list[Note] = []
    advisories = entries(document.data["advisories"], Advisory, "advisories", notes)
    ways = [path for item in advisories for installed in item.findings for path in installed.paths]
    tool, lockfile = _PNPM if any(way.startswith(".") for way in ways) else _NPM
    source = Source(
        document.path, document.sha256, "npm-advisories", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [observed(item, tool, lockfile) for item in advisories])
