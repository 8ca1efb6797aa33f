"""The input formats that an audit can be made from; a new one is a file and a row here.

Every row says how much speaks for it, the strongest is taken; of two that are equally strong none
is. A format may be ours, a tool's that is read, or a tool's that is only known by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mendbook.intake.formats.any_json import TOLD, any_json_evidence
from mendbook.intake.formats.bandit import bandit_evidence, read_bandit
from mendbook.intake.formats.cargo_audit import cargo_audit_evidence, read_cargo_audit
from mendbook.intake.formats.checkov import checkov_evidence, read_checkov
from mendbook.intake.formats.codetf import codetf_evidence, read_codetf
from mendbook.intake.formats.csv_table import csv_evidence
from mendbook.intake.formats.depcheck import depcheck_evidence, read_depcheck
from mendbook.intake.formats.empty import empty_evidence, read_empty
from mendbook.intake.formats.eslint import eslint_evidence, read_eslint
from mendbook.intake.formats.evidence import NOTHING, Evidence, best, by_items
from mendbook.intake.formats.foreign import FOREIGN
from mendbook.intake.formats.gitleaks import gitleaks_evidence, read_gitleaks
from mendbook.intake.formats.gosec import gosec_evidence, read_gosec
from mendbook.intake.formats.hadolint import hadolint_evidence, read_hadolint
from mendbook.intake.formats.knip import knip_evidence, read_knip
from mendbook.intake.formats.markdown import markdown_evidence
from mendbook.intake.formats.njsscan import njsscan_evidence, read_njsscan
from mendbook.intake.formats.npm_advisories import advisories_evidence, read_advisories
from mendbook.intake.formats.npm_audit import npm_audit_evidence, read_npm_audit
from mendbook.intake.formats.pip_audit import pip_audit_evidence, read_pip_audit
from mendbook.intake.formats.ruff import read_ruff, ruff_evidence
from mendbook.intake.formats.sarif import (
    large_sarif_evidence,
    read_large_sarif,
    read_sarif,
    sarif_evidence,
)
from mendbook.intake.formats.semgrep import read_semgrep, semgrep_evidence
from mendbook.intake.formats.snyk import read_snyk, snyk_evidence
from mendbook.intake.formats.sonar import read_sonar, sonar_evidence
from mendbook.intake.formats.trivy import read_trivy, trivy_evidence
from mendbook.intake.formats.ts_prune import read_ts_prune, ts_prune_evidence
from mendbook.intake.formats.vulture import read_vulture, vulture_evidence
from mendbook.intake.formats.yaml_audit import yaml_evidence
from mendbook.intake.formats.yarn_audit import read_yarn_audit, yarn_audit_evidence
from mendbook.intake.normalise import read_audit
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document, Text
from mendbook.intake.shapes.markdown.read import read_markdown
from mendbook.intake.shapes.tables import read_table
from mendbook.intake.shapes.yaml_audit import read_yaml
from mendbook.model import Audit

_ALIKE = 0.005
"""Scores nearer than this are a tie."""


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """A format in JSON or JSON lines: what speaks for it, and how it is read."""

    name: str
    evidence: Callable[[object], Evidence]
    read: Callable[[Document], Audit]
    tool: str = ""
    """What a person calls it; the name when empty."""


@dataclass(frozen=True, slots=True)
class TextFormat:
    """A format that is not JSON, or that is read from its text."""

    name: str
    evidence: Callable[[str], Evidence]
    read: Callable[[Text], Audit]


@dataclass(frozen=True, slots=True)
class Told:
    """The format that a file was taken for, and why."""

    form: JsonFormat
    evidence: Evidence


def audit_evidence(data: object) -> Evidence:
    """Tell how far ``data`` is an audit in our own schema."""
    if not isinstance(data, dict) or "findings" not in data:
        return NOTHING
    ours = by_items(data["findings"], ("id", "severity", "problem"), ("file", "fix"))
    return best((ours, Evidence(0.5, "findings")))


AUDIT = JsonFormat("audit", audit_evidence, read_audit)
ANY = JsonFormat("any", any_json_evidence, read_audit, "an audit in JSON of its own layout")

JSON_FORMATS: tuple[JsonFormat, ...] = (
    AUDIT,
    JsonFormat("sarif", sarif_evidence, read_sarif, "SARIF"),
    JsonFormat("eslint", eslint_evidence, read_eslint, "ESLint"),
    JsonFormat("knip", knip_evidence, read_knip),
    JsonFormat("depcheck", depcheck_evidence, read_depcheck),
    JsonFormat("npm-audit", npm_audit_evidence, read_npm_audit, "npm audit"),
    JsonFormat("npm-advisories", advisories_evidence, read_advisories, "npm 6 or pnpm audit"),
    JsonFormat("yarn-audit", yarn_audit_evidence, read_yarn_audit, "yarn audit"),
    JsonFormat("semgrep", semgrep_evidence, read_semgrep, "Semgrep"),
    JsonFormat("pip-audit", pip_audit_evidence, read_pip_audit),
    JsonFormat("cargo-audit", cargo_audit_evidence, read_cargo_audit, "cargo audit"),
    JsonFormat("bandit", bandit_evidence, read_bandit, "Bandit"),
    JsonFormat("gosec", gosec_evidence, read_gosec),
    JsonFormat("njsscan", njsscan_evidence, read_njsscan, "njsscan or mobsfscan"),
    JsonFormat("ruff", ruff_evidence, read_ruff, "Ruff"),
    JsonFormat("checkov", checkov_evidence, read_checkov, "Checkov"),
    JsonFormat("trivy", trivy_evidence, read_trivy, "Trivy"),
    JsonFormat("snyk", snyk_evidence, read_snyk, "Snyk"),
    JsonFormat("gitleaks", gitleaks_evidence, read_gitleaks, "Gitleaks"),
    JsonFormat("hadolint", hadolint_evidence, read_hadolint, "Hadolint"),
    JsonFormat("sonar", sonar_evidence, read_sonar, "Sonar"),
    JsonFormat("codetf", codetf_evidence, read_codetf, "CodeTF"),
    ANY,
    JsonFormat("empty", empty_evidence, read_empty, "an empty report"),
)

TEXT_FORMATS: tuple[TextFormat, ...] = (
    TextFormat("ts-prune", ts_prune_evidence, read_ts_prune),
    TextFormat("vulture", vulture_evidence, read_vulture),
    TextFormat("large-sarif", large_sarif_evidence, read_large_sarif),
    TextFormat("csv", csv_evidence, read_table),
    TextFormat("yaml", yaml_evidence, read_yaml),
    TextFormat("markdown", markdown_evidence, read_markdown),
)


def json_format(path: str, data: object, formats: Iterable[JsonFormat] = JSON_FORMATS) -> Told:
    """Return the format that most speaks for; our own, without evidence, when nothing does.

    Raises ``InputError`` where two are equally likely, and for a tool's own format that is known
    and not read: it says which, and what to do.
    """
    listed = list(formats)
    candidates = [Told(form, form.evidence(data)) for form in listed if form is not ANY]
    # searching a whole document costs as much as reading it: only where no tool is sure
    if ANY in listed and max(map(_score, candidates), default=0.0) < TOLD:
        candidates.append(Told(ANY, ANY.evidence(data)))
    candidates = sorted(
        (told for told in candidates if told.evidence.score), key=_score, reverse=True
    )
    score = candidates[0].evidence.score if candidates else 0.0
    known = max(FOREIGN, key=lambda row: row.evidence(data).score)
    if known.evidence(data).score > score:
        what = f"this is {known.what}, which is not read as an audit"
        raise Problem(path, "", what, known.remedy).refusal()
    if len(candidates) > 1 and score - candidates[1].evidence.score < _ALIKE:
        names = " and ".join(told.form.tool or told.form.name for told in candidates[:2])
        what = (
            f"it could be {names} alike "
            f"({candidates[0].evidence.why}; {candidates[1].evidence.why})"
        )
        raise Problem(path, "", what, "leave out what is not of one tool").refusal()
    return candidates[0] if candidates else Told(AUDIT, NOTHING)


def _score(told: Told) -> float:
    return told.evidence.score


FORMAT_OF_SUFFIX = {
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
}
"""The text format that a file's name speaks of."""


def text_format(text: str, suffix: str = "") -> TextFormat | None:
    """Return the format of ``text`` that is not JSON, or None.

    ``suffix`` of the file's name decides where nothing in the text does.
    """
    best_format = max(TEXT_FORMATS, key=lambda form: form.evidence(text).score)
    if best_format.evidence(text).score:
        return best_format
    if not text.strip() or text.lstrip()[0] in "[{":
        return None
    named = FORMAT_OF_SUFFIX.get(suffix.lower())
    return next((form for form in TEXT_FORMATS if form.name == named), None)
