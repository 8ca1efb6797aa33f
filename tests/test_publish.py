"""One commit point: all of a run under its final name, or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mendbook.errors import ReportError
from mendbook.publish import publish, refuse_unwritable, write_files

STAMP = "2026-02-12-0924"
FILES: dict[str, str | bytes] = {
    "docs/remediation/2026-02-12-0924.md": "# Plan\n",
    "reports/remediation.json": "{}\n",
    "PATCHES/001-x.patch": b"diff\xff\n",
    "PATCHES/series": "001-x.patch\n",
}
CALLS = ("write", "fsync", "open", "mkdir")


def fill(folder: Path) -> None:
    """Write a run's files."""
    write_files(folder, FILES)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file under ``folder``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


WHOLE = {name: text.encode() if isinstance(text, str) else text for name, text in FILES.items()}


def test_a_run_is_published_under_its_stamp_and_name(tmp_path: Path) -> None:
    """The folder is named by minute and audit, and holds exactly the files."""
    final = publish(tmp_path, STAMP, "audit gift/domain", fill)
    assert final == tmp_path / "2026-02-12-0924-audit-gift-domain"
    assert content(final) == WHOLE
    assert [path.name for path in tmp_path.iterdir()] == [final.name]


def test_a_second_run_in_the_same_minute_gets_a_number(tmp_path: Path) -> None:
    """Nothing is overwritten, not even an empty folder or a file of that name."""
    first = publish(tmp_path, STAMP, "a", fill)
    (tmp_path / f"{STAMP}-a-2").mkdir()
    (tmp_path / f"{STAMP}-a-3").write_text("mine")
    fourth = publish(tmp_path, STAMP, "a", lambda folder: write_files(folder, {"x": "y"}))
    assert fourth == tmp_path / f"{STAMP}-a-4"
    assert content(first) == WHOLE
    assert (tmp_path / f"{STAMP}-a-3").read_text() == "mine"


@pytest.mark.parametrize("call", CALLS)
def test_a_fault_at_any_call_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Whichever write, sync or open fails first, no final name appears and no rest is left."""
    for nth in range(1, 60):
        out = tmp_path / f"{call}-{nth}"
        out.mkdir()
        with monkeypatch.context() as patch:
            patch.setattr(os, call, fail_at(nth, getattr(os, call)))
            problem = attempt(out)
        left = [path.name for path in out.iterdir()]
        if not problem:
            assert content(out / f"{STAMP}-a") == WHOLE
            assert left == [f"{STAMP}-a"]
            return
        assert "No space left on device" in problem
        assert left == [] or content(out / left[0]) == WHOLE
        assert not any(name.startswith(".") for name in left)
    pytest.fail("the fault was never outrun")


def attempt(out: Path) -> str:
    """Publish, and return what was wrong; empty when nothing was."""
    try:
        publish(out, STAMP, "a", fill)
    except ReportError as error:
        return str(error)
    return ""


def fail_at(nth: int, real: Callable[..., object]) -> Callable[..., object]:
    """Return ``real`` that fails on its ``nth`` call, as on a full disk."""
    calls = 0

    def call(*args: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise OSError(28, "No space left on device")
        return real(*args, **named)

    return call


KILLED = """
import os, signal, sys
from pathlib import Path
from mendbook.publish import publish, write_files
nth, out, calls = int(sys.argv[1]), Path(sys.argv[2]), 0
def deadly(real):
    def call(*args, **named):
        global calls
        calls += 1
        if calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **named)
    return call
for name in ("write", "fsync", "rename", "mkdir"):
    setattr(os, name, deadly(getattr(os, name)))
files = {"a/b.txt": "one", "c.txt": "two"}
publish(out, "2026-02-12-0924", "a", lambda folder: write_files(folder, files))
"""


def test_a_killed_run_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Killed at any call, the final name is absent, or holds every file."""
    outcomes = []
    for nth in (*range(1, 14), 99):
        out = tmp_path / str(nth)
        done = subprocess.run([sys.executable, "-c", KILLED, str(nth), str(out)], check=False)
        finals = [path for path in out.glob("*") if not path.name.startswith(".")]
        for final in finals:
            assert content(final) == {"a/b.txt": b"one", "c.txt": b"two"}
        outcomes.append((done.returncode, len(finals)))
    assert outcomes[0] == (-signal.SIGKILL, 0)
    assert outcomes[-1] == (0, 1)


FULL = """
import resource, signal, sys
from pathlib import Path
from mendbook.errors import ReportError
from mendbook.publish import publish, write_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    files = {"a": "x" * 900, "b": "x" * 1100}
    publish(Path(sys.argv[1]), "2026-02-12-0924", "a", lambda folder: write_files(folder, files))
except ReportError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
def test_a_disk_that_fills_up_is_one_clear_line(tmp_path: Path) -> None:
    """What the system refuses is told, and nothing is left."""
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(out)], check=True, capture_output=True, text=True
    )
    assert done.stdout == f"{out}: cannot publish (File too large); nothing was written there\n"
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "a/../../x", "", "a\\b", "x" * 121, "nul\0byte"]
)
def test_an_artefact_stays_inside_its_folder(tmp_path: Path, name: str) -> None:
    """A path that leaves the run's folder, or is no name at all, is refused."""
    with pytest.raises(ReportError, match="artefact"):
        publish(tmp_path, STAMP, "a", lambda folder: write_files(folder, {name: "x"}))
    assert list(tmp_path.iterdir()) == []


def test_only_files_and_folders_are_published(tmp_path: Path) -> None:
    """A link that was put into the staged folder is refused."""

    def link(folder: Path) -> None:
        write_files(folder, FILES)
        (folder / "link").symlink_to("/etc/passwd")

    with pytest.raises(ReportError, match="only files and folders"):
        publish(tmp_path, STAMP, "a", link)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_wrote_nothing_is_refused(tmp_path: Path) -> None:
    """An empty folder is no report."""
    with pytest.raises(ReportError, match="nothing to publish"):
        publish(tmp_path, STAMP, "a", lambda folder: None)


def test_a_stamp_is_a_minute(tmp_path: Path) -> None:
    """A stamp that is none names what is expected."""
    with pytest.raises(ReportError, match="YYYY-MM-DD-HHmm"):
        publish(tmp_path, "2026-02-12T09:24", "a", fill)


def test_where_nothing_can_be_published_is_told_before_any_work(tmp_path: Path) -> None:
    """A file where the folder should be, or above it; a folder to come is no fault."""
    (tmp_path / "file").write_text("in the way")
    for out in (tmp_path / "file", tmp_path / "file/reports"):
        with pytest.raises(ReportError, match=r"file is no folder\); choose another --out$"):
            refuse_unwritable(out)
    refuse_unwritable(tmp_path / "to/come")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
