"""Refactorings of scripts in many wordings: each file of ``refactorings`` is one kind.

A file lists pieces of code with the texts that mean the same change of it, what becomes of it, and
texts that look alike and ask for something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mendbook.code.references import find_references
from mendbook.fixes.propose import propose
from mendbook.fixes.recipe import asking
from mendbook.fixes.sources.sources import sources_for
from mendbook.model import AskedStatus, FindingFacts, Proposal
from mendbook.proving.asked import judge_asked
from mendbook.repository.snapshot import Snapshot

HERE = Path(__file__).parent / "refactorings"


def _texts(kind: str) -> Iterator[Any]:
    for path in sorted(HERE.glob("*.yaml")):
        for piece in yaml.safe_load(path.read_text(encoding="utf-8")):
            for fix in piece.get(kind, ()):
                yield pytest.param(piece, fix, id=f"{path.stem}: {fix}"[:90])


def _surely(piece: Mapping[str, Any], fix: str) -> Proposal | None:
    """Return the patch that would go into the series; None without one."""
    tree = Snapshot.of(piece["files"])
    finding = asking("see the evidence", fix, piece["path"], piece["function"], piece["evidence"])
    lookup = find_references([finding], tree, provider="syntax")
    facts = FindingFacts(finding.id, (piece["path"],))
    [answer] = propose([finding], [facts], tree, lookup, sources_for())
    made = answer.proposal
    if made is None:
        return None
    asked = judge_asked(finding, facts, tree, made.edits, made.contracts)
    return made if asked.status is AskedStatus.SHOWN else None


@pytest.mark.parametrize(("piece", "fix"), list(_texts("fixes")))
def test_a_refactoring_is_made_whatever_it_is_called(piece: Mapping[str, Any], fix: str) -> None:
    """Every wording gives the same texts of the same files, and no other."""
    made = _surely(piece, fix)
    assert made is not None
    assert made.edits == piece["after"]


@pytest.mark.parametrize(("piece", "fix"), list(_texts("refused")))
def test_a_text_that_looks_alike_makes_none(piece: Mapping[str, Any], fix: str) -> None:
    """Another order, a choice, or a word that says not to, makes no patch of the kind."""
    assert _surely(piece, fix) is None
