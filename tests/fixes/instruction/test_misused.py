"""An edit that parses and cannot be meant is not written."""

from __future__ import annotations

import pytest
from instruction_cases import Case, check

FOLD = """export function rest(total, cut) {
  total = total - cut;
  return total;
}

export function open(gates) {
  const found = gates.filter((one) => one.open);
  log(found.length);
  return found;
}

export function first(gates) {
  const gate = gates.filter((one) => one.open);
  return gate;
}
"""


@pytest.mark.parametrize(
    ("fix", "evidence", "why"),
    [
        ("Use `find` instead of `filter`.", "const found = gates.filter((one) => one.open);",
         "found would hold one thing, and is read as a list"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(fix: str, evidence: str, why: str) -> None:
    """One gate has no length."""
    check(Case("misused", fix, FOLD, refuses=why, evidence=evidence, path="src/fold.js"))


def test_one_thing_may_be_searched_where_it_is_read_as_one() -> None:
    """Nothing reads the gate as a list there."""
    check(Case("one", "Use `find` instead of `filter`.", FOLD,
               {"const gate = gates.filter(": "const gate = gates.find("},
               evidence="const gate = gates.filter((one) => one.open);", function="first",
               path="src/fold.js"))  # fmt: skip


def test_a_name_is_not_set_to_what_sets_it() -> None:
    """The whole assignment is written anew, and not what stands behind its sign."""
    check(Case("again", "Use `total -= cut`.", FOLD, {"total = total - cut;": "total -= cut;"},
               evidence="total = total - cut;", function="rest", path="src/fold.js"))  # fmt: skip


LOOM = """export class Loom {
  weave(yarn, pos, next) {
    let cut;
    let match;
    if ((match = KNOT.exec(yarn))) {
      cut = yarn.substr(pos, match.index - pos);
      pos += cut.length;
    }
    this.oncut(Buffer.from(cut, 'binary'), next);
  }
}
"""
SPOOL = """def weave(yarn, most):
    cut = ""
    if most:
        cut = yarn.cut(0, most)
    return cut
"""


@pytest.mark.parametrize(
    ("path", "code", "evidence", "fix"),
    [
        ("src/loom.js", LOOM, "cut = yarn.substr(pos, match.index - pos);",
         "Refuse the cut with Error('Yarn too long') when its length is above this._mostYarn."),
        ("spool.py", SPOOL, "cut = yarn.cut(0, most)",
         "Use ValueError('Yarn too long') instead of yarn.cut(0, most)."),
    ],
)  # fmt: skip
def test_an_error_is_not_kept_in_place_of_a_value(
    path: str, code: str, evidence: str, fix: str
) -> None:
    """What is refused with an error is not replaced by it."""
    check(Case("refused", fix, code, evidence=evidence, function="weave", path=path,
               refuses="would keep an error as if it were a value"))  # fmt: skip
