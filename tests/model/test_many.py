"""Records that are made quickly are those that the class makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from mendbook.model import Place, PlaceKind
from mendbook.model.many import maker_of


@dataclasses.dataclass(frozen=True, slots=True)
class Berth:
    """A place in a harbour, for ships of some length."""

    name: str
    metres: float = 12.5
    ships: list[str] = dataclasses.field(default_factory=list)


def test_a_record_is_equal_and_of_the_class_itself() -> None:
    """What a maker makes cannot be told from what the class makes."""
    place = maker_of(Place)("quay/crane.py", PlaceKind.FILE, 4, None, written="/src/quay/crane.py")
    same = Place("quay/crane.py", PlaceKind.FILE, 4, None, written="/src/quay/crane.py")
    assert (place, type(place), hash(place), repr(place)) == (same, Place, hash(same), repr(same))
    assert pickle.loads(pickle.dumps(place)) == copy.deepcopy(place) == same  # noqa: S301 - our own
    assert dataclasses.replace(place, line=5).line == 5


def test_a_record_is_frozen_with_its_own_defaults() -> None:
    """A maker keeps defaults apart and lets nobody set a field afterwards."""
    new = maker_of(Berth)
    first, second = new("north"), new(name="south", ships=["Ida"])
    assert (first, second) == (Berth("north"), Berth("south", 12.5, ["Ida"]))
    assert first.ships is not new("north").ships
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.name = "west"  # type: ignore[misc]
    with pytest.raises(TypeError):
        new()  # type: ignore[call-arg]
