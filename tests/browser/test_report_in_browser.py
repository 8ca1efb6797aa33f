"""The shared page in a real browser: it draws, it filters, it asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from hostile import EVERYTHING
from mendbook.report import CHARTS, html_report
from plan_factory import sample_plan

pytestmark = pytest.mark.browser
MARKS = """plot => [...plot.querySelectorAll(
  '.trace path, .trace .point, .heatmaplayer image, .imagelayer image, .textpoint'
)].filter(mark => mark.getBoundingClientRect().width > 0).length"""

X_PLACES = "bars => new Set(bars.map(bar => Math.round(bar.getBoundingClientRect().x))).size"


@dataclass
class Visit:
    """An open page, with all that it complained of and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def visit(
    browser: Browser, file: Path, scheme: Literal["light", "dark"] = "light", width: int = 1300
) -> Visit:
    """Open ``file`` and wait until its charts are drawn."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    opened = Visit(context.new_page())
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.goto(file.as_uri())
    expect(opened.page.locator("html[data-charts=drawn]")).to_be_attached()
    return opened


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of the whole plan."""
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(html_report(sample_plan()), "utf-8")
    return file


@pytest.fixture(scope="module")
def light(browser: Browser, report: Path) -> Iterator[Visit]:
    """Open the report once."""
    opened = visit(browser, report)
    yield opened
    opened.page.context.close()


def test_the_page_asks_nobody_and_complains_of_nothing(light: Visit, report: Path) -> None:
    """Offline there is no request but the file itself, and no error in the console."""
    assert light.complaints == []
    assert [url for url in light.requests if not url.startswith(("data:", "blob:"))] == [
        report.as_uri()
    ]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_drawn(light: Visit, name: str) -> None:
    """A chart has marks that can be seen, not only its axes."""
    plot = light.page.locator(f"#chart-{name} .plot")
    assert plot.evaluate(MARKS) > 0


def test_a_table_is_sorted_by_its_heading(light: Visit) -> None:
    """A click sorts upwards, a second one downwards, numbers as numbers."""
    table = light.page.locator("#by-priority table")
    hours = table.locator("th", has_text="Hours").locator("button")
    hours.click()
    assert table.locator("td:nth-child(3)").all_inner_texts() == ["0.75", "3", "7.5", "8"]
    hours.click()
    assert table.locator("td:nth-child(3)").all_inner_texts() == ["8", "7.5", "3", "0.75"]


def test_a_long_table_is_filtered(light: Visit) -> None:
    """Only the rows that hold the text stay, and their number is said."""
    plan = light.page.locator("#test-plan")
    plan.get_by_label("Filter this table").fill("SEC-LOW")
    assert plan.locator("tbody tr:visible").count() == 1
    assert plan.locator("output").inner_text() == "1 of 8"
    plan.get_by_label("Filter this table").fill("")


def test_findings_are_narrowed_by_facet_and_search(light: Visit) -> None:
    """A facet leaves its rows and cards, counts say what is left, and the address keeps it."""
    index = light.page.locator(".findings + .tools")
    index.get_by_label("Priority").select_option("P0")
    shown = light.page.locator("article[data-priority]:visible button.fold").all_inner_texts()
    assert [heading.partition(" — ")[0] for heading in shown] == ["SEC-CRIT-001", "RT-HIGH-001"]
    assert index.get_by_label("Severity").locator("option").all_inner_texts() == [
        "Severity",
        "CRITICAL (1)",
        "HIGH (1)",
    ]
    assert light.page.evaluate("location.hash") == "#?Priority=P0"
    index.get_by_role("searchbox").fill("SEC-CRIT")
    assert index.locator("output").inner_text() == "1 of 9"
    index.get_by_role("searchbox").fill("")
    index.get_by_label("Priority").select_option("")


