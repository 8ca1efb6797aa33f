"""``commit --onto``: a series is carried to another commit, in real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import MakeRepository, git
from harbour import Harbour, finding, harbour_at
from mendbook.cli import main
from mendbook.errors import RepositoryError
from mendbook.run.onto import CarriedCommit, commit_onto

FILES = {
    "mill/grind.py": (
        "import logging\n\n\ndef grind(grain):\n    flour = grain.weight / 2\n"
        "    return flour\n\n\ndef sieve(flour):\n    return flour * 0.9\n"
    ),
    "mill/water.py": "def gate(level):\n    return level > 3\n",
    "mill/sacks.ts": "export function sacks(flour: number): number {\n  return flour / 25;\n}\n",
    "mill/prices.go": "package mill\n\nfunc Price(kg int) int {\n\treturn kg * 3\n}\n",
}
FINDINGS = [
    finding(
        "M-1", "mill/grind.py", fix="Replace `grain.weight / 2` with `grain.weight / 3`.", line=5
    ),
    finding("M-2", "mill/water.py", fix="Change `level > 3` to `level >= 3`.", line=2),
    finding("M-3", "mill/sacks.ts", fix="Change `flour / 25` to `flour / 50`.", line=2),
    finding("M-4", "mill/prices.go", fix="Change `kg * 3` to `kg * 4`.", line=4),
]


@pytest.fixture
def mill(tmp_path: Path, make_repository: MakeRepository) -> Harbour:
    """Return a mill whose four findings have a patch each, not yet planned."""
    place = harbour_at(tmp_path, make_repository)
    place.repo = make_repository(FILES)
    place.write(FINDINGS)
    return place


def planned(mill: Harbour) -> Path:
    """Return the folder of a run on what the mill has now."""
    folder = mill.run().folder
    assert folder is not None
    return folder


def change(root: Path, path: str, old: str, new: str) -> None:
    """Replace ``old`` in a file of the repository."""
    file = root / path
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new).encode())


def commit_all(root: Path, message: str) -> None:
    """Commit the work tree."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def told(done: CarriedCommit) -> dict[str, tuple[str, str]]:
    """Return outcome and reason by finding."""
    return {each.patch.finding_id: (each.outcome.value, each.why) for each in done.patches}


