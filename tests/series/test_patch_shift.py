"""Lines that are known of the audited tree, moved to a tree that earlier patches have changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mendbook.model import (
    Declaration,
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    Place,
    Reference,
    ReferenceKind,
    Severity,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot
from mendbook.series.shift import shifted


def known(line: int) -> tuple[Finding, FindingFacts]:
    """Return a finding about ``line`` of ``a.ts``, and facts that all name that line."""
    finding = Finding(
        id="X-1",
        severity=Severity.LOW,
        dimension=Dimension.OTHER,
        file=f"a.ts:{line}",
        function="",
        problem="",
        evidence="",
        impact="",
        fix="",
        complexity="",
        places=(Place("a.ts", line=line), Place("b.ts")),
    )
    symbol = SymbolReferences(
        "f",
        SymbolStatus.RESOLVED,
        "syntax",
        (Declaration("a.ts", line, line),),
        (
            Reference("a.ts", line, ReferenceKind.CALL, "g"),
            Reference("b.ts", 9, ReferenceKind.CALL, "h"),
        ),
    )
    evidence = Evidence(EvidenceStatus.VERBATIM, "a.ts", line, line)
    return finding, FindingFacts("X-1", ("a.ts",), symbols=(symbol,), evidence=evidence)


def test_everything_that_names_a_line_moves_with_it() -> None:
    """Places, evidence, declarations and references name the same code in the new tree."""
    base = Snapshot.of({"a.ts": "1\n2\n3\n4\n", "b.ts": "x\n"})
    tree = base.edited({"a.ts": "new\nnew\n1\n2\n4\n"})
    finding, facts = shifted(*known(4), base, tree)
    assert finding.places == (Place("a.ts", line=5), Place("b.ts"))
    assert (facts.evidence.line, facts.evidence.end_line) == (5, 5)
    assert facts.symbols[0].declarations == (Declaration("a.ts", 5, 5),)
    assert [reference.line for reference in facts.symbols[0].references] == [5, 9]


@given(
    before=st.lists(st.sampled_from("abc"), max_size=6),
    after=st.lists(st.sampled_from("abc"), max_size=6),
    new=st.lists(st.sampled_from("xyz"), max_size=6),
)
def test_an_untouched_line_is_found_again(
    before: list[str], after: list[str], new: list[str]
) -> None:
    """A line that stays is named by its new number, whatever is put before it."""
    old = [*before, "HERE", *after]
    moved = [*new, "HERE", *after]
    base = Snapshot.of({"a.ts": "\n".join(old)})
    tree = base.edited({"a.ts": "\n".join(moved)})
    _, facts = shifted(*known(len(before) + 1), base, tree)
    assert facts.evidence.line == len(new) + 1
