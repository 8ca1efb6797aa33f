"""How far the patches are proven: the ladder, rung by rung, drafts and outlines apart."""

from __future__ import annotations

from mendbook.model import RUNGS, Plan, Remediation, Rung
from mendbook.report.charts.chart import (
    DRAFT_COLOUR,
    RUNG_COLOURS,
    Chart,
    absent,
    figure,
    hover,
    trace,
)
from mendbook.text.phrasing import count, listed

_COLOURS = {"draft": DRAFT_COLOUR, **{rung.value: RUNG_COLOURS[rung] for rung in RUNGS}}
_NAME, _TITLE = "proof", "How far each patch is proven"


def proof(plan: Plan) -> Chart:
    """Return how many findings stand on each rung, the highest first; drafts are on none."""
    if not plan.open_items:
        words = "There are no patches."
        return Chart(_NAME, _TITLE, words, absent(words))
    standings = [*(rung.value for rung in reversed(RUNGS[1:])), "draft", Rung.OUTLINE.value]
    by_rung = {
        standing: [item for item in plan.open_items if item.patch.standing == standing]
        for standing in standings
    }
    drawn = figure(
        trace(
            "bar",
            orientation="h",
            y=list(by_rung),
            x=[len(items) for items in by_rung.values()],
            text=[str(len(items) or "") for items in by_rung.values()],
            textangle=0,
            textposition="auto",
            marker={
                "color": [_COLOURS[standing] for standing in by_rung],
                "line": {"width": 1, "color": "rgba(128,128,128,0.6)"},
            },
            customdata=[_hover(rung, items) for rung, items in by_rung.items()],
            hovertemplate="%{customdata}<extra></extra>",
        ),
        height=300,
        facets={"y": "Patch"},
        bargap=0.3,
        xaxis={"title": "Findings", "rangemode": "tozero", "tickformat": "d"},
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    kinds = listed([f"{len(items)} at {rung}" for rung, items in by_rung.items() if items])
    words = f"Of {count(len(plan.open_items), 'finding')}: {kinds}."
    return Chart(_NAME, _TITLE, words, drawn)


def _hover(standing: str, items: list[Remediation]) -> str:
    return hover(
        f"{standing}: {count(len(items), 'finding')}",
        *(
            f"{item.finding_id}: {item.patch.made_by}, asked: {item.patch.asked.status}"
            for item in items[:12]
        ),
    )
