"""The shared page in a real browser: it draws, it filters, it asks nobody for anything."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from accessibility import NEEDS, axe_core, violations
from hostile import EVERYTHING
from mendbook.report import CHARTS, html_report
from plan_factory import DIFF, large_plan, sample_plan
from visiting import Visit, click, still, visit

pytestmark = pytest.mark.browser
MARKS = """plot => [...plot.querySelectorAll(
  '.trace path, .trace .point, .heatmaplayer image, .imagelayer image, .textpoint'
)].filter(mark => mark.getBoundingClientRect().width > 0).length"""

TRACE_COLOURS = """script => {
  const paint = document.createElement('canvas').getContext('2d');
  const read = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const mixed = (share, scale) => {
    const above = Math.max(1, scale.findIndex(([stop]) => stop >= share));
    const [[low, from], [high, to]] = [scale[above - 1], scale[above]];
    const part = (share - low) / (high - low), ends = [read(from), read(to)];
    return `rgb(${[0, 1, 2].map((at) => ends[0][at] * (1 - part) + ends[1][at] * part)})`;
  };
  const cells = ({ z, zmax, colorscale }) => z.flat().filter(Boolean)
    .map((value) => mixed(value / zmax, colorscale));
  const bars = ({ orientation, x, y, marker: { color } }) => (orientation === 'h' ? x : y)
    .flatMap((value, at) => !value ? [] : Array.isArray(color) ? color[at] : color);
  const lines = ({ marker, line }) => marker?.line?.color ?? line?.color ?? [];
  const kinds = { heatmap: cells, bar: bars, scatter: lines };
  const colours = JSON.parse(script.textContent).data
    .filter((trace) => trace.visible !== false && trace.marker?.opacity !== 0)
    .flatMap((trace) => kinds[trace.type](trace))
    .map(read).filter((colour) => colour[3] === 255).map((colour) => colour.slice(0, 3));
  return [...new Map(colours.map((colour) => [String(colour), colour])).values()];
}"""
"""The opaque colours that a chart's traces ask for."""

COLOURS_OF = """async (png) => {
  const image = await createImageBitmap(new Blob(
    [Uint8Array.from(atob(png), (char) => char.charCodeAt(0))], {type: "image/png"}));
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, image.width, image.height);
  const seen = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const key = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return [...seen].filter(([, times]) => times > 20)
    .map(([key]) => [key >> 16, (key >> 8) & 255, key & 255]);
}"""
"""The colours of a picture that more than twenty of its pixels have."""

LAID_OUT = """all => all.filter((each) =>
  each.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length"""
"""How many of the elements are near enough to be laid out."""

FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Wait until what is near has been laid out."""

X_PLACES = "bars => new Set(bars.map(bar => Math.round(bar.getBoundingClientRect().x))).size"


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


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_shows_its_colours(light: Visit, name: str) -> None:
    """The small bundle draws every trace: pixels of each chart have the colours of its traces."""
    colours = light.page.locator(f"#chart-{name} script").evaluate(TRACE_COLOURS)
    figure = light.page.locator(f"#chart-{name} .plot")
    shown = light.page.evaluate(COLOURS_OF, base64.b64encode(figure.screenshot()).decode())
    assert colours or name == "pr-graph"
    near = [colour for colour in colours if any(_near(colour, each) for each in shown)]
    assert near == colours


def _near(one: list[int], other: list[int]) -> bool:
    return all(abs(a - b) <= 6 for a, b in zip(one, other, strict=True))


def test_a_table_is_sorted_by_its_heading(light: Visit) -> None:
    """A click sorts upwards, a second one downwards, numbers as numbers."""
    table = light.page.locator("#by-priority > .table")
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
    shown = light.page.locator("article[data-priority]:visible button.fold").all_text_contents()
    assert [heading.partition(" — ")[0] for heading in shown] == ["SEC-CRIT-001", "RT-HIGH-001"]
    assert index.get_by_label("Severity").locator("option").all_inner_texts() == [
        "Severity (2)",
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
    card = light.page.locator("#RT-HIGH-001")
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
    rows = page.locator("#if-a-sprint-held-more-or-less > .table tbody tr").all_inner_texts()
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
    heading = light.page.locator(f"{target} button.fold").text_content()
    assert (heading or "").startswith("RT-HIGH-001")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1024, 1440])
def test_anybody_can_use_the_page(
    browser: Browser, report: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    """Axe finds no fault, with the cards folded and with all of them open."""
    script = axe_core()
    if not script:
        pytest.skip(NEEDS)
    opened = visit(browser, report, scheme, width)
    assert violations(opened.page, script) == []
    opened.page.get_by_role("button", name="Open all").click()
    opened.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert violations(opened.page, script) == []
    opened.page.context.close()


def test_a_keyboard_scrolls_a_wide_chart(browser: Browser, report: Path) -> None:
    """On a telephone the graph of pull requests can be focused and moved by arrow keys."""
    opened = visit(browser, report, width=390)
    box = opened.page.locator("#chart-pr-graph .scroll")
    box.focus()
    expect(box).to_be_focused()
    box.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)
    opened.page.context.close()


def test_a_bar_leads_to_its_card_and_a_cell_to_its_rows(browser: Browser, report: Path) -> None:
    """A click on a finding's bar opens the finding; one on a count narrows the index to it."""
    opened = visit(browser, report)
    page = opened.page
    click(page.locator("#chart-priority"), ".bars .point")
    expect(page.locator("#SEC-CRIT-001 pre.diff")).to_be_visible()
    assert page.evaluate("location.hash") == "#SEC-CRIT-001"
    click(page.locator("#chart-proof"), ".bars .point")
    expect(page.locator(".findings + .tools output")).to_have_text("3 of 9")
    assert page.evaluate("location.hash") == "#?Patch=builds"
    page.context.close()


