"""Fields of findings in Markdown as people set them: in italics, in tables, with several ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.model import Audit, Severity, Status


def read(tmp_path: Path, text: str) -> Audit:
    """Return the audit that a Markdown text is."""
    path = tmp_path / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


@pytest.mark.parametrize("label", ["*Fix*:", "_Fix:_", "*Remedy:*", "**Fix:**"])
def test_labels_inside_a_line_may_stand_in_italics(tmp_path: Path, label: str) -> None:
    """A label in italics or bold ends the text before it."""
    text = (
        "# Review\n\n## Findings\n\n"
        "1. **P1-open-gate** - `gate/lock.rs:20-31`. Anybody can open it at “night.” "
        f"{label} ask for the key.\n"
        "2. **P2-lamp** - `gate/lamp.rs:4`. It burns by day. *Fix*: read the sun.\n"
    )
    first = read(tmp_path, text).findings[0]
    assert (first.places[0].path, first.places[0].line, first.fix) == (
        "gate/lock.rs", 20, "ask for the key."
    )  # fmt: skip
    assert "ask for" not in first.problem


def test_a_sentence_below_a_short_field_is_the_problem(tmp_path: Path) -> None:
    """A short field ends with its line; a list of paths goes on."""
    text = (
        "# Review\n\n### K-1: Kiln overheats\n**Severity:** High\n**File:** `kiln/heat.go:12`\n"
        "The probe is read once an hour.\n\n"
        "### K-2: Lids stay open\n**Severity:** Low\n**Files:** `kiln/lid.go:3`,\n`kiln/hinge.go`\n"
        "Nothing closes them.\n"
    )
    first, second = read(tmp_path, text).findings
    assert first.problem == "The probe is read once an hour."
    assert [place.path for place in second.places] == ["kiln/lid.go", "kiln/hinge.go"]


def test_each_item_of_a_list_of_fields_is_a_field(tmp_path: Path) -> None:
    """Even under a label that nobody listed, with the steps of a repair below its sign."""
    text = (
        "# Rapport\n\n## Problèmes\n\n### 1. **Les billets ne sont pas vérifiés**\n"
        "- **Gravité:** Élevé\n- **Emplacement:** `guichet/billet.php` ligne 7\n"
        "- **Impact:**\n  - Chacun peut entrer\n"
        "- **Solution appliquée:** ✅\n  - Lire le code du billet\n"
        "- **Branche:** `fix/billets`\n"
    )
    (finding,) = read(tmp_path, text).findings
    assert (finding.impact, finding.fix) == ("Chacun peut entrer", "Lire le code du billet")
    assert finding.status is Status.FIXED


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("**ACCEPTABLE** - The seed comes from the system.", Status.ACCEPTED),
        ("False positive. The query has parameters.", Status.FALSE_POSITIVE),
        ("The seed is acceptable to nobody who plays for money.", Status.OPEN),
    ],
)
def test_an_assessment_that_begins_with_a_status_tells_it(
    tmp_path: Path, said: str, status: Status
) -> None:
    """The first words of an assessment close a finding, not any of its words."""
    text = (
        "# Scan\n\n## Findings\n\n### [LOW] Dice are seeded with the clock\n\n"
        f"- **Location:** `dice/roll.ex:9`\n\n**Assessment:** {said}\n"
    )
    assert read(tmp_path, text).findings[0].status is status


@pytest.mark.parametrize(
    ("written", "first", "title"),
    [
        ("TT-1 / TT-4: Heights are rounded", "TT-1", "Heights are rounded"),
        ("TT-2 & TT-3 — Moons are late", "TT-2", "Moons are late"),
        ("TT-5, TT-6: Berths are full", "TT-5", "Berths are full"),
        ("TT-7 and the second tide", "TT-7", "and the second tide"),
    ],
)
def test_a_headline_of_two_ids_has_the_first(written: str, first: str, title: str) -> None:
    """Two ids before a headline leave only its words."""
    head = read_head(written)
    assert (head.id, head.title) == (first, title)


def test_a_count_in_brackets_grades_nothing() -> None:
    """A number of errors is no severity."""
    assert read_head("Compiler complaints (58 errors)").severity == ""
    assert read_head("Compiler complaints (minor)").severity == "minor"


def test_the_name_of_a_kind_may_head_the_words(tmp_path: Path) -> None:
    """``Bug type`` holds headlines, and the file has a name in the audit's language."""
    text = (
        "# Plan\n\n## Errores\n\n| ID | Bug Type | Severidad | Archivo clave |\n|---|---|---|---|\n"
        "| A1 | List of boats grows without bound | ALTA | `boats.py` — the list |\n"
        "| A2 | Crane is not freed after an hour | MEDIA | `tools/crane.py:4` |\n"
        "| A3 | Berths are counted twice a day | BAJA | `berth/count.py` |\n"
    )
    audit = read(tmp_path, text)
    assert [(one.id, one.title or one.problem, one.places[0].path) for one in audit.findings] == [
        ("A1", "List of boats grows without bound", "boats.py"),
        ("A2", "Crane is not freed after an hour", "tools/crane.py"),
        ("A3", "Berths are counted twice a day", "berth/count.py"),
    ]


