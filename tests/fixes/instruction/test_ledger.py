"""Every piece of a fix text is accounted for, and what is open keeps an edit from being sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from instruction_cases import Case, read

from mendbook.fixes.instruction.reading.read import read as clauses_of
from mendbook.fixes.instruction.sentences.ledger import Account
from mendbook.model import Proposal, Skipped

CODES = ("weighBale", "baleT", "strap(4)", "limit: 8", "knots ?? 0", "'wet'", "BALE_MAX", "12")
FRAMES = (
    "Use `{a}` instead of `{b}`.",
    "The `{a}` import can then go.",
    "`{a}` throws on wet hay.",
    "Leave `{a}` as it is.",
    "Because `{a}` is slow, and drop `{b}`.",
    "Replace `{a}` with `{b}` so that `{c}` is kept.",
    "The other call of `{a}` has to pass `{b}` as well.",
    "Notify the farmer of `{a}`; `{b}` is then unused.",
    "Set `{a}`, e.g. right next to `{b}`.",
    "Wet hay burns: add `{a}` behind `{b}`, and `{c}` can stay.",
    "Avoid `{a}`: use `{b}`.",
    "Someone counts `{a}` by calling `{b}`, which should also get `{c}`.",
)
PIECES = st.tuples(st.sampled_from(FRAMES), st.permutations(CODES))


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_each_quoted_code_is_accounted_for_once(pieces: list[tuple[str, list[str]]]) -> None:
    """Whatever is said, each span in backticks lies in exactly one entry of the ledger."""
    text = " ".join(frame.format(a=codes[0], b=codes[1], c=codes[2]) for frame, codes in pieces)
    reading = clauses_of(text)
    spans = sorted(one.text for one in reading.codes if one.quoted)
    told = sorted(one.text for each in reading.ledger for one in each.codes if one.quoted)
    assert spans == told


BARN = """\
import { strapOf } from './straps';
import { baleT } from './types';

export function weigh(bale: Bale, limit: number) {
  const kilos = baleT(bale.raw);
  return strapOf(kilos, limit);
}

export function stack(bale: Bale) {
  return strapOf(bale.kilos, 3);
}
"""
OPEN = [
    ("Use `bale.kilos` instead of `baleT(bale.raw)`. The `strapOf` wrapper can then go.",
     "strapOf"),
    ("Use `bale.kilos` instead of `baleT(bale.raw)`. `stack` has to round it too.", "stack"),
    ("Use `bale.kilos` instead of `baleT(bale.raw)` because it is slow, and drop `limit`.",
     "limit"),
    ("Use `bale.kilos` instead of `baleT(bale.raw)`; `limit` is then superfluous.", "limit"),
    ("Use `bale.kilos` instead of `baleT(bale.raw)`. There must be a `wet` flag.", "wet"),
]  # fmt: skip


def _barn(fix: str) -> Case:
    return Case("barn", fix, BARN, evidence="const kilos = baleT(bale.raw);", function="weigh",
                path="src/barn.ts")  # fmt: skip


@pytest.mark.parametrize(("fix", "named"), OPEN)
def test_what_is_not_read_stays_open(fix: str, named: str) -> None:
    """A sentence that may ask for more makes the edit a half, and is named by its own words."""
    answer = read(_barn(fix))
    if isinstance(answer, Skipped):
        return
    left = [one for each in answer.contracts for one in each.open]
    assert any(named in one for one in left), (answer.edits, left)


DONE = [
    "Use `bale.kilos` instead of `baleT(bale.raw)`. The `baleT` import can then go.",
    "Use `bale.kilos` instead of `baleT(bale.raw)`; the import of `baleT` is then unused.",
    "Use `bale.kilos` instead of `baleT(bale.raw)`. `strapOf` can stay.",
    "`baleT` parses the text again. Use `bale.kilos` instead of `baleT(bale.raw)`.",
]


@pytest.mark.parametrize("fix", DONE)
def test_what_the_edit_does_as_well_is_not_open(fix: str) -> None:
    """An import that ends with its last use is done; facts and what stays ask for nothing."""
    answer = read(_barn(fix))
    assert isinstance(answer, Proposal), answer.reason
    assert [one for each in answer.contracts for one in each.open] == []
    assert answer.edits == {
        "src/barn.ts": BARN.replace("import { baleT } from './types';\n", "").replace(
            "baleT(bale.raw)", "bale.kilos"
        )
    }


def test_what_stays_is_told_from_what_goes() -> None:
    """*Can stay* is what stays, *can go* a step."""
    said = clauses_of("Drop `hasp`. The `hinge` may stay. The `latch` alias can go.").ledger
    assert [one.account for one in said] == [Account.STEP, Account.STAYS, Account.STEP]
