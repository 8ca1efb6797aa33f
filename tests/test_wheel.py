"""What ``pip install .`` gives plans from any folder: the wheel is built, unpacked and tried."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the wheel's content, as site-packages would."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-c", _BUILD, str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    with zipfile.ZipFile(folder / built.stdout.split()[-1]) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def mendbook(site: Path, standing: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program from the unpacked wheel, standing in the folder ``standing``."""
    kept = {name: value for name, value in os.environ.items() if name != "MENDBOOK_HOME"}
    return subprocess.run(
        [sys.executable, "-m", "mendbook", *arguments],
        cwd=standing,
        env={**kept, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    )


def test_the_wheel_carries_notebooks_policies_sample_and_schemas(site: Path) -> None:
    """Nothing that a plan needs is left in the checkout."""
    for folder in ("notebooks", "data/policies", "data/sample", "data/samples", "data/overrides"):
        ours = {path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*")}
        ours -= {Path("README.md")}
        theirs = site / "mendbook/data" / folder.removeprefix("data/")
        assert ours <= {path.relative_to(theirs) for path in theirs.rglob("*")}, folder
    assert list((site / "mendbook/schemas").glob("*.json"))
    (entry,) = site.glob("*.dist-info/entry_points.txt")
    assert "mendbook = mendbook.__main__:main" in entry.read_text()


def test_the_sample_is_planned_from_any_folder(site: Path, tmp_path: Path) -> None:
    """Runs go to reports/ of the folder one stands in; the code is the wheel's."""
    done = mendbook(site, tmp_path, "plan", "--sample")
    (report,) = (tmp_path / "reports").glob("[0-9]*/report.html")
    run = report.parent
    assert done.stdout.splitlines()[0] == f"Report   {run / 'report.html'}"
    assert {path.name for path in run.iterdir()} >= {"PATCHES", "notebooks", "plan.json"}
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def test_standing_in_the_audited_repository_nothing_is_written_there(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run goes to a folder of the user's data, and the last line says where."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    server = tmp_path / "server"
    made = "from mendbook.sample import *; import sys; from pathlib import Path; "
    made += "materialise_sample(Path(sys.argv[1])); print(sample_inputs().audit)"
    audit = subprocess.run(
        [sys.executable, "-c", made, str(server)],
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    before = sorted(path for path in server.rglob("*"))
    done = mendbook(site, server / "src", "plan", audit, "--repo", "..", "--notebooks", "report")
    kept = tmp_path / "data/mendbook/reports/server"
    assert done.stdout.splitlines()[-1].endswith(f"runs are kept in {kept}")
    assert len(list(kept.glob("[0-9]*/report.html"))) == 1
    assert sorted(path for path in server.rglob("*")) == before
