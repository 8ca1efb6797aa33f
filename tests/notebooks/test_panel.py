"""The panel plans again when a control is moved, and what it keeps is what the next run reads."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mendbook.errors import ReportError
from mendbook.notebook.keep import write_new
from mendbook.notebook.panel import Panel, what_if
from mendbook.run.run import Run, open_run
from mendbook.sample import materialise_sample, sample_inputs

pytestmark = pytest.mark.xdist_group("what-if")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a run of the sample."""
    return sample_run(tmp_path_factory.mktemp("what-if"))


def sample_run(folder: Path, policy: str | Path = "") -> Run:
    """Return a run of the sample with what people decided in ``folder``."""
    target = folder / "server"
    if not target.exists():
        materialise_sample(target)
    given = sample_inputs()
    return open_run(
        given.audit, target, given.profiles, policy=policy, overrides=folder, out=folder / "out"
    )


@pytest.fixture
def panel(opened: Run) -> Panel:
    """Return a panel with nothing moved."""
    return what_if(opened)


def words(html: str) -> str:
    """Return the text of a widget's HTML."""
    return BeautifulSoup(html, "html.parser").get_text(" ", strip=True)


def rows(panel: Panel) -> list[list[str]]:
    """Return the table of what moved: PR, findings, before and after."""
    table = BeautifulSoup(panel.moves.value, "html.parser").find_all("tr")[1:]
    cells = [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in table]
    return [[row[0], *row[2:]] for row in cells]


def test_nothing_moves_until_a_control_does(panel: Panel, opened: Run) -> None:
    """The panel starts from the run's own plan, its choices, and its chart."""
    assert words(panel.status.value) == "2 sprints, 23.67 h, optimal; the plan has 2 sprints."
    assert words(panel.moves.value) == "Nothing moves."
    assert panel.scenario.weights == opened.policy.weights
    assert panel.scenario.schedule.hours == 20.0
    assert "application/vnd.plotly.v1+json" in panel.load.outputs[0]["data"]


def test_moving_the_capacity_plans_again(panel: Panel) -> None:
    """Sentence, table and chart follow the slider, there and back."""
    panel.capacity.value = 40
    assert words(panel.status.value) == "1 sprint, 23.67 h, optimal; the plan has 2 sprints."
    assert [row[1:] for row in rows(panel)] == [["CQ-001", "2", "1"], ["READ-001", "2", "1"]]
    assert "1 sprint, 23.67 h" in panel.load.outputs[0]["data"]["text/plain"]
    panel.capacity.value = 20
    assert words(panel.moves.value) == "Nothing moves."


def test_a_pin_moves_its_pull_request(panel: Panel) -> None:
    """A chosen sprint holds; taking the pin back takes the move back."""
    panel.pins["READ-001"].value = 1
    assert ["READ-001", "2", "1"] in [row[1:] for row in rows(panel)]
    panel.pins["READ-001"].value = 0
    assert words(panel.moves.value) == "Nothing moves."


def test_a_limit_of_a_team_is_kept(panel: Panel) -> None:
    """No sprint holds more of an owner's work than their slider says."""
    owner = "@parlour/gifts"
    panel.team[owner].value = 4.0
    hours = {pr.number: pr.hours for pr in panel.outcome.pull_requests if pr.owner == owner}
    loads = [
        sum(hours.get(number, 0) for number in sprint.prs)
        for sprint in panel.outcome.sprint_plan.sprints
    ]
    assert loads == pytest.approx([3.0833, 3.5])


def test_what_no_plan_fits_is_said(panel: Panel) -> None:
    """A refusal stands where the result would, and the panel goes on."""
    largest = sorted(panel.outcome.pull_requests, key=lambda pr: -pr.hours)[:2]
    panel.capacity.value = largest[0].hours
    for pr in largest:
        panel.pins[pr.finding_ids[0]].value = 1
    assert words(panel.status.value).startswith("No plan: ")
    for pr in largest:
        panel.pins[pr.finding_ids[0]].value = 0
    panel.capacity.value = 20
    assert words(panel.status.value).startswith("2 sprints")


def kept(panel: Panel, folder: Path) -> Path:
    """Review and keep what the controls say, in a new folder; return it."""
    panel.who.value, panel.why.value = "Ada", "Half of us are away"
    panel.folder.value = str(folder)
    panel.review.click()
    panel.save.click()
    return folder


