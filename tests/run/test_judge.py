"""What a person says of a patch holds in the next plan: plan, reject or accept, and plan again.

The target is the timetable of a ferry; a drafter that the test brings offers the draft.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import MakeRepository
from mendbook.cli import main
from mendbook.drafting.drafter import find_drafter
from mendbook.judgements import change_of
from mendbook.model import Patch
from mendbook.policy import default_policy
from mendbook.publish import write_files
from mendbook.run.draft import DraftOrder, drafted
from mendbook.run.produce import unexecuted
from mendbook.run.run import Run, open_run

FILES = {
    "src/fare.ts": (
        "export const SEATS = 40;\n\n"
        "export function fare(miles: number): number {\n  return miles * 3;\n}\n"
    ),
    "src/tide.ts": "export function height(hour: number): number {\n  return hour * 2;\n}\n",
}
DRAFT = """diff --git a/src/tide.ts b/src/tide.ts
--- a/src/tide.ts
+++ b/src/tide.ts
@@ -1,3 +1,3 @@
 export function height(hour: number): number {
-  return hour * 2;
+  return Math.max(0, hour * 2);
 }
"""


def finding(name: str, file: str, evidence: str, fix: str) -> dict[str, str]:
    """Return a finding as an audit has it."""
    said = {"severity": "MEDIUM", "dimension": "Code Quality", "problem": "It is wrong."}
    where = {"id": name, "file": file, "evidence": evidence, "fix": fix}
    return {**said, **where, "function": "", "impact": "", "complexity": "low"}


FINDINGS = [
    finding("FARE-1", "src/fare.ts", "return miles * 3", "Replace `miles * 3` with `miles * 4`."),
    finding("TIDE-2", "src/tide.ts", "return hour * 2", "Decide what low water should look like."),
]
WAYS = "Replace `hour * 2` with `hour * 3` or use `hour * 4`. Nothing else changes."


class Desk:
    """A folder with an audit, what people decide about it, and runs of it."""

    def __init__(self, folder: Path, repo: Path) -> None:
        self.folder, self.repo, self.runs = folder, repo, 0
        self.decisions = folder / "decided"
        self.policy: Path | str = ""
        self.write("audit.json", json.dumps({"findings": FINDINGS}))
        answer = self.write("draft.diff", DRAFT)
        asked = folder / "asked"
        self.drafter = self.write(
            "drafter.sh", f"#!/bin/sh\ncat >/dev/null\necho x >>{asked}\ncat {answer}\n"
        )
        self.drafter.chmod(0o755)

    def write(self, name: str, text: str) -> Path:
        """Write a file of the desk and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def open(self) -> Run:
        """Open a run of the audit as all stands now."""
        there = self.decisions if self.decisions.exists() else ""
        audit, out = self.folder / "audit.json", self.folder / "out"
        run = open_run(audit, self.repo, overrides=there, out=out, policy=self.policy)
        return drafted(run, DraftOrder(find_drafter(str(self.drafter))))

    def planned(self) -> dict[str, Patch]:
        """Plan, and return the patches by their findings."""
        return {item.finding_id: item.patch for item in self.open().plan.remediations}

    def published(self) -> Path:
        """Publish a plan without its notebooks, and return its folder."""
        self.runs += 1
        folder = self.folder / f"out/run-{self.runs}"
        write_files(folder, unexecuted(self.open()))
        return folder

    def identity(self, name: str) -> str:
        """Return what the finding called ``name`` is known by in every audit."""
        return next(each.fingerprint for each in self.open().audit.findings if each.id == name)

    def swap_ids(self) -> None:
        """Let the next audit give each of the two findings the id of the other."""
        first, second = FINDINGS
        swapped = [{**first, "id": second["id"]}, {**second, "id": first["id"]}]
        self.write("audit.json", json.dumps({"findings": swapped}))

    @property
    def asked(self) -> int:
        """How often the drafter was run."""
        path = self.folder / "asked"
        return len(path.read_text().splitlines()) if path.exists() else 0

    def decided(self) -> dict[str, str]:
        """Return the files of what people decided."""
        found = self.decisions.rglob("*") if self.decisions.exists() else ()
        return {path.name: path.read_text() for path in found}


