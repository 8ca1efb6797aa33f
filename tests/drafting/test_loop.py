"""The loop: a stub agent that is right, wrong, late, silent, hostile; and what comes of each."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from bench import BROKEN, FIXED, GUARD, RIGHT, Bench, briefs, draft_in, edits
from berths import task
from mendbook.drafting.judge import DraftJudge
from mendbook.drafting.reach import reach_of
from mendbook.drafting.record import drafts_report
from mendbook.fixes.instruction.understood import understand
from mendbook.model import AskedStatus, Check, CheckStatus, DraftTally, Rung
from mendbook.proving.binds import Binder

UNBOUND = RIGHT.replace("throw new RangeError('length')", "refuse(length, RangeError)")
HARM = RIGHT.replace(GUARD, "  // eslint-disable-next-line\n")
ELSEWHERE = "src/far.ts\n<<<<<<< SEARCH\nfar = 1\n=======\nfar = 2\n>>>>>>> REPLACE\n"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a function that drafts with the stub: answers by finding, and what the loop takes."""
    return partial(draft_in, tmp_path)


def test_a_right_answer_is_a_draft_at_once(bench: Bench) -> None:
    """It is proven as far as nothing of the target's is run, and never worded as right."""
    drafting, folder = bench({"FEE-1": [RIGHT]})
    (draft,) = drafting.drafts
    assert edits(draft) == {"src/berth.ts": FIXED}
    assert (draft.rung, draft.asked, draft.reason) == (Rung.BINDS, AskedStatus.CONSISTENT, "")
    assert draft.proposal is not None
    assert draft.proposal.made_by == "drafter:python"
    assert draft.proposal.why == "Drafted by python; not reviewed by a person."
    assert len(briefs(folder)) == 1


@pytest.mark.parametrize(
    ("wrong", "failed"),
    [
        (UNBOUND, "binds: src/berth.ts"),
        (BROKEN, "parses: src/berth.ts: syntax error at line 2"),
        (
            HARM,
            "refused: it silences a check in src/berth.ts (eslint-disable), which no fix may do",
        ),
        (ELSEWHERE, "refused: src/far.ts is outside the finding's reach"),
        ("I would rather not.", "applies: it holds no edit"),
        (RIGHT.replace("rate = 12;\n=", "rate = 13;\n="), "applies: the search text of a block"),
    ],
)
def test_a_wrong_answer_is_told_what_failed_first(bench: Bench, wrong: str, failed: str) -> None:
    """The second brief holds the failure and the answer before; the right answer to it is taken."""
    drafting, folder = bench({"FEE-1": [wrong, f"Sorry!\n{RIGHT}"]})
    (draft,) = drafting.drafts
    assert edits(draft) == {"src/berth.ts": FIXED}
    assert [each.failed[: len(failed)] for each in draft.attempts] == [failed, ""]
    first, second = briefs(folder)
    assert "previous" not in first
    assert isinstance(second["previous"], dict)
    assert second["previous"]["failed"].startswith(failed)
    assert second["previous"]["answer"].startswith(wrong[:40])
    assert {**second, "previous": ""} == {**first, "previous": ""}


def test_after_two_repairs_the_best_answer_stays_with_its_true_rung(bench: Bench) -> None:
    """What was proven furthest is kept; a refused answer never is."""
    drafting, folder = bench({"FEE-1": [HARM, UNBOUND, BROKEN, RIGHT]})
    (draft,) = drafting.drafts
    assert len(briefs(folder)) == 3
    assert "refuse(length" in str(edits(draft)["src/berth.ts"])
    assert draft.rung is Rung.PARSES
    assert draft.reason.startswith("binds: ")


