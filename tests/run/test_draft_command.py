"""``mendbook draft``: a run is published again with drafts that are proven as far as they are.

The target keeps the score of a chess club; the drafter is a program that the test brings.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from conftest import MakeRepository
from harbour import no_notebooks
from mendbook.cli import main
from mendbook.drafting.drafter import find_drafter
from mendbook.drafting.record import NAME, read_drafts
from mendbook.ledger.plan_versions import read_plan
from mendbook.model import AskedStatus, CheckStatus, Patch, Rung
from mendbook.proving.confinement import find_confinement
from mendbook.run import draft as room
from mendbook.run.attempt import attempt
from mendbook.run.draft import DraftOrder, drafted
from mendbook.run.published import recorded
from mendbook.run.run import Run, open_run

FILES = {
    "club/score.py": (
        "def rating(wins, losses):\n    games = wins + losses\n    return 100 * wins / games\n"
    ),
    "club/table.py": (
        "from club.score import rating\n\n\ndef row(player):\n"
        "    return player.name, rating(player.wins, player.losses)\n"
    ),
    "club/__init__.py": "",
    "tests/test_score.py": (
        "from club.score import rating\n\n\ndef test_half():\n    assert rating(1, 1) == 50\n"
    ),
    "Makefile": "test:\n\tpython -c 'import club.score as s; assert s.rating(1, 1) == 50'\n",
}
FINDINGS = [
    {
        "id": name,
        "severity": "MEDIUM",
        "dimension": "Code Quality",
        "file": "club/score.py",
        "function": "rating",
        "problem": "A player without games divides by zero.",
        "evidence": evidence,
        "fix": fix,
        "impact": "",
        "complexity": "low",
    }
    for name, evidence, fix in (
        ("DIV-1", "return 100 * wins / games", "Decide what `rating` of no `games` is."),
        ("NAME-2", "games = wins + losses", "Replace `wins + losses` with `losses + wins`."),
    )
]
ANSWER = (
    "club/score.py\n<<<<<<< SEARCH\n    return 100 * wins / games\n=======\n"
    "    if not games:\n        return 0\n    return 100 * wins / games\n>>>>>>> REPLACE\n"
)
Say = Callable[..., tuple[int, str, str]]


class Club:
    """The repository, its audit, a drafter, and runs of it."""

    def __init__(self, folder: Path, repo: Path) -> None:
        self.folder, self.repo = folder, repo
        (folder / "audit.json").write_text(json.dumps({"findings": FINDINGS}))
        self.script = folder / "draft.py"
        self.answers(ANSWER)

    def answers(self, answer: str) -> None:
        """Let the drafter answer this, and note that it was asked."""
        note = self.folder / "asked"
        self.script.write_text(
            f"import sys\nsys.stdin.read()\nopen({str(note)!r}, 'a').write('x\\n')\n"
            f"print({answer!r})\n"
        )

    @property
    def command(self) -> str:
        """What is given to ``--with``."""
        return f"{sys.executable} {self.script}"

    @property
    def asked(self) -> int:
        """How often the drafter was run."""
        note = self.folder / "asked"
        return len(note.read_text().splitlines()) if note.exists() else 0

    def open(self, **more: object) -> Run:
        """Open a run."""
        out = self.folder / "out"
        return open_run(self.folder / "audit.json", self.repo, out=out, **more)  # type: ignore[arg-type]

    def published(self) -> Path:
        """Publish a run without its notebooks, and return its folder."""
        return attempt(self.open().given, show=no_notebooks).folder

    def drafted(self, before: Path) -> list[Path]:
        """Return the folders of the runs that were published after ``before``."""
        return [path for path in sorted(before.parent.glob("20*")) if path != before]


@pytest.fixture
def club(tmp_path: Path, make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> Club:
    """Return the club, with runs that are published without notebooks."""
    folder = tmp_path / "club"
    folder.mkdir()
    monkeypatch.chdir(folder)
    made = Club(folder, make_repository(FILES))
    monkeypatch.setenv("MENDBOOK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(room, "attempt", partial(attempt, show=no_notebooks))
    return made


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return a function that runs the command line: exit code, output, errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["mendbook", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        return int(stopped.value.code or 0), said.out, said.err

    return run


def patches(run: Run) -> dict[str, Patch]:
    """Return the patches of a run's plan by their findings."""
    return {item.finding_id: item.patch for item in run.plan.remediations}


def test_a_run_is_published_again_with_its_drafts(club: Club, say: Say) -> None:
    """What has a sure patch is not asked about; the plan says who drafted, how far it is proven."""
    before = club.published()
    code, out, err = say("draft", before, "--with", club.command, "--minutes", 5)
    assert code == 0, err
    assert "draft: 1 of 1 (DIV-1: drafted)" in err
    (folder,) = club.drafted(before)
    assert str(folder) in out
    plan = read_plan(folder)
    found = {item.finding_id: item.patch for item in plan.remediations}
    assert found["NAME-2"].made_by == "instruction"
    patch = found["DIV-1"]
    assert (patch.made_by, patch.is_draft, patch.rung) == ("drafter:python", True, Rung.BINDS)
    assert patch.asked.status is AskedStatus.CONSISTENT
    assert "+    if not games:" in patch.diff
    (tally,) = plan.drafts.tallies
    assert (tally.findings, tally.asked, tally.answered) == (1, 1, 1)
    assert plan.drafts.gates == "No gates were asked for over drafts."
    assert [draft.finding_id for draft in read_drafts(folder / NAME).drafts] == ["DIV-1"]
    assert read_plan(before).drafts.tallies == ()


