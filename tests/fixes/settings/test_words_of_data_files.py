"""Short requests about data files, in the words that people use for each kind.

A file of ``cases`` holds small files, what findings quote of them and ask for, and the lines that
then go and come; or that nothing does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_settings_reader import answer, changed

SETS = [
    yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
]
ASKED = [(held["files"][one["path"]], one) for held in SETS for one in held["cases"]]
REFUSED = [(held["files"][one["path"]], one) for held in SETS for one in held["refused"]]


@pytest.mark.parametrize(("text", "case"), ASKED, ids=lambda one: str(one)[-60:])
def test_the_file_does_what_the_words_ask(text: str, case: dict[str, Any]) -> None:
    """Exactly these lines go and come."""
    assert changed(case["path"], text, case["fix"], case["evidence"]) == case["rows"]


@pytest.mark.parametrize(("text", "case"), REFUSED, ids=lambda one: str(one)[-60:])
def test_what_is_not_plain_stays(text: str, case: dict[str, str]) -> None:
    """Another number of places, something that is not there, something new to run: no edit."""
    assert isinstance(answer(case["path"], text, case["fix"], case["evidence"]), str)
