"""Where the audit found what: severity by dimension, and the audit's scores."""

from __future__ import annotations

from collections import Counter, defaultdict

from mendbook.model import Dimension, Plan, Severity
from mendbook.report.charts.chart import ACCENT, Chart, absent, figure, hover, trace
from mendbook.text.escape import label, shorten
from mendbook.text.phrasing import count, listed, number

_TITLE = "Severity by dimension"
_SCALE = [[0.0, "#eaf3fa"], [0.5, "#6badd6"], [1.0, "#084a7a"]]


def severity_by_dimension(plan: Plan) -> Chart:
    """Return a heatmap of how many findings each dimension has of each severity."""
    findings = defaultdict(list)
    for finding in plan.audit.findings:
        findings[finding.kind, finding.severity].append(finding)
    weighed = {finding.kind: finding.dimension for finding in plan.audit.findings}
    rows = sorted(weighed, key=lambda each: list(Dimension).index(weighed[each]))
    if not rows:
        words = "The audit has no findings."
        return Chart("severity-dimension", _TITLE, words, absent(words))
    counts = [[len(findings[row, kind]) for kind in Severity] for row in rows]
    texts = [
        [
            hover(
                f"{kind} · {row}: {count(len(findings[row, kind]), 'finding')}",
                *(f"{item.id}: {shorten(item.problem, 90)}" for item in findings[row, kind][:8]),
            )
            for kind in Severity
        ]
        for row in rows
    ]
    cells = trace(
        "heatmap",
        x=list(Severity),
        y=list(rows),
        z=[[value or None for value in row] for row in counts],
        text=[[str(value or "") for value in row] for row in counts],
        customdata=texts,
        texttemplate="%{text}",
        textfont={"size": 16},
        hovertemplate="%{customdata}<extra></extra>",
        colorscale=_SCALE,
        zmin=0,
        zmax=max(4, *(max(row) for row in counts)),
        showscale=False,
        xgap=4,
        ygap=4,
        hoverongaps=False,
    )
    drawn = figure(
        cells,
        height=90 + 46 * len(rows),
        table="findings-by-dimension",
        facets={"x": "Severity", "y": "Dimension"},
        xaxis={"side": "top", "showgrid": False, "categoryarray": list(Severity)},
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    return Chart("severity-dimension", _TITLE, _sentence(plan), drawn)


def _sentence(plan: Plan) -> str:
    findings = plan.audit.findings
    by_dimension = Counter(finding.kind for finding in findings)
    most, amount = by_dimension.most_common(1)[0]
    severities = Counter(finding.severity for finding in findings)
    kinds = listed([f"{severities[kind]} {kind}" for kind in Severity if severities[kind]])
    return f"{count(len(findings), 'finding')}: {kinds}. Most, {amount}, concern {most}."


def scores(plan: Plan) -> Chart:
    """Return the audit's scores as bars against the most each can be."""
    title, audit_scores = "Scores the audit gave", plan.audit.scores
    if not audit_scores:
        words = "The audit gives no scores."
        return Chart("scores", title, words, absent(words))
    names = [label(score.name) for score in audit_scores]
    possible = trace(
        "bar",
        y=names,
        x=[100.0] * len(audit_scores),
        orientation="h",
        marker={"color": "rgba(128,128,128,0.18)"},
        hoverinfo="skip",
    )
    shares = [100 * score.value / score.maximum if score.maximum else 0.0 for score in audit_scores]
    texts = [f"{number(score.value)} of {number(score.maximum)}" for score in audit_scores]
    given = trace(
        "bar",
        y=names,
        x=shares,
        orientation="h",
        marker={"color": ACCENT},
        text=texts,
        textposition="inside",
        insidetextanchor="start",
        insidetextfont={"color": "#ffffff"},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    drawn = figure(
        possible,
        given,
        height=70 + 38 * len(audit_scores),
        table="scores",
        barmode="overlay",
        bargap=0.35,
        showlegend=False,
        xaxis={"range": [0, 100], "ticksuffix": " %", "showgrid": False},
        yaxis={"autorange": "reversed"},
    )
    lowest = min(zip(shares, audit_scores, strict=True), key=lambda pair: pair[0])[1]
    words = (
        f"The lowest share of its maximum has {lowest.name}: "
        f"{number(lowest.value)} of {number(lowest.maximum)}."
    )
    return Chart("scores", title, words, drawn)
