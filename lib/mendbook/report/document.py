"""What a notebook shows of a plan: the report's title, its sections, and the charts in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mendbook.model import Plan
from mendbook.report import markdown
from mendbook.report.charts import Chart, chart
from mendbook.report.index import Index
from mendbook.report.markdown import blocks
from mendbook.report.names import linked
from mendbook.report.sections import SECTIONS, section
from mendbook.text.escape import code, slug, text
from mendbook.text.phrasing import moment


@dataclass(frozen=True, slots=True)
class Words:
    """Markdown to show in a notebook."""

    markdown: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"text/markdown": self.markdown, "text/plain": self.markdown}


def title(plan: Plan) -> Words:
    """Return the report's title, and the line under it."""
    commit = plan.context.commit or plan.audit.commit
    provenance = plan.provenance
    return Words(
        blocks(
            f"# Remediation plan: {text(plan.audit.name)}",
            f"Made {text(moment(provenance.timestamp))} by Mendbook {text(provenance.mendbook)}"
            + (f" for commit {code(commit[:12])}." if commit else ", without a repository."),
            markdown.MANAGEMENT,
            markdown.CONTENTS,
            " · ".join(
                markdown.link(item.heading, slug(item.heading).lower()) for item in SECTIONS
            ),
        )
    )


def parts(plan: Plan, heading: str) -> tuple[Words | Chart, ...]:
    """Return the section called ``heading`` and the charts that stand in it."""
    entry = section(heading)
    words = linked(entry.write(plan), Index.of(plan))
    return (Words(words), *(chart(plan, name) for name in entry.charts))
