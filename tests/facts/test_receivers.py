"""Uses of a Go method that are certainly another type's are not those of the finding's."""

from __future__ import annotations

import pytest

from mendbook.facts.receivers import without_other_types
from mendbook.model import (
    BY_NAME,
    Declaration,
    Reference,
    ReferenceKind,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

DECLARED = "package mill\n\nfunc (g *Grinder) Run(sack int) error {\n\treturn nil\n}\n"


def _kept(text: str, line: int, declared: str = DECLARED) -> bool:
    """Tell whether the use on ``line`` of ``text`` stays one of ``Grinder.Run``."""
    tree = Snapshot.of({"mill/grind.go": declared, "main.go": text})
    use = Reference("main.go", line, ReferenceKind.CALL, "main")
    asked = SymbolReferences(
        "Run",
        SymbolStatus.RESOLVED,
        BY_NAME,
        (Declaration("mill/grind.go", 3, 5),),
        (use,),
    )
    return without_other_types(asked, tree).references == (use,)


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        ("g := &mill.Grinder{Stone: 2}", True),
        ("g := &mill.Sifter{Mesh: 2}", False),
        ("g := mill.Sifter{}", False),
        ("var g mill.Runner = pick()", True),
        ("g := mill.NewSifter()", True),
    ],
)
def test_a_receiver_filled_with_a_literal_of_another_type_is_none(made: str, kept: bool) -> None:
    """A value, a pointer; an interface or a constructor's result stays, as its type is not read."""
    assert _kept(f"package main\n\nfunc main() {{\n\t{made}\n\tg.Run(1)\n}}\n", 5) is kept


def test_only_the_function_around_the_use_is_looked_at() -> None:
    """A variable of the same name in the function before is another."""
    other = "func other() {\n\tg := &mill.Sifter{}\n\tg.Run(2)\n}\n\n"
    own = "func main(g mill.Runner) {\n\tg.Run(1)\n}\n"
    assert _kept(f"package main\n\n{other}{own}", 9)


def test_a_function_of_the_file_says_what_it_returns() -> None:
    """As a test's own maker does, whose result is called at once or kept."""
    maker = "func newSifter(mesh int) *mill.Sifter {\n\treturn nil\n}\n\n"
    at_once = "func main() {\n\tnewSifter(2).Run(1)\n}\n"
    kept = "func main() {\n\ts := newSifter(2)\n\ts.Run(1)\n}\n"
    assert not _kept(f"package main\n\n{maker}{at_once}", 8)
    assert not _kept(f"package main\n\n{maker}{kept}", 9)
    assert _kept(f"package main\n\n{maker}{kept}".replace("*mill.Sifter", "*mill.Grinder"), 9)


def test_a_plain_function_has_no_receiver() -> None:
    """Its uses stay as they were found."""
    text = "package main\n\nfunc main() {\n\tg := &mill.Sifter{}\n\tg.Run(1)\n}\n"
    declared = "package mill\n\nfunc Run(sack int) error {\n\treturn nil\n}\n"
    assert _kept(text, 5, declared)
