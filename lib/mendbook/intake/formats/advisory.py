"""The npm registry's advisory, as npm 6, pnpm and yarn hand it on."""

from __future__ import annotations

from typing import Any

import msgspec

from mendbook.intake.formats.tags import listed
from mendbook.intake.observation import Observation
from mendbook.model import Dimension, Severity

SEVERITIES = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "moderate": Severity.MEDIUM,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.INFO,
}
"""npm's own words, and the one that others say for ``moderate``."""


class Installed(msgspec.Struct):
    """A version that is installed, and the ways that lead to it, ``express>debug``."""

    version: str = ""
    paths: list[str] = []


class Advisory(msgspec.Struct):
    """One advisory; every key may be absent."""

    module_name: str
    id: int | str = ""
    title: str = ""
    severity: str = ""
    url: str = ""
    overview: str = ""
    recommendation: str = ""
    vulnerable_versions: str = ""
    patched_versions: str = ""
    github_advisory_id: str | None = None
    findings: list[Installed] = []
    cves: list[str] | None = None
    cwe: Any = None


def observed(advisory: Advisory, tool: str, lockfile: str) -> Observation:
    """Return that a vulnerable version is installed: one finding for all ways that lead to it."""
    paths = [path for item in advisory.findings for path in item.paths]
    direct = any(len(_steps(path)) == 1 for path in paths)
    installed = ", ".join(dict.fromkeys(item.version for item in advisory.findings if item.version))
    range_ = f" ({advisory.vulnerable_versions})" if advisory.vulnerable_versions else ""
    name = " ".join(filter(None, (advisory.module_name, installed)))
    return Observation(
        tool=tool,
        rule=_rule(advisory),
        path="package.json" if direct else lockfile,
        message=f"{name}{range_} is vulnerable: {advisory.title.strip() or 'no title is given'}",
        severity=SEVERITIES.get(advisory.severity.lower(), Severity.MEDIUM),
        dimension=Dimension.SECURITY,
        code="\n".join(paths[:20]),
        kind=_rule(advisory),
        package=advisory.module_name,
        impact=advisory.overview.strip(),
        fix=_fix(advisory),
        extra=_extra(advisory),
    )


def _steps(path: str) -> list[str]:
    return [step for step in path.split(">") if step not in {"", "."}]


def _rule(advisory: Advisory) -> str:
    page = advisory.url.rstrip("/").rpartition("/")[2]
    return advisory.github_advisory_id or str(advisory.id) or page or "vulnerable-dependency"


def _fix(advisory: Advisory) -> str:
    if advisory.recommendation.strip():
        return advisory.recommendation.strip()
    patched = advisory.patched_versions.strip()
    if not patched or patched == "<0.0.0":
        return f"No fixed version of {advisory.module_name} is known; replace the package"
    return f"Update {advisory.module_name} to {patched}"


def _extra(advisory: Advisory) -> dict[str, Any]:
    known = {
        "urls": listed(advisory.url),
        "cves": advisory.cves or [],
        "cwe": listed(advisory.cwe),
    }
    return {key: value for key, value in known.items() if value}
