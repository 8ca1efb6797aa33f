"""Read SARIF 2.1.0, as CodeQL, Semgrep, ESLint and others write it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

import msgspec

from mendbook.intake.fingerprint import FINGERPRINT
from mendbook.intake.formats.evidence import Evidence, at, best, by_items, by_keys
from mendbook.intake.formats.sarif_log import (
    ArtifactLocation,
    Fix,
    Location,
    Log,
    Result,
    Rule,
    Run,
    SarifRegion,
)
from mendbook.intake.observation import Observation, Source, audit_of
from mendbook.intake.problem import Problem
from mendbook.intake.reader import Document
from mendbook.intake.roots import Root
from mendbook.intake.values import without_nulls
from mendbook.model import Audit, Dimension, Note, OfferedFix, Region, Severity

_LEVELS = {
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "note": Severity.LOW,
    "none": Severity.INFO,
}
_LINTERS = {"eslint": {"error": Severity.MEDIUM, "warning": Severity.LOW, "note": Severity.INFO}}
"""Tools whose errors are matters of style as often as faults; as in their own JSON."""
_SCORES = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM))
_DIMENSIONS = {
    "security": Dimension.SECURITY,
    "reliability": Dimension.SECURITY,
    "performance": Dimension.PERFORMANCE,
    "efficiency": Dimension.PERFORMANCE,
    "readability": Dimension.READABILITY,
    "concurrency": Dimension.REALTIME,
}
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.){1,500})\]\(\d+\)")
_PLACEHOLDER = re.compile(r"\{(\d{1,3})\}")
_UNITS = {"utf16CodeUnits": "utf-16", "unicodeCodePoints": "characters"}
_LONGEST_HELP = 300
"""Characters: a longer help is a page about the rule, not what to do about one result."""
_FUNCTIONS = {"function", "member", "method"}


def sarif_evidence(data: object) -> Evidence:
    """Tell whether ``data`` is a SARIF log."""
    runs = by_items(at(data, "runs"), ("tool",), ("results",))
    return best((runs, by_keys(data, ("runs", "version"), ("$schema",))))


def read_sarif(document: Document) -> Audit:
    """Return the failing results of all runs as an audit, their fixes as offered fixes.

    Results that passed, were suppressed or are gone since the baseline are left out, with a note.
    """
    if document.data["version"] != "2.1.0":
        what = f"SARIF {document.data['version']} is not read"
        raise Problem(document.path, "version", what, "write it as SARIF 2.1.0").refusal()
    log = _decoded(document)
    left_out: Counter[str] = Counter()
    observations = [item for run in log.runs for item in _Reader(run).observations(left_out)]
    notes = (
        Note("runs", f"{count} results", "", f"left out: {why}") for why, count in left_out.items()
    )
    commits = [item for run in log.runs for item in run.version_control_provenance]
    ends = [item.end_time_utc for run in log.runs for item in run.invocations if item.end_time_utc]
    source = Source(
        document.path,
        document.sha256,
        "sarif",
        document.redactions,
        timestamp=max(ends, default=""),
        commit=next((item.revision_id for item in commits), ""),
        branch=next((item.branch for item in commits), ""),
        notes=tuple(notes),
    )
    return audit_of(source, observations)


def _decoded(document: Document) -> Log:
    try:
        return msgspec.convert(document.data, Log)
    except msgspec.ValidationError:
        # some tools write null for what is absent; looking for it first would cost every report
        return msgspec.convert(without_nulls(document.data), Log)


class _Reader:
    """Reads one run: its rules, its files and its unit of columns are looked up again and again."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.tool = run.tool.driver.name or "SARIF"
        self.rules = {rule.id: rule for rule in run.tool.driver.rules}
        for extension in run.tool.extensions:
            self.rules |= {rule.id: rule for rule in extension.rules}
        self.uris = [item.location.uri if item.location else "" for item in run.artifacts]
        bases = (item.uri for item in run.original_uri_base_ids.values())
        self.bases = sorted((base for base in bases if "/" in base), key=len, reverse=True)
        self.root = Root(filter(None, (*self.uris, *_first_uris(run))))
        self.paths: dict[str, str] = {}

    def observations(self, left_out: Counter[str]) -> Iterator[Observation]:
        """Yield the results that ask for something; count the others by the reason."""
        for result in self.run.results or ():
            reason = _reason_to_leave(result)
            if reason:
                left_out[reason] += 1
            else:
                yield self._observation(result)

    def _observation(self, result: Result) -> Observation:
        rule = self._rule(result)
        first = result.locations[0] if result.locations else None
        physical = first.physical_location if first else None
        region = physical.region if physical else None
        message = _message(result, rule)
        path = self._path(physical.artifact_location) if physical else ""
        return Observation(
            tool=self.tool,
            rule=rule.id,
            path=path,
            message=message,
            severity=_severity(result, rule, _LINTERS.get(self.tool.lower(), _LEVELS)),
            dimension=_dimension(rule),
            line=region.start_line if region else None,
            end_line=region.end_line if region else None,
            code=region.snippet.text.strip() if region and region.snippet else "",
            symbol=_symbol(first),
            fix=_help(rule, message),
            also=tuple(self._further(result, path)),
            fixes=tuple(fix for item in result.fixes[:1] for fix in self._fixes(item, message)),
            identity=result.partial_fingerprints.get(FINGERPRINT, ""),
            extra={"helpUri": rule.help_uri} if rule.help_uri else {},
        )

    def _rule(self, result: Result) -> Rule:
        reference = result.rule
        name = result.rule_id or (reference.id if reference else "")
        index = result.rule_index if reference is None else max(reference.index, result.rule_index)
        component = self.run.tool.driver
        if reference and reference.tool_component and reference.tool_component.index >= 0:
            extensions = self.run.tool.extensions
            if reference.tool_component.index < len(extensions):
                component = extensions[reference.tool_component.index]
        if not name and 0 <= index < len(component.rules):
            return component.rules[index]
        # an id may name a rule and, after slashes, what of it was found
        parent = name.rpartition("/")[0]
        return self.rules.get(name) or self.rules.get(parent) or Rule(id=name)

    def _path(self, location: ArtifactLocation | None) -> str:
        if location is None:
            return ""
        uri = location.uri
        if not uri and 0 <= location.index < len(self.uris):
            uri = self.uris[location.index]
        if uri not in self.paths:
            self.paths[uri] = self._resolved(uri)
        return self.paths[uri]

    def _resolved(self, uri: str) -> str:
        base = next((base for base in self.bases if uri.startswith(base)), "")
        rest = uri.removeprefix(base)
        return self.root.relative(rest if rest.startswith("file:") else unquote(rest))

    def _further(self, result: Result, path: str) -> Iterator[str]:
        for location in result.locations[1:]:
            physical = location.physical_location
            other = self._path(physical.artifact_location) if physical else ""
            if other and other != path:
                yield other

    def _fixes(self, fix: Fix, message: str) -> Iterator[OfferedFix]:
        said = fix.description.text if fix.description else message
        for change in fix.artifact_changes:
            path = self._path(change.artifact_location)
            for replacement in change.replacements:
                if replacement.deleted_region is None:
                    continue
                inserted = replacement.inserted_content
                yield OfferedFix(
                    path=path,
                    start=-1,
                    end=-1,
                    text=inserted.text if inserted else "",
                    tool=self.tool,
                    description=said.strip(),
                    region=_region(replacement.deleted_region, self.run.column_kind),
                )


