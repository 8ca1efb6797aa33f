"""Short requests about Go and Java: each changes exactly these lines, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from instruction_cases import Case, propose

from mendbook.code.diff import diff_of
from mendbook.model import Proposal
from mendbook.repository.snapshot import Snapshot

HELD = yaml.safe_load((Path(__file__).parent / "words" / "go_java.yaml").read_text("utf-8"))
FILES: dict[str, str] = HELD["files"]


def _case(one: dict[str, Any]) -> Case:
    path = one["path"]
    return Case(one["fix"], one["fix"], FILES[path], evidence=one["evidence"], path=path)


@pytest.mark.parametrize("one", HELD["cases"], ids=lambda one: str(one["fix"])[:60])
def test_the_code_does_what_the_words_ask(one: dict[str, Any]) -> None:
    """Exactly these lines go and come."""
    made = propose(_case(one))
    assert isinstance(made, Proposal), made.reason
    before = Snapshot.of({one["path"]: FILES[one["path"]]})
    rows = diff_of(made.edits, before).splitlines()
    changed = [row for row in rows if row[:1] in "+-" and not row.startswith(("+++", "---"))]
    assert changed == one["rows"]


@pytest.mark.parametrize("one", HELD["refused"], ids=lambda one: str(one["fix"])[:60])
def test_what_would_mean_something_else_stays(one: dict[str, Any]) -> None:
    """A text that is read while it grows, or set anew; a field that is set again: no edit."""
    assert not isinstance(propose(_case(one)), Proposal)
