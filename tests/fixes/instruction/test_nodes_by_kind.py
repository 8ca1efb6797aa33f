"""Nodes of a file by kind: the same ones, in order, however many kinds were asked for before."""

from __future__ import annotations

import pytest

from mendbook.code.parsed import root_of
from mendbook.fixes.instruction.tree.syntax import of_kinds

LOOM = """\
import { thread } from "./yarn";

export class Loom {
  weave(rows: number) {
    for (const row of rows) {
      if (row.loose) { throw new Error("loose"); }
    }
    return thread(rows, () => rows);
  }
}
"""
ASKED = (
    ("call_expression",),
    ("return_statement", "throw_statement"),
    ("import_statement", "import_from_statement"),
    ("arrow_function", "method_definition", "class_declaration"),
    ("identifier",),
    ("return_statement", "for_in_statement", "if_statement"),
    ("call_expression", "identifier"),
    ("no_such_kind",),
)


@pytest.mark.parametrize("turns", [1, 3])
def test_nodes_come_in_the_order_of_the_text_whatever_was_asked_before(turns: int) -> None:
    """A file that is gone through once for many kinds gives what a search for each gives."""
    root = root_of("typescript", f"{LOOM}// {turns}\n")
    for _ in range(turns):
        for kinds in ASKED:
            spans = [(one.range().start.index, one.kind()) for one in of_kinds(root, kinds)]
            each = [
                (one.range().start.index, one.kind())
                for kind in kinds
                if kind not in {"no_such_kind", "import_from_statement"}
                for one in root.find_all(kind=kind)
            ]
            assert spans == sorted(each), kinds


def test_a_list_of_nodes_is_the_caller_s_own() -> None:
    """What a caller does to the list is not seen by the next one who asks."""
    root = root_of("typescript", LOOM)
    of_kinds(root, ("identifier",)).clear()
    assert [one.text() for one in of_kinds(root, ("identifier",))][:2] == ["thread", "rows"]