def test_a_card_is_folded_until_it_is_asked_for(light: Visit) -> None:
    """A link to a finding opens its card, also one that a filter had hidden."""
    index = light.page.locator(".findings + .tools")
    card = light.page.locator("#rt-high-001")
    assert card.locator("pre.diff").is_hidden()
    index.get_by_role("searchbox").fill("SEC-CRIT")
    assert card.is_hidden()
    light.page.locator("#test-plan td a", has_text="RT-HIGH-001").first.click()
    assert card.locator("pre.diff").is_visible()
    index.get_by_role("searchbox").fill("")


def test_keys_search_and_walk_the_findings(light: Visit) -> None:
    """A slash goes to the search, j to the next card, which opens."""
    light.page.locator("body").press("/")
    search = light.page.locator(".findings + .tools").get_by_role("searchbox")
    expect(search).to_be_focused()
    search.blur()
    light.page.locator("body").press("j")
    expect(light.page.locator("article[data-priority] button.fold").first).to_be_focused()


def test_other_capacities_are_chosen_from_a_list(light: Visit) -> None:
    """Without a kernel, choosing what a sprint holds draws the plan made for it."""
    figure = light.page.locator("#chart-what-if")
    choice = figure.get_by_label("Hours a sprint holds")
    bars = figure.locator(".bars .point")
    assert choice.locator("option").all_inner_texts() == ["5 h", "10 h", "20 h"]
    assert choice.locator("option:checked").inner_text() == "10 h"
    assert figure.locator(".slider-group").count() == 0
    expect(bars).to_have_count(7)
    x = bars.evaluate_all(X_PLACES)
    choice.select_option("20 h")
    expect(bars).to_have_count(7)
    assert (x, bars.evaluate_all(X_PLACES)) == (3, 1)
    choice.select_option("5 h")
    expect(bars).to_have_count(0)
    choice.select_option("10 h")


def test_other_capacities_can_be_read_without_scripts(browser: Browser, report: Path) -> None:
    """Where scripts are off, a table says what each capacity would mean."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    rows = page.locator("#if-a-sprint-held-more-or-less tbody tr").all_inner_texts()
    assert [row.split("\t")[:3] for row in rows] == [
        ["5 h", "—", "—"],
        ["10 h", "3", "1"],
        ["20 h", "1", "1"],
    ]
    context.close()


def test_a_finding_in_a_table_leads_to_its_issue(light: Visit) -> None:
    """A cell that names a finding is a link to where it is explained."""
    link = light.page.locator("#test-plan td a", has_text="RT-HIGH-001").first
    target = link.get_attribute("href")
    assert target
    assert light.page.locator(f"{target} button.fold").inner_text().startswith("RT-HIGH-001")


def test_a_dark_room_gets_a_dark_page(browser: Browser, report: Path) -> None:
    """Page and charts follow the reader's setting, also while the page is open."""
    opened = visit(browser, report, "dark")
    page, label = opened.page.locator("body"), opened.page.locator(".xtick text").first
    expect(label).to_have_css("fill", "rgb(227, 232, 239)")
    expect(page).to_have_css("background-color", "rgb(14, 18, 23)")
    opened.page.emulate_media(color_scheme="light")
    expect(label).to_have_css("fill", "rgb(28, 36, 48)")
    expect(page).to_have_css("background-color", "rgb(246, 247, 249)")
    opened.page.context.close()


def test_a_narrow_screen_does_not_scroll_sideways(browser: Browser, report: Path) -> None:
    """On a telephone only tables and wide charts scroll, each on its own."""
    opened = visit(browser, report, width=390)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    opened.page.context.close()


def test_a_hostile_audit_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    """Markup in a finding is text on the page, in the tables, and in the charts."""
    file = tmp_path / "hostile.html"
    file.write_text(html_report(sample_plan(EVERYTHING)), "utf-8")
    opened = visit(browser, file)
    assert opened.complaints == []
    assert opened.page.locator("img").count() == 0
    assert opened.page.locator("a[href^=http]").count() == 0
    assert all(url.startswith(("file:", "data:", "blob:")) for url in opened.requests)
    opened.page.context.close()
