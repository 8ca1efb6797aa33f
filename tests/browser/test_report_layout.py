"""The shared page at four widths and on paper: nothing is cut, nothing stands in the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from mendbook.report import html_report
from mendbook.report.exporters.management import to_summary
from plan_factory import large_plan, sample_plan
from visiting import visit

pytestmark = pytest.mark.browser

COLUMNS = """table => [...table.querySelectorAll('tbody tr:first-child td')]
  .filter(cell => cell.checkVisibility()).map(cell => cell.cellIndex)"""
BEYOND = """box => [...box.querySelectorAll('td, th')]
  .filter(cell => cell.checkVisibility())
  .filter(cell => (cell.querySelector('button') ?? cell).scrollWidth > cell.clientWidth)
  .map(cell => cell.textContent)"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of the whole plan."""
    file = tmp_path_factory.mktemp("layout") / "report.html"
    file.write_text(html_report(sample_plan()), "utf-8")
    return file


@pytest.mark.parametrize(
    ("width", "columns", "below"),
    [(1440, 10, False), (1024, 8, True), (768, 8, True), (390, 8, True)],
)
def test_the_index_fits_its_window(
    browser: Browser, report: Path, width: int, columns: int, below: bool
) -> None:
    """No width scrolls sideways; what has no column of its own stands below the title."""
    opened = visit(browser, report, width=width)
    box = opened.page.locator(".findings ~ .table").first
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    assert box.evaluate(BEYOND) == []
    assert box.evaluate(COLUMNS) == list(range(columns))
    title = box.locator("tbody tr").first.locator("td").nth(1)
    assert title.inner_text().splitlines()[1].startswith("Security & Reliability")
    assert title.locator("code").is_visible() is below
    opened.page.context.close()


def test_a_telephone_shows_a_card_for_each_finding(browser: Browser, report: Path) -> None:
    """Values say what they are, and an order is chosen from a list, as there are no headings."""
    opened = visit(browser, report, width=390)
    page, table = opened.page, opened.page.locator("table.index")
    assert table.locator("thead").is_hidden()
    labels = (
        table.locator("tbody tr")
        .first.locator("td[data-name]")
        .evaluate_all("cells => cells.map(cell => cell.dataset.name)")
    )
    assert labels == ["Hours", "PR", "Sprint", "Patch"]
    page.get_by_label("Order", exact=True).select_option("by hours")
    hours = table.locator("tbody td:nth-child(5)").all_inner_texts()
    assert hours == sorted(hours, key=float)
    page.context.close()


WIDE = """() => [...document.querySelectorAll('main .table')]
  .filter(box => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
  .map(box => box.closest('article, section').id)"""


@pytest.mark.parametrize("width", [390, 768, 1024, 1440])
def test_no_table_is_wider_than_its_page(browser: Browser, report: Path, width: int) -> None:
    """Columns are narrower or rows are cards, but none is out of sight; a path keeps its names."""
    opened = visit(browser, report, width=width)
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate(WIDE) == []
    paths = page.locator("td.holds-path:visible")
    assert paths.count() > 5
    assert min(paths.evaluate_all("cells => cells.map(cell => cell.clientWidth)")) > 90
    page.context.close()


def test_on_a_telephone_each_value_stands_under_its_heading(browser: Browser, report: Path) -> None:
    """A table of many columns is a list of cards that a screen reader still takes for a table."""
    opened = visit(browser, report, width=390)
    table = opened.page.locator("#by-priority > .table > table")
    assert table.locator("thead").is_hidden()
    assert table.get_attribute("role") == "table"
    row = table.locator("tbody tr").first
    labels = row.locator("td[data-name]").evaluate_all("all => all.map(cell => cell.dataset.name)")
    assert labels == ["Findings", "Hours", "PRs", "With a patch", "Planned by", "85 % sure by"]
    opened.page.context.close()


