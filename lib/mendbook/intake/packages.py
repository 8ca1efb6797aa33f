"""Words that several tools share for the same defects of packages and exports."""

from __future__ import annotations

from collections.abc import Iterable

from mendbook.intake.observation import Observation
from mendbook.model import Dimension, Place, Severity

PACKAGE_JSON = "package.json"


def unused_dependency(tool: str, rule: str, package: str) -> Observation:
    """Return that ``package`` is declared and nothing imports it."""
    return Observation(
        tool=tool,
        rule=rule,
        path=PACKAGE_JSON,
        message=f"{package} is declared in {PACKAGE_JSON} and never imported",
        severity=Severity.LOW,
        kind="unused-dependency",
        package=package,
        impact="Installed, updated and audited for nothing",
        fix=f"Remove {package}, unless a script or a configuration uses it by name",
    )


def missing_dependency(tool: str, rule: str, package: str, files: Iterable[str]) -> Observation:
    """Return that ``files`` import ``package``, which is not declared."""
    return Observation(
        tool=tool,
        rule=rule,
        path=PACKAGE_JSON,
        message=f"{package} is imported and not declared in {PACKAGE_JSON}",
        severity=Severity.MEDIUM,
        dimension=Dimension.SECURITY,
        kind="missing-dependency",
        package=package,
        impact="Works only while another package happens to bring it in",
        fix=f"Declare {package}, or remove its imports",
        also=tuple(Place(path) for path in dict.fromkeys(files)),
    )


def unused_export(
    tool: str, rule: str, path: str, name: str, line: int | None, *, used_inside: bool = False
) -> Observation:
    """Return that nothing imports the export ``name`` of ``path``."""
    inside = "; its own file uses it" if used_inside else ""
    return Observation(
        tool=tool,
        rule=rule,
        path=path,
        message=f"{name} is exported and never imported{inside}",
        severity=Severity.INFO if used_inside else Severity.LOW,
        line=line,
        kind="unused-export",
        symbol=name if name != "default" else "",
        package="default" if name == "default" else "",
        impact="Public surface that nobody needs",
        fix="Stop exporting it" if used_inside else "Remove it, or stop exporting it",
    )


def unused_file(tool: str, rule: str, path: str) -> Observation:
    """Return that nothing imports ``path``."""
    return Observation(
        tool=tool,
        rule=rule,
        path=path,
        message=f"{path} is never imported",
        severity=Severity.LOW,
        kind="unused-file",
        impact="Code that is kept, read and updated for nothing",
        fix="Remove the file",
    )
