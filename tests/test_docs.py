"""The pages of docs/ that are made from the code say what the code says now."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
PAGES: dict[str, str] = runpy.run_path(str(DOCS / "make_pages.py"))["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_current(name: str) -> None:
    """``make docs`` would write it just so."""
    assert (DOCS / name).read_text("utf-8") == PAGES[name]


def test_every_page_can_be_reached() -> None:
    """CONTRIBUTING or the README links to each page."""
    said = "".join((DOCS.parent / name).read_text() for name in ("README.md", "CONTRIBUTING.md"))
    assert [page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in said] == []
