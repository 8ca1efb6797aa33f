"""Reports that are known by their keys and not read as audits, and what to do with each.

A new one is a row: what it is, the keys that tell it, and the way on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys, values

_SARIF = "run it with {} and give that"


@dataclass(frozen=True, slots=True)
class Foreign:
    """A tool's own format that is named instead of read."""

    what: str
    """As the sentence has it: ``a Nuclei report``."""
    evidence: Callable[[object], Evidence]
    remedy: str


def _keys(*needed: str) -> Callable[[object], Evidence]:
    return lambda data: by_keys(data, needed)


def _items(*needed: str, below: tuple[str, ...] = ()) -> Callable[[object], Evidence]:
    return lambda data: by_items(at(data, *below), needed)


def _either(*shapes: Callable[[object], Evidence]) -> Callable[[object], Evidence]:
    return lambda data: best(shape(data) for shape in shapes)


_PROFILE = "give it as --profile, beside an audit"
_NOT_A_CODE_AUDIT = "it says nothing about places in code; give an audit, or a map of its fields"

FOREIGN: tuple[Foreign, ...] = (
    Foreign(
        "a Nuclei report",
        _either(_items("template-id", "matched-at"), _keys("template-id", "matched-at")),
        _SARIF.format("-sarif-export report.sarif"),
    ),
    Foreign("a Grype report", _keys("matches", "descriptor"), _SARIF.format("-o sarif")),
    Foreign(
        "an OSV-Scanner report",
        lambda data: by_items(at(data, "results"), ("source", "packages")),
        _SARIF.format("--format sarif"),
    ),
    Foreign(
        "a Dependency-Check report",
        _keys("reportSchema", "scanInfo", "dependencies"),
        _SARIF.format("--format SARIF"),
    ),
    Foreign("an OWASP ZAP report", _keys("@version", "site"), _SARIF.format("its SARIF template")),
    Foreign("a Brakeman report", _keys("scan_info", "warnings"), _SARIF.format("-o out.sarif")),
    Foreign(
        "a RuboCop report",
        lambda data: by_items(at(data, "files"), ("path", "offenses")),
        "convert it to SARIF, for example with sarif-multitool",
    ),
    Foreign(
        "a golangci-lint report",
        lambda data: by_items(at(data, "Issues"), ("FromLinter", "Text", "Pos")),
        _SARIF.format("--output.sarif.path report.sarif"),
    ),
    Foreign(
        "a Pylint report",
        _items("message-id", "symbol", "path"),
        "run Ruff with --output-format json, or convert it to SARIF",
    ),
    Foreign(
        "a Stylelint report",
        _items("source", "warnings", "deprecations"),
        "convert it to SARIF, for example with stylelint-sarif-formatter",
    ),
    Foreign(
        "a KICS report",
        _keys("kics_version", "queries"),
        _SARIF.format("--report-formats sarif"),
    ),
    Foreign(
        "a tfsec report",
        lambda data: by_items(at(data, "results"), ("rule_id", "long_id", "location")),
        _SARIF.format("--format sarif"),
    ),
    Foreign(
        "a TruffleHog report",
        _either(_items("SourceMetadata", "DetectorName"), _keys("SourceMetadata", "DetectorName")),
        "run Gitleaks, or map its fields",
    ),
    Foreign(
        "a detect-secrets baseline",
        _keys("plugins_used", "results", "generated_at"),
        "run Gitleaks, or map its fields",
    ),
    Foreign("a Prowler report", _items("AccountId", "CheckID", "Status"), _NOT_A_CODE_AUDIT),
    Foreign(
        "a CycloneDX bill of materials",
        _keys("bomFormat", "specVersion"),
        "scan it with Trivy (trivy sbom) and give that JSON",
    ),
    Foreign(
        "an SPDX bill of materials",
        _keys("spdxVersion", "SPDXID"),
        "scan it with Trivy (trivy sbom) and give that JSON",
    ),
    Foreign("a Lighthouse report", _keys("lighthouseVersion", "audits"), _NOT_A_CODE_AUDIT),
    Foreign("a Jest report", _keys("numTotalTests", "testResults"), _NOT_A_CODE_AUDIT),
    Foreign(
        "a ShellCheck report",
        lambda data: by_items(at(data, "comments"), ("file", "level", "code", "message")),
        "convert it to SARIF, for example with shellcheck-sarif",
    ),
    Foreign("a k6 summary", _either(_keys("root_group", "metrics")), _PROFILE),
    Foreign("an autocannon result", _keys("requests", "latency", "throughput"), _PROFILE),
    Foreign("a V8 CPU profile", _keys("nodes", "startTime", "endTime"), _PROFILE),
    Foreign(
        "a coverage.py report", lambda data: by_keys(data, ("meta", "files", "totals")), _PROFILE
    ),
    Foreign(
        "an Istanbul coverage report",
        lambda data: by_items(values(data), ("statementMap", "fnMap", "s")),
        _PROFILE,
    ),
    Foreign(
        "a package.json",
        lambda data: by_keys(data, ("name", "dependencies", "scripts")),
        "name an audit; the repository goes to --repo",
    ),
    Foreign(
        "a remediation JSON of Mendbook",
        lambda data: by_keys(data, ("remediations", "auditRef")),
        "name the audit that it was made from; to check it use mendbook validate",
    ),
)
