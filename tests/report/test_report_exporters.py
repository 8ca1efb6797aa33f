"""Exporters: a notebook's words as they are, its charts in place, and nothing else."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import html.parser
import re
from importlib import resources
from typing import Any

import nbformat
import pytest

from hostile import EVERYTHING, harmless
from mendbook.errors import ReportError
from mendbook.report import (
    CHARTS,
    HtmlReportExporter,
    MarkdownReportExporter,
    as_notebook,
    chart,
    html_report,
    markdown_report,
)
from mendbook.report.nbconvert_exporters.page import Page
from plan_factory import empty_plan, sample_plan

DIFF = "```diff\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-\x1b old\n+new\n```"


def notebook(*cells: dict[str, Any]) -> Any:  # noqa: ANN401 - nbformat is not typed
    """Return a notebook of ``cells``."""
    named = [{"id": f"c{at}", "metadata": {}, **cell} for at, cell in enumerate(cells)]
    return nbformat.from_dict(  # type: ignore[no-untyped-call]
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": named}
    )


def markdown_cell(source: str, *tags: str) -> dict[str, Any]:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "source": source, "metadata": {"tags": list(tags)}}


def code_cell(*outputs: dict[str, Any]) -> dict[str, Any]:
    """Return a code cell that was run."""
    return {"cell_type": "code", "source": "secret = 1", "execution_count": 1, "outputs": outputs}


def data(**bundle: Any) -> dict[str, Any]:  # noqa: ANN401 - a MIME bundle
    """Return an output; ``text_markdown`` is ``text/markdown``."""
    named = {name.replace("_", "/", 1): value for name, value in bundle.items()}
    return {"output_type": "display_data", "metadata": {}, "data": named}


INSIDE = ("#", "data:", "PATCHES/", "docs/", "summary.html")
"""What an address of a page may begin with: the page itself, and what lies beside it."""

NOTEBOOK = notebook(
    markdown_cell("# Title"),
    markdown_cell("How to run this notebook", "aside"),
    code_cell(
        {"output_type": "stream", "name": "stderr", "text": "a warning"},
        data(text_markdown=DIFF, text_plain="x"),
        data(text_html="<style>p {}</style><table><tr><th>a</th></tr><tr><td>1</td></tr></table>"),
        data(text_plain="42"),
    ),
)
FAILED = notebook(
    code_cell({"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": []})
)


def export(exporter: Any, node: Any) -> str:  # noqa: ANN401 - nbconvert is not typed
    """Return what an exporter makes of a notebook."""
    text: str = exporter().from_notebook_node(node)[0]
    return text


class Tags(html.parser.HTMLParser):
    """Collects a page's tags, and every address in it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag's name, and where it leads."""
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]


def read(page: str) -> Tags:
    """Return the tags of a page."""
    tags = Tags()
    tags.feed(page)
    return tags


def test_markdown_is_joined_verbatim() -> None:
    """Markdown cells and outputs come out byte for byte; code, streams and frames do not."""
    assert export(MarkdownReportExporter, NOTEBOOK) == f"# Title\n\n{DIFF}\n"


@pytest.mark.parametrize("exporter", [MarkdownReportExporter, HtmlReportExporter])
def test_a_failed_notebook_is_not_exported(exporter: object) -> None:
    """A cell that failed is named: half a report is none."""
    with pytest.raises(ReportError, match="notebook cell 0: KeyError: 'x'; run it again"):
        export(exporter, FAILED)


def test_a_page_needs_nothing_else() -> None:
    """No address leads out of the run's folder, and its policy allows no request."""
    page = html_report(sample_plan())
    assert all(at.startswith(INSIDE) for at in read(page).addresses)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe-eval" not in policy[1]
    assert len(page) < 1_500_000


def test_a_page_can_be_heard() -> None:
    """It has a language, a title, and a label and a sentence for every chart."""
    page = html_report(sample_plan())
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>Remediation plan: audit-2026-02-12-0835</title>" in page
    assert page.count('role="img" aria-label="') == len(CHARTS)
    assert page.count("<figcaption>") == len(CHARTS)


