"""Signs and verdicts beside findings: what is graded, what is praised and what was checked."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("written", "ident", "title"),
    [
        ("🔴 BUG-001: Bread is not baked", "BUG-001", "Bread is not baked"),
        ("ℹ️ L-1: Flour has no label", "L-1", "Flour has no label"),
        ("Issue #3: Salt is missing", "3", "Salt is missing"),
        ("Bug 4: Salt is missing", "4", "Salt is missing"),
        ("问题3：盐不见了", "3", "盐不见了"),
    ],
)
def test_ids_behind_the_word_for_a_finding(written: str, ident: str, title: str) -> None:
    """``BUG-001`` is an id as it stands; a number behind the word is one as well."""
    head = read_head(written)
    assert (head.id, head.title) == (ident, title)


def test_a_sign_that_informs_yields_to_the_grade_around(tmp_path: Path) -> None:
    """``ℹ️`` in a list of low ones is no grade of its own; ``🔴`` is one."""
    text = (
        "# Review\n\n## Low priority issues\n\n### ℹ️ L-1: Flour has no label\n\n"
        "Nobody knows `store/flour.kt`.\n\n### 🔴 L-2: Salt is missing\n\n"
        "`store/salt.kt` is empty.\n"
    )
    assert [one.severity for one in read(tmp_path, text).findings] == [
        Severity.LOW,
        Severity.CRITICAL,
    ]


def test_praise_among_grades_is_no_finding(tmp_path: Path) -> None:
    """A row whose severity is praise says what is good."""
    text = (
        "# Audit\n\n| Finding | Severity | Location |\n|---|---|---|\n"
        "| **Ovens are not cleaned** — soot falls. | 🟡 Medium | `oven/clean.ts` |\n"
        "| **Recipes are well kept** — each has a date. | ✅ Positive | `book/recipe.ts` |\n"
        "| **Lids do not fit** — steam is lost. | 🟢 Low | `pot/lid.ts` |\n"
    )
    audit = read(tmp_path, text)
    assert [one.places[0].path for one in audit.findings] == ["oven/clean.ts", "pot/lid.ts"]


def test_the_column_that_names_findings_is_their_headline(tmp_path: Path) -> None:
    """Where another column describes them, in each table by itself."""
    text = (
        "# Review\n\n## Findings\n\n### H1. Crumbs stay on the floor\n"
        "- **File:** `floor.ts:3`\n- **Fix:** Sweep it.\n\n### Medium issues\n\n"
        "| Issue | Location | Description | Impact |\n|---|---|---|---|\n"
        "| **Door sticks** | `door.ts:12` | The hinge is never oiled in winter | Guests wait |\n"
        "| **Bell is mute** | `bell.ts:4` | The clapper was taken out | Nobody comes |\n"
    )
    found = read(tmp_path, text).findings
    assert [(one.title, one.problem) for one in found[1:]] == [
        ("Door sticks", "The hinge is never oiled in winter"),
        ("Bell is mute", "The clapper was taken out"),
    ]


def test_what_does_not_apply_was_only_checked(tmp_path: Path) -> None:
    """A table of weaknesses that were looked for and are not there lists no findings."""
    text = (
        "# Audit\n\n## Resistance\n\n| Vulnerability | Status | Mitigation |\n|---|---|---|\n"
        "| Rats | N/A | No grain is kept |\n| Damp | ✅ | The cellar is dry |\n"
        "| Theft | ✅ | The door is locked |\n\n## Issues\n\n"
        "- **High** `cellar/light.rb:3` the light is never switched off\n"
    )
    assert len(read(tmp_path, text).findings) == 1


def test_verdicts_of_a_check_by_headings(tmp_path: Path) -> None:
    """What is not met is a finding, with what is suggested for its fix."""
    text = (
        "# Audit against the rules\n\n## Kitchen\n\n### Knives\n\n✅ **Met** — All are sharp.\n\n"
        "### Boards for fish\n\n❌ **Not met** — No board is marked for fish.\n\n"
        "> **Suggestion:** Mark one blue.\n\n### Hand towels\n\n"
        "⚠️ **Unknown** — Nobody counted them.\n\n> **Suggestion:** Count them on Monday.\n"
    )
    found = read(tmp_path, text).findings
    assert [(one.title, one.fix) for one in found] == [
        ("Boards for fish", "Mark one blue."),
        ("Hand towels", "Count them on Monday."),
    ]


def test_findings_that_are_mended_below_japanese_grades(tmp_path: Path) -> None:
    """The grade behind the name of the scale counts; what is mended stays with its status."""
    text = (
        "# 監査レポート\n\n## 1. 重大度HIGH: 即時対応\n\n### 1.1 ✅ 釜の温度が未設定 — 修正済み\n\n"
        "| 項目 | 値 |\n|---|---|\n"
        "| ファイル | `kama/heat.swift:52` |\n| ステータス | ✅ 修正済み |\n"
        "\n"
        "## 2. 重大度LOW: 将来\n\n### 2.1 米を二度量る\n\n"
        "| 項目 | 値 |\n|---|---|\n| ファイル | `kome/scale.swift:9` |\n| 内容 | 毎回二度量る |\n"
    )
    found = read(tmp_path, text).findings
    assert [(one.severity, one.status, one.places[0].line) for one in found] == [
        (Severity.HIGH, Status.FIXED, 52),
        (Severity.LOW, Status.OPEN, 9),
    ]


def test_a_table_that_only_names_ids_lists_none(tmp_path: Path) -> None:
    """Uses of a library, each with the findings that stand in its way, repeat these."""
    text = (
        "# Review\n\n## Findings\n\n### C-1: Tides are late\n- **File:** `tide.cs:3`\n"
        "- **Fix:** Ask the moon.\n\n### C-2: Boats are lost\n- **File:** `boat.cs:9`\n"
        "- **Fix:** Count them.\n\n## Readiness\n\n"
        "| Use | Ready | Needs | Notes |\n|---|---|---|---|\n"
        "| Fishing | 🟡 70% | C-1, C-2 | Boats must not be lost |\n"
        "| Swimming | 🔴 40% | C-1 | Tides must be known |\n"
    )
    assert [one.id for one in read(tmp_path, text).findings] == ["C-1", "C-2"]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("Points d'attention", "**Balise trop longue** : 78 caractères sur `/contact`"),
        ("Puntos débiles", "**Sin mapa** : falta el mapa del sitio"),
        ("Areas for improvement", "**No map** : the map of the site is missing"),
        ("Verbesserungspotenzial", "**Keine Karte** : die Karte der Seite fehlt"),
    ],
)
def test_weak_points_are_findings(tmp_path: Path, heading: str, item: str) -> None:
    """As reviewers of pages head them, beside what is good."""
    text = f"# SEO\n\n## {heading}\n\n- {item}\n\n## Points forts\n\n- HTTPS partout\n"
    assert len(read(tmp_path, text).findings) == 1


def test_what_was_looked_at_heads_its_remark(tmp_path: Path) -> None:
    """The part that does not work is the headline, and the remark says why."""
    text = (
        "# SEO\n\n## Points of attention\n\n| Element | Status | Comment |\n|---|---|---|\n"
        "| Page title | ⚠️ | 78 characters, shorten it to 60 |\n"
        "| Description | ❌ | missing on `contact.html` |\n| H1 | ✅ | one on each page |\n"
    )
    found = read(tmp_path, text).findings
    assert [(one.title, one.problem) for one in found] == [
        ("Page title", "78 characters, shorten it to 60"),
        ("Description", "missing on `contact.html`"),
    ]


def test_an_assessment_in_german_accepts(tmp_path: Path) -> None:
    """What is found acceptable is accepted, and not mended, whatever sign stands before it."""
    text = (
        "# Prüfung\n\n## Befunde\n\n### K-1: Sicherung ist lesbar\n\n**Schweregrad:** niedrig\n"
        "**Datei:** `sicherung/kunden.sqlite3`\n\nJeder liest sie.\n\n"
        "**Bewertung:** ✅ Akzeptabel – Restrisiko\n"
    )
    (one,) = read(tmp_path, text).findings
    assert (one.status, one.places[0].path) == (Status.ACCEPTED, "sicherung/kunden.sqlite3")


@pytest.mark.parametrize(
    "rest",
    [
        "## 3. Ovens and doors ✅\n\n- Door: `oven/door.toml` is strict\n"
        "- Heat: checked in `heat.toml`\n",
        "## Priority-ordered action plan\n\n### P0 -- Remove now (safe)\n\n"
        "1. Delete the bell (`bell.rs:3`)\n2. Delete the lamp (`lamp.rs:9`)\n",
        "## 🎯 总体结论\n\n- ❌ 关键的检查缺失\n- ❌ 几个重要路由缺失\n",
    ],
    ids=["signed for good", "plan by ranks", "conclusion"],
)
def test_what_stands_below_the_findings_adds_none(tmp_path: Path, rest: str) -> None:
    """Parts signed for good behind their names, plans by rank and conclusions are no findings."""
    text = (
        "# Review\n\n## Findings\n\n### K1. Bell is never rung\n- **File:** `bell.rs:3`\n"
        f"- **What:** nothing calls it.\n- **Action:** Delete it.\n\n{rest}"
    )
    assert [one.id for one in read(tmp_path, text).findings] == ["K1"]
