"""Stages are made of what they declare, saved once, and made anew when that has changed."""

from __future__ import annotations

import datetime as dt
import inspect
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.errors import InputError
from mendbook.model import Profiles, Skipped
from mendbook.run.flow import Flow
from mendbook.run.given import Given
from mendbook.run.inputs import Inputs
from mendbook.run.sources import SOURCES
from mendbook.run.stage import Source, Stage
from mendbook.run.stages import STAGES

NAMES = [source.name for source in SOURCES]


def given_in(folder: Path) -> Given:
    """Return the means of a run in ``folder``."""
    day = dt.date(2026, 3, 2)
    audit = Inputs(folder / "audit.json")
    decided = folder / "decided"
    return Given(
        audit, folder, decided, folder / "cache", "2026-03-02-0800", day, 1, lambda _: None
    )


def test_every_stage_stands_below_all_that_it_reads() -> None:
    """The table can be read from top to bottom, as the river flows."""
    known = set(NAMES)
    for stage in STAGES:
        reads = {read.partition(".")[0] for read in stage.depends_on}
        assert reads <= known, stage.name
        assert stage.name not in known
        known.add(stage.name)


def test_every_source_is_read_and_every_stage_flows_into_the_plan() -> None:
    """Nothing is read or made for nobody; the panel's basis is the other mouth."""
    read = {name.partition(".")[0] for stage in STAGES for name in stage.depends_on}
    assert {*NAMES, *(stage.name for stage in STAGES)} - read == {"plan", "basis"}


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_stages_function_takes_what_it_reads_and_no_more(stage: Stage) -> None:
    """A function that needed something else would have to say so in the table."""
    needed = [
        parameter
        for parameter in inspect.signature(stage.function).parameters.values()
        if parameter.default is parameter.empty
    ]
    inspect.signature(stage.function).bind(*stage.given)
    assert len(needed) <= len(stage.given)


def test_opening_a_run_loads_no_room_that_it_may_not_need() -> None:
    """A plan that is read back from the cache needs neither recipes nor charts nor the formats."""
    code = "import sys, mendbook.run.run; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    rooms = {
        *("advice", "drafting", "fixes.instruction", "fixes.recipes", "fixes.settings"),
        *("intake.formats", "intake.shapes", "report.charts", "report.sections", "series"),
    }
    early = {room for room in rooms if f"mendbook.{room}" in loaded}
    assert early | ({"numpy", "pandas", "plotly", "ortools"} & set(loaded)) == set()


class Table:
    """A small table of sums, whose sources can be changed."""

    def __init__(self, reads: Sequence[Sequence[int]], values: Sequence[int], cut: int) -> None:
        self.values = list(values)
        self.sources = [Source(f"s{at}", self._reader(at)) for at in range(len(values))]
        names = [source.name for source in self.sources]
        self.stages: list[Stage] = []
        for at, chosen in enumerate(reads):
            mine = " ".join(dict.fromkeys(names[each % len(names)] for each in chosen))
            live = None if at % 3 == 2 else int
            self.stages.append(Stage(f"t{at}", mine, lambda *read: sum(read) % cut, live))
            names.append(f"t{at}")

    def _reader(self, at: int) -> Callable[[Given], int]:
        return lambda _: self.values[at]

    def flow(self, folder: Path) -> Flow:
        """Return a flow through the table as it is now."""
        return Flow(self.stages, self.sources, given_in(folder), "code", str)

    def results(self, folder: Path) -> tuple[dict[str, Any], set[str]]:
        """Return every stage's value and the value of all it reads, and the records made."""
        flow = self.flow(folder)
        found = {
            stage.name: (flow.value(stage.name), [flow.value(name) for name in stage.given])
            for stage in self.stages
        }
        return found, set(flow.computed)


@settings(deadline=None)
@given(
    reads=st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=3), min_size=1, max_size=7),
    values=st.lists(st.integers(0, 9), min_size=1, max_size=4),
    changed=st.integers(0, 3),
    cut=st.integers(2, 9),
)
def test_a_changed_source_remakes_its_readers_and_nothing_else(
    reads: list[list[int]], values: list[int], changed: int, cut: int
) -> None:
    """What is read back is what a fresh run makes; a stage whose reads are equal is not remade."""
    table = Table(reads, values, cut)
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as other:
        before, _ = table.results(Path(name))
        table.values[changed % len(values)] += 1
        after, made = table.results(Path(name))
        assert after == table.results(Path(other))[0]
    live = {stage.name for stage in table.stages if stage.record is None}
    read_live = {stage.name for stage in table.stages if live.intersection(stage.given)}
    moved = {stage for stage in after if after[stage][1] != before[stage][1]} - live
    assert moved <= made <= moved | read_live


def test_a_record_is_made_once_and_again_when_its_file_is_damaged(tmp_path: Path) -> None:
    """Saved, read back, and never trusted when it does not say what was saved."""
    record = Profiles(sources=("a.prom",), not_run=(Skipped("b", "no"),))
    stage = Stage("profiles", "", lambda: record, Profiles)

    def made() -> list[str]:
        flow = Flow([stage], (), given_in(tmp_path), "code")
        assert flow.value("profiles") == record
        return flow.computed

    assert made() == ["profiles"]
    assert made() == []
    (saved,) = (tmp_path / "cache/stages/profiles").iterdir()
    saved.write_bytes(saved.read_bytes()[:-9])
    assert made() == ["profiles"]
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_old_states_of_a_stage_are_forgotten(tmp_path: Path) -> None:
    """A folder of saved stages does not grow with every change."""
    for code in range(30):
        Flow([Stage("one", "", lambda: 1, int)], (), given_in(tmp_path), f"{code}").value("one")
    assert len(list((tmp_path / "cache/stages/one").iterdir())) == 24


def test_a_cache_that_cannot_be_written_costs_time_and_no_result(tmp_path: Path) -> None:
    """A file where the folder should be is no reason not to plan."""
    (tmp_path / "cache").write_text("in the way")
    stage = Stage("one", "", lambda: 1, int)
    assert Flow([stage], (), given_in(tmp_path), "code").value("one") == 1


def test_another_tool_or_other_code_makes_the_stage_anew(tmp_path: Path) -> None:
    """A version counts where a stage names the tool."""
    stages = [
        Stage("solved", "", lambda: 1, int, tools="solver"),
        Stage("plain", "", lambda: 1, int),
    ]

    def keys(code: str, version: str) -> list[str]:
        flow = Flow(stages, (), given_in(tmp_path), code, lambda _: version)
        return [flow.key(stage.name) for stage in stages]

    (solved, plain), (newer, same), (other, changed) = (
        keys("a", "1"),
        keys("a", "2"),
        keys("b", "1"),
    )
    assert solved != newer
    assert plain == same
    assert {solved, plain}.isdisjoint({other, changed})


def test_a_source_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    """Else what was made of the later state would be kept under the name of the earlier."""
    states = iter("abcdef")
    source = Source("audit_file", lambda _: 1, lambda _: next(states))
    stage = Stage("audit", "audit_file", lambda value: value, int)
    with pytest.raises(InputError, match=r"^audit file: it changed while it was read; run again$"):
        Flow([stage], [source], given_in(tmp_path), "code").value("audit")
