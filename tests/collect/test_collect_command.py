"""``mendbook collect`` from the command line: what it prints, its exit codes, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook import errors
from mendbook.cli import main


def mendbook(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    """Run the command line in this process and return exit code, output and errors."""
    monkeypatch.setattr("sys.argv", ["mendbook", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    said = capsys.readouterr()
    return int(stopped.value.code or 0), said.out, said.err


def test_a_collection_ends_with_the_options_that_plan_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One row a tool, the folder, and a command to copy; the exit code is 0."""
    binaries = tmp_path / "my repo" / "node_modules" / ".bin"
    (binaries.parent / "knip").mkdir(parents=True)
    (binaries.parent / "knip" / "package.json").write_text('{"version": "6.0.0"}')
    binaries.mkdir()
    (binaries / "knip").write_text("#!/bin/sh\necho '{\"issues\": []}'\n")
    (binaries / "knip").chmod(0o755)
    out = tmp_path / "out"
    code, said, _ = mendbook(
        monkeypatch,
        capsys,
        *("collect", "--repo", str(tmp_path / "my repo"), "--only", "knip", "--out", str(out)),
    )
    (folder,) = out.iterdir()
    assert code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["collected.json", "knip.json"]
    rows = said.splitlines()
    assert rows[1].split() == ["knip", "clean", rows[1].split()[2], "nothing", "found"]
    assert rows[3:] == [
        f"Kept in {folder}",
        f"Plan with it: mendbook plan AUDIT --tool {folder}/knip.json",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "lint"), "--only 'lint': choose from tsc, eslint"),
        (("--url", "http://example.org/"), "example.org is not this machine"),
        (("--seconds", "0"), "give numbers above 0"),
        (("--command", "'dist"), "--command"),
    ],
)
def test_what_must_not_be_run_is_refused_before_anything_is(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One line, the collector's exit code, and nothing written."""
    out = tmp_path / "out"
    code, printed, error = mendbook(
        monkeypatch,
        capsys,
        *("collect", "--repo", str(tmp_path), "--out", str(out), *arguments),
    )
    assert (code, printed) == (errors.CollectError.exit_code, "")
    assert said in error
    assert error.count("\n") == 1
    assert not out.exists()


def test_a_collection_that_holds_nothing_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Why nothing was run is printed and recorded; a script sees it by the exit code."""
    code, printed, _ = mendbook(
        monkeypatch,
        capsys,
        *("collect", "--repo", str(tmp_path), "--only", "knip", "--out", str(tmp_path / "out")),
    )
    assert code == errors.CollectError.exit_code
    assert "to install it: npm install --save-dev knip" in printed
    assert [path.name for path in (tmp_path / "out").rglob("*.json")] == ["collected.json"]
