"""Read what ``cargo audit --json`` writes."""

from __future__ import annotations

import msgspec

from mendbook.intake.formats.entries import entries
from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.reader import Document
from mendbook.model import Audit, Dimension, Note, Severity

_LOCK = "Cargo.lock"


class _Advisory(msgspec.Struct):
    id: str
    title: str = ""
    url: str | None = None


class _Versions(msgspec.Struct):
    patched: list[str] = []


class _Package(msgspec.Struct):
    name: str
    version: str = ""


class _Vulnerability(msgspec.Struct):
    advisory: _Advisory
    package: _Package
    versions: _Versions = msgspec.field(default_factory=_Versions)


def cargo_audit_evidence(data: object) -> Evidence:
    """Return how far ``data`` has RustSec's advisories of a lock file, or says that it has none."""
    listed = at(at(data, "vulnerabilities"), "list")
    evidence = by_items(listed, ("advisory", "package", "versions"), ())
    return best(
        (evidence, by_keys(data, ("lockfile", "vulnerabilities"), ("database", "warnings")))
    )


def read_cargo_audit(document: Document) -> Audit:
    """Return each advisory of a locked crate as a finding."""
    notes: list[Note] = []
    listed = at(at(document.data, "vulnerabilities"), "list")
    vulnerabilities = entries(listed, _Vulnerability, "vulnerabilities.list", notes)
    source = Source(
        document.path, document.sha256, "cargo-audit", document.redactions, notes=tuple(notes)
    )
    return audit_of(source, [_observation(each) for each in vulnerabilities])


def _observation(entry: _Vulnerability) -> Observation:
    wanted = " or ".join(entry.versions.patched)
    crate = entry.package.name
    return Observation(
        tool="cargo audit",
        rule=entry.advisory.id,
        path=_LOCK,
        message=f"{crate} {entry.package.version} is vulnerable: {entry.advisory.title.strip()}",
        severity=Severity.HIGH,
        dimension=Dimension.SECURITY,
        kind=entry.advisory.id,
        package=crate,
        fix=f"Update {crate} to {wanted}" if wanted else "",
        extra={"helpUri": entry.advisory.url} if entry.advisory.url else {},
    )
