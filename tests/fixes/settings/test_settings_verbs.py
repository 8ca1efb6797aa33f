"""Every verb of the table is read where an instruction may use it."""

from __future__ import annotations

import re

import pytest
from test_settings_reader import changed

from mendbook.fixes.settings.verbs import IMPERATIVE, MEASURE, PUT, REMOVE, TURN

MILL = "[mill]\ngrain_kilos = 40\nbell = true\n"


def _verbs(pattern: str) -> list[str]:
    return re.findall(r"[a-z]+", pattern.replace(r"\b", ""))


@pytest.mark.parametrize("verb", _verbs(TURN))
def test_a_value_is_turned_by_every_verb(verb: str) -> None:
    """``raise grain_kilos from 40 to 55``, by whatever verb."""
    turned = changed("mill.toml", MILL, f"{verb.title()} `grain_kilos` from 40 to 55.")
    assert turned == ["-grain_kilos = 40", "+grain_kilos = 55"]


@pytest.mark.parametrize("verb", _verbs(PUT))
def test_a_key_is_put_by_every_verb(verb: str) -> None:
    """``add `stone_count: 2```, by whatever verb."""
    text = "mill:\n  bell: true\n"
    put = f"{verb.title()} `stone_count: 2` to the mill."
    assert changed("mill.yaml", text, put) == ["+  stone_count: 2"]


@pytest.mark.parametrize("verb", _verbs(REMOVE))
def test_a_key_is_removed_by_every_verb(verb: str) -> None:
    """``drop `bell```, by whatever verb."""
    assert changed("mill.toml", MILL, f"{verb.title()} `bell`.") == ["-bell = true"]


def test_what_measures_also_turns_and_begins() -> None:
    """The narrower lists are parts of the wider ones."""
    assert set(_verbs(MEASURE)) <= set(_verbs(TURN)) <= set(_verbs(IMPERATIVE))
