"""Hours that people say they spent, a row each: what the hours to come learn from."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from mendbook.effort import Case
from mendbook.errors import PolicyError
from mendbook.ledger.trace import TracedFinding
from mendbook.text.escape import visible

FILE = "spent.csv"
_FINDING, _HOURS = "finding", "hours"


def read_spent(path: Path) -> dict[str, float]:
    """Return the hours by finding that the CSV at ``path`` says; ``PolicyError`` where it is none.

    A name is a finding's id or its identity; the hours of several rows are added up.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}: cannot be read as UTF-8 ({error}); check the file") from error
    return parse_spent(text, str(path))


def parse_spent(text: str, where: str = FILE) -> dict[str, float]:
    """Return the hours by finding that the CSV ``text`` says; ``where`` names it in a refusal.

    Raises ``PolicyError`` where a column is missing, or hours are no number.
    """
    rows = csv.DictReader(io.StringIO(text, newline=""))
    named = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    if _FINDING not in named or _HOURS not in named:
        raise PolicyError(f"{where}: its heading needs the columns {_FINDING} and {_HOURS}")
    spent: dict[str, float] = {}
    for row in rows:
        name = (row[named[_FINDING]] or "").strip()
        if name:
            hours = _hours(row[named[_HOURS]], f"{where}: line {rows.line_num}")
            spent[name] = spent.get(name, 0.0) + hours
    return spent


def spent_cases(findings: Iterable[TracedFinding], hours: Mapping[str, float]) -> tuple[Case, ...]:
    """Return what the ``hours`` spent say of the kinds of ``findings``, each finding once."""
    cases: dict[str, Case] = {}
    for finding in findings:
        spent = hours.get(finding.identity.here, hours.get(finding.id))
        if spent:
            cases[finding.identity.here] = Case(
                finding_id=finding.id,
                complexity=finding.complexity,
                severity=finding.severity,
                dimension=finding.dimension,
                hours=spent,
                source=f"{FILE}, hours spent",
            )
    return tuple(cases[name] for name in sorted(cases))


def _hours(said: str | None, where: str) -> float:
    try:
        value = float((said or "").strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise PolicyError(f"{where}: {visible((said or '')[:40])!r} is not a number of hours")
    return value
