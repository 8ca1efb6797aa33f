"""A visit to a report in a real browser: what it draws, complains of and asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect


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
