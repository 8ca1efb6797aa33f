"""The pages of docs/ that are made from the code say what the code says now."""

from __future__ import annotations

import json
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


def test_the_gallery_shows_what_there_is_now() -> None:
    """The pictures were taken of the example and the notebook as they stand."""
    gallery = runpy.run_path(str(DOCS / "make_gallery.py"))
    assert json.loads((DOCS / "pictures/made-of.json").read_text()) == gallery["shown"]()
    readme = (DOCS.parent / "README.md").read_text()
    pictures = [path.name for path in sorted((DOCS / "pictures").glob("*.png"))]
    assert pictures == ["finding.png", "notebook.png", "report.png"]
    assert all(f"docs/pictures/{name}" in readme for name in pictures)