BROKEN = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll('main td')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      for (const word of walker.currentNode.data.matchAll(/[\\p{L}\\d]{2,12}/gu)) {
        const range = new Range();
        range.setStart(walker.currentNode, word.index);
        range.setEnd(walker.currentNode, word.index + word[0].length);
        const lines = [...range.getClientRects()].map((line) => Math.round(line.top));
        if (new Set(lines).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
"""The words of tables that begin on one line and end on another."""


@pytest.mark.parametrize(("medium", "width"), [("screen", 1300), ("screen", 768), ("print", 703)])
def test_no_table_breaks_a_word(
    browser: Browser, tmp_path: Path, medium: Literal["screen", "print"], width: int
) -> None:
    """Names of code break where a part of them ends; long ones without an end are not cut off."""
    file = tmp_path / "report.html"
    file.write_text(html_report(sample_plan("@mill/grindstones waterWheelGearRatio")), "utf-8")
    page = visit(browser, file, width=width).page
    page.emulate_media(media=medium)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    if medium == "print":
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(BROKEN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_a_heading_that_each_sheet_repeats_is_words_alone(browser: Browser, report: Path) -> None:
    """Chromium draws no control in a heading that it repeats, so that it would be empty."""
    opened = visit(browser, report)
    heads = opened.page.locator("table.index thead th button")
    drawn = "all => all.filter(each => each.getClientRects().length).length"
    assert heads.evaluate_all(drawn) == 8
    opened.page.emulate_media(media="print")
    assert heads.evaluate_all(drawn) == 0
    assert opened.page.locator("table.index thead th").first.inner_text() == "ID"
    opened.page.context.close()


TICKS = "all => all.map(tick => tick.textContent)"


def test_a_chart_names_less_on_a_telephone(browser: Browser, report: Path) -> None:
    """Long titles on an axis would leave no room for the bars; a wide window has them again."""
    opened = visit(browser, report, width=390)
    ticks = opened.page.locator("#chart-gantt .ytick text")
    assert ticks.evaluate_all(TICKS)[:2] == ["#1", "#2"]
    opened.page.set_viewport_size({"width": 1300, "height": 900})
    expect(ticks.first).to_contain_text("): ")
    opened.page.context.close()


def test_all_is_printed_and_comes_back(browser: Browser, report: Path) -> None:
    """Cards are open, no control is left; what is read to check comes last, and returns after."""
    opened = visit(browser, report)
    page = opened.page
    before = page.locator("main").inner_html()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article[data-priority] pre.diff:visible").count() == 9
    assert page.locator("details:not([open]):not(.numbers, .moved)").count() == 0
    assert page.locator(".tools:visible, nav:visible, summary:visible").count() == 0
    assert page.locator(".printed .decided").get_by_text("What would change it:").count() == 9
    assert page.locator(".printed").get_by_text("How to make this plan again").is_visible()
    assert page.locator(".printed").get_by_text("the place and the steps of a repair").is_visible()
    assert page.locator("h3:visible").get_by_text("Words used here").count() == 0
    assert page.get_by_text("What the sentences rest on").locator("visible=true").count() == 0
    last = page.locator("main").evaluate("main => main.lastElementChild.className")
    assert last == "printed"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".printed, .moved").count() == 0
    assert _words(page.locator("main").inner_html()) == _words(before)
    page.context.close()


def _words(html: str) -> str:
    """Return the page's words; what plotly draws anew is left out."""
    return " ".join(re.sub(r"(?s)<svg.*?</svg>|<[^>]*>", " ", html).split())


@pytest.mark.parametrize("findings", [13, 500])
def test_the_plan_on_one_page_is_one_page(browser: Browser, tmp_path: Path, findings: int) -> None:
    """It prints on one sheet; on a telephone nothing of it is out of sight."""
    file = tmp_path / "summary.html"
    file.write_bytes(to_summary(large_plan(findings)))
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    ends = page.locator("td").evaluate_all("all => all.map(it => it.getBoundingClientRect().right)")
    assert max(ends) <= 390
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_nothing_is_wider_than_a_sheet(browser: Browser, tmp_path: Path) -> None:
    """What is wider makes a browser print all of it smaller; a long path or word is none."""
    file = tmp_path / "report.html"
    path = "src/sluices/upper/weirs/" + "UpperSluiceOfTheGreatMill" * 4 + ".ts"
    file.write_text(html_report(sample_plan(f"at {path} and {'ab' * 60}")), "utf-8")
    opened = visit(browser, file)
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": 703, "height": 1000})  # A4 between its margins
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(opened.page.locator("#chart-gantt .main-svg").first).to_have_attribute("width", "452")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 703
    opened.page.context.close()


def test_pages_are_numbered_and_no_heading_is_left_alone(browser: Browser, report: Path) -> None:
    """Chromium's own print of the page has a number on each sheet."""
    opened = visit(browser, report)
    style = opened.page.locator("head style").first.text_content() or ""
    assert "counter(page)" in style
    printed = opened.page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 8 <= sheets <= 20
    opened.page.context.close()


def test_a_chart_that_is_not_drawn_yet_is_printed_as_its_table(
    browser: Browser, report: Path
) -> None:
    """A program that prints the page once it is there gets its numbers or where they stand."""
    page = browser.new_context(offline=True).new_page()
    page.add_init_script(
        "window.requestIdleCallback = () => {}; "
        "window.IntersectionObserver = class { observe() {} disconnect() {} unobserve() {} };"
    )
    page.goto(report.as_uri())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    charts = page.locator("figure.chart:has(.plot)").count()
    assert charts > 3
    assert page.locator("figure.chart .plot:visible").count() == 0
    tables = page.locator("figure.chart .numbers table:visible").count()
    referred = page.locator("figure.chart .same:visible")
    assert referred.all_text_contents() == ["The same in words and tables"] * (charts - tables)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("figure.undrawn, .numbers[open]").count() == 0
    page.context.close()
