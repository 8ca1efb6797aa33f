"""A run under bad luck: hostile audits, odd paths, secrets, and being stopped half-way."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from conftest import MakeRepository, git
from mendbook import report
from mendbook.disk import refuse_full_folder
from mendbook.errors import ReportError
from mendbook.notebook.execute import execute_one
from mendbook.publish import write_files
from mendbook.run.produce import documents
from mendbook.run.run import Run, open_run

STAMP = "2026-11-20-0915"
SOURCE = {"src/a.ts": "export function a() {\n  return 1;\n}\n"}
HOSTILE = [
    "<script>alert(1)</script>",
    "```\n# Owned\n",
    "``````````",
    "a|b|c",
    'graph TD; A-->B["x"] end',
    "\u202eabc\u200b\x07",
    "--option",
    "../../etc/passwd",
    "x" * 300,
    "🧨",
    "CON",
    "A-b",
    "a-B",
    "a/b",
    "<img src=x onerror=alert(1)>",
    "{x}",
]


def findings(texts: list[str], **changes: str) -> list[dict[str, Any]]:
    """Return one finding for each text, which stands in every field that ``changes`` leaves."""
    fields = ["id", "dimension", "function", "problem", "evidence", "impact", "fix", "complexity"]
    return [
        {"severity": "LOW", "file": "src/a.ts", **dict.fromkeys(fields, text), **changes}
        for text in texts
    ]


def opened(folder: Path, repo: Path, found: list[dict[str, Any]]) -> Run:
    """Open a run on an audit of what was ``found``."""
    audit = folder / "audit.json"
    audit.write_text(json.dumps({"findings": found}))
    return open_run(audit, repo, out=folder / "out", stamp=STAMP)


def headings(markdown: str) -> list[str]:
    """Return the titles of the document and its sections."""
    unfenced = re.sub(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1$", "", markdown, flags=re.M | re.S)
    return re.findall(r"^#{1,2} .+$", unfenced, flags=re.M)


def test_a_hostile_audit_gives_the_same_document_as_a_harmless_one(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """Foreign text adds no heading, no element and no file outside the run's folder."""
    repo = make_repository(SOURCE)
    (tmp_path / "harmless").mkdir()
    plain = [f"plain {number}" for number, _ in enumerate(HOSTILE)]
    harmless = opened(tmp_path / "harmless", repo, findings(plain)).plan
    run = opened(tmp_path, repo, findings(HOSTILE))
    assert headings(report.markdown_report(run.plan)) == headings(report.markdown_report(harmless))
    html = report.html_report(run.plan)
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    files = documents(run.plan, run.snapshot)
    write_files(tmp_path / "written", files)
    said = json.loads(files[f"reports/remediation-{STAMP}.json"])
    assert len({item["issueId"] for item in said["remediations"]}) == len(HOSTILE)


