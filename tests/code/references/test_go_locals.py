"""A variable of a function in Go hides what its package declares under the same name."""

from __future__ import annotations

import pytest
from reference_cases import finding, written

from mendbook.code.references import find_references
from mendbook.repository.snapshot import Snapshot

SEAL = "package dock\n\nfunc seal(crate string) string {\n\treturn crate\n}\n"


@pytest.mark.parametrize(
    ("body", "uses"),
    [
        ("seal := seal(crate)\n\tprint(seal)", ["dock/gate.go:4 call — Load"]),
        ("a, seal := open(crate)\n\tprint(a, seal)", []),
        ("var seal string\n\tprint(seal)", []),
        ("for _, seal := range crates {\n\t\tprint(seal)\n\t}", []),
        ('if seal := open(crate); seal != "" {\n\t\tprint(seal)\n\t}', []),
        (
            "if ok {\n\t\tseal := 1\n\t\tprint(seal)\n\t}\n\tprint(seal)",
            ["dock/gate.go:8 passed — Load"],
        ),
        ("print(seal)", ["dock/gate.go:4 passed — Load"]),
        ("func(seal string) {\n\t\tprint(seal)\n\t}(crate)", []),
    ],
)
def test_a_variable_is_no_use_of_a_function(body: str, uses: list[str]) -> None:
    """Only what stands before its declaration, beside its block or in its own value is one."""
    gate = f"package dock\n\nfunc Load(crate string, ok bool) {{\n\t{body}\n}}\n"
    tree = Snapshot.of({"dock/seal.go": SEAL, "dock/gate.go": gate})
    found = find_references([finding("F-1", ("seal",), "dock/seal.go")], tree, provider="syntax")
    (symbol,) = found.by_finding["F-1"]
    assert [written(one) for one in symbol.references] == uses


def test_a_parameter_is_no_use_of_a_function() -> None:
    """It hides the function in the whole body."""
    gate = "package dock\n\nfunc Load(a, seal string) {\n\tprint(seal)\n}\n"
    tree = Snapshot.of({"dock/seal.go": SEAL, "dock/gate.go": gate})
    found = find_references([finding("F-1", ("seal",), "dock/seal.go")], tree, provider="syntax")
    (symbol,) = found.by_finding["F-1"]
    assert symbol.references == ()
