"""The mail form of a patch: literal, taken by ``git am`` and ``git apply``, proof against words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from mendbook.model import (
    CheckStatus,
    Decision,
    Dimension,
    Estimate,
    Finding,
    Owner,
    Patch,
    Priority,
    Proposal,
    Proposed,
    PullRequest,
    Remediation,
    Severity,
)
from mendbook.proving.ladder import prove_mail
from mendbook.proving.scratch import scratch_repository
from mendbook.repository.snapshot import Snapshot
from mendbook.series.mailbox import format_patch, quilt_series
from mendbook.series.stack import build_series
from mendbook.text.plain import patch_name

BASE = Snapshot.of({"src/a.ts": "let a = 1;\r\n", "src/b.ts": "let b = 1;"})
WHEN = datetime(2026, 2, 12, 9, 30, tzinfo=UTC)
FINDING = Finding(
    id="CQ-1",
    severity=Severity.LOW,
    dimension=Dimension.CODE_QUALITY,
    file="src/a.ts",
    function="",
    problem="The variable is never reassigned, yet declared with let, which misleads readers.",
    evidence="",
    impact="",
    fix="",
    complexity="",
)


def series(findings: tuple[Finding, ...] = (FINDING,), summary: str = "Use const") -> list[Patch]:
    """Return the patches of ``findings``: the first edits both files, the next add one each."""
    answers = []
    for number, each in enumerate(findings):
        edits: dict[str, str | None] = {"src/a.ts": "const a = 1;\r\n", "src/b.ts": "const b = 1;"}
        if number:
            edits = {f"docs/{number} ü.md": "# New\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n"}
        answers.append(Proposed(each.id, Proposal(each.id, "curated", summary, edits)))
    requests = [
        PullRequest(1, "fix: x", tuple(f.id for f in findings), (), (), 1, 1, 1, Priority.P2, 1, "")
    ]
    return list(build_series(requests, findings, (), answers, BASE))


def remediation(patch: Patch, rollback: str = "git revert <commit>") -> Remediation:
    """Return the remediation that holds ``patch``."""
    return Remediation(
        finding_id=patch.finding_id,
        severity=Severity.LOW,
        files_touched=patch.files,
        patch=patch,
        callsites=(),
        runtime_risk="None known.",
        rollback=rollback,
        estimate=Estimate(patch.finding_id, 1, 1, 1, "audit"),
        owner=Owner("team", "path"),
        decision=Decision(patch.finding_id, Priority.P2, (), "", 1),
        docs_updates=(),
        tests_required=(),
    )


def test_a_patch_is_written_as_format_patch_writes_it() -> None:
    """The mail carries subject, why, how far it is proven, risk, rollback, and the diff."""
    (patch,) = series()
    patch = replace(patch, why="Readers rely on it.", irreversible=("Logs keep the old name.",))
    assert format_patch(remediation(patch), FINDING, WHEN, "Ada <ada@example.org>").decode() == (
        "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n"
        "From: Ada <ada@example.org>\n"
        "Date: Thu, 12 Feb 2026 09:30:00 +0000\n"
        "Subject: [PATCH] Use const\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        "\n"
        "For CQ-1 (LOW, Code Quality):\n"
        "    The variable is never reassigned, yet declared with let, which\n"
        "    misleads readers.\n"
        "\n"
        "Why it is done so:\n"
        "    Readers rely on it.\n"
        "\n"
        "Source: curated. Proven: applies, parses, binds, reverts.\n"
        "Asked: not shown.\n"
        "    the fix names no code that the edit could be held to\n"
        "\n"
        "Risk:\n"
        "    None known.\n"
        "\n"
        "Rollback:\n"
        "    git revert <commit>\n"
        "\n"
        "What a revert does not undo:\n"
        "    Logs keep the old name.\n"
        "---\n"
        " src/a.ts\n"
        " src/b.ts\n"
        " 2 files, 2 lines added, 2 removed\n"
        "\n" + patch.diff + "-- \nmendbook\n\n"
    )


def test_a_diff_that_quotes_a_secret_says_so() -> None:
    """A patch that takes a secret out must quote it; its mail asks to rotate it."""
    (patch,) = series()
    secret = replace(patch, diff="-API_SECRET=Zx81kQp07vTt29LmWc4R\n+API_SECRET=change-me\n")
    assert b"rotate them." in format_patch(remediation(secret), FINDING, WHEN)
    assert b"rotate them." not in format_patch(remediation(patch), FINDING, WHEN)


def test_git_am_takes_the_series_and_gives_the_same_tree() -> None:
    """Carriage returns, missing newlines and diff-like file contents survive ``git am``."""
    findings = (FINDING, replace(FINDING, id="CQ-2"))
    patches = series(findings)
    mails = [
        format_patch(remediation(patch), each, WHEN)
        for patch, each in zip(patches, findings, strict=True)
    ]
    check = prove_mail(mails, patches, BASE)
    assert (check.status, check.detail) == (CheckStatus.PASS, "2 patches, the very tree")
    assert prove_mail(mails[:1], patches, BASE).status is CheckStatus.FAIL
    assert prove_mail(mails[::-1][:1] * 2, patches, BASE).status is CheckStatus.FAIL
    assert quilt_series(patches) == "001-CQ-1-use-const.patch\n002-CQ-2-use-const.patch\n"


hostile = st.lists(
    st.sampled_from(
        [
            "From: Eve <eve@example.org>",
            "From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001",
            "Subject: owned",
            "---",
            "-- >8 --",
            "diff --git a/evil b/evil\nnew file mode 100755\n--- /dev/null\n+++ b/evil",
            "@@ -0,0 +1 @@\n+evil",
            "=?utf-8?q?evil=0A?=",
            "\r\n\x00\x1b[31m\u202e\u200b\x85\u2028\x0c",
            "é 漢字 🎧",
            "",
        ]
    ),
    max_size=6,
).map("\n".join)


@settings(deadline=None, max_examples=10)
@given(problem=hostile, summary=hostile, rollback=hostile)
def test_no_words_of_a_finding_change_what_git_reads(
    problem: str, summary: str, rollback: str
) -> None:
    """Whatever finding, summary and rollback say, git sees one mail by us with exactly our diff."""
    finding = replace(FINDING, problem=problem)
    (patch,) = series((finding,), summary)
    mail = format_patch(remediation(patch, rollback), finding, WHEN)
    assert prove_mail([mail], [patch], BASE).status is CheckStatus.PASS
    with scratch_repository() as scratch:
        tree = scratch.tree_of({path: BASE.text(path) for path in BASE.files})
        assert scratch.applied(tree, mail.decode()) == scratch.applied(tree, patch.diff)
        scratch.check_out(tree)
        assert scratch.git("am", "--quiet", "--keep-cr", stdin=mail).returncode == 0
        assert scratch.output("log", "-1", "--format=%an <%ae>") == "Mendbook <mendbook@localhost>"
        assert scratch.output("rev-list", "--count", "HEAD") == "2"


@given(number=st.integers(1, 999), finding_id=st.text(), summary=st.text())
def test_names_are_ascii_and_short(number: int, finding_id: str, summary: str) -> None:
    """Any id and summary give a plain file name of at most 120 bytes, unique by its number."""
    name = patch_name(number, finding_id, summary)
    assert name.startswith(f"{number:03d}")
    assert name.endswith(".patch")
    assert len(name.encode("ascii")) <= 120
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.")


def test_names_read_well() -> None:
    """A name holds the id as it is and the summary's first words, whole."""
    assert patch_name(7, "PERF-MED-001", "Cache the O(1) lookup") == (
        "007-PERF-MED-001-cache-the-o-1-lookup.patch"
    )
    assert patch_name(3, "CON", "Close it") == "003-CON-close-it.patch"
    assert patch_name(4, "\u7b2c", "Close it").endswith("-close-it.patch")
    long = "Replace the linear scan over all distribution routers by a map of consumers"
    assert patch_name(12, "a/b é", long) == (
        "012-a-b-e-replace-the-linear-scan-over-all-distribution.patch"
    )
