"""Collecting: tools that say what the real ones said, and the real ones where they are cheap."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.collect import (
    RECORD,
    TOOLS,
    Attempt,
    Collection,
    Order,
    Status,
    choose,
    closing_words,
    collect,
)
from mendbook.errors import CollectError
from mendbook.intake import enrich, load_audit
from mendbook.profiling import load_profiles
from mendbook.repository.snapshot import Snapshot

RECORDED = Path(__file__).parent.parent / "data" / "tools"
TSC_SAYS = "src/room.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.\n"


def project(folder: Path, tools: Mapping[str, tuple[int, str]] | None = None) -> Path:
    """Make a tiny TypeScript project whose ``tools`` exit with a code and print a text."""
    binaries = folder / "node_modules" / ".bin"
    binaries.mkdir(parents=True)
    (folder / "src").mkdir()
    (folder / "src" / "room.ts").write_text('export const seats: number = "8";\n')
    (folder / "package.json").write_text('{"name": "tiny", "version": "1.0.0"}\n')
    (folder / "tsconfig.json").write_text('{"compilerOptions": {"strict": true}}\n')
    (folder / "requirements.txt").write_text("jinja2==2.11.0\n")
    for name, (code, said) in (tools or {}).items():
        install(folder, name, f"cat <<'END'\n{said.rstrip()}\nEND\nexit {code}")
    return folder


def install(repo: Path, name: str, body: str) -> None:
    """Install a package of this name whose program is a shell script."""
    (repo / "node_modules" / name).mkdir()
    (repo / "node_modules" / name / "package.json").write_text('{"version": "7.0.1"}')
    script(repo / "node_modules" / ".bin" / name, body)


def script(path: Path, body: str) -> None:
    """Write an executable shell script."""
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def recorded(name: str) -> str:
    """Return what a real tool printed."""
    return (RECORDED / name).read_text()


def run(repo: Path, only: str, **order: object) -> tuple[Attempt, Path]:
    """Collect with one tool; return its attempt and the published folder."""
    record, folder = collect(Order(repo, **order), repo.parent / "out", choose([only]))  # type: ignore[arg-type]
    (attempt,) = record.attempts
    return attempt, folder


def fingerprints(folder: Path) -> dict[str, str]:
    """Return every file below ``folder`` with its content's hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


