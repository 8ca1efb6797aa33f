"""One pair of a JSON file comes, changes or goes, and no other line does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.code.json_text import JsonError, value_text, with_pair, without_pair

MILL = """\
{
  // what the mill needs
  "name": "mill",
  "stones": { "upper": 1, "lower": 2 },
  "sails": {
    "north": "oak", // the old one
    "south": "ash" // patched
  },
  "miller": {},
}
"""
TABS = '{\r\n\t"quay": {\r\n\t\t"berths": [1,2],\r\n\t\t"depth": 4\r\n\t}\r\n}\r\n'

PUT = (
    (MILL, (), "name", '"water mill"', '"mill"', '"water mill"'),
    (MILL, (), "river", "true", '  "miller": {},\n', '  "miller": {},\n  "river": true,\n'),
    (MILL, ("stones",), "middle", "3", '"lower": 2 }', '"lower": 2, "middle": 3 }'),
    (
        MILL,
        ("sails",),
        "west",
        '"elm"',
        '"south": "ash" // patched\n',
        '"south": "ash", // patched\n    "west": "elm"\n',
    ),
    (MILL, ("miller",), "name", '"Jo"', "{},", '{\n    "name": "Jo"\n  },'),
    (TABS, ("quay",), "depth", "5", ": 4", ": 5"),
    (TABS, ("quay",), "crane", '"é"', '"depth": 4', '"depth": 4,\r\n\t\t"crane": "é"'),
)


@pytest.mark.parametrize(("text", "way", "key", "value", "old", "new"), PUT)
def test_a_pair_is_put(
    text: str, way: tuple[str, ...], key: str, value: str, old: str, new: str
) -> None:
    """Comments, trailing commas, tabs and line ends stay as they are."""
    assert text.count(old) == 1
    assert with_pair(text, way, key, value) == text.replace(old, new)


GONE = (
    (MILL, (), "name", '  "name": "mill",\n', ""),
    (MILL, (), "miller", '  "miller": {},\n', ""),
    (MILL, ("stones",), "upper", '"upper": 1, ', ""),
    (MILL, ("stones",), "lower", ', "lower": 2 ', " "),
    (MILL, ("sails",), "north", '    "north": "oak", // the old one\n', ""),
    (
        MILL,
        ("sails",),
        "south",
        '"oak", // the old one\n    "south": "ash" // patched\n',
        '"oak" // the old one\n',
    ),
    (TABS, (), "quay", TABS.removesuffix("\r\n"), "{}"),
    (TABS, ("quay",), "depth", ',\r\n\t\t"depth": 4', ""),
)


@pytest.mark.parametrize(("text", "way", "key", "old", "new"), GONE)
def test_a_pair_goes(text: str, way: tuple[str, ...], key: str, old: str, new: str) -> None:
    """Its lines go with it, and the comma that it alone needed."""
    assert text.count(old) == 1
    assert without_pair(text, way, key) == text.replace(old, new)


def test_a_pair_comes_where_names_in_order_want_it() -> None:
    """As package managers write dependencies."""
    text = '{\n  "needs": {\n    "ale": "1",\n    "rye": "2"\n  }\n}\n'
    put = with_pair(text, ("needs",), "malt", '"3"', by_name=True)
    assert put == text.replace('"1",\n', '"1",\n    "malt": "3",\n')


@pytest.mark.parametrize("way", [("name",), ("gone",), ("stones", "upper")])
def test_what_is_no_object_is_refused(way: tuple[str, ...]) -> None:
    """A value is no section, and neither is what is not there."""
    with pytest.raises(JsonError, match="there is no object"):
        with_pair(MILL, way, "a", "1")
    with pytest.raises(JsonError, match="there is no"):
        value_text(MILL, ("stones",), "third")


objects = st.dictionaries(st.text(max_size=3), st.integers() | st.lists(st.booleans(), max_size=2))


@given(objects, st.text(max_size=3), st.integers(), st.sampled_from([None, 2, "\t"]))
def test_the_text_says_what_a_dictionary_would(
    held: dict[str, object], key: str, value: int, indent: int | str | None
) -> None:
    """Put and taken away again, in any layout."""
    text = json.dumps({"outer": held, "after": 1}, indent=indent)
    put = with_pair(text, ("outer",), key, json.dumps(value))
    assert json.loads(put) == {"outer": {**held, key: value}, "after": 1}
    gone = {name: each for name, each in held.items() if name != key}
    assert json.loads(without_pair(put, ("outer",), key)) == {"outer": gone, "after": 1}
