"""Whether a document has the shape of an audit: the hand check that decides.

It asks for the same as ``schemas/audit.schema.json`` (a test holds the two together).
Importing ``jsonschema`` would cost every start a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mendbook.intake.faults import join
from mendbook.intake.problem import Problem, quoted
from mendbook.model import Severity

TEXT_KEYS = (
    *("dimension", "file", "function", "evidence", "impact", "repro"),
    *("fix", "complexity", "docsPath"),
)
OWN_KEYS = ("id", "severity", "problem", *TEXT_KEYS)
WORD_KEYS = ("timestamp", "commit", "branch", "nodeVersion")
SCORE_KEYS = (
    *("performance", "architecture", "realtime"),
    *("codeQuality", "security", "readability", "total"),
)
_COST_TEXTS = ("file", "antiPattern", "runtimeCost")
_COST_NUMBERS = ("devHoursPerYear", "scoreDeduction")
_SEVERITIES = ", ".join(Severity)


def audit_problems(file: str, data: object) -> Iterator[Problem]:
    """Yield what keeps ``data`` from being an audit, in the order of the document."""
    if not isinstance(data, dict):
        yield Problem(file, "", f"an audit is an object, this is {quoted(data)}", _START)
        return
    yield from _object(file, "meta", data.get("meta"), (), WORD_KEYS)
    yield from _object(file, "scores", data.get("scores"), (), SCORE_KEYS)
    yield from _findings(file, data)
    entries = data.get("overEngineering")
    if entries is not None and not isinstance(entries, list):
        yield _wrong(file, "overEngineering", "an array", entries)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        path = f"overEngineering[{index}]"
        if isinstance(entry, dict):
            yield from _object(file, path, entry, _COST_TEXTS, _COST_NUMBERS)
        elif not isinstance(entry, str):
            yield _wrong(file, path, "an object or text", entry)


_START = 'start from {"findings": [{"id": …, "severity": …, "problem": …}]}'


def _findings(file: str, data: dict[str, Any]) -> Iterator[Problem]:
    if "findings" not in data:
        yield Problem(file, "findings", "the audit has no findings", f"add the key; {_START}")
        return
    findings = data["findings"]
    if not isinstance(findings, list):
        yield _wrong(file, "findings", "an array", findings)
        return
    for index, finding in enumerate(findings):
        path = f"findings[{index}]"
        if not isinstance(finding, dict):
            yield _wrong(file, path, "an object", finding)
            continue
        yield from _finding(file, path, finding)


def identity(value: object) -> str:
    """Return a finding's id as text without surrounding space; empty when it is no id."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()


def severity(value: object) -> Severity | None:
    """Return the severity that ``value`` spells in any case, or None."""
    spelt = value.strip().upper() if isinstance(value, str) and value.isascii() else ""
    return Severity(spelt) if spelt in Severity.__members__ else None


def _finding(file: str, path: str, finding: dict[str, Any]) -> Iterator[Problem]:
    for key in ("id", "severity", "problem"):
        if key not in finding:
            what = f"the finding has no {key}"
            yield Problem(file, f"{path}.{key}", what, _REMEDIES[key])
    if "id" in finding and not identity(finding["id"]):
        yield _wrong(file, f"{path}.id", "text or a whole number", finding["id"])
    if "severity" in finding and severity(finding["severity"]) is None:
        what = f"unknown severity {quoted(finding['severity'])}"
        yield Problem(file, f"{path}.severity", what, _REMEDIES["severity"])
    if "problem" in finding:
        problem = finding["problem"]
        if not isinstance(problem, str) or not problem.strip():
            yield _wrong(file, f"{path}.problem", "text", problem)
    yield from _object(file, path, finding, TEXT_KEYS, ())


_REMEDIES = {
    "id": "give each finding an id of its own",
    "severity": f"use one of {_SEVERITIES}",
    "problem": "say in a sentence what is wrong",
}


def _object(
    file: str, path: str, value: object, texts: tuple[str, ...], words: tuple[str, ...]
) -> Iterator[Problem]:
    if value is None:
        return
    if not isinstance(value, dict):
        yield _wrong(file, path, "an object", value)
        return
    for key in texts:
        if not _is_text(value.get(key)):
            yield _wrong(file, join(path, key), "text", value[key])
    for key in words:
        if not _is_scalar(value.get(key)):
            yield _wrong(file, join(path, key), "text or a number", value[key])


def _is_scalar(value: object) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _is_text(value: object) -> bool:
    if isinstance(value, list):
        return all(item is not None and _is_scalar(item) for item in value)
    return _is_scalar(value)


def _wrong(file: str, path: str, wanted: str, value: object) -> Problem:
    return Problem(file, path, f"{wanted} is needed here, this is {quoted(value)}", "correct it")
