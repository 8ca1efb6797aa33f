"""Tell what a tool wrote about the code from what the code consists of."""

from __future__ import annotations

import re

_NAMED = re.compile(
    r"(?:^|/)(?:[\w.-]*(?:report|audit|findings|remediation|depcheck|knip|eslint-output|sarif"
    r"|coverage|lcov|changelog|baseline|results?)[\w.-]*\.(?:json5?|xml|txt|html?|csv|ya?ml|sarif|md)"
    r"|[\w.-]+\.(?:sarif|log|lcov|md|mdown|rst|adoc|lock)"
    r"|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?"
    r"|(?:coverage|reports?|audits?|docs?)/.*)$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r'\A\s*\{\s*"(?:\$schema|findings|issues|results|vulnerabilities|auditReportVersion|runs'
    r'|dependencies)"\s*:\s*[\[{"].*"(?:severity|ruleId|invalidFiles|advisories|findings|evidence)"',
    re.DOTALL,
)


def is_report(path: str, text: str = "") -> bool:
    """Tell whether ``path`` is a report, a lock file, a changelog or prose: no use of a name.

    A JSON file counts by its content too, whatever it is called.
    """
    if _NAMED.search(path):
        return True
    return is_report_inside(path, text)


def is_report_inside(path: str, text: str) -> bool:
    """Tell whether ``text`` is a tool's JSON report by its keys, whatever ``path`` is called.

    What counts by its name alone may be a tool's configuration, which does use what it lists.
    """
    return path.endswith(".json") and _INSIDE.search(text[:20_000]) is not None