def taken(root: Path, done: CarriedCommit, tmp_path: Path) -> Path:
    """Return a clone at the commit in question, its series applied by ``git am``."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--no-checkout", str(root), str(clone))
    git(clone, "checkout", "--quiet", done.onto)
    series = git(clone, "show", f"origin/{done.commit.branch}:PATCHES/series").split()
    for name in series:
        mail = git(clone, "show", f"origin/{done.commit.branch}:PATCHES/{name}")
        (tmp_path / name).write_text(mail + "\n")
        git(clone, "am", "--quiet", "--keep-cr", str(tmp_path / name))
    return clone


def test_what_still_applies_is_carried_and_the_rest_is_named(mill: Harbour, tmp_path: Path) -> None:
    """Lines moved, one patch done by a person, one place rewritten, one file gone."""
    folder = planned(mill)
    root = mill.repo
    change(root, "mill/grind.py", "import logging\n", 'import logging\n\nSTONES = "granite"\n')
    change(root, "mill/water.py", "level > 3", "level >= 3")
    change(root, "mill/sacks.ts", "flour / 25", "Math.ceil(flour / 30)")
    (root / "mill/prices.go").unlink()
    commit_all(root, "Work of a week")
    head = git(root, "rev-parse", "HEAD")
    done = commit_onto(folder, "HEAD")
    assert done.onto == head
    assert told(done) == {
        "M-1": ("carried", ""),
        "M-2": ("already done", ""),
        "M-3": (
            "does not apply",
            "the lines that it changes in mill/sacks.ts have changed since",
        ),
        "M-4": ("does not apply", "mill/prices.go is no longer there"),
    }
    assert git(root, "rev-parse", f"{done.commit.branch}~1") == head
    listed = git(root, "ls-tree", "-r", "--name-only", done.commit.branch, "PATCHES").splitlines()
    assert [name for name in listed if name.endswith(".patch")] == [
        *(f"PATCHES/{each.patch.name}" for each in done.patches[:1]),
        *(f"PATCHES/drafts/{each.patch.name}" for each in done.patches[2:]),
    ]
    clone = taken(root, done, tmp_path)
    assert (clone / "mill/grind.py").read_text() == (
        'import logging\n\nSTONES = "granite"\n\n\ndef grind(grain):\n'
        "    flour = grain.weight / 3\n    return flour\n\n\ndef sieve(flour):\n"
        "    return flour * 0.9\n"
    )
    report = git(root, "show", f"{done.commit.branch}:reports/carried-{folder.name[:15]}.md")
    rows = [line.split(" | ") for line in report.splitlines() if line.startswith("| `M-")]
    last = f"last changed by {head[:12]} (Work of a week)"
    assert sorted((row[0], row[2], row[3].removesuffix(" |")) for row in rows) == [
        ("| `M-1`", "in the series, proven up to binds", "—"),
        ("| `M-2`", "already done: left out", last),
        (
            "| `M-3`",
            "no longer applies: kept in `PATCHES/drafts/`",
            f"the lines that it changes in mill/sacks.ts have changed since; {last}",
        ),
        (
            "| `M-4`",
            "no longer applies: kept in `PATCHES/drafts/`",
            f"mill/prices.go is no longer there; {last}",
        ),
    ]


def test_a_renamed_file_takes_its_patch_along(mill: Harbour, tmp_path: Path) -> None:
    """The mail names the new path."""
    folder = planned(mill)
    git(mill.repo, "mv", "mill/water.py", "mill/sluice.py")
    change(mill.repo, "mill/sluice.py", "def gate", '"""The sluice."""\n\n\ndef gate')
    commit_all(mill.repo, "Call it a sluice")
    done = commit_onto(folder, "HEAD")
    assert {outcome for outcome, _ in told(done).values()} == {"carried"}
    assert done.patches[1].patch.files == ("mill/sluice.py",)
    clone = taken(mill.repo, done, tmp_path)
    text = '"""The sluice."""\n\n\ndef gate(level):\n    return level >= 3\n'
    assert (clone / "mill/sluice.py").read_text() == text


@pytest.mark.parametrize(("before", "after"), [("\n", "\r\n"), ("\r\n", "\n")])
def test_line_ends_that_were_changed_are_those_of_the_patch(
    tmp_path: Path, make_repository: MakeRepository, before: str, after: str
) -> None:
    """Neither way of ending lines is in the way of a patch."""
    mill = harbour_at(tmp_path, make_repository)
    mill.repo = make_repository({path: text.replace("\n", before) for path, text in FILES.items()})
    git(mill.repo, "config", "core.autocrlf", "false")
    mill.write(FINDINGS)
    folder = planned(mill)
    for path, text in FILES.items():
        (mill.repo / path).write_bytes(text.replace("\n", after).encode())
    commit_all(mill.repo, "Other line ends")
    done = commit_onto(folder, "HEAD")
    assert {outcome for outcome, _ in told(done).values()} == {"carried"}
    gone = [each.patch.diff for each in done.patches]
    added = [line for diff in gone for line in diff.split("\n") if line.startswith("+ ")]
    assert {line.endswith("\r") for line in added} == {after == "\r\n"}


def test_a_patch_that_has_lost_its_ground_is_no_draft_that_looks_well(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """A name that is gone, and a value that someone has set elsewhere, are in the way."""
    mill = harbour_at(tmp_path, make_repository)
    files = {
        "mill/settings.yaml": "mill:\n  stones: 2\n  gate: oak\n  wheel: elm\n  belt: hide\n",
        "mill/loft.py": (
            "from mill.rope import ROPE\n\n\ndef hoist(sack):\n    return sack.weight + 1\n"
        ),
        "mill/rope.py": "ROPE = 7\n",
    }
    mill.repo = make_repository(files)
    mill.write(
        [
            finding("L-1", "mill/settings.yaml", fix="Add `timeout: 30` to `mill`.", line=1),
            finding(
                "L-2",
                "mill/loft.py",
                fix="Change `sack.weight + 1` to `sack.weight + ROPE`.",
                line=5,
            ),
        ]
    )
    folder = planned(mill)
    change(mill.repo, "mill/settings.yaml", "mill:\n", "mill:\n  timeout: 60\n")
    change(mill.repo, "mill/loft.py", "from mill.rope import ROPE\n\n\n", "")
    commit_all(mill.repo, "Tidy")
    assert told(commit_onto(folder, "HEAD")) == {
        "L-1": (
            "does not apply",
            "mill/settings.yaml has got `timeout: 60` since; look whether it is done",
        ),
        "L-2": (
            "does not apply",
            "its names do not bind: mill/loft.py:2: nothing defines or imports ROPE",
        ),
    }


def test_the_planned_commit_itself_gives_the_same_series(mill: Harbour) -> None:
    """Carried to where it was planned, nothing of a patch changes; an unknown commit is refused."""
    folder = planned(mill)
    done = commit_onto(folder, git(mill.repo, "rev-parse", "--short", "HEAD"))
    names = (folder / "PATCHES/series").read_text().split()
    for name in names:
        mail = git(mill.repo, "show", f"{done.commit.branch}:PATCHES/{name}")
        assert mail == (folder / "PATCHES" / name).read_text().strip()
    with pytest.raises(RepositoryError, match="no commit harvest"):
        commit_onto(folder, "harvest")


def test_patches_that_the_commit_keeps_of_another_plan_stay(mill: Harbour) -> None:
    """The carried ones go on with the numbers, and with the series."""
    folder = planned(mill)
    (mill.repo / "PATCHES").mkdir()
    (mill.repo / "PATCHES/series").write_text("007-OLD-a.patch\n")
    (mill.repo / "PATCHES/007-OLD-a.patch").write_text("")
    commit_all(mill.repo, "An earlier plan")
    done = commit_onto(folder, "HEAD")
    series = git(mill.repo, "show", f"{done.commit.branch}:PATCHES/series").split()
    assert [name[:3] for name in series] == ["007", "008", "009", "010", "011"]
    assert series[1:] == [each.patch.name for each in done.patches]


def test_the_command_says_what_became_of_each_patch(
    mill: Harbour, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each, and the branch."""
    folder = planned(mill)
    change(mill.repo, "mill/water.py", "level > 3", "level >= 3")
    commit_all(mill.repo, "Open it earlier")
    monkeypatch.setattr("sys.argv", ["mendbook", "commit", str(folder), "--onto", "HEAD"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert not stopped.value.code
    said = capsys.readouterr().out.splitlines()
    head = git(mill.repo, "rev-parse", "HEAD")[:12]
    counts = "4 patches in series: 3 carried, 1 already done, 0 no longer applying."
    assert said[0] == f"On {head}: {counts}"
    became = {name.split("-M-")[0].strip()[:3]: what for name, what in map(_parted, said[1:5])}
    assert became == {"001": "carried", "002": "already done", "003": "carried", "004": "carried"}
    assert said[5].startswith("Committed ")


def _parted(row: str) -> tuple[str, str]:
    name, _, what = row.partition(": ")
    return name, what