def test_a_patch_can_be_copied_and_saved(browser: Browser, report: Path, tmp_path: Path) -> None:
    """The page hands out the patch that it shows, under its own name."""
    opened = visit(browser, report)
    page = opened.page
    page.goto(report.as_uri() + "#RT-HIGH-001")
    page.locator("#RT-HIGH-001 button.fold").click()
    page.locator("#RT-HIGH-001 button.fold").click()
    with page.expect_download() as waiting:
        page.locator("#RT-HIGH-001").get_by_role("button", name="Download").click()
    saved = waiting.value
    assert saved.suggested_filename == "002-RT-HIGH-001-draw-ids.patch"
    saved.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_text() == DIFF
    with page.expect_download() as waiting:
        page.locator("#RT-HIGH-001 a[href^=PATCHES]").click()
    assert waiting.value.suggested_filename == "002-RT-HIGH-001-draw-ids.patch"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#RT-HIGH-001").get_by_role("button", name="Copy").click()
    expect(page.locator("#RT-HIGH-001 .patch button").first).to_have_text("copied")
    page.context.close()


def test_an_anchor_is_found_in_any_case_and_opens_what_holds_it(light: Visit) -> None:
    """A link that somebody typed in small letters leads to the card; the appendix unfolds."""
    page = light.page
    page.evaluate("location.hash = '#perf-high-001'")
    expect(page.locator("#PERF-HIGH-001 pre.diff")).to_be_visible()
    page.evaluate("location.hash = '#appendix'")
    expect(page.locator("#appendix").get_by_text("How to make this plan again")).to_be_visible()


@pytest.mark.parametrize("anchor", ["sprint-plan", "test-plan", "rollback-procedures"])
def test_a_link_of_the_contents_arrives_where_it_leads(
    browser: Browser, report: Path, anchor: str
) -> None:
    """What is laid out on the way, and charts that are drawn late, do not carry it elsewhere."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="no-preference")
    page.goto(report.as_uri())
    page.eval_on_selector(f"a[href='#{anchor}']", "link => link.click()")
    expect(page.locator("html[data-charts=drawn]")).to_be_attached(timeout=30_000)
    top = still(page.locator(f"#{anchor}"))["y"]
    page.close()
    assert 0 <= top < 60


def test_charts_can_be_read_without_scripts(browser: Browser, report: Path) -> None:
    """Where scripts are off, each chart is its table, or leads to one that says the same."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(report.as_uri())
    for name in CHARTS:
        figure = page.locator(f"#chart-{name}")
        assert figure.locator("table:visible, .same a:visible").count() == 1, name
        assert figure.locator(".plot:visible").count() == 0
    context.close()


def test_five_hundred_findings_stay_light(browser: Browser, tmp_path: Path) -> None:
    """The file stays small, and what is out of sight is not laid out, however many rows flip.

    Seconds are measured by ``benchmarks/page.py``.
    """
    file = tmp_path / "large.html"
    file.write_text(html_report(large_plan(500)), "utf-8")
    assert file.stat().st_size < 5_000_000
    page = browser.new_context(viewport={"width": 1300, "height": 900}, offline=True).new_page()
    page.set_default_timeout(120_000)
    page.goto(file.as_uri())
    index = page.locator(".findings + .tools")
    search = index.get_by_role("searchbox")
    search.scroll_into_view_if_needed()
    rows = page.locator("table.index tbody tr")
    page.evaluate(FRAMES)
    assert 0 < rows.evaluate_all(LAID_OUT) < 60
    assert page.locator("article[data-priority]").evaluate_all(LAID_OUT) < 60
    assert page.locator(".table.apart").count() > 2
    for words, shown in (("f-01", 10), ("f-0", 99), ("", 500), ("F-333", 1)):
        search.fill(words)
        expect(index.locator("output")).to_have_text(f"{shown} of 500")
        expect(page.locator("article[data-priority]:not([hidden])")).to_have_count(shown)
        assert page.locator("table.index tbody tr:not([hidden])").count() == shown
    expect(index.get_by_label("Priority")).to_contain_text("Priority (1)")
    page.goto(file.as_uri() + "#F-444")
    expect(page.locator("#F-444 pre.diff")).to_be_visible()
    page.context.close()