def test_a_column_without_a_name_means_what_its_own_table_holds(tmp_path: Path) -> None:
    """It holds headlines, numbers or signs, in each table anew."""
    text = (
        "# Audit\n\n## Findings\n\n| | Severity | File |\n|---|---|---|\n"
        "| Heights are rounded | High | `tide/a.c:1` |\n\n"
        "| | Finding | Severity | File |\n|---|---|---|---|\n"
        "| 1 | Berths are full | High | `tide/b.c:2` |\n\n"
        "| | Issue | Severity | File |\n|---|---|---|---|\n"
        "| 🔴 | Logs are lost | Low | `tide/c.c:3` |\n"
    )
    assert [one.title or one.problem for one in read(tmp_path, text).findings] == [
        "Heights are rounded", "Berths are full", "Logs are lost",
    ]  # fmt: skip


def test_a_table_of_grades_and_counts_holds_no_findings(tmp_path: Path) -> None:
    """Words about a trend beside the counts change nothing."""
    text = (
        "# Audit\n\n### [LOW] Lamp burns by day\n**File:** `lamp.c:3`\n\n## Matrix\n\n"
        "| Severity | Count | Trend |\n|---|---|---|\n| Critical | 1 | NEW (two new) |\n"
        "| High | 3 | NEW (all new) |\n| Low | 3 | fewer than before |\n| Resolved | 15+ | — |\n"
    )
    assert [one.title for one in read(tmp_path, text).findings] == ["Lamp burns by day"]


def read_json(tmp_path: Path, findings: list[dict[str, object]]) -> Audit:
    """Return the audit that a list of findings is."""
    path = tmp_path / "audit.json"
    path.write_text(json.dumps({"findings": findings}), encoding="utf-8")
    return load_audit(path)


def test_ranks_before_names_grade_where_one_comes_again(tmp_path: Path) -> None:
    """Ranks that each stand once are counted, so they grade nothing."""
    told = ["P0-open-gate", "P0-no-lock", "P2-lamp"]
    found = read_json(
        tmp_path,
        [{"id": one, "title": f"It is about {one}", "file": "gate.kt"} for one in told],
    ).findings
    assert [one.severity for one in found] == [
        Severity.CRITICAL, Severity.CRITICAL, Severity.MEDIUM,
    ]  # fmt: skip
    counted = ["P1-gate", "P2-lock", "P3-lamp"]
    found = read_json(
        tmp_path,
        [{"id": one, "title": f"It is about {one}", "file": "gate.kt"} for one in counted],
    ).findings
    assert {one.severity for one in found} == {Severity.MEDIUM}


def test_tags_that_are_numbered_names_are_ids(tmp_path: Path) -> None:
    """Numbers of a standard are kinds."""
    text = "Heights are rounded before they are summed at {}"
    tags = ["A-1", "A-2", "B-1"]
    found = read_json(
        tmp_path, [{"tag": one, "severity": "low", "text": text.format(one)} for one in tags]
    ).findings
    assert [one.id for one in found] == tags
    kinds = ["CWE-79", "CWE-89", "CWE-22"]
    found = read_json(
        tmp_path, [{"tag": one, "severity": "low", "text": text.format(one)} for one in kinds]
    ).findings
    assert not {one.id for one in found} & set(kinds)


def test_folders_of_an_absolute_path_may_have_spaces(tmp_path: Path) -> None:
    """The whole path is kept."""
    path = "C:/Users/ada/my boats/tide table/lib/sea.dart"
    found = read_json(
        tmp_path, [{"title": "The sea is too high by one", "severity": "low", "file": path}]
    ).findings
    assert [place.path for place in found[0].places] == [path]


def test_a_table_goes_on_behind_a_blank_line(tmp_path: Path) -> None:
    """Rows behind the gap are rows of the table, with their lines and places."""
    text = (
        "# Debt\n\n| ID | Severity | Title | File |\n|---|---|---|---|\n"
        "| TD-1 | Low | Bolt is too short | `gate/bolt.nim:4` |\n\n"
        "| TD-2 | High | Lamp `a | b` burns by day | `lamp.nim:9` |\n"
        "| TD-3 | Low | Rope is tied twice | `rope.nim` |\n"
    )
    found = read(tmp_path, text).findings
    assert [(one.id, one.places[0].path, one.places[0].line) for one in found] == [
        ("TD-1", "gate/bolt.nim", 4), ("TD-2", "lamp.nim", 9), ("TD-3", "rope.nim", None),
    ]  # fmt: skip
    assert found[1].title == "Lamp `a | b` burns by day"


def test_an_id_in_two_tables_is_one_finding_where_the_words_are_alike(tmp_path: Path) -> None:
    """Else it is two findings, as the audit uses the id twice."""
    head = "| ID | Severity | Title | File |\n|---|---|---|---|\n"
    text = (
        f"# Debt\n\n## Active\n\n{head}| TD-1 | Low | Bolt is too short | `gate/bolt.nim:4` |\n\n"
        f"## Resolved\n\n{head}| TD-1 | Low | Bolt too short for gate | `bolt.nim` |\n"
        "| TD-1 | High | Lamp burns by day | `lamp.nim:9` |\n"
    )
    found = read(tmp_path, text).findings
    assert [(one.id, one.places[0].line) for one in found] == [("TD-1", 4), ("TD-1-2", 9)]


def test_required_fixes_are_a_plan_beside_findings(tmp_path: Path) -> None:
    """They say what to do about what stands elsewhere."""
    text = (
        "# Audit\n\n## Findings\n\n| Severity | Issue |\n|---|---|\n"
        "| High | Anybody can open the gate without a key |\n\n"
        "## Required Fixes\n\n### 1. Ask for a key\n\nWrap `gate/open.nim` for all who come.\n"
    )
    found = read(tmp_path, text).findings
    assert [one.title or one.problem for one in found] == [
        "Anybody can open the gate without a key"
    ]  # fmt: skip