VERDICTS: dict[str, tuple[str, str, int, str, Status, str]] = {
    "tsc errs": ("tsc", "tsc", 2, TSC_SAYS, Status.FINDINGS, "1 finding (exit code 2: errors)"),
    "tsc is content": ("tsc", "tsc", 0, "", Status.CLEAN, "nothing found"),
    "tsc's settings are bad": (
        "tsc",
        "tsc",
        1,
        "error TS18003: No inputs were found in config file 'tsconfig.json'.",
        Status.FAILED,
        "exit code 1, the project is not checked: "
        "error TS18003: No inputs were found in config file 'tsconfig.json'.",
    ),
    "eslint finds": (
        "eslint",
        "eslint",
        1,
        recorded("eslint.json"),
        Status.FINDINGS,
        "5 findings (exit code 1: errors)",
    ),
    "eslint crashes": ("eslint", "eslint", 2, "", Status.FAILED, "exit code 2 (no message)"),
    "knip finds": (
        "knip",
        "knip",
        1,
        recorded("knip.json"),
        Status.FINDINGS,
        "7 findings (exit code 1: findings)",
    ),
    "knip is content": ("knip", "knip", 0, '{"issues": []}', Status.CLEAN, "nothing found"),
    "knip contradicts itself": (
        "knip",
        "knip",
        1,
        '{"issues": []}',
        Status.FAILED,
        "exit code 1, yet it names no finding (no message)",
    ),
    "depcheck finds": (
        "depcheck",
        "depcheck",
        255,
        recorded("depcheck.json"),
        Status.FINDINGS,
        "5 findings (exit code 255: findings)",
    ),
    "ts-prune finds": (
        "ts-prune",
        "ts-prune",
        0,
        recorded("ts-prune.txt"),
        Status.FINDINGS,
        "4 findings",
    ),
    "ts-prune is content": ("ts-prune", "ts-prune", 0, "", Status.CLEAN, "nothing found"),
    "npm audit finds": (
        "npm-audit",
        "npm",
        1,
        recorded("npm-audit.json"),
        Status.FINDINGS,
        "2 findings (exit code 1: findings, or no answer from the registry)",
    ),
    "ruff finds": (
        "ruff",
        "ruff",
        1,
        recorded("ruff.json"),
        Status.FINDINGS,
        "5 findings (exit code 1: findings)",
    ),
    "ruff is content": ("ruff", "ruff", 0, "[]", Status.CLEAN, "nothing found"),
    "bandit finds": (
        "bandit",
        "bandit",
        1,
        recorded("bandit.json"),
        Status.FINDINGS,
        "2 findings (exit code 1: findings)",
    ),
    "vulture finds": (
        "vulture",
        "vulture",
        3,
        recorded("vulture.txt"),
        Status.FINDINGS,
        "3 findings (exit code 3: unused code)",
    ),
    "vulture is content": ("vulture", "vulture", 0, "", Status.CLEAN, "nothing found"),
    "pip-audit finds": (
        "pip-audit",
        "pip-audit",
        1,
        recorded("pip-audit.json"),
        Status.FINDINGS,
        "1 finding (exit code 1: findings, or pins that cannot be looked up)",
    ),
    "pip-audit was told nothing": (
        "pip-audit",
        "pip-audit",
        0,
        '{"dependencies": [{"name": "a", "skip_reason": "not found"}], "fixes": []}',
        Status.FAILED,
        "pip-audit looked it up nowhere; nothing is known about its vulnerabilities: not found",
    ),
    "cargo audit finds": (
        "cargo-audit",
        "cargo-audit",
        1,
        recorded("cargo-audit.json"),
        Status.FINDINGS,
        "1 finding (exit code 1: findings)",
    ),
    "staticcheck finds": (
        "staticcheck",
        "staticcheck",
        1,
        recorded("eslint.sarif"),
        Status.FINDINGS,
        "5 findings (exit code 1: findings, or packages that do not compile)",
    ),
    "govulncheck is content": (
        "govulncheck",
        "govulncheck",
        0,
        '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "govulncheck"}}, '
        '"results": []}]}',
        Status.CLEAN,
        "nothing found",
    ),
    "the registry refuses": (
        "npm-audit",
        "npm",
        1,
        recorded("npm-audit-refused.json"),
        Status.FAILED,
        "npm audit got no answer from the registry; nothing is known about vulnerabilities: "
        "405 Method Not Allowed - POST "
        "https://registry.npmjs.org/-/npm/v1/security/advisories/bulk",
    ),
}


