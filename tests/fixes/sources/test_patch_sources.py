"""The sources: curated files, tools' fixes, the drafter, their order, and what each refuses."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest
from ast_grep_py import SgNode

from mendbook.code.diff import diff_of
from mendbook.drafting.briefs import write_briefs
from mendbook.drafting.drafter import DrafterSource, drafter, drafters_for
from mendbook.errors import PatchError
from mendbook.fixes.propose import propose
from mendbook.fixes.sources import table
from mendbook.fixes.sources.curated import CuratedSource, astray, read_curated
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
    SymbolReferences,
    SymbolStatus,
)
from mendbook.repository.snapshot import Snapshot

TREE = Snapshot.of({"src/a.ts": "let a = 1;\nlet b = 2;\n", "src/b.ts": "export {};\n"})
EDITED: dict[str, str | None] = {"src/a.ts": "const a = 1;\nlet b = 2;\n"}


class OneImporter:
    """A lookup in which ``src/b.ts`` imports everything."""

    def uses(self, symbol: str, file: str) -> SymbolReferences:
        """Return no reference."""
        return SymbolReferences(symbol, SymbolStatus.MISSING, "syntax")

    def importers(self, file: str) -> tuple[str, ...]:
        """Return one importer."""
        return ("src/b.ts",)

    def needed(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def taken(self, name: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def member_read(self, name: str, holder: str, owner: str = "") -> str:
        """Return that nothing is known."""
        return f"{name} was not looked up"

    def needed_member(self, node: SgNode, owner: str, file: str) -> str:
        """Return that nothing is known."""
        return f"{owner} was not looked up"


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
    return Task(finding, FindingFacts(name, ("src/a.ts",), evidence=place), TREE, OneImporter())


def curated(folder: Path, name: str, head: str = "", edits: dict[str, str | None] = EDITED) -> None:
    """Put a curated patch into ``folder``."""
    (folder / name).write_text(head + diff_of(edits, TREE))


def test_a_patch_named_after_the_finding_is_taken(tmp_path: Path) -> None:
    """``<issue-id>.patch`` is the finding's patch, with no header needed."""
    curated(tmp_path, "CQ-1.patch")
    assert CuratedSource(read_curated(tmp_path)).propose(task()) == Proposal(
        "CQ-1", "curated", "Repair CQ-1", EDITED, why="Curated: CQ-1.patch."
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
    assert second.why == "Curated: 001-CQ-1-CQ-2-use-const.patch, 002-more.patch."
    assert third == Skipped("curated", "no curated patch names this finding", Cause.NOTHING_THERE)
    assert astray(source.patches, [task("CQ-2").finding]) == (
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


def python(code: str, seconds: float = 20.0) -> DrafterSource:
    """Return a drafter that runs ``code``."""
    return DrafterSource((sys.executable, "-c", code), seconds, jobs=2)


def test_the_drafter_gets_a_brief_and_answers_with_a_diff() -> None:
    """The brief on stdin holds finding, code and neighbours; the diff on stdout becomes edits."""
    code = (
        "import json, sys, os\n"
        "brief = json.load(sys.stdin)\n"
        "assert brief['finding']['id'] == 'CQ-1' and os.listdir('.') == []\n"
        "assert brief['importers'] == {'src/a.ts': ['src/b.ts']}\n"
        "old = brief['code'][0]['text']\n"
        "print('--- a/src/a.ts\\n+++ b/src/a.ts\\n@@ -1,2 +1,2 @@')\n"
        "print('-let a = 1;\\n+const a = 1;\\n let b = 2;')\n"
    )
    answer = python(code).propose(task())
    assert isinstance(answer, Proposal)
    assert (answer.source, answer.edits) == ("drafter", EDITED)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("pass", "it answered nothing"),
        ("print('sorry')", "its answer is refused: git cannot read it as a diff"),
        ("import sys; sys.exit('no key')", "it exited with 1 (no key)"),
    ],
)
def test_a_drafter_without_an_answer_is_a_reason(code: str, reason: str) -> None:
    """Silence, prose and failure are reasons, not patches."""
    answer = python(code).propose(task())
    assert isinstance(answer, Skipped)
    assert reason in answer.reason


