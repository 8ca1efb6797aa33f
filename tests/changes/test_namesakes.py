"""Which functions have others of their name, in any language, tests aside."""

from __future__ import annotations

import pytest

from conftest import MakeRepository
from mendbook.changes.namesakes import Namesakes
from mendbook.repository.snapshot import Snapshot
from mendbook.repository.target import open_target

FILES = {
    "barn/feed.py": "async def weigh(grain):\n    return grain\n\ndef store(grain): ...\n",
    "barn/Mill.kt": "fun weigh(grain: Int) = grain\n",
    "barn/silo.go": "package barn\n\nfunc (s *Silo) Fill(n int) int { return n }\n",
    "barn/hopper.rs": "pub fn fill(n: u32) -> u32 { n }\n",
    "barn/chute.js": "function open$(valve) {}\nfunction* opened() {}\n",
    "tests/test_feed.py": "def store(grain): ...\n",
}


@pytest.mark.parametrize(
    ("name", "own", "alone"),
    [
        ("weigh", {"barn/feed.py"}, False),
        ("weigh", {"barn/feed.py", "barn/Mill.kt"}, True),
        ("store", {"barn/feed.py"}, True),
        ("Fill", {"barn/silo.go"}, True),
        ("fill", {"barn/silo.go"}, False),
        ("open$", {"barn/chute.js"}, True),
        ("open", {"barn/feed.py"}, True),
        ("grain", set(), True),
    ],
)
def test_a_function_is_alone_where_no_other_file_declares_its_name(
    name: str, own: set[str], alone: bool, make_repository: MakeRepository
) -> None:
    """A parameter, a longer name, and a function of a test are no namesakes."""
    snapshot = open_target(make_repository(FILES)).snapshot
    assert Namesakes(snapshot).is_alone(name, own) is alone


def test_asking_for_one_owner_says_nothing_about_another(make_repository: MakeRepository) -> None:
    """What both files together are alone with, each of them is not."""
    namesakes = Namesakes(open_target(make_repository(FILES)).snapshot)
    assert namesakes.is_alone("weigh", {"barn/feed.py", "barn/Mill.kt"})
    assert not namesakes.is_alone("weigh", {"barn/feed.py"})


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ('import { weigh } from "../barn/feed";', True),
        ("from barn.feed import weigh", True),
        ('jest.mock("@farm/barn/feed.js")', True),
        ('import { weigh } from "../barn/feeder";', False),
        ('import { weigh } from "../old_barn/feed";', False),
        ("the feed of the barn", False),
    ],
)
def test_a_test_speaks_of_a_module_by_its_whole_name(text: str, spoken: bool) -> None:
    """A longer name of a file, or of its folder, is that of another module."""
    snapshot = Snapshot.of({"barn/feed.py": "def weigh(grain): ...\n", "tests/test_feed.py": text})
    assert Namesakes(snapshot).speaks_of_module("tests/test_feed.py", ["barn/feed.py"]) is spoken
