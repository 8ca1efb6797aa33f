"""Read what ``depcheck --json`` writes: packages that are unused, and packages not declared."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mendbook.intake.formats.evidence import Evidence, by_keys
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.packages import missing_dependency, unused_dependency
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.model import Audit


class _Report(msgspec.Struct, rename="camel"):
    dependencies: list[str]
    dev_dependencies: list[str]
    missing: dict[str, list[str]] = {}
    using: dict[str, list[str]] = {}


def depcheck_evidence(data: object) -> Evidence:
    """Return how far ``data`` is depcheck's JSON."""
    return by_keys(data, ("dependencies", "devDependencies", "missing"), ("using",))


def read_depcheck(document: Document) -> Audit:
    """Return depcheck's packages as an audit."""
    report = msgspec.convert(document.data, _Report)
    source = Source(document.path, document.sha256, "depcheck", document.redactions)
    return audit_of(source, _observations(report))


def _observations(report: _Report) -> Iterator[Observation]:
    everywhere = [*report.missing.values(), *report.using.values()]
    root = Root(path for paths in everywhere for path in paths)
    for name in report.dependencies:
        yield unused_dependency("depcheck", "dependencies", name)
    for name in report.dev_dependencies:
        yield unused_dependency("depcheck", "devDependencies", name)
    for name, paths in report.missing.items():
        yield missing_dependency("depcheck", "missing", name, map(root.relative, paths))
