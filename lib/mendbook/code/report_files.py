"""Tell what a tool or an auditor wrote about the code from what the code consists of.

The folder of a file says nothing: ``src/reports/`` may hold the program that makes reports.
"""

from __future__ import annotations

import re

_PROSE = re.compile(
    r"(?:^|/)(?:[\w.-]+\.(?:log|lcov|md|mdown|rst|adoc|txt|lock)"
    r"|[\w.-]*(?:report|audit|findings|results?|coverage)[\w.-]*\.csv"
    r"|(?:knip|depcheck|eslint|ts-?prune|jest|semgrep|stryker)[\w.-]*(?:report|results?|output)"
    r"[\w.-]*\.json"
    r"|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|lcov\.info)$",
    re.IGNORECASE,
)
_DATA = re.compile(r"\.(?:json5?|ya?ml|sarif)$", re.IGNORECASE)
_SURE_KEYS = re.compile(
    r"\"(?:statementMap|numTotalTests|auditReportVersion|lighthouseVersion|invalidFiles|advisories"
    r"|ruleId|kindString|warningCount)\"\s*:"
)
_TELLING_KEYS = re.compile(
    r"(?:^|[\s{,\[])[\"']?(severity|evidence|impact|problem|finding|findings|recommendation"
    r"|remediation|vulnerabilities|cwe|cve|startLine|lineNumber|issueId)[\"']?\s*:",
    re.IGNORECASE,
)
_TELLING = 2
_PAGE = re.compile(r"\.(?:html?|xml)$", re.IGNORECASE)
_MADE = re.compile(
    r"\bgenerated\s+(?:by|using|with|from)\b|<(?:testsuites?|coverage|checkstyle|pmd|cpd)\b"
    r"|<meta\s+name=[\"']generator[\"']|<title>[^<]*\b(?:report|audit|coverage)\b[^<]*</title>",
    re.IGNORECASE,
)
_HEAD = 20_000


def is_report(path: str, text: str = "") -> bool:
    """Tell whether ``path`` is a report, a lock file, a changelog or prose: no use of a name.

    Data and pages count by what ``text`` holds, as a service may read ``audit.yaml`` or fill
    ``report.html``; source code never counts.
    """
    if _PROSE.search(path):
        return True
    head = text[:_HEAD]
    if _PAGE.search(path):
        return _MADE.search(head) is not None
    return _DATA.search(path) is not None and _tells(head)


def is_report_inside(path: str, text: str) -> bool:
    """Tell whether ``text`` is a tool's JSON report by its keys, whatever ``path`` is called.

    What counts by its name alone may be a tool's configuration, which does use what it lists.
    """
    return path.endswith(".json") and _tells(text[:_HEAD])


def _tells(head: str) -> bool:
    """Tell whether the data speaks of code, by its keys."""
    if _SURE_KEYS.search(head):
        return True
    keys = {match[1].lower().removesuffix("s") for match in _TELLING_KEYS.finditer(head)}
    return len(keys) >= _TELLING