@pytest.mark.parametrize("case", VERDICTS.values(), ids=VERDICTS.keys())
def test_each_tools_exit_code_is_read_in_its_own_way(
    case: tuple[str, str, int, str, Status, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Findings, nothing, and failure are told apart by code and content together."""
    tool, program, code, said, status, meaning = case
    repo = project(tmp_path / "repo", {program: (code, said)})
    monkeypatch.setenv("PATH", f"{repo}/node_modules/.bin:{os.environ['PATH']}")
    attempt, _ = run(repo, tool)
    assert (attempt.code, attempt.status, attempt.meaning) == (code, status, meaning)


def test_what_was_collected_enriches_an_audit(tmp_path: Path) -> None:
    """The kept files are the tools' own bytes, and a plan's ``--tool`` reads each of them."""
    says = {
        "eslint": (1, recorded("eslint.json")),
        "knip": (1, recorded("knip.json")),
        "depcheck": (255, recorded("depcheck.json")),
        "ts-prune": (0, recorded("ts-prune.txt")),
    }
    repo = project(tmp_path / "repo", says)
    before = fingerprints(repo)
    record, folder = collect(Order(repo), tmp_path / "out", choose(says))
    assert fingerprints(repo) == before
    reports = [load_audit(folder / attempt.files[0].path) for attempt in record.attempts]
    for attempt, report in zip(record.attempts, reports, strict=True):
        (kept,) = attempt.files
        raw = (folder / kept.path).read_bytes()
        assert raw.decode().strip() == says[attempt.tool][1].strip()
        assert (kept.bytes, kept.sha256) == (len(raw), hashlib.sha256(raw).hexdigest())
        assert report.findings
        assert attempt.version == "7.0.1"
    whole = enrich(reports[0], reports[1:])
    assert len(whole.findings) >= max(len(report.findings) for report in reports)
    assert msgspec.json.decode((folder / RECORD).read_bytes(), type=Collection) == record


def test_a_tool_that_is_absent_is_a_row_with_the_command_that_installs_it(tmp_path: Path) -> None:
    """Nothing is downloaded behind the user's back, and the words say what to do."""
    repo = project(tmp_path / "repo")
    record, folder = collect(Order(repo), tmp_path / "out", choose(["eslint", "knip"]))
    assert closing_words(record, folder).splitlines() == [
        "tool    status   seconds  what it says",
        "eslint  not run           eslint is not installed in the repository's node_modules; "
        "to install it: npm install --save-dev eslint",
        "knip    not run           knip is not installed in the repository's node_modules; "
        "to install it: npm install --save-dev knip",
        "",
        f"Kept in {folder}",
        "Nothing to plan with.",
    ]
    assert record.attempts[1].argv == ("knip", "--reporter", "json", "--no-progress")


def test_a_tool_that_never_ends_is_stopped_with_all_it_started(tmp_path: Path) -> None:
    """The limit kills the whole process group, and says so."""
    repo = project(tmp_path / "repo")
    pids = tmp_path / "pids"
    install(repo, "knip", f"sleep 600 & echo $! > {pids}; wait")
    attempt, _ = run(repo, "knip", seconds=1.5, duration=1)
    assert (attempt.status, attempt.code) == (Status.FAILED, None)
    assert attempt.meaning == "it ran longer than 1.5 s and was stopped"
    stat_file = Path(f"/proc/{int(pids.read_text())}/stat")
    assert not stat_file.exists() or stat_file.read_text().split()[2] == "Z"


def test_secrets_reach_neither_tool_nor_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment is bare, and a secret that a tool prints is replaced; JSON stays JSON."""
    token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2
    monkeypatch.setenv("DATABASE_SECRET", token)
    repo = project(tmp_path / "repo")
    issue = json.dumps({"issues": [{"file": "src/room.ts", "exports": [{"name": token}]}]})
    install(
        repo,
        "knip",
        f"echo \"seen: ${{DATABASE_SECRET:-nothing}} tty: $(tty)\" >&2; echo '{issue}'; exit 1",
    )
    attempt, folder = run(repo, "knip")
    assert attempt.status is Status.FINDINGS
    assert [file.redactions for file in attempt.files] == [1]
    assert (folder / "knip.log").read_text() == "seen: nothing tty: not a tty\n"
    assert all(token.encode() not in path.read_bytes() for path in folder.iterdir())


def test_the_table_is_the_whole_of_the_room() -> None:
    """Each tool has a name and an output of its own, says what its codes mean, and is chosen."""
    assert [tool.name for tool in TOOLS] == [
        *("tsc", "eslint", "knip", "depcheck", "ts-prune", "npm-audit"),
        *("ruff", "bandit", "pip-audit", "vulture", "pytest-cov"),
        *("staticcheck", "govulncheck", "cargo-audit"),
        *("autocannon", "cpu-prof", "k6", "clinic"),
    ]
    assert all(0 in tool.exits and tool.remedy for tool in TOOLS)
    assert choose() == TOOLS
    with pytest.raises(CollectError, match="--only 'lint': choose from tsc, eslint, "):
        choose(["knip", "lint"])


@pytest.mark.parametrize(
    ("manifests", "wanted"),
    [
        (["package.json"], ["tsc", "eslint", "knip", "depcheck", "ts-prune", "npm-audit"]),
        (["pyproject.toml"], ["ruff", "bandit", "pip-audit", "vulture", "pytest-cov"]),
        (["go.mod"], ["staticcheck", "govulncheck"]),
        (["Cargo.toml"], ["cargo-audit"]),
        (["go.mod", "Cargo.toml"], ["staticcheck", "govulncheck", "cargo-audit"]),
        ([], ["tsc", "eslint", "knip", "depcheck", "ts-prune", "npm-audit"]),
    ],
)
def test_a_target_is_given_the_tools_of_its_own_stacks(
    manifests: list[str], wanted: list[str], tmp_path: Path
) -> None:
    """Whichever it has; load tests are for any, Node's profilers for Node."""
    for name in manifests:
        (tmp_path / name).touch()
    chosen = [tool.name for tool in choose([], tmp_path)]
    node = "tsc" in wanted
    assert chosen == [
        *wanted,
        *(["autocannon", "cpu-prof", "k6", "clinic"] if node else ["autocannon", "k6"]),
    ]
    assert choose(["knip"], tmp_path) == choose(["knip"])


def test_pythons_tests_are_measured_by_the_projects_own_pytest(tmp_path: Path) -> None:
    """What its environment holds is taken before the machine's; coverage is kept and readable."""
    repo = project(tmp_path / "repo")
    (repo / ".venv/bin").mkdir(parents=True)
    report = '{"meta": {}, "files": {"a.py": {"executed_lines": [1]}}, "totals": {}}'
    script(
        repo / ".venv/bin/pytest",
        f"for a; do case $a in json:*) echo '{report}' > ${{a#json:}};; esac; done; exit 1",
    )
    attempt, folder = run(repo, "pytest-cov")
    assert attempt.argv[0] == str(repo / ".venv/bin/pytest")
    assert (attempt.status, attempt.feeds) == (Status.MEASURED, "--profile")
    assert attempt.meaning == "1 file written (exit code 1: tests failed)"
    (kept,) = attempt.files
    assert load_profiles([folder / kept.path], Snapshot.of({"a.py": "x = 1\n"})).measurements


def test_pins_that_are_not_there_are_looked_up_nowhere(tmp_path: Path) -> None:
    """pip-audit is told to install nothing, so it needs a file of pins."""
    repo = project(tmp_path / "repo")
    (repo / "requirements.txt").unlink()
    attempt, _ = run(repo, "pip-audit")
    assert attempt.status is Status.NOT_RUN
    assert attempt.meaning == "there is no requirements*.txt whose pins it could look up"
    assert "--disable-pip" in attempt.argv


HERE = (
    "http://localhost:3030/health",
    "http://127.0.0.1/",
    "https://[::1]:3030",
    "http://127.9.9.9",
)
ELSEWHERE = (
    "http://example.org/",
    "http://10.0.0.1:3030/health",
    "http://localhost.example.org/",
    "http://localhost@example.org/",
    "http://example.org\\@localhost/",
    "http://0177.0.0.1/",
    "file:///etc/passwd",
    "localhost:3030",
    "--help",
    "http://localhost/ --workers 9",
)


def test_a_load_test_stays_on_this_machine_unless_told_otherwise(tmp_path: Path) -> None:
    """Loopback in every spelling is loaded; another host needs --allow-host."""
    for url in HERE:
        assert Order(tmp_path, url=url).url == url
    for url in ELSEWHERE:
        with pytest.raises(CollectError):
            Order(tmp_path, url=url)
    allowed = ("staging.example.org",)
    assert Order(tmp_path, url="https://staging.example.org/", allowed_hosts=allowed)


@given(st.text(max_size=60))
def test_no_text_is_taken_for_a_url_of_this_machine(text: str) -> None:
    """Whatever stands before the host, a URL that leaves this machine is refused."""
    with pytest.raises(CollectError):
        Order(Path("/"), url=f"http://{text}@example.org/")


BAD_ORDERS = ({"seconds": 0.0}, {"seconds": float("nan")}, {"duration": 0}, {"connections": 0})


@pytest.mark.parametrize("order", [*BAD_ORDERS, {"duration": 300}])
def test_an_order_without_meaning_is_refused(order: dict[str, float], tmp_path: Path) -> None:
    """Limits are numbers above zero, and what is measured ends before the limit."""
    with pytest.raises(CollectError, match="give"):
        Order(tmp_path, **order)  # type: ignore[arg-type]


def test_k6_is_kept_on_this_machine_by_k6_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script names its own hosts, so every range but loopback is closed; a summary is kept."""
    repo = project(tmp_path / "repo")
    binaries = tmp_path / "bin"
    binaries.mkdir()
    body = 'for a; do [ "$b" = --summary-export ] && echo \'{"metrics": {}}\' > "$a"; b=$a; done'
    script(binaries / "k6", f"{body}; exit 99")
    monkeypatch.setenv("PATH", f"{binaries}:{os.environ['PATH']}")
    attempt, folder = run(repo, "k6", script=tmp_path / "load.js")
    assert attempt.status is Status.FINDINGS
    assert (folder / "k6" / "summary.json").read_text() == '{"metrics": {}}\n'
    closed = attempt.argv[attempt.argv.index("--blacklist-ip") + 1].split(",")
    assert "128.0.0.0/1" in closed
    assert "126.0.0.0/8" in closed
    assert not any(network.startswith("127.") for network in closed)


@pytest.mark.parametrize(
    ("said", "status", "meaning"),
    [
        ({"2xx": 14561, "non2xx": 2, "errors": 0}, Status.MEASURED, "14563 answers, 0 errors"),
        (
            {"2xx": 0, "non2xx": 0, "errors": 936},
            Status.FAILED,
            "no request was answered (936 errors); is the server running?",
        ),
        ({"error": "none"}, Status.FAILED, "its output is not autocannon's JSON (no message)"),
    ],
)
def test_a_load_test_that_nobody_answered_measured_nothing(
    said: dict[str, object], status: Status, meaning: str, tmp_path: Path
) -> None:
    """Autocannon exits with 0 either way; what it counted tells."""
    repo = project(tmp_path / "repo", {"autocannon": (0, json.dumps(said))})
    attempt, _ = run(repo, "autocannon", url="http://localhost:3030/", connections=50)
    assert (attempt.code, attempt.status, attempt.meaning) == (0, status, meaning)
    assert attempt.argv[1:] == (
        *("--json", "--no-progress", "-c", "50", "-d", "10", "http://localhost:3030/"),
    )


def test_what_is_not_ordered_is_not_run_and_says_what_is_missing(tmp_path: Path) -> None:
    """Load tests and profiles wait for a URL, a script or a program, and show their command."""
    repo = project(tmp_path / "repo")
    measuring = choose(["autocannon", "cpu-prof", "k6", "clinic"])
    record, _ = collect(Order(repo), tmp_path / "out", measuring)
    assert [(each.status, each.meaning, each.argv[-1]) for each in record.attempts] == [
        (Status.NOT_RUN, "no --url was given", "URL"),
        (Status.NOT_RUN, "no --command was given", "PROGRAM"),
        (Status.NOT_RUN, "no --script was given", "SCRIPT"),
        (Status.NOT_RUN, "no --command was given", "PROGRAM"),
    ]


def test_a_users_own_program_gets_their_environment_and_its_files_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clinic starts the server as its owner does; what it records is kept, links are not."""
    monkeypatch.setenv("REDIS_HOST", "localhost")
    repo = project(tmp_path / "repo")
    body = 'mkdir "$4/1.clinic-doctor"; echo $REDIS_HOST $HOME > "$4/1.clinic-doctor/trace"'
    install(repo, "clinic", f'{body}; ln -s /etc/passwd "$4/link"')
    attempt, folder = run(repo, "clinic", command=("dist/index.js",), duration=3)
    assert [kept.path for kept in attempt.files] == ["clinic/1.clinic-doctor/trace"]
    assert (folder / attempt.files[0].path).read_text() == f"localhost {os.environ['HOME']}\n"
    assert attempt.argv[-5:] == (
        *("--", "node", "--import"),
        "data:text/javascript,setTimeout(() => process.exit(0), 3000).unref()",
        "dist/index.js",
    )


def test_a_workspace_uses_the_tools_of_its_repository_and_of_no_folder_above(
    tmp_path: Path,
) -> None:
    """Packages are looked for up to the top of the repository, not beyond."""
    top = project(tmp_path / "repo", {"knip": (0, '{"issues": []}')})
    (top / "packages" / "server").mkdir(parents=True)
    server = top / "packages" / "server"
    assert run(server, "knip")[0].status is Status.NOT_RUN
    (top / ".git").mkdir()
    assert run(server, "knip")[0].status is Status.CLEAN


@pytest.mark.node
def test_node_profiles_a_program_that_never_ends_by_itself(tmp_path: Path) -> None:
    """The program is ended in time for its profile to be written, and a plan can read it."""
    if not shutil.which("node"):
        pytest.skip("node is not on the PATH")
    repo = project(tmp_path / "repo")
    (repo / "server.cjs").write_text("setInterval(() => {}, 10);\n")
    attempt, folder = run(repo, "cpu-prof", command=("server.cjs",), duration=1)
    assert (attempt.status, attempt.meaning) == (Status.MEASURED, "1 file written")
    (kept,) = attempt.files
    assert load_profiles([folder / kept.path], Snapshot.of({})).sources
    assert attempt.version.startswith("v")


@pytest.mark.node
def test_npm_itself_answers_and_writes_nothing(tmp_path: Path) -> None:
    """Without a lock file npm audit has nothing to ask; its own words are the reason."""
    if not shutil.which("npm"):
        pytest.skip("npm is not on the PATH")
    repo = project(tmp_path / "repo")
    before = fingerprints(repo)
    attempt, _ = run(repo, "npm-audit")
    assert attempt.status is Status.FAILED
    assert "This command requires an existing lockfile" in attempt.meaning
    assert fingerprints(repo) == before
