"""A finding at a line of a small tree, and what is known of the code around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drawn_records import finding
from mendbook.changes.today import Today
from mendbook.model import (
    Declaration,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Reference,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot


def asked_at(
    code: Mapping[str, str],
    path: str,
    name: str,
    line: int,
    fix: str,
    uses: tuple[Reference, ...] = (),
) -> tuple[Finding, Today]:
    """Return a finding at ``line`` in ``name``, which ``uses`` use, and today's code around it."""
    declared = (Declaration(path, 1, line + 1),)
    symbol = SymbolReferences(name, SymbolStatus.RESOLVED, "syntax", declared, uses)
    facts = FindingFacts(
        "F", (path,), symbols=(symbol,), evidence=Evidence(EvidenceStatus.VERBATIM, path, line)
    )
    asked = replace(
        finding("F", fix=fix, problem=""),
        evidence=code[path].splitlines()[line - 1].strip(),
        title="",
        impact="",
        symbols=(name,),
    )
    return asked, Today(facts, Snapshot.of(code))