@pytest.fixture
def desk(tmp_path: Path, make_repository: MakeRepository, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk whose person is called Ines, with a folder for her decisions."""
    gitconfig = tmp_path / "gitconfig"
    gitconfig.write_text("[user]\n\tname = Ines Ferry\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(gitconfig))
    folder = tmp_path / "desk"
    folder.mkdir()
    made = Desk(folder, make_repository(FILES))
    made.decisions.mkdir()
    monkeypatch.chdir(folder)
    return made


Say = Callable[..., tuple[int, str, str]]


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


@pytest.mark.parametrize("name", ["FARE-1", "TIDE-2"])
def test_a_rejected_patch_does_not_come_back(desk: Desk, say: Say, name: str) -> None:
    """Neither one of the series nor a draft; the plan says who rejected it, when and why."""
    run = desk.published()
    before = desk.planned()[name]
    code, out, err = say("reject", run, name, "--why", "That is\nnot what we meant.")
    assert (code, err) == (0, "")
    day = desk.open().given.today
    words = f"rejected by Ines Ferry on {day}: That is not what we meant."
    assert words in out
    after = desk.planned()
    assert words in [each.reason for each in after[name].tried if each.what == before.made_by]
    other = "TIDE-2" if name == "FARE-1" else "FARE-1"
    assert after[other].standing == {"TIDE-2": "draft", "FARE-1": "binds"}[other]
    if name == "TIDE-2":
        assert after[name].standing == "outline"
        assert "rejected by Ines Ferry on" in after[name].diff


def test_patches_of_one_run_can_be_rejected_one_after_another(desk: Desk, say: Say) -> None:
    """The second needs no plan in between, and the drafter is not run for any of it."""
    run = desk.published()
    asked = desk.asked
    assert say("reject", run, "FARE-1", "--why", "no")[0] == 0
    assert say("reject", run, "TIDE-2", "--why", "no")[0] == 0
    assert desk.asked == asked
    assert desk.decided()["judgements.yaml"].count("who: Ines Ferry") == 2
    assert {patch.standing for patch in desk.planned().values()} <= {"outline", "draft"}


def test_another_patch_of_the_same_source_may_come(desk: Desk, say: Say) -> None:
    """What was rejected is that patch, not its source."""
    assert say("reject", desk.published(), "TIDE-2", "--why", "never negative anyway")[0] == 0
    desk.write("draft.diff", DRAFT.replace("Math.max(0, hour * 2)", "hour * 2 - 1"))
    desk.write("drafter.sh", desk.drafter.read_text() + "# newer\n")
    assert "hour * 2 - 1" in desk.planned()["TIDE-2"].diff
    assert desk.planned()["TIDE-2"].standing == "draft"


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (DRAFT, DRAFT.replace("-1,3 +1,3", "-9,3 +11,3"), True),
        (
            DRAFT.replace("--- a", "index 12ab..34cd 100644\n--- a"),
            DRAFT.replace("--- a", "index 56ef..7890 100644\n--- a"),
            True,
        ),
        (DRAFT, DRAFT.replace("max(0", "max(1"), False),
        (DRAFT, DRAFT.replace("tide.ts", "tides.ts"), False),
        (DRAFT, DRAFT.replace("height(hour", "depth(hour"), False),
    ],
)
def test_a_change_is_the_same_wherever_its_lines_are(before: str, after: str, same: bool) -> None:
    """Line numbers and blobs may move; paths, lines and what stands around them may not."""
    assert (change_of(before) == change_of(after)) is same


def test_an_accepted_draft_goes_into_the_series_as_curated(desk: Desk, say: Say) -> None:
    """The plan says who accepted it and when."""
    code, out, err = say("accept", desk.published(), "TIDE-2")
    assert (code, err) == (0, "")
    assert str(desk.decisions / "TIDE-2.patch") in out
    day = desk.open().given.today
    head = desk.decided()["TIDE-2.patch"].partition("\n\n")[0].splitlines()
    assert head[1:] == [
        "Fixes: TIDE-2",
        f"Accepted-by: Ines Ferry on {day}, a draft of drafter:drafter",
        f"Identity: {desk.identity('TIDE-2')}",
    ]
    patch = desk.planned()["TIDE-2"]
    assert (patch.source, patch.in_series, patch.draft) == ("curated", True, "")
    assert f"accepted by Ines Ferry on {day}" in patch.why
    assert "+  return Math.max(0, hour * 2);" in patch.diff


def test_what_was_decided_stays_with_its_finding_when_ids_change(desk: Desk, say: Say) -> None:
    """A second audit numbers anew: no patch and no rejection goes to the namesake."""
    run = desk.published()
    assert say("accept", run, "TIDE-2")[0] == 0
    assert say("reject", run, "FARE-1", "--why", "the fare is right")[0] == 0
    desk.swap_ids()
    planned = desk.planned()
    assert "+  return Math.max(0, hour * 2);" in planned["FARE-1"].diff
    assert (planned["FARE-1"].source, planned["FARE-1"].in_series) == ("curated", True)
    assert planned["TIDE-2"].source != "curated"
    assert "the fare is right" in " ".join(each.reason for each in planned["TIDE-2"].tried)


def test_a_curated_patch_may_be_named_by_an_identity(desk: Desk, say: Say) -> None:
    """In its file's name, or in its header."""
    identity = desk.identity("TIDE-2")
    named = desk.write(f"decided/{identity}.patch", DRAFT)
    assert desk.planned()["TIDE-2"].source == "curated"
    named.unlink()
    desk.write("decided/low-water.patch", f"Fixes: {identity}\n\n{DRAFT}")
    assert desk.planned()["TIDE-2"].source == "curated"


@pytest.mark.parametrize(
    ("which", "number", "line"),
    [("1", 1, "+  return hour * 3;"), ("b", 2, "+  return hour * 4;")],
)
def test_a_chosen_way_is_read_by_the_next_plan(
    desk: Desk, say: Say, which: str, number: int, line: str
) -> None:
    """The reason for no patch names the ways; then the fix is the chosen one, and says by whom."""
    desk.write("audit.json", json.dumps({"findings": [{**FINDINGS[1], "fix": WAYS}]}))
    tried = [each.reason for each in desk.planned()["TIDE-2"].tried]
    assert any("`mendbook choose` takes by its number: 1: Replace" in each for each in tried)
    code, out, err = say("choose", desk.published(), "TIDE-2", which)
    assert (code, err) == (0, "")
    assert "judgements.yaml" in out
    run = desk.open()
    patch = next(each.patch for each in run.plan.remediations)
    assert patch.in_series
    assert line in patch.diff
    note = run.findings[0].notes[-1]
    assert (note.field, note.original) == ("fix", WAYS)
    assert note.why == f"alternative {number}, chosen by Ines Ferry on {run.given.today}"


def test_a_teams_policy_may_take_the_first_way(desk: Desk, say: Say) -> None:
    """The note says that the policy did; a person's choice goes before it."""
    desk.write("audit.json", json.dumps({"findings": [{**FINDINGS[1], "fix": WAYS}]}))
    asked = default_policy().read_text()
    first = asked.replace("alternatives: ask", "alternatives: first")
    desk.policy = desk.write("first.yaml", first)
    run = desk.open()
    (item,) = run.plan.remediations
    assert item.patch.in_series
    assert "+  return hour * 3;" in item.patch.diff
    note = run.findings[0].notes[-1]
    assert (note.field, note.original) == ("fix", WAYS)
    assert note.why == "alternative 1, which the policy takes (alternatives: first)"
    assert say("choose", desk.published(), "TIDE-2", "B")[0] == 0
    assert "+  return hour * 4;" in desk.planned()["TIDE-2"].diff


def test_a_choice_of_other_words_is_void(desk: Desk, say: Say) -> None:
    """What a person chose is taken only while the text still offers it so."""
    audit = {**FINDINGS[1], "fix": WAYS}
    desk.write("audit.json", json.dumps({"findings": [audit]}))
    say("choose", desk.published(), "TIDE-2", "1")
    audit["fix"] = WAYS.replace("hour * 3", "hour * 5")
    desk.write("audit.json", json.dumps({"findings": [audit]}))
    assert desk.open().findings[0].fix == audit["fix"]


REFUSED: dict[str, tuple[tuple[str, ...], int, str]] = {
    "reject an unknown finding": (("reject", "FARE-2", "--why", "no"), 2, "mean 'FARE-1'?"),
    "accept an unknown finding": (("accept", "TIDE-3"), 2, "mean 'TIDE-2'?"),
    "reject without a reason": (("reject", "FARE-1", "--why", " \n"), 2, "say what is wrong"),
    "choose for an unknown finding": (("choose", "TIDE-3", "1"), 2, "mean 'TIDE-2'?"),
    "choose where there is one way": (("choose", "FARE-1", "1"), 2, "offers no choice"),
    "accept what is in the series": (("accept", "FARE-1"), 2, "is no draft"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_one_line_and_writes_nothing(desk: Desk, say: Say, case: str) -> None:
    """The exit code is that of the README's table."""
    (command, *rest), wanted, words = REFUSED[case]
    code, out, err = say(command, desk.published(), *rest)
    assert (code, out, err.count("\n")) == (wanted, "", 1)
    assert words in err
    assert desk.decided() == {}


def test_what_is_no_run_or_is_there_already_is_refused(desk: Desk, say: Say) -> None:
    """Input that cannot be read is 3, an override that stands there 5; nothing is replaced."""
    assert say("reject", desk.folder, "FARE-1", "--why", "no")[0] == 3
    run = desk.published()
    (desk.decisions / "TIDE-2.patch").write_text("mine\n")
    code, _, err = say("accept", run, "TIDE-2")
    assert (code, "a patch stands there" in err) == (5, True)
    assert desk.decided() == {"TIDE-2.patch": "mine\n"}


def test_a_curated_patch_is_taken_out_by_hand(desk: Desk, say: Say) -> None:
    """It is a person's own, and its file says so better than a rejection."""
    assert say("accept", desk.published(), "TIDE-2")[0] == 0
    code, _, err = say("reject", desk.published(), "TIDE-2", "--why", "no")
    assert (code, "is curated" in err) == (2, True)
    assert set(desk.decided()) == {"TIDE-2.patch"}


def test_an_audit_that_changed_since_is_refused(desk: Desk, say: Say) -> None:
    """What is judged is what the person saw."""
    run = desk.published()
    desk.write("audit.json", json.dumps({"findings": [*FINDINGS[:1], FINDINGS[1] | {"fix": "x"}]}))
    code, _, err = say("reject", run, "FARE-1", "--why", "no")
    assert (code, "plan again" in err, desk.decided()) == (3, True, {})


def test_decisions_go_where_the_next_run_looks(
    desk: Desk, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run without overrides yet has a place for them, wherever the person stands later."""
    desk.decisions.rmdir()
    run = desk.published()
    elsewhere = desk.folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert say("reject", run, "FARE-1", "--why", "no")[0] == 0
    monkeypatch.chdir(desk.folder)
    assert (desk.folder / "overrides/audit/judgements.yaml").is_file()
    assert not desk.planned()["FARE-1"].in_series


def test_a_rejection_of_an_unknown_finding_is_reported(desk: Desk) -> None:
    """It is not lost when an audit gives its findings other names."""
    entry = {"finding": "GONE-9", "source": "recipe:x", "change": "0" * 64}
    said = {"who": "Ines", "day": "2026-03-01", "why": "no"}
    (desk.decisions / "judgements.yaml").write_text(json.dumps({"rejected": [{**entry, **said}]}))
    gaps = {each.what: each.reason for each in desk.open().plan.provenance.not_run}
    assert gaps["rejection of a patch of GONE-9"] == "the audit has no such finding"