def test_secrets_in_an_audit_reach_no_file(
    tmp_path: Path, make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a document nor a saved stage holds a token that the audit quoted."""
    monkeypatch.setenv("MENDBOOK_CACHE", str(tmp_path / "out" / "cache"))
    token = "gh" + "p_q7Zr2Lk9Xw4Nb6Tf1Vh8Sd3Gm5Jc0Pyq7Zr2Lk9"
    run = opened(tmp_path, make_repository(SOURCE), findings([f"leak: {token}"], id="S-1"))
    write_files(tmp_path / "out" / "run", documents(run.plan, run.snapshot))
    (tmp_path / "out" / "report.md").write_text(report.markdown_report(run.plan))
    (tmp_path / "out" / "report.html").write_text(report.html_report(run.plan))
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(written) > 5
    assert not [path for path in written if token.encode() in path.read_bytes()]


@pytest.mark.parametrize("found", [[], findings(["one"], severity="INFO")])
def test_an_audit_with_little_to_do_is_planned(
    found: list[dict[str, Any]], tmp_path: Path, make_repository: MakeRepository
) -> None:
    """No finding at all, or one that only informs, still makes a whole document."""
    plan = opened(tmp_path, make_repository(SOURCE), found).plan
    assert len(plan.remediations) == len(found)
    assert len(headings(report.markdown_report(plan))) == 9


def test_any_kind_of_clone_is_planned_and_its_work_tree_is_not_read(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """Bare; shallow, detached and dirty: the same finding, found at the same commit."""
    repo = make_repository(SOURCE)
    git(tmp_path, "clone", "--quiet", "--bare", str(repo), "bare ü.git")
    git(tmp_path, "clone", "--quiet", "--depth=1", repo.as_uri(), "shallow")
    git(tmp_path / "shallow", "checkout", "--quiet", "--detach")
    (tmp_path / "shallow/src/a.ts").write_text("broken {\n")
    places = [tmp_path / "bare ü.git", tmp_path / "shallow", repo]
    found = findings(["one"], function="a()")
    plans = [opened(tmp_path, place, found).plan for place in places]
    assert len({plan.context.commit for plan in plans}) == 1
    assert plans[0].facts == plans[2].facts
    shallow, whole = plans[1].facts[0], plans[2].facts[0]
    assert (shallow.files, shallow.evidence) == (whole.files, whole.evidence)


def test_a_notebook_runs_into_a_folder_with_braces_in_its_name(tmp_path: Path) -> None:
    """A path is taken as it is written, never as a template."""
    cell = nbformat.v4.new_code_cell(
        "from mendbook.notebook.execute import record\nrecord(done=True)"
    )  # type: ignore[no-untyped-call]
    notebook = nbformat.v4.new_notebook(cells=[cell])  # type: ignore[no-untyped-call]
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    folder = tmp_path / "a{x} b{}"
    folder.mkdir()
    nbformat.write(notebook, folder / "one.ipynb")  # type: ignore[no-untyped-call]
    assert execute_one(folder / "one.ipynb", {}, folder / "done.ipynb") == {"done": True}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.4])
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells signals by /proc")
def test_a_run_that_is_stopped_in_its_first_second_says_so(
    number: signal.Signals, seconds: float, tmp_path: Path
) -> None:
    """One line and exit code 130, whatever is being done when Mendbook's code has begun.

    Nothing is published. A run that had got as far as its record is told as interrupted, there
    and in the index.
    """
    kept = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # as under nohup, and inherited
    if kept and number is signal.SIGHUP:
        pytest.skip("hangups are ignored where the tests run")
    last = signal.SIGTERM if kept else signal.SIGHUP
    command = [sys.executable, "-m", "mendbook", "plan", "--sample", "--out", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        while not _handles(running.pid, last):
            time.sleep(0.001)
        time.sleep(seconds)
        running.send_signal(number)
        said = running.stderr.read()
    assert running.returncode == 130, said
    assert said.splitlines()[-1] == "mendbook: interrupted; nothing was published"
    assert "Traceback" not in said
    assert {path.name for path in tmp_path.iterdir()} <= {".runs", "index.html", "index.json"}
    left = list((tmp_path / ".runs").glob("*"))
    records = [json.loads(path.read_text()) for path in left if path.suffix == ".json"]
    assert all((each["state"], each["exit_code"]) == ("interrupted", 130) for each in records)
    logs = {path.stem for path in left if path.suffix == ".log"}
    assert logs == {each["id"] for each in records}
    if records:
        index = json.loads((tmp_path / "index.json").read_text())
        assert [each["state"] for each in index["runs"]] == ["interrupted"]
        assert "interrupted" in (tmp_path / "index.html").read_text()


@pytest.mark.parametrize("module", ["mendbook.signals", "threading", "resource", "mendbook.cli"])
def test_an_interrupt_while_the_first_modules_load_is_one_line(module: str) -> None:
    """Ctrl-C is told the same whether the handler of signals is loaded already or not."""
    code = f"""
import os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests run without it
class Stops:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
for name in ("threading", "resource"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Stops())
sys.argv = ["mendbook", "--version"]
runpy.run_module("mendbook", run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "mendbook: interrupted; nothing was published\n"


MADE_OF_INTERRUPTS = {
    "a name that is set": """
class Told:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.SIGINT)
        self.name = name
type("Made", (), {"told": Told()})
""",
    "an import of C": """
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    pass
raise ImportError("multiarray failed to import")
""",
    "an error of the disk": """
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    pass
raise OSError(5, "Input/output error")
""",
}
"""What Python 3.11 and modules written in C do with an interrupt, each in its way."""


@pytest.mark.parametrize("made", MADE_OF_INTERRUPTS)
@pytest.mark.parametrize(
    "module", ["mendbook.memory", "mendbook.cli", "mendbook.run.attempt", "mendbook.planning"]
)
def test_an_interrupt_that_becomes_another_error_is_told_as_one(
    made: str, module: str, tmp_path: Path
) -> None:
    """While modules load and while a run is under way; its record says the same."""
    code = f"""
import os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Stops:
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            sys.meta_path.remove(self)
            exec({MADE_OF_INTERRUPTS[made]!r}, globals())
sys.meta_path.insert(0, Stops())
sys.argv = ["mendbook", "plan", "--sample", "--notebooks", "none", "--out", {str(tmp_path)!r}]
runpy.run_module("mendbook", run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 130, done.stderr
    assert done.stderr.splitlines()[-1] == "mendbook: interrupted; nothing was published"
    assert "Traceback" not in done.stderr
    records = list((tmp_path / ".runs").glob("*.json"))
    assert [json.loads(path.read_text())["state"] for path in records] in ([], ["interrupted"])


def _handles(process: int, number: signal.Signals) -> bool:
    """Tell whether the process has taken the signal into its own hands."""
    status = Path(f"/proc/{process}/status").read_text()
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status, flags=re.M)
    return caught is not None and bool(int(caught[1], 16) >> (number - 1) & 1)


def test_a_terminal_that_may_close_ends_nothing() -> None:
    """``nohup`` had the signal ignored, and it stays so."""
    code = "import signal; from mendbook.signals import end_as_interrupted; "
    code += "signal.signal(signal.SIGHUP, signal.SIG_IGN); end_as_interrupted(); "
    code += "print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_an_interrupt_that_python_swallows_is_neither_shown_nor_lost() -> None:
    """It falls into a finaliser, as it may into an import; other lost exceptions are shown."""
    code = """
import signal
from mendbook.signals import end_as_interrupted, end_if_asked
class Stopped:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)
class Broken:
    def __del__(self):
        raise ValueError("shown")
end_as_interrupted()
Broken()
Stopped()
try:
    end_if_asked()
except KeyboardInterrupt:
    print("asked")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "asked\n"
    assert "ValueError: shown" in done.stderr
    assert "KeyboardInterrupt" not in done.stderr


def test_what_works_in_another_thread_ends_with_an_interrupt(tmp_path: Path) -> None:
    """Only the main thread hears of it, and that waits for the others: a gate may take minutes."""
    code = """
import os, signal, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from mendbook.bounded_process import run_bounded
from mendbook.signals import end_as_interrupted
end_as_interrupted()
begun = Path(sys.argv[1])
def work():
    run_bounded(["sh", "-c", f"touch {begun}; exec sleep 631"], Path("/"), 600.0)
with ThreadPoolExecutor(1) as pool:
    waiting = [pool.submit(work), pool.submit(work)]
    while not begun.exists():
        pass
    os.kill(os.getpid(), signal.SIGTERM)
"""
    command = [sys.executable, "-c", code, str(tmp_path / "begun")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "KeyboardInterrupt" in done.stderr


def test_nobody_has_to_read_what_a_run_says(
    tmp_path: Path, make_repository: MakeRepository
) -> None:
    """A pipe that is closed, or a full device, ends nothing."""
    audit = tmp_path / "audit.json"
    audit.write_text(json.dumps({"findings": findings(["one"])}))
    repo, out = make_repository(SOURCE), tmp_path / "out"
    read, write = os.pipe()
    os.close(read)
    words = ["plan", str(audit), "--repo", str(repo), "--out", str(out), "--notebooks", "none"]
    done = subprocess.run([sys.executable, "-m", "mendbook", *words], stdout=write, stderr=write)
    os.close(write)
    assert done.returncode == 0
    assert len(list(out.glob("2*"))) == 1


@pytest.mark.parametrize("option", ["", "--policy", "--profile", "--map"])
def test_a_file_that_may_not_be_read_is_refused_in_one_line(option: str, tmp_path: Path) -> None:
    """It names the file and says why; no box of a usage error."""
    given = tmp_path / "kept.json"
    given.write_text("{}")
    given.chmod(0)
    words = ["plan", "--sample", option, str(given)] if option else ["plan", str(given)]
    command = [sys.executable, "-m", "mendbook", *words, "--out", str(tmp_path / "out")]
    if os.geteuid() == 0:  # held to permissions without these two
        if shutil.which("setpriv") is None:
            pytest.skip("the first user may read everything")
        given_up = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={given_up}", f"--inh-caps={given_up}", *command]
    done = subprocess.run(command, capture_output=True, text=True)
    said = done.stderr.splitlines()[-1]
    assert said.startswith(f"mendbook: {given}: cannot be ")
    assert "permission denied" in said.lower()
    assert done.returncode in {3, 5}


def test_a_cache_that_is_no_folder_costs_time_and_no_result(
    tmp_path: Path, make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be kept, and the plan is the same."""
    repo, found = make_repository(SOURCE), findings(["one"])
    kept = opened(tmp_path, repo, found).plan
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MENDBOOK_CACHE", str(tmp_path / "file/cache"))
    assert opened(tmp_path, repo, found).plan == kept


def test_a_full_temporary_folder_is_no_fault_of_a_patch(tmp_path: Path) -> None:
    """The refusal names the folder, not git and not a bug."""
    with pytest.raises(ReportError, match=r"cannot be written .*free space there or set TMPDIR"):
        refuse_full_folder(tmp_path / "none")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_in_its_notebooks_leaves_its_record_alone(
    number: signal.Signals, tmp_path: Path
) -> None:
    """Exit code 130, its last line says so, and neither a run nor a part of one is left.

    Only the record says that there was one.
    """
    program = Path(sys.executable).with_name("mendbook")
    capacity = f"--capacity={20 + number}"  # of no other run, so that no notebook is kept of it
    command = [str(program), "plan", "--sample", capacity, "--out", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        for line in running.stderr:
            if "execute the notebooks" in line:
                break
        running.send_signal(number)
        said = running.stderr.read()
    assert running.returncode == 130, said
    assert said.splitlines()[-1] == "mendbook: interrupted; nothing was published"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".runs", "index.html", "index.json"]
    (record,) = (tmp_path / ".runs").glob("*.json")
    assert json.loads(record.read_text())["state"] == "interrupted"
    assert json.loads(record.read_text())["exit_code"] == 130
