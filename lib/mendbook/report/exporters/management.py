"""The plan on one printed page, for who decides: HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from mendbook.model import Plan
from mendbook.report.management import management


def to_summary(plan: Plan) -> bytes:
    """Return one page on ``plan``: no script, no request, and it prints on one sheet."""
    return _template().render(page=management(plan)).encode("utf-8", "backslashreplace")


def as_summary(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """Yield the plan under the name that the report links to."""
    yield "summary", plan


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("mendbook.report", "exporters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("management.html.j2")
