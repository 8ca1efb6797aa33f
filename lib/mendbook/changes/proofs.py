"""What a test sees of a clause of a fix, where the sort of change that it asks for is known."""

from __future__ import annotations

from functools import lru_cache

from mendbook.changes.exchanges import exchanged
from mendbook.changes.imperatives import plain_order
from mendbook.changes.phrases import one_sentence
from mendbook.changes.sorts import SORTS
from mendbook.model import Finding


def proof_of(clause: str, finding: Finding) -> str:
    """Return what holds once ``clause`` is done, as a test's title says it; empty if not known."""
    told = f"{finding.title} {finding.problem} {finding.impact}"
    return _proof(clause, finding.evidence, told)


@lru_cache(maxsize=4096)
def _proof(clause: str, evidence: str, told: str) -> str:
    """Return ``proof_of``; several fields of one finding ask for it."""
    if (exchange := exchanged(evidence, clause)) is not None:
        return exchange.proof
    order, raw = plain_order(one_sentence(clause)), plain_order(clause)
    for sort in SORTS:
        match = sort.found(order, raw, f"{evidence}\n{told}")
        if match is not None and (proof := sort.proven(match, evidence)):
            return proof
    return ""