def test_charts_stand_where_the_text_has_their_slots() -> None:
    """The page draws the PR graph under its heading, in place of the mermaid of the Markdown."""
    page = html_report(sample_plan())
    order = page.index('id="order"')
    assert order < page.index('id="chart-pr-graph"') < page.index('id="what-each-pr-holds"')
    assert "flowchart LR" not in page
    assert "flowchart LR" in markdown_report(sample_plan())


def test_no_finding_writes_a_tag() -> None:
    """A page of hostile findings has the tags of a page of harmless ones, no script more."""
    hostile = read(html_report(sample_plan(EVERYTHING)))
    tame = read(html_report(sample_plan(harmless(EVERYTHING))))
    assert hostile.tags.count("script") == tame.tags.count("script") == len(CHARTS) + 2
    assert not set(hostile.tags) & {"img", "iframe", "object", "embed", "form", "base"}
    for tag in ("section", "article", "table", "tr", "td", "pre", "details", "figure", "h3"):
        assert hostile.tags.count(tag) == tame.tags.count(tag)
    assert all(at.startswith(INSIDE) for at in hostile.addresses)


def test_a_frame_keeps_its_text_and_loses_its_markup() -> None:
    """What another tool's HTML says is shown in a table of our own."""
    page = export(HtmlReportExporter, NOTEBOOK)
    assert "<th>a</th>" in page
    assert "<td>1</td>" in page
    assert "p {}" not in page


def test_raw_html_in_a_notebook_is_text() -> None:
    """Only the few tags that we write ourselves are tags."""
    page = Page(lambda name: f"[{name}]")
    html = page.render(
        "<div onclick='x'>a</div>\n\n<details>\n<summary>S</summary>\n\nb\n\n</details>\n\n"
        "<!-- chart: gantt -->\n\ntext <b>bold</b> ![alt](http://x/y.png)"
    )
    assert html == (
        "&lt;div onclick=&#x27;x&#x27;&gt;a&lt;/div&gt;\n"
        "<details>\n<summary>S</summary>\n<p>b</p>\n</details>\n[gantt]\n"
        "<p>text &lt;b&gt;bold&lt;/b&gt; alt</p>\n"
    )


def test_headings_become_parts_with_ids_of_their_own() -> None:
    """Two headings of one name can both be linked to; priorities mark their part."""
    page = Page(lambda name: "")
    html = page.render("## Same\n\n### A\n\n**Priority:** P1\n\n## Same\n") + page.close()
    assert re.findall(r"</?(?:section|article)[^>]*>", html) == [
        '<section id="same">',
        '<article id="a" data-priority="P1">',
        "</article>",
        "</section>",
        '<section id="same-2">',
        "</section>",
    ]
    assert [heading.id for heading in page.headings] == ["same", "a", "same-2"]


def test_a_report_without_findings_is_a_page_too() -> None:
    """An empty plan draws no chart and says so."""
    page = html_report(empty_plan())
    assert "lists no findings" in page


def test_the_notebook_of_a_plan_is_valid() -> None:
    """What the exporters are given is a notebook that any tool reads."""
    nbformat.validate(as_notebook(sample_plan()))


def test_plotly_is_in_a_page_once_packed_and_as_it_was_published() -> None:
    """The bundle of bars, scatter and heatmaps is enough; its licence lies beside it."""
    page = html_report(sample_plan())
    (packed,) = re.findall(r'<script type="text/plain" id="plotly">([^<]*)</script>', page)
    script = gzip.decompress(base64.b64decode(packed))
    assert script.startswith(b"/**\n* plotly.js (cartesian - minified) v")
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    assert f"sha256-{digest}" in html.unescape(page)
    home = resources.files("mendbook.report.nbconvert_exporters") / "template"
    assert "MIT License" in (home / "plotly-LICENSE.txt").read_text()
    drawn = {
        trace["type"] for name in CHARTS for trace in chart(sample_plan(), name).figure["data"]
    }
    assert drawn == {"bar", "heatmap", "scatter"}