SILENT = {
    "never": ([""], "applies: it answered nothing"),
    "late": (["!late"], "it ran longer than 1 s and was stopped"),
    "fails": (["!exit"], "it exited with 1 (the model is not at home)"),
    "no text": (["!bytes"], "its answer is not text"),
    "hostile": (
        [".github/workflows/ci.yml\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n"],
        "applies: a block for .github/workflows/ci.yml searches for nothing; quote the lines",
    ),
    "a lock file": (
        ["package-lock.json\n<<<<<<< SEARCH\n{}\n=======\n[]\n>>>>>>> REPLACE\n"],
        "refused: it edits package-lock.json, which is a lock file",
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_without_an_answer_there_is_a_reason_and_no_draft(bench: Bench, name: str) -> None:
    """Silence, failure, and whatever is refused three times over."""
    answers, reason = SILENT[name]
    drafting, _ = bench({"FEE-1": answers}, seconds=1.0 if name == "late" else 20.0)
    (draft,) = drafting.drafts
    assert draft.proposal is None
    assert draft.rung is Rung.OUTLINE
    assert draft.reason.startswith(reason)


def test_a_run_that_is_taken_up_again_asks_nothing_twice(bench: Bench) -> None:
    """Answers are kept by their briefs, those of repairs too; the drafts are the same."""
    answers = {"FEE-1": [UNBOUND, RIGHT], "FEE-2": [RIGHT]}
    first, folder = bench(answers)
    again, _ = bench(answers)
    assert [len(briefs(folder, name)) for name in answers] == [2, 1]
    assert [edits(draft) for draft in again.drafts] == [edits(draft) for draft in first.drafts]
    assert [each.kept for draft in again.drafts for each in draft.attempts] == [True] * 3


def test_what_was_cut_off_is_asked_for_again_and_nothing_else(bench: Bench) -> None:
    """A failed call leaves no answer; the next run asks only for that one."""
    bench({"FEE-1": [RIGHT], "FEE-2": ["!exit", RIGHT]})
    drafting, folder = bench({"FEE-1": [RIGHT], "FEE-2": ["!exit", RIGHT]})
    assert [len(briefs(folder, name)) for name in ("FEE-1", "FEE-2")] == [1, 2]
    assert all(edits(draft) for draft in drafting.drafts)


@pytest.mark.parametrize(
    ("rate", "asked"),
    [
        ("14", AskedStatus.SHOWN),
        ("14; length += 0", AskedStatus.CONSISTENT),
        ("15", AskedStatus.NOT_SHOWN),
    ],
)
def test_only_what_the_fix_reads_as_and_no_more_is_shown(rate: str, asked: AskedStatus) -> None:
    """An edit that keeps the contract and does other things in the same line is for a person."""
    found = task(fix="Change `rate` from `12` to `14`.")
    understood = understand(found)
    assert understood.whole
    judge = DraftJudge(found, understood, reach_of(found, understood), Binder())
    judged = judge.judged(RIGHT.replace(f"{GUARD}  const rate = 12", f"  const rate = {rate}"))
    assert judged.asked.status is asked
    assert bool(judged.contracts) is (asked is AskedStatus.SHOWN)


def test_gates_that_are_on_are_the_last_rungs(bench: Bench) -> None:
    """A gate that fails goes back as any other failure; one that passes is in the proposal."""
    seen: list[str] = []

    def gates(diff: str) -> tuple[Check, ...]:
        seen.append(diff)
        status = CheckStatus.PASS if "length < 1" in diff else CheckStatus.FAIL
        return (Check("typechecks", CheckStatus.PASS), Check("tests", status, "1 failed: fee"))

    stricter = RIGHT.replace("length < 0", "length < 1")
    drafting, folder = bench({"FEE-1": [RIGHT, stricter]}, run_gates=gates)
    (draft,) = drafting.drafts
    assert draft.proposal is not None
    assert [check.name for check in draft.proposal.checks] == ["typechecks", "tests"]
    assert [each.failed for each in draft.attempts] == ["tests: 1 failed: fee", ""]
    assert len(seen) == len(briefs(folder)) == 2


def test_progress_is_told_with_its_cost(bench: Bench) -> None:
    """One line a finding."""
    said: list[str] = []
    priced = json.dumps({"answer": RIGHT, "cost_usd": 0.25})
    bench({"FEE-1": [priced]}, progress=said.append)
    assert said == ["draft: 1 of 1 (FEE-1: drafted, $0.25)"]


def test_the_drafter_sees_an_empty_folder_and_no_secret_of_the_users(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its environment holds what every program needs, and nothing that was not named."""
    monkeypatch.setenv("MY_SECRET", "s")
    _, folder = bench({"FEE-1": ["!env"]})
    kept, *_ = (folder / "kept").rglob("*.json")
    seen = json.loads(json.loads(kept.read_text())["text"])
    assert seen["files"] == []
    assert "MY_SECRET" not in seen["env"]
    assert {"PATH", "HOME"} <= set(seen["env"])


def test_what_it_cost_and_how_good_it_was_is_counted(bench: Bench) -> None:
    """Asked, answered, repaired, refused by name, silent with reasons, seconds and dollars."""
    priced = json.dumps({"answer": RIGHT, "cost_usd": 0.5})
    drafting, _ = bench(
        {"FEE-1": [priced], "FEE-2": [HARM, RIGHT], "FEE-3": ["!exit"], "FEE-4": [ELSEWHERE]}
    )
    (tally,) = drafts_report(drafting).tallies
    assert tally.seconds > 0
    assert tally == DraftTally(
        adapter="python",
        findings=4,
        asked=6,
        answered=2,
        repaired=1,
        shown=0,
        refused=(("a file outside its reach", 2), ("a silenced check", 1)),
        silent=(
            ("it exited with 1 (the model is not at home)", 1),
            ("refused: src/far.ts is outside the finding's reach", 1),
        ),
        seconds=tally.seconds,
        cost=0.5,
    )


@pytest.mark.parametrize(
    ("fix", "line", "failed"),
    [
        ("Say that a fee is intentional, or add a `FREE_FEE` flag.", "// Free is intentional.", ""),
        ("Name the fee of an API call.", "const call = 'API fee';", ""),
        ("Bring in `feeOf`.", "// nothing", "asked: the fix names feeOf, which"),
        (
            "Bring in `feeOf`, `feeCap`, `FEE_TOP`.",
            "const feeOf = 1;",
            "asked: the fix names feeCap",
        ),
    ],
)
def test_what_a_fix_names_must_be_there_by_one_alternative(
    fix: str, line: str, failed: str
) -> None:
    """Of a choice one is enough; a word in capitals is no code unless it is quoted."""
    found = task(fix=fix)
    understood = understand(found)
    judge = DraftJudge(found, understood, reach_of(found, understood), Binder())
    judged = judge.judged(RIGHT.replace(GUARD, f"  {line}\n"))
    assert judged.failed.startswith(failed)
    assert bool(judged.failed) is bool(failed)


def test_what_is_named_and_new_is_asked_for_wherever_it_stands() -> None:
    """A new function need not stand at the place that the finding quotes."""
    found = task(fix="Export `closeLedger`.")
    understood = understand(found)
    judge = DraftJudge(found, understood, reach_of(found, understood), Binder())
    tail = "export function closeLedger(): void {}\n"
    last = "    this.total = this.total + amount;\n  }\n}\n"
    judged = judge.judged(
        f"src/berth.ts\n<<<<<<< SEARCH\n{last}=======\n{last}\n{tail}>>>>>>> REPLACE\n"
    )
    assert judged.failed == ""


@pytest.mark.parametrize(
    ("comment", "asked"),
    [
        ("/** @deprecated Use toll instead. */", AskedStatus.SHOWN),
        ("/** @deprecated Use rate instead. */", AskedStatus.CONSISTENT),
        ("// @deprecated Use toll instead.", AskedStatus.CONSISTENT),
    ],
)
def test_a_comment_that_is_asked_for_is_shown_only_word_for_word(
    comment: str, asked: AskedStatus
) -> None:
    """Code that stays the same proves nothing of a comment."""
    found = task(
        evidence="export function fee(length: number): number {",
        fix="Add a JSDoc @deprecated Use toll instead. tag to fee()",
    )
    understood = understand(found)
    assert understood.whole
    judge = DraftJudge(found, understood, reach_of(found, understood), Binder())
    head = "export function fee(length: number): number {"
    judged = judge.judged(
        f"src/berth.ts\n<<<<<<< SEARCH\n{head}\n=======\n{comment}\n{head}\n>>>>>>> REPLACE\n"
    )
    assert judged.asked.status is asked