def test_what_is_kept_makes_the_same_plan_again(panel: Panel, tmp_path: Path) -> None:
    """The kept schedule and policy, given to a new run, lead to the plan on the screen."""
    panel.capacity.value = 9.5
    panel.weights["dimension", "Readability"].value = 2.5
    panel.pins["SEC-001"].value = 2
    folder = kept(panel, tmp_path / "away")
    policy = folder / "policy.yaml"
    assert words(panel.saved.value) == f"Kept. Plan with --overrides {folder} --policy {policy}"
    again = sample_run(folder, policy)
    assert again.schedule == panel.scenario.schedule
    assert again.policy.weights == panel.scenario.weights
    assert again.pull_requests == panel.outcome.pull_requests
    assert again.sprint_plan == panel.outcome.sprint_plan
    assert "The schedule is as Ada decided: Half of us are away" in again.plan.sprint_plan.notes


def test_what_was_decided_before_goes_along(tmp_path: Path) -> None:
    """A kept scenario holds the curated patches: a plan with it has the same ones."""
    given = sample_inputs()
    materialise_sample(tmp_path / "server")
    run = open_run(
        given.audit, tmp_path / "server", overrides=given.overrides, out=tmp_path / "out"
    )
    panel = what_if(run)
    panel.capacity.value = 30
    folder = kept(panel, tmp_path / "kept")
    again = open_run(given.audit, tmp_path / "server", overrides=folder, out=tmp_path / "out")
    before = {each.finding_id: (each.source, each.diff) for each in run.series}
    assert {each.finding_id: (each.source, each.diff) for each in again.series} == before
    assert any(source == "curated" for source, _ in before.values())


def test_what_would_be_written_is_shown_first(panel: Panel, tmp_path: Path) -> None:
    """Review shows a diff; Keep waits for it, and for it anew after any change."""
    panel.who.value, panel.why.value = "Ada", "x"
    panel.folder.value = str(tmp_path / "new")
    assert panel.save.disabled
    panel.review.click()
    assert "+++ b/schedule.yaml" in words(panel.saved.value)
    assert "+hours: 20.0" in words(panel.saved.value)
    assert not panel.save.disabled
    assert not (tmp_path / "new").exists()
    panel.capacity.value = 30
    assert panel.save.disabled


def test_scenarios_stand_side_by_side(panel: Panel) -> None:
    """Each keeps its figures under its name; dates come with the day that sprint 1 starts."""
    panel.capacity.value = 40
    panel.name.value = "one long sprint"
    panel.add.click()
    panel.reset.click()
    panel.starts.value = dt.date(2027, 1, 4)
    rows = [(each.name, each.sprints, each.urgent_done, each.ends) for each in panel.summaries]
    assert rows == [
        ("as planned", 2, 1, dt.date(2027, 1, 31)),
        ("one long sprint", 1, 1, dt.date(2027, 1, 17)),
    ]
    assert "one long sprint" in words(panel.table.value)


def test_reset_goes_back_to_the_plan(panel: Panel) -> None:
    """Every control stands where it stood, and nothing moves."""
    panel.capacity.value = 40
    panel.pins["READ-001"].value = 1
    panel.reset.click()
    assert panel.capacity.value == 20
    assert panel.pins["READ-001"].value == 0
    assert words(panel.moves.value) == "Nothing moves."


def test_nothing_is_ever_overwritten(panel: Panel, tmp_path: Path) -> None:
    """A second press says what is in the way and changes nothing."""
    folder = kept(panel, tmp_path / "kept")
    before = (folder / "schedule.yaml").read_text()
    panel.capacity.value = 30
    kept(panel, folder)
    assert "there is one already" in words(panel.saved.value)
    assert (folder / "schedule.yaml").read_text() == before
    with pytest.raises(ReportError, match="there is one already"):
        write_new(folder, {"a": "new"})
    assert not (folder / "a").exists()


def test_a_choice_without_a_reason_is_not_kept(panel: Panel, tmp_path: Path) -> None:
    """The panel asks who decides, and why."""
    panel.folder.value = str(tmp_path / "new")
    panel.review.click()
    assert "say who decides and why" in words(panel.saved.value)
    assert panel.save.disabled
    assert not (tmp_path / "new").exists()


def test_foreign_text_is_shown_and_not_run(panel: Panel) -> None:
    """A folder's name, like any text, is no markup in the panel."""
    panel.who.value, panel.why.value = "Ada", "x"
    panel.folder.value = "/dev/null/<img src=x onerror=alert(1)>"
    panel.review.click()
    panel.save.click()
    assert "<img" not in panel.saved.value
    assert "<img" in words(panel.saved.value)
