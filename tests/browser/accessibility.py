"""axe-core, where a developer has it: what it finds on a page."""

from __future__ import annotations

import os
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

NEEDS = (
    "axe-core is not here: pip install axe-playwright-python, or name axe.min.js in MENDBOOK_AXE"
)
"""Why the tests that need it are skipped."""


def axe_core() -> str:
    """Return axe-core's script; empty where there is none."""
    if named := os.environ.get("MENDBOOK_AXE"):
        return Path(named).read_text("utf-8")
    if find_spec("axe_playwright_python") is None:
        return ""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(page: Page, script: str) -> list[tuple[str, str]]:
    """Return each rule that ``page`` breaks, with the first element that does."""
    page.evaluate(script)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(each["id"], str(each["nodes"][0]["target"])) for each in found["violations"]]
