"""Two months of daily runs under a false clock, over an audit and a repository that change."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from conftest import MakeRepository, git
from harbour import Harbour, finding, harbour_at
from mendbook.errors import PolicyError
from mendbook.ledger.frames import findings_frame, runs_frame
from mendbook.ledger.open_trend import open_trend
from mendbook.ledger.retention import Keep
from mendbook.ledger.trend import Trend
from mendbook.ledger.trend_words import trend_words
from mendbook.run.attempt import Orders

DAYS = 61
BERTH = finding("H-1", "src/berth.py", evidence="return ship.length / 2", severity="CRITICAL")
TIDE = finding("H-2", "src/tide.py:2", evidence="return hour * 0.5", complexity="1 hour")
CRANE = finding("H-3", "src/crane.py", evidence="print(load)", severity="LOW")
EBB = finding("H-9", "src/ebb.py:2", evidence="return hour * 0.5", complexity="1 hour")
LOCK = finding("H-4", "src/lock.py", problem="The gate is never closed.")


def audited(day: int) -> list[dict[str, Any]]:
    """Return the findings of a day: what is found, moved, closed, and comes back."""
    found = [BERTH] if day < 10 else []
    found += [{**TIDE, "file": "src/tide.py:5"} if day >= 5 else TIDE] if day < 20 else [EBB]
    found += [CRANE] if day < 30 or day >= 45 else []
    return found + ([LOCK] if day >= 25 else [])


def committed(harbour: Harbour, day: int) -> None:
    """Change the repository as people did on some of the days."""
    changes = {
        5: (
            "src/tide.py",
            "import math\n\n\ndef tide(hour):\n    return hour * 0.5\n",
            "Look at maths",
        ),
        9: ("README.md", "# Harbour\n", "Say what this is"),
        10: ("src/berth.py", "def berth(ship):\n    return 9\n", "Fix the berths\n\nCloses H-1."),
        20: ("src/ebb.py", "def tide(hour):\n    return hour * 0.5\n", "Move the tide"),
        30: ("src/crane.py", "def lift(load):\n    return load\n", "Lift in silence"),
    }
    if day in changes:
        path, text, message = changes[day]
        (harbour.repo / path).write_text(text)
        git(harbour.repo, "add", "--all")
        git(harbour.repo, "commit", "--quiet", "--message", message)


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Harbour:
    """Return a harbour after two months, of which the last twenty runs are kept."""
    home = tmp_path_factory.mktemp("months")
    files: dict[str, Path] = {}

    def make(texts: Any) -> Path:  # noqa: ANN401 - as the fixture of that name
        root = home / "repo"
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        git(home, "init", "--quiet", str(root))
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", "first")
        return files.setdefault("repo", root)

    harbour = harbour_at(home, make)
    for day in range(DAYS):
        committed(harbour, day)
        harbour.write(audited(day))
        harbour.run(Orders(("P0", "new"), Keep(runs=20)))
        morning = harbour.clock.now.replace(hour=6, minute=0, second=0, microsecond=0)
        harbour.clock.now = morning + dt.timedelta(days=1)
    return harbour


@pytest.fixture(scope="module")
def trend(harbour: Harbour) -> Trend:
    """Return its trend."""
    return open_trend(harbour.out)


def test_the_index_equals_a_recount_of_the_folders(harbour: Harbour) -> None:
    """Each folder is a row and each row a folder, newest first, and ``latest`` is the newest."""
    rows = json.loads((harbour.out / "index.json").read_text())["runs"]
    folders = sorted(
        (path.parent.name for path in harbour.out.glob("20*/status.json")), reverse=True
    )
    assert [row["folder"] for row in rows] == folders
    assert len(folders) == 20
    assert folders[0] == "2026-04-30-0600-harbour"
    assert (harbour.out / "latest/harbour").resolve().name == folders[0]
    for row in rows:
        status = json.loads((harbour.out / row["folder"] / "status.json").read_text())
        assert (row["id"], row["exit_code"]) == (status["id"], status["exit_code"])
        assert row["by_priority"] == status["counts"]["by_priority"]
    page = (harbour.out / "index.html").read_text()
    assert page.count('<tr class="done">') == 20
    assert f'href="{folders[0]}/report.html"' in page


def test_the_trend_knows_every_run_also_those_that_are_gone(trend: Trend) -> None:
    """A point a day; new, gone, moved and returned on the day on which they were."""
    (line,) = trend.lines
    assert len(line.points) == DAYS
    changes = {
        (point.started[:10], point.open, point.new, point.gone, point.moved, point.returned)
        for point in line.points
        if point.new or point.gone or point.moved
    }
    assert changes == {
        ("2026-03-06", 3, 0, 0, 1, 0),
        ("2026-03-11", 2, 0, 1, 0, 0),
        ("2026-03-21", 2, 0, 0, 1, 0),
        ("2026-03-26", 3, 1, 0, 0, 0),
        ("2026-03-31", 2, 0, 1, 0, 0),
        ("2026-04-15", 3, 1, 0, 0, 1),
    }


def test_a_finding_keeps_its_identity_over_lines_files_and_names(trend: Trend) -> None:
    """The tide moved to other lines, then to another file under another id: one finding."""
    (line,) = trend.lines
    followed = {each.id: each for each in line.findings}
    assert list(followed) == ["H-1", "H-9", "H-3", "H-4"]
    assert (followed["H-9"].runs, followed["H-9"].is_open) == (DAYS, True)
    assert (followed["H-3"].runs, followed["H-3"].is_open) == (DAYS - 15, True)


def test_the_trend_says_which_commit_closed_a_finding(trend: Trend) -> None:
    """One that names it, where there is one."""
    (line,) = trend.lines
    berth = line.findings[0]
    (commit,) = berth.commits
    assert (berth.closed[:10], commit.subject, commit.author, commit.why) == (
        "2026-03-11",
        "Fix the berths",
        "Ada Auditor",
        "names the finding",
    )


def test_the_words_of_a_trend(trend: Trend) -> None:
    """A table of the runs, then what closed and by which commit."""
    (line,) = trend.lines
    lines = trend_words(trend).splitlines()
    assert lines[1].split() == [
        "run",
        "commit",
        "open",
        "P0",
        "P1",
        "P2",
        "P3",
        "new",
        "gone",
        "moved",
        "reworded",
        "back",
        "hours",
    ]
    assert len([row for row in lines if row.startswith("2026-")]) == DAYS
    at = lines.index("1 finding closed, 3 open")
    commit = line.findings[0].commits[0]
    assert lines[at + 1 : at + 3] == [
        "  H-1 (P0): H-1: the result is not checked; gone on 2026-03-11, planned 2 h",
        f"    by {commit.hash[:12]} “Fix the berths” by Ada Auditor, {commit.date[:10]}; "
        "it names the finding",
    ]


def test_hours_spent_are_set_against_those_planned(harbour: Harbour) -> None:
    """By id or identity, added up; what no run knows is said; the hours to come learn from it."""
    spent = harbour.home / "spent.csv"
    spent.write_text('Finding,Who,Hours\nH-1,Ada,3\nH-1,Bob,"1,5"\nH-7,Ada,1\n')
    trend = open_trend(harbour.out, spent=spent)
    assert (trend.spent.planned, trend.spent.spent, trend.spent.factor) == (2.0, 4.5, 2.25)
    assert trend.spent.unknown == ("H-7",)
    (of_all, of_kind) = trend.calibration
    assert (of_all.kind, of_all.cases, of_all.spread[1], of_all.used) == (
        "stated hours",
        1,
        2.25,
        False,
    )
    assert of_kind.kind == "stated hours, Code Quality"
    said = trend_words(trend).splitlines()
    assert "4.5 h spent on 1 finding planned with 2 h, 2.25 h for each hour planned" in said
    assert any("stated hours: 1 case took ×2.25" in row and "too few" in row for row in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,time\nH-1,3\n", "spent.csv: its heading needs the columns finding and hours"),
        ("finding,hours\nH-1,three\n", "spent.csv: line 2: 'three' is not a number of hours"),
        ("finding,hours\nH-1,-1\n", "spent.csv: line 2: '-1' is not a number of hours"),
        ("finding,hours\nH-1\n", "spent.csv: line 2: '' is not a number of hours"),
    ],
)
def test_a_file_of_hours_that_is_none_is_refused(text: str, said: str, tmp_path: Path) -> None:
    """One line that says where."""
    (tmp_path / "spent.csv").write_text(text)
    with pytest.raises(PolicyError) as refused:
        open_trend(tmp_path, spent=tmp_path / "spent.csv")
    assert str(refused.value).endswith(said)


def test_an_empty_folder_has_no_trend_and_says_so(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """No exception: a gap with its reason."""
    found = open_trend(tmp_path / "none")
    assert found.lines == ()
    assert "holds no published run" in found.gaps[0].reason


def test_later_estimates_learn_from_the_hours_spent(harbour: Harbour) -> None:
    """Five findings of the kind are enough; the plan says what its hours rest on."""
    kinds = [finding(f"Q-{number}", "src/crane.py", problem=f"Q {number}") for number in range(5)]
    harbour.write([*kinds, BERTH])
    harbour.run()
    rows = "".join(f"Q-{number},6\n" for number in range(5))
    (harbour.home / "decided/spent.csv").write_text(f"finding,hours\n{rows}")
    plan = harbour.run().plan
    (hours,) = {item.estimate.likely for item in plan.remediations if item.finding_id == "H-1"}
    (source,) = {item.estimate.source for item in plan.remediations if item.finding_id == "H-1"}
    assert hours == 6.0
    assert "from 5 earlier cases" in source


def test_the_frames_have_a_row_a_run_and_a_row_a_finding(trend: Trend) -> None:
    """Nothing is added up: the sums are the reader's."""
    runs, findings = runs_frame(trend), findings_frame(trend)
    assert len(runs) == DAYS
    assert runs["started"].is_monotonic_increasing
    assert list(runs["open"].iloc[[0, -1]]) == [3, 3]
    assert list(findings["id"]) == ["H-1", "H-9", "H-3", "H-4"]
    assert list(findings["open"]) == [False, True, True, True]