def test_a_drafter_that_hangs_is_killed_with_its_children(tmp_path: Path) -> None:
    """After the time limit nothing of its process group is left."""
    note = tmp_path / "child"
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    answer = python(code, seconds=2.0).propose(task())
    assert isinstance(answer, Skipped)
    assert answer.reason.endswith("it ran longer than 2 s and was stopped")
    assert _gone(int(note.read_text()))


def test_drafts_come_back_in_the_order_of_the_findings() -> None:
    """Answers that are asked for in parallel are matched to their findings."""
    code = (
        "import json, sys, time\n"
        "name = json.load(sys.stdin)['finding']['id']\n"
        "time.sleep(0.3 if name == 'CQ-1' else 0)\n"
        "print(f'--- /dev/null\\n+++ b/{name}.ts\\n@@ -0,0 +1 @@\\n+x')\n"
    )
    tasks = [task("CQ-1"), task("CQ-2")]
    found = propose(
        [each.finding for each in tasks], (), TREE, OneImporter(), (ToolSource(), python(code))
    )
    proposals = [each.proposal for each in found]
    assert [list(each.edits) for each in proposals if each] == [["CQ-1.ts"], ["CQ-2.ts"]]
    assert found[0].tried == (Skipped("tool", "no tool offers a fix", Cause.NOTHING_THERE),)


def test_the_drafters_command_is_split_without_a_shell() -> None:
    """Quotes group words, nothing is expanded, and a broken or empty command is refused."""
    assert drafter("draft --model 'a b' $HOME;rm").arguments == (
        "draft",
        "--model",
        "a b",
        "$HOME;rm",
    )
    with pytest.raises(PatchError, match="close the quotes"):
        drafter("draft 'a")
    answer = drafter("no-such-program-here").propose(task())
    assert answer == Skipped(
        "drafter",
        "no-such-program-here: no-such-program-here cannot be started (No such file or directory)",
    )


def test_a_drafter_in_the_current_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script that is named relative to where the user stands runs, although elsewhere."""
    (tmp_path / "draft.py").write_text(
        "print('--- /dev/null\\n+++ b/new.ts\\n@@ -0,0 +1 @@\\n+x')\n"
    )
    monkeypatch.chdir(tmp_path)
    answer = drafter(f"{sys.executable} draft.py").propose(task())
    assert isinstance(answer, Proposal)
    assert answer.edits == {"new.ts": "x\n"}


def test_briefs_are_written_one_for_each_finding(tmp_path: Path) -> None:
    """Each brief is a JSON file named after its finding, whatever its id, without secrets."""
    secret = "ghp_" + "a1B2" * 9
    tree = TREE.edited({"src/a.ts": f'const token = "{secret}";\n'})
    one, hostile = task("CQ-1"), task("../x")
    files = write_briefs(
        [one.finding, hostile.finding], [one.facts], tree, OneImporter(), tmp_path / "briefs"
    )
    assert [file.name for file in files] == ["CQ-1.json", "002-x.json"]
    written = json.loads(files[0].read_text())
    assert secret not in files[0].read_text()
    assert written["place"] == {
        "file": "src/a.ts",
        "line": 1,
        "endLine": 1,
        "foundBy": "evidence text",
    }


def test_the_table_lists_every_source_in_its_order(tmp_path: Path) -> None:
    """Each file beside the table is one of its sources, and a run asks them in that order."""
    folder = Path(table.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "table"}
    asked = table.sources_for((), drafters_for("draft"))
    assert files | {"drafter"} == set(table.SOURCES)
    assert tuple(source.name for source in asked) == table.SOURCES
    assert [source.name for source in table.sources_for()] == list(table.SOURCES[:-1])


def _gone(pid: int) -> bool:
    """Tell whether the process ends within a moment (a zombie that nobody reaps has ended)."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().split(") ")[1].startswith("Z"):
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.1)
    return False


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
