"""A visit to a report in a real browser: what it draws, complains of and asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect, Locator, Page, TimeoutError, expect

PLACE = """mark => {
  const { x, y, width, height } = mark.getBoundingClientRect();
  return { x, y, width, height };
}"""
"""Where a mark is in the window, in pixels."""

STILL = f"""async mark => {{
  const place = {PLACE};
  let last = place(mark);
  for (let frames = 0; frames < 20; frames += 1) {{
    await new Promise(requestAnimationFrame);
    const now = place(mark);
    if (Object.keys(now).some((side) => Math.abs(now[side] - last[side]) > .5)) frames = 0;
    last = now;
  }}
  return last;
}}"""
"""Where a mark is, once it has not moved for some frames."""


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
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
        offline=True,
    )
    opened = Visit(context.new_page())
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.goto(file.as_uri())
    expect(opened.page.locator("html[data-charts=drawn]")).to_be_attached(timeout=30_000)
    return opened


def still(mark: Locator) -> FloatRect:
    """Return where ``mark`` is in the window, in pixels, once it stands still."""
    return mark.evaluate(STILL)  # type: ignore[no-any-return]


def click(figure: Locator, marks: str) -> None:
    """Click on the first of the ``marks`` of a chart as a person does.

    A person follows the mark with the eyes until it stands still, points at it until the chart
    says what it is, and looks again where it has moved meanwhile.
    """
    page, mark = figure.page, figure.locator(marks).first
    for turn in range(20):
        mark.scroll_into_view_if_needed()
        seen = still(mark)
        x = seen["x"] + seen["width"] * (0.4 + 0.2 * (turn % 2))
        y = seen["y"] + seen["height"] / 2
        page.mouse.move(x - 2, y)
        page.mouse.move(x, y)
        try:
            figure.locator(".hoverlayer .hovertext").first.wait_for(timeout=1_000)
        except TimeoutError:
            continue
        if mark.evaluate(PLACE) == seen:
            page.mouse.click(x, y)
            return
    raise AssertionError(f"a mark of {figure} cannot be pointed at")
