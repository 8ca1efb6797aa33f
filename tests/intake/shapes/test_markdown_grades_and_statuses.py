"""Chapters of grades, names with a grade, and what became of findings that stand elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.model import Audit, Status


def read(folder: Path, text: str) -> Audit:
    """Return the audit that a document is read as from a file."""
    path = folder / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def told(audit: Audit) -> list[tuple[str, str, str]]:
    """Return id, severity and headline of each finding; made ids are left out."""
    return [
        ("" if one.id.startswith("F-") else one.id, one.severity, one.title or one.problem)
        for one in audit.findings
    ]


GRADES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "a legend above the grades, and findings in bold": (
        "# Brewery\n\n## 2. Findings by rank\n\n> **P0** now · **P1** soon\n\n"
        "### P0 — Critical\n\n**P0-1 · The valve has no stop** · `vat/valve.go`\n"
        "It turns until it breaks.\n**Fix:** Add a stop\n\n"
        "**P0-2 · The lid opens under pressure** · `vat/lid.go`\nIt is not locked.\n"
        "**Fix:** Lock it\n\n"
        "### P1 — High\n\n| ID | Finding | Location |\n|---|---|---|\n"
        "| P1-1 | Malt is weighed twice | `mill/scale.go:12` |\n",
        [
            ("P0-1", "CRITICAL", "The valve has no stop"),
            ("P0-2", "CRITICAL", "The lid opens under pressure"),
            ("P1-1", "HIGH", "Malt is weighed twice"),
        ],
    ),
    "a sentence above the grades": (
        "# Brauerei\n\n## 1. Befunde nach Rang\n\nDer Bottich in `vat/lid.go` wurde angesehen, "
        "und einige Fehler fehlen noch.\n\n### Hoch\n\n"
        "- **Deckel offen** (`vat/lid.go:4`): Er ist nie verriegelt und fällt herunter\n\n"
        "### Niedrig\n\n- **Waage falsch** (`mill/scale.go:9`): Das Malz wird doppelt gewogen\n",
        [("", "HIGH", "Deckel offen"), ("", "LOW", "Waage falsch")],
    ),
    "grades before a name in brackets": (
        "# Harbour review\n\n## Security problems\n\n"
        "* **High (crane)**: Anybody can lift the hook. Affects `pier`.\n"
        "* **Low (buoy)**: The lamp accepts colours out of range. Affects `sea`.\n",
        [("", "HIGH", "crane"), ("", "LOW", "buoy")],
    ),
    "a lettered chapter of named points is no finding itself": (
        "# Harbour review\n\n## 2. The code\n\n### B. Logic and quality flags\n\n"
        "* **Dead code**:\n  * The name `tide` in `pier/crane.ts` is never used\n"
        "* **Unknown names**:\n  * `BERTH` is undefined in `sea/buoy.ts`\n",
        [("", "MEDIUM", "Dead code"), ("", "MEDIUM", "Unknown names")],
    ),
    "a count in brackets is no name": (
        "# Harbour review\n\n## Findings\n\n### High (2)\n\n"
        "- **Crane (north)**: `pier/crane.ts:4` lifts the hook for anybody\n"
        "- **Buoy (south)**: `sea/buoy.ts:8` breaks on an unknown colour\n",
        [("", "HIGH", "Crane (north)"), ("", "HIGH", "Buoy (south)")],
    ),
}


@pytest.mark.parametrize("name", GRADES)
def test_grades_below_a_heading_make_a_name_of_findings_of_it(name: str, tmp_path: Path) -> None:
    """What stands over grades is no finding; a grade before a name in brackets grades it."""
    text, expected = GRADES[name]
    assert told(read(tmp_path, text)) == expected


def test_a_heading_over_its_own_parts_is_a_finding(tmp_path: Path) -> None:
    """Headings that are fields of a finding, and no grades, leave it one."""
    text = (
        "# Brewery\n\n## Findings\n\n### 1. The valve has no stop\n\n**Severity:** High\n\n"
        "#### Problem\n\nIt turns until it breaks.\n\n#### Fix\n\nAdd a stop.\n"
    )
    assert told(read(tmp_path, text)) == [("", "HIGH", "The valve has no stop")]


_FOUND = (
    "# Brewery\n\n## Findings\n\n### P1-1: Malt is weighed twice\n\n**File:** `mill/scale.go`\n\n"
    "The scale adds it again.\n\n### P1-2: The lid opens\n\n**File:** `vat/lid.go`\n\n"
    "It is not locked.\n\n### P1-3: The valve has no stop\n\n**File:** `vat/valve.go`\n\n"
    "It turns until it breaks.\n\n"
)
STATUSES: dict[str, tuple[str, list[Status]]] = {
    "ids with a remark": (
        "## State of the fixes\n\n| Finding | Action | Status |\n|---|---|---|\n"
        "| P1-1 (scale), P1-3 (valve) | Release 4 | ✅ Done |\n"
        "| P1-2 (lid) | A new lock | Open |\n",
        [Status.FIXED, Status.OPEN, Status.FIXED],
    ),
    "several ids and none": (
        "## Stand\n\n| Befund | Maßnahme | Status |\n|---|---|---|\n"
        "| P1-1, P1-2 und Kleineres | Neue Waage | behoben |\n"
        "| P1-3 (Ventil) | Bestellt | offen |\n| Rest | Später | offen |\n",
        [Status.FIXED, Status.FIXED, Status.OPEN],
    ),
}


@pytest.mark.parametrize("name", STATUSES)
def test_tables_say_what_became_of_findings_they_name(name: str, tmp_path: Path) -> None:
    """Rows that begin with the ids of known findings give them a status, and are none."""
    text, expected = STATUSES[name]
    assert [one.status for one in read(tmp_path, _FOUND + text).findings] == expected


def test_a_table_of_new_findings_is_kept(tmp_path: Path) -> None:
    """Rows with ids that stand nowhere else are findings, whatever status they have."""
    text = (
        "## New findings\n\n| ID | Finding | File | Status |\n|---|---|---|---|\n"
        "| P1-7 | Hops are counted as malt | `mill/hops.go:3` | Open |\n"
        "| P1-8 | The kettle is never emptied | `vat/kettle.go:5` | Open |\n"
    )
    assert len(read(tmp_path, _FOUND + text).findings) == 5


def test_a_chapter_of_what_is_resolved_gives_the_status(tmp_path: Path) -> None:
    """``Round 2 — Resolved findings`` closes what stands in it, a part of the program nothing."""
    table = (
        "| ID | Description | Resolution |\n|---|---|---|\n"
        "| B-1 | The lid opens under pressure | A new lock |\n"
        "| B-2 | Malt is weighed twice | A new scale |\n\n"
    )
    other = table.replace("B-", "C-").replace("lid", "tap").replace("Malt", "Hops")
    text = f"# Brewery\n\n## Round 2 — Resolved findings\n\n{table}## Round 3 — Vats\n\n{other}"
    statuses = {one.id: one.status for one in read(tmp_path, text).findings}
    assert statuses == {
        **dict.fromkeys(("B-1", "B-2"), Status.FIXED),
        **dict.fromkeys(("C-1", "C-2"), Status.OPEN),
    }


NONE: dict[str, str] = {
    "all is as it was meant": (
        "## 3. Design choices\n\n### 3.1 Lock of the lid\n\n**Location:** `vat/lid.go`\n\n"
        "**Behaviour:** ✅ Working as designed\n\nThe brewer chooses a lock.\n"
    ),
    "all is as it was meant, in German": (
        "## 3. Entscheidungen\n\n### 3.1 Schloss am Deckel\n\n**Datei:** `vat/lid.go`\n\n"
        "**Verhalten:** ✅ Funktioniert wie vorgesehen\n\nDer Brauer wählt das Schloss.\n"
    ),
    "how to write into the register": (
        "## How to use\n\n- **Add** a row in `vat/DEBT.md` for each shortcut. Sort it by harm.\n"
        "- **Needed words** of each row: where, what, why; see `vat/lid.go`.\n"
    ),
    "what an earlier audit had found": (
        "## Check of previous findings\n\n"
        "- **Race at the mill:** Still open and owned by the miller, who claims nothing else.\n"
        "- **Broken seal:** Implemented with a new seal; no bypass was found.\n"
    ),
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_meant_so_or_told_of_others_is_no_finding(name: str, tmp_path: Path) -> None:
    """A choice, a manual or the word on an earlier audit adds nothing to the findings."""
    assert len(read(tmp_path, _FOUND + NONE[name]).findings) == 3


def test_an_earlier_finding_with_a_place_is_found_again(tmp_path: Path) -> None:
    """An item with id, grade or file tells what is still wrong."""
    text = (
        "## Check of previous findings\n\n"
        "- **[HIGH] Race at the mill** (`mill/wheel.go:7`): two grains enter at once and break it\n"
    )
    assert len(read(tmp_path, _FOUND + text).findings) == 4