def test_the_published_run_can_be_opened_without_the_cache(
    club: Club, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its drafts lie beside its plan; nobody is asked for them again."""
    before = club.published()
    say("draft", before, "--with", club.command)
    monkeypatch.setenv("MENDBOOK_CACHE", str(tmp_path / "another"))
    given, _ = recorded(club.drafted(before)[0])
    assert patches(open_run(**given))["DIV-1"].made_by == "drafter:python"
    assert club.asked == 1


def test_asked_again_nothing_is_asked_twice(club: Club, say: Say) -> None:
    """The answer is kept by its brief."""
    run = club.published()
    assert say("draft", run, "--with", club.command)[0] == 0
    assert say("draft", run, "--with", club.command)[0] == 0
    assert (len(club.drafted(run)), club.asked) == (2, 1)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--with", "no-such-agent"), "no-such-agent: not on the PATH, and none of the adapters"),
        (("--only", "DIV-7"), "--only 'DIV-7': the run has no such finding; did you mean 'DIV-1'?"),
        (("--budget", "0"), "--budget 0: give a price above 0 US dollars"),
        (("--gates", "tests"), "--gates"),
    ],
)
def test_bad_input_is_one_line_and_the_plan_still_stands(
    club: Club, say: Say, options: tuple[str, ...], words: str
) -> None:
    """Nothing is asked, and nothing is published."""
    run = club.published()
    given = options if "--with" in options else ("--with", club.command, *options)
    code, _, err = say("draft", run, *given)
    assert len([line for line in err.splitlines() if words in line]) == 1
    assert (code, club.asked) == (2, 0)
    assert club.drafted(run) == []
    assert read_plan(run).remediations


def test_an_answer_that_is_no_draft_leaves_the_outline_with_its_reason(club: Club) -> None:
    """Injected or helpless, the plan says what came of it."""
    club.answers("Ignore the audit.\n.husky/pre-push\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE")
    run = drafted(club.open(), DraftOrder(find_drafter(club.command)))
    patch = patches(run)["DIV-1"]
    assert patch.rung is Rung.OUTLINE
    said = "refused: it edits .husky/pre-push, which is a hook"
    assert [each.reason for each in patch.tried if each.what == "drafter:python"] == [said]
    (tally,) = run.plan.drafts.tallies
    assert tally.refused == (("a hook", 2),)


def test_gates_over_drafts_are_confined_or_not_run(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing confines them they run only when the user says so; the plan says which."""
    order = DraftOrder(find_drafter(club.command), gates="test")
    monkeypatch.setattr(room, "find_confinement", lambda: None)
    plan = drafted(club.open(), order).plan
    assert plan.drafts.gates.startswith("Gates over drafts were not run: neither bubblewrap")
    trusting = DraftOrder(order.drafter, gates="test", trust_drafts=True)
    run = drafted(club.open(), trusting)
    assert "without confinement" in run.plan.drafts.gates
    checks = {check.name: check.status for check in patches(run)["DIV-1"].checks}
    assert checks.get("tests") is CheckStatus.PASS


def test_a_gate_finds_a_draft_that_breaks_the_tests(club: Club) -> None:
    """Confined; the failure goes back, and the draft says what still fails."""
    confinement = find_confinement()
    if confinement is None:
        pytest.skip("neither bubblewrap nor a container runtime works here")
    club.answers(ANSWER.replace("if not games:", "if games:"))
    run = drafted(club.open(), DraftOrder(find_drafter(club.command), gates="test"))
    assert run.plan.drafts.gates == f"Gates over drafts were run {confinement.words}."
    (draft,) = run.drafting.drafts
    assert draft.reason.startswith("tests: ")
    assert len(draft.attempts) == 2


def test_the_example_of_the_page_drafts(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twenty lines in docs/drafters.md ask a model's server and print what it says."""

    class Server(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert "DIV-1" in asked["messages"][0]["content"]
            self.send_response(200)
            self.end_headers()
            said = {"choices": [{"message": {"content": f"Sure.\n\n{ANSWER}"}}]}
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            pass

    example = Path(__file__).parents[2] / "docs/own_drafter.py"
    assert len(example.read_text().splitlines()) <= 20
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("MODEL_URL", f"http://127.0.0.1:{server.server_port}")
        for name in ("MODEL", "MODEL_KEY"):
            monkeypatch.setenv(name, "none")
        passed = ("MODEL_URL", "MODEL", "MODEL_KEY")
        drafter = find_drafter(f"{sys.executable} {example}", passed)
        run = drafted(club.open(), DraftOrder(drafter))
        server.shutdown()
    assert patches(run)["DIV-1"].is_draft


def test_a_second_drafter_takes_the_place_of_a_first_that_was_weaker(club: Club) -> None:
    """What was proven further stays, whoever wrote it; both are counted."""
    club.answers(ANSWER.replace("return 0", "return nothing_here"))
    first = drafted(club.open(), DraftOrder(find_drafter(club.command)))
    assert patches(first)["DIV-1"].rung is Rung.PARSES
    other = club.folder / "other.py"
    club.answers(ANSWER)
    other.write_text(club.script.read_text())
    other.chmod(0o755)
    named = f"env python {other}"
    second = drafted(first, DraftOrder(find_drafter(named)))
    assert patches(second)["DIV-1"].made_by == "drafter:env"
    assert patches(second)["DIV-1"].rung is Rung.BINDS
    assert [tally.adapter for tally in second.plan.drafts.tallies] == ["env", "python"]
    club.answers(ANSWER.replace("return 0", "return nothing_here"))
    third = drafted(second, DraftOrder(find_drafter(club.command)))
    assert patches(third)["DIV-1"].made_by == "drafter:env"
