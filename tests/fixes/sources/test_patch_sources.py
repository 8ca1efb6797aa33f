"""The sources: curated files, tools' fixes, their order, and what each refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.code.diff import diff_of
from mendbook.finding_names import FindingNames
from mendbook.fixes.propose import effective
from mendbook.fixes.sources import sources as listed
from mendbook.fixes.sources.curated import CuratedSource, read_curated, unmatched_patches
from mendbook.fixes.sources.tool import ToolSource
from mendbook.fixes.task import Task
from mendbook.model import (
    Cause,
    Dimension,
    Evidence,
    EvidenceStatus,
    Finding,
    FindingFacts,
    OfferedFix,
    Place,
    Proposal,
    Severity,
    Skipped,
)
from mendbook.repository.snapshot import Snapshot
from unlinked import Unlinked

TREE = Snapshot.of({"src/a.ts": "let a = 1;\nlet b = 2;\n", "src/b.ts": "export {};\n"})
EDITED: dict[str, str | None] = {"src/a.ts": "const a = 1;\nlet b = 2;\n"}


def task(name: str = "CQ-1", fixes: tuple[OfferedFix, ...] = ()) -> Task:
    """Return the task of a finding called ``name`` about ``src/a.ts``."""
    finding = Finding(
        id=name,
        severity=Severity.LOW,
        dimension=Dimension.CODE_QUALITY,
        file="src/a.ts",
        function="",
        problem="let is never reassigned",
        evidence="let a = 1;",
        impact="",
        fix="Use const.",
        complexity="",
        places=(Place("src/a.ts"),),
        offered_fixes=fixes,
    )
    place = Evidence(EvidenceStatus.VERBATIM, "src/a.ts", 1, 1, 1.0, "evidence text")
    return Task(
        finding,
        FindingFacts(name, ("src/a.ts",), evidence=place),
        TREE,
        Unlinked({"src/a.ts": ("src/b.ts",)}),
    )


def curated(folder: Path, name: str, head: str = "", edits: dict[str, str | None] = EDITED) -> None:
    """Put a curated patch into ``folder``."""
    (folder / name).write_text(head + diff_of(edits, TREE))


def test_a_patch_named_after_the_finding_is_taken(tmp_path: Path) -> None:
    """``<issue-id>.patch`` is the finding's patch, with no header needed."""
    curated(tmp_path, "CQ-1.patch")
    assert CuratedSource(read_curated(tmp_path)).propose(task()) == Proposal(
        "CQ-1", "curated", "Repair CQ-1", EDITED, why="Written by a person: CQ-1.patch."
    )


def test_one_patch_may_repair_several_findings(tmp_path: Path) -> None:
    """A ``Fixes:`` line names the findings; the subject or else the file name says what it does."""
    curated(tmp_path, "001-CQ-1-CQ-2-use-const.patch", "Fixes: CQ-1, CQ-2\n\n")
    more: dict[str, str | None] = {"src/b.ts": "export const b = 1;\n"}
    curated(tmp_path, "002-more.patch", "Subject: [PATCH 1/2] More const\nFixes: CQ-2\n", more)
    source = CuratedSource(read_curated(tmp_path))
    first, second, third = (source.propose(task(name)) for name in ("CQ-1", "CQ-2", "CQ-3"))
    assert isinstance(first, Proposal)
    assert isinstance(second, Proposal)
    assert (first.summary, first.edits) == ("Use const", EDITED)
    assert second.edits == EDITED | more
    assert second.why == "Written by a person: 001-CQ-1-CQ-2-use-const.patch, 002-more.patch."
    assert third == Skipped("curated", "no curated patch names this finding", Cause.NOTHING_THERE)
    assert unmatched_patches(source.patches, FindingNames.of([task("CQ-2").finding])) == (
        Skipped("001-CQ-1-CQ-2-use-const.patch", "the audit has no finding called CQ-1"),
    )


def test_a_curated_patch_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    """A stale or unreadable patch file is named with its fault; a missing folder is no fault."""
    curated(tmp_path, "CQ-1.patch", edits={"src/a.ts": "other\n"})
    stale = (tmp_path / "CQ-1.patch").read_text().replace("-let a", "-var a")
    (tmp_path / "CQ-1.patch").write_text(stale)
    (tmp_path / "CQ-2.patch").write_bytes(b"\xff\xfe")
    source = CuratedSource(read_curated(tmp_path))
    assert source.propose(task("CQ-1")) == Skipped(
        "curated",
        "CQ-1.patch: it does not apply to the audited commit (error: patch failed: src/a.ts:1)",
    )
    assert source.propose(task("CQ-2")) == Skipped(
        "curated", "CQ-2.patch: not UTF-8 text; save it as UTF-8"
    )
    assert read_curated(tmp_path / "none") == ()


