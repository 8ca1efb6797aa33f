"""The first cell of a notebook refuses what no run takes, in one line, and takes the rest."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from mendbook.errors import UsageError
from mendbook.run.parameters import read_parameters

DECLARED: dict[str, Any] = {
    "run": "",
    "audit": "",
    "repo": "",
    "profiles": [],
    "capacity": 20.0,
    "policy": "",
    "options": {},
}


def jupyters(**more: object) -> dict[str, Any]:
    """Return the names of a notebook after its parameters cell."""
    own = {"In": [""], "Out": {}, "_": "", "exit": print, "tables": ModuleType("tables")}
    return {**own, **DECLARED, **more}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({}, {}),
        ({"capacity": 12}, {"capacity": 12.0}),
        ({"capacity": "12.5"}, {"capacity": 12.5}),
        ({"profiles": "a.cpuprofile"}, {"profiles": ["a.cpuprofile"]}),
        ({"profiles": '["a.json", "b.json"]'}, {"profiles": ["a.json", "b.json"]}),
        ({"profiles": "a.json, b.json"}, {"profiles": ["a.json", "b.json"]}),
        ({"profiles": ("a.json",)}, {"profiles": ["a.json"]}),
        ({"audit": Path("a.json")}, {"audit": "a.json"}),
        ({"options": {"gates": "lint", "history": "old.json"}},
         {"gates": "lint", "history": ["old.json"]}),
        ({"gates": "all"}, {"gates": "all"}),
        ({"options": None, "profiles": None}, {}),
    ],
)  # fmt: skip
def test_values_are_taken_in_the_kind_that_a_run_takes(
    written: dict[str, Any], read: dict[str, Any]
) -> None:
    """Numbers and lists may come as text, as schedulers hand them over."""
    assert read_parameters(jupyters(**written)) == ("", read)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            {"capactiy": 2},
            r"^capactiy: no such parameter; did you mean 'capacity'\?; there are run",
        ),
        ({"options": {"gate": "all"}}, r"^gate: no such parameter; did you mean 'gates'\?"),
        ({"capacity": "much"}, r"^capacity = 'much': a number is needed$"),
        ({"capacity": True}, r"^capacity = True: a number is needed$"),
        ({"audit": 3}, r"^audit = 3: text is needed$"),
        ({"profiles": [3]}, r"^profiles = \[3\]: paths are needed, such as "),
        ({"profiles": "[a.json"}, r"^profiles = '\[a.json': paths are needed"),
        ({"options": "gates=all"}, r"^options = 'gates=all': names and values are needed"),
        ({"run": "reports/x", "capacity": 3}, r"^capacity: the run has its own; leave it"),
    ],
)
def test_what_no_run_takes_is_refused_in_one_line(written: dict[str, Any], said: str) -> None:
    """Papermill only warns of a mistyped name, and passes any value."""
    with pytest.raises(UsageError, match=said) as refused:
        read_parameters(jupyters(**written))
    assert "\n" not in str(refused.value)
    assert refused.value._render_traceback_() == [f"UsageError: {refused.value}"]


def test_a_run_is_all_that_a_notebook_needs() -> None:
    """Its folder alone opens it."""
    assert read_parameters(jupyters(run="reports/x")) == ("reports/x", {})


def test_paths_that_hold_a_comma_stay_whole(tmp_path: Path) -> None:
    """A file that is there is one file, whatever its name."""
    path = tmp_path / "a,b.json"
    path.write_text("{}")
    assert read_parameters(jupyters(profiles=str(path)))[1] == {"profiles": [str(path)]}
