"""What came in is summed; what is spoiled is not."""

from orchard.harvest import Crate, total_weight


def test_spoiled_crates_do_not_count() -> None:
    crates = [Crate(tree="a", kilos=9.0), Crate(tree="b", kilos=7.0, marks=["wormy"])]
    assert total_weight(crates) == 9.0
