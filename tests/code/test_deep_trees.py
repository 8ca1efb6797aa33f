"""A tree that is thousands of levels deep is read like any other."""

from __future__ import annotations

import pytest

from drawn_records import finding
from mendbook.changes.work_order import work_order
from mendbook.code.references import find_references
from mendbook.model import CheckStatus, FindingFacts
from mendbook.proving.binds.check import Binder
from mendbook.proving.binds.ecma_scopes import scoped
from mendbook.repository.snapshot import Snapshot

_MANY = range(2000)
DEEP = {
    "a union of icons": "export type Icon =\n"
    + "\n".join(f"  | 'icon-{n}'" for n in _MANY)
    + ";\n",
    "a text of lines": "export const text =\n  "
    + " +\n  ".join(f"'line {n}'" for n in _MANY)
    + ";\n",
    "a chain of calls": "export const query = from()" + "".join(f"\n  .and({n})" for n in _MANY),
    "a ladder of tests": "export function rung(n: number) {\n  "
    + " else ".join(f"if (n === {n}) {{ return {n}; }}" for n in _MANY)
    + "\n}\n",
    "a nest of lists": f"export const nest = {'[' * 2000}{']' * 2000};\n",
    "a choice of choices": "export const kind = (n: number) => "
    + "".join(f"n === {n} ? {n} : " for n in _MANY)
    + "0;\n",
}
_BELOW = "export function harvest(crate: Icon): void {}\nharvest(text);\n"


@pytest.mark.parametrize("code", DEEP.values(), ids=DEEP)
def test_a_deep_tree_is_read_to_its_end(code: str) -> None:
    """Scopes, names and uses below it are found."""
    text = f"{code}\n{_BELOW}"
    assert "harvest" in scoped("src/orchard.ts", text).top.bound
    tree = Snapshot.of({"src/orchard.ts": text})
    about = finding("F", file="src/orchard.ts", symbols=("harvest",))
    (row,) = find_references([about], tree, provider="syntax").by_finding["F"]
    assert [use.line for use in row.references] == [text.count("\n")]
    order = work_order(about, FindingFacts("F", ("src/orchard.ts",)), tree)
    assert not order.choices


PYTHON = {
    "a text of lines": "text = (" + " +\n  ".join(f"'line {n}'" for n in _MANY) + ")\n",
    "a ladder of tests": "def rung(n):\n"
    + "".join(f"    {'elif' if n else 'if'} n == {n}:\n        return {n}\n" for n in range(1200)),
}


@pytest.mark.parametrize("code", PYTHON.values(), ids=PYTHON)
def test_an_edit_below_deep_python_is_judged(code: str) -> None:
    """What the edit uses and loses is told, as in any file."""
    before = f"{code}\n\ndef harvest(crate):\n    return crate\n\n\nharvest(1)\n"

    def judged(after: str) -> CheckStatus:
        was, becomes = (Snapshot.of({"orchard.py": text}) for text in (before, after))
        return Binder().check(was, becomes, ["orchard.py"]).status

    assert judged(before.replace("return crate", "return [crate]")) is CheckStatus.PASS
    assert judged(before.replace("return crate", "return crates")) is CheckStatus.FAIL