def test_a_tools_fix_replaces_its_regions() -> None:
    """All regions of the first tool's fix are replaced, by offsets into the old text."""
    fixes = (
        OfferedFix("src/a.ts", 11, 14, "const", "eslint", "Use 'const' instead."),
        OfferedFix("src/a.ts", 0, 3, "const", "eslint"),
        OfferedFix("src/a.ts", 0, 3, "var", "other"),
    )
    answer = ToolSource().propose(task(fixes=fixes))
    assert isinstance(answer, Proposal)
    assert answer.edits == {"src/a.ts": "const a = 1;\nconst b = 2;\n"}
    assert answer.summary == "Use 'const' instead."


@pytest.mark.parametrize(
    ("fixes", "reason"),
    [
        ((), "no tool offers a fix"),
        (
            (OfferedFix("src/no.ts", 0, 1, "", "t"),),
            "t: its fix is for src/no.ts, which is not a text file here",
        ),
        (
            (OfferedFix("src/a.ts", 0, 5, "", "t"), OfferedFix("src/a.ts", 4, 6, "x", "t")),
            "t: its fixes overlap or lie outside the file (src/a.ts at 4–6)",
        ),
        (
            (OfferedFix("src/a.ts", 9, 900, "", "t"),),
            "t: its fixes overlap or lie outside the file (src/a.ts at 9–900)",
        ),
    ],
)
def test_a_tools_fix_that_does_not_fit_is_skipped(
    fixes: tuple[OfferedFix, ...], reason: str
) -> None:
    """A fix for another file or text than the audited one is not guessed into place."""
    cause = Cause.OBSTACLE if fixes else Cause.NOTHING_THERE
    assert ToolSource().propose(task(fixes=fixes)) == Skipped("tool", reason, cause)


def test_the_table_lists_every_source_in_its_order() -> None:
    """Each file beside the table is one of its sources, and a run asks them in that order."""
    folder = Path(listed.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "sources"}
    asked = listed.sources_for()
    assert files == set(listed.SOURCES)
    assert tuple(source.name for source in asked) == listed.SOURCES


@pytest.mark.parametrize(
    ("head", "subject", "fixes"),
    [
        (
            "Subject: [PATCH] =?UTF-8?q?Gr=C3=BC=C3=9Fe=20?=\n =?UTF-8?q?K=C3=BCche?=\n\n",
            "Grüße Küche",
            ("CQ-9",),
        ),
        (
            "Subject: [PATCH v2 3/4] Close the oven before it is\n lit\n\nFixes: #123\n",
            "Close the oven before it is lit",
            ("CQ-9",),
        ),
        ('Subject: Close\n\nFixes: 1a2b3c4d5e6f ("Open")\nFixes: CQ-1, #7\n', "Close", ("CQ-1",)),
        ("Subject: =?no-such?q?x?=\n\nFixes: org/kiln#4\n", "=?no-such?q?x?=", ("CQ-9",)),
    ],
)
def test_a_patchs_head_is_read_as_git_writes_it(
    head: str, subject: str, fixes: tuple[str, ...], tmp_path: Path
) -> None:
    """Subjects are unfolded and decoded; an issue or a commit in a trailer is no finding."""
    diff = "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"
    (tmp_path / "CQ-9.patch").write_text(head + diff, encoding="utf-8")
    (patch,) = read_curated(tmp_path)
    assert (patch.subject, patch.fixes) == (subject, fixes)


def test_the_mark_of_a_secret_is_never_written() -> None:
    """What was redacted of an audit stands for something else, and is no value of a program."""
    marked: dict[str, str | None] = {"src/a.ts": 'let a = "[redacted]";\nlet b = 2;\n'}
    answer = effective(Proposal("CQ-1", "instruction", "Use it", marked), TREE)
    assert answer == Skipped(
        "instruction", "its patch would write `[redacted]`, which stands for a secret of the audit"
    )
    known = Snapshot.of({"src/a.ts": 'let a = "[redacted]";\nlet b = 1;\n'})
    kept = Proposal("CQ-1", "instruction", "Use it", marked)
    assert effective(kept, known) == kept
