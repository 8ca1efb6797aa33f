"""How a status of *asked* is worded, and that contracts are kept in saved stages."""

from __future__ import annotations

import msgspec
import pytest

from mendbook.model import Asked, AskedStatus, Contract, Operation, Proposal


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(), "not shown"),
        (Asked(AskedStatus.SHOWN, met=3), "shown"),
        (
            Asked(AskedStatus.PARTIAL, met=2, unmet=("the index is missing",)),
            "2 of 3 (the index is missing)",
        ),
        (Asked(AskedStatus.NOT_SHOWN, unmet=("nothing was renamed",)), "not shown"),
    ],
)
def test_the_words_count_what_holds_where_something_does(asked: Asked, words: str) -> None:
    """*2 of 3* stands only where a part holds and a part does not."""
    assert asked.words == words


def test_a_contract_survives_the_stage_cache() -> None:
    """What a source claims is read back as it was written."""
    contract = Contract(
        Operation.EXTRACT,
        "billing/tax.py",
        "name the rate `VAT`",
        start_line=4,
        end_line=9,
        adds=("VAT",),
        removes=("0.2",),
        values={"VAT": "0.2"},
        open=("add a test",),
    )
    proposal = Proposal("T-1", "recipe:x", "Name it", {"a": None}, contracts=(contract,))
    assert msgspec.json.decode(msgspec.json.encode(proposal), type=Proposal) == proposal
