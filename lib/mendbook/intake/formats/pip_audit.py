"""Read what ``pip-audit --format json`` writes."""

from __future__ import annotations

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import NOTHING, Evidence, at, best, by_items, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.problem import shorten
from mendbook.intake.reader import Document
from mendbook.model import Audit, Dimension, Note, Severity

_FILE = "requirements.txt"
"""What pip-audit is given; its report does not say which file it was."""


class _Vulnerability(msgspec.Struct):
    id: str
    fix_versions: list[str] = []
    aliases: list[str] = []
    description: str = ""


class _Dependency(msgspec.Struct):
    name: str
    version: str = ""
    vulns: list[_Vulnerability] = []
    skip_reason: str = ""


def pip_audit_evidence(data: object) -> Evidence:
    """Return how far ``data`` has dependencies with their known vulnerabilities, or none."""
    keys = ("name", "version", "vulns")
    candidates = [by_items(listed, keys, ()) for listed in (data, at(data, "dependencies"))]
    alone = by_keys(data, ("dependencies",)) if data == {"dependencies": []} else NOTHING
    return best((*candidates, by_keys(data, ("dependencies", "fixes"), ()), alone))


def read_pip_audit(document: Document) -> Audit:
    """Return each known vulnerability of an installed version as a finding.

    A package that was not looked up is a note: nothing is known of it, which is not the same as
    nothing being wrong.
    """
    notes: list[Note] = []
    # before version 2.1 the list stood alone
    alone = isinstance(document.data, list)
    written = document.data if alone else document.data.get("dependencies")
    listed = entries(written, _Dependency, "dependencies", notes)
    skipped = [each for each in listed if each.skip_reason]
    field = "error" if skipped and len(skipped) == len(listed) else "dependencies"
    why = "pip-audit looked it up nowhere; nothing is known about its vulnerabilities"
    notes += [Note(field, shorten(each.skip_reason, 200), "", why) for each in skipped]
    source = Source(
        document.path, document.sha256, "pip-audit", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(one, each) for one in listed for each in one.vulns])


def _observation(dependency: _Dependency, vulnerability: _Vulnerability) -> Observation:
    said = vulnerability.description.strip().partition("\n")[0] or "no description is given"
    wanted = " or ".join(vulnerability.fix_versions)
    fix = f"Update {dependency.name} to {wanted}" if wanted else ""
    return Observation(
        tool="pip-audit",
        rule=vulnerability.id,
        path=_FILE,
        message=f"{dependency.name} {dependency.version} is vulnerable: {said}",
        severity=Severity.HIGH,
        dimension=Dimension.SECURITY,
        kind=vulnerability.id,
        package=dependency.name,
        fix=fix,
        extra={"aliases": vulnerability.aliases} if vulnerability.aliases else {},
    )
