"""The portfolio as one page: what is red, what comes first, who does what when, campaigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from mendbook.fleet.records import Fleet, FleetRow
from mendbook.model import RUNGS, Priority, Severity
from mendbook.text.escape import visible

_BANDS = tuple(each.value for each in Priority)
_SEVERITIES = tuple(each.value for each in Severity)


def portfolio_html(fleet: Fleet) -> bytes:
    """Return the page; it fetches nothing, and its links lead to the runs beside it."""
    done = [row for row in fleet.rows if row.state == "done"]
    text: str = _template().render(
        fleet=fleet,
        bands=_BANDS,
        severities=_SEVERITIES,
        totals=_totals(row.by_priority for row in done),
        by_severity=_totals(row.by_severity for row in done),
        by_proof=_proof(done),
        by_team=sorted(_totals(row.by_team for row in done).items(), key=lambda item: -item[1]),
        numbered={each.number: each for each in fleet.requests},
        megabytes=lambda value: round(value / 1024**2),
    )
    return text.encode("utf-8", "backslashreplace")


def _proof(rows: Iterable[FleetRow]) -> dict[str, int]:
    totals = _totals(row.by_proof for row in rows)
    order = ("outline", "draft", *(rung.value for rung in RUNGS[1:]))
    return {name: totals[name] for name in order if name in totals}


def _totals(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


@cache
def _template() -> Any:  # noqa: ANN401 - jinja2's template, imported when needed
    import jinja2

    loader = jinja2.PackageLoader("mendbook.fleet", "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, finalize=_shown
    )
    return environment.get_template("portfolio.html.j2")


def _shown(value: object) -> object:
    """Show foreign text visibly wherever it stands; markup that is ours stays."""
    return visible(value) if type(value) is str else value