def _region(region: SarifRegion, column_kind: str) -> Region:
    end_line = region.end_line or region.start_line
    return Region(
        line=region.start_line,
        column=region.start_column or 1,
        end_line=end_line,
        end_column=region.end_column,
        unit=_UNITS.get(column_kind, ""),
    )


def _first_uris(run: Run) -> Iterator[str]:
    for result in run.results or ():
        for location in result.locations[:1]:
            physical = location.physical_location
            if physical and physical.artifact_location:
                yield physical.artifact_location.uri


def _reason_to_leave(result: Result) -> str:
    if result.kind in {"pass", "notApplicable"}:
        return "they passed or do not apply"
    if result.baseline_state == "absent":
        return "they are gone since the tool's baseline"
    accepted = [item for item in result.suppressions or () if item.status in {"", "accepted"}]
    return "they are suppressed in the tool" if accepted else ""


def _message(result: Result, rule: Rule) -> str:
    text = result.message.text
    if not text and result.message.id in rule.message_strings:
        text = rule.message_strings[result.message.id].text
    values = result.message.arguments
    if values:
        text = _PLACEHOLDER.sub(lambda m: (*values, m[0])[min(int(m[1]), len(values))], text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    described = rule.short_description.text if rule.short_description else rule.name or rule.id
    return text.strip() or described


def _severity(result: Result, rule: Rule, levels: Mapping[str, Severity]) -> Severity:
    score = _score(
        result.properties.get("security-severity", rule.properties.get("security-severity"))
    )
    if score:
        return next((grade for least, grade in _SCORES if score >= least), Severity.LOW)
    default = rule.default_configuration.level if rule.default_configuration else ""
    if result.kind and result.kind != "fail":
        return Severity.INFO
    return levels.get(result.level or default or "warning", Severity.MEDIUM)


def _score(value: object) -> float:
    try:
        return float(value) if isinstance(value, str | int | float) else 0.0
    except ValueError:
        return 0.0


def _dimension(rule: Rule) -> Dimension:
    tags = rule.properties.get("tags")
    words = [str(tag).lower() for tag in tags] if isinstance(tags, list) else []
    return next(
        (_DIMENSIONS[word] for word in words if word in _DIMENSIONS), Dimension.CODE_QUALITY
    )


def _help(rule: Rule, message: str) -> str:
    said = rule.help.text.strip() if rule.help else ""
    return said if len(said) <= _LONGEST_HELP and said != message else ""


def _symbol(location: Location | None) -> str:
    for logical in location.logical_locations if location else ():
        name = logical.fully_qualified_name or logical.name
        if logical.kind in _FUNCTIONS and re.fullmatch(r"[A-Za-z_$][\w$.]{0,200}", name):
            return name
    return ""
