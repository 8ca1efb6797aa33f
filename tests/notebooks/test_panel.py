"""The panel plans again when a control is moved, and what it keeps is what the next run reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from mendbook.errors import ReportError
from mendbook.notebook.panel import Panel, what_if, write_new
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


def test_what_is_kept_makes_the_same_plan_again(panel: Panel, tmp_path: Path) -> None:
    """The saved schedule and policy, given to a new run, lead to the plan on the screen."""
    panel.capacity.value = 9.5
    panel.weights["dimension", "Readability"].value = 2.5
    panel.pins["SEC-001"].value = 2
    panel.who.value, panel.why.value = "Ada", "Half of us are away"
    panel.folder.value = str(tmp_path)
    panel.save.click()
    policy = tmp_path / "policy.yaml"
    assert words(panel.saved.value) == (
        f"Saved. Plan with --overrides {tmp_path} --policy {policy}"
    )
    again = sample_run(tmp_path, policy)
    assert again.schedule == panel.scenario.schedule
    assert again.policy.weights == panel.scenario.weights
    assert again.pull_requests == panel.outcome.pull_requests
    assert again.sprint_plan == panel.outcome.sprint_plan
    assert "The schedule is as Ada decided: Half of us are away" in again.plan.sprint_plan.notes


def test_nothing_is_ever_overwritten(panel: Panel, tmp_path: Path) -> None:
    """A second press says what is in the way and changes nothing."""
    panel.who.value, panel.why.value, panel.folder.value = "Ada", "x", str(tmp_path)
    panel.save.click()
    kept = (tmp_path / "schedule.yaml").read_text()
    panel.capacity.value = 30
    panel.save.click()
    assert "there is one already" in words(panel.saved.value)
    assert (tmp_path / "schedule.yaml").read_text() == kept
    (tmp_path / "b").write_text("")
    with pytest.raises(ReportError, match="there is one already"):
        write_new(tmp_path, {"a": "new", "b": "new"})
    assert not (tmp_path / "a").exists()


def test_a_choice_without_a_reason_is_not_saved(panel: Panel, tmp_path: Path) -> None:
    """The panel asks who decides, and why."""
    panel.folder.value = str(tmp_path / "new")
    panel.save.click()
    assert "say who decides and why" in words(panel.saved.value)
    assert not (tmp_path / "new").exists()


def test_foreign_text_is_shown_and_not_run(panel: Panel) -> None:
    """A folder's name, like any text, is no markup in the panel."""
    panel.who.value, panel.why.value = "Ada", "x"
    panel.folder.value = "/dev/null/<img src=x onerror=alert(1)>"
    panel.save.click()
    assert "<img" not in panel.saved.value
    assert "<img" in words(panel.saved.value)
