"""Hold how reviews say what is good, what is mended and how bad: each kind with its finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mendbook.intake.audit_file import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit

Told = tuple[str, str, str, str, str]
"""Severity, places, problem, fix and status of a finding."""


def read(folder: Path, text: str) -> Audit:
    """Return the audit that a Markdown document is read as."""
    path = folder / "review.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def told(audit: Audit) -> list[Told]:
    """Return what each finding says of itself."""
    return [
        (one.severity, " ".join(map(shown_place, one.places)), one.problem, one.fix, one.status)
        for one in audit.findings
    ]


CASES: dict[str, tuple[str, list[Told]]] = {
    "the grade of a heading goes before what its brackets ask for": (
        "# Quarry\n\n## Critical issues (must fix)\n\n### Q1. Blast is not announced\n"
        "**File:** `blast/horn.go:7`\n\nThe horn sounds after the blast.\n\n"
        "## Low priority (should fix)\n\n### Q2. Clock of the gate is late\n"
        "**File:** `gate/clock.go:2`\n\nIt is set once a year.\n",
        [
            ("CRITICAL", "blast/horn.go:7", "The horn sounds after the blast.", "", "open"),
            ("LOW", "gate/clock.go:2", "It is set once a year.", "", "open"),
        ],
    ),
    "words of a scale go before the colour of a sign": (
        "# Каменоломня\n\n## 🟡 ВЫСОКИЙ ПРИОРИТЕТ (P1)\n\n### 1. Насос не останавливается\n"
        "**Файл:** `pump/stop.py:9`\n\n**Проблема:** Насос работает без воды.\n\n"
        "## 🔵 Средний приоритет\n\n### 2. Журнал без даты\n**Файл:** `log/day.py:4`\n\n"
        "**Проблема:** Дата не пишется.\n",
        [
            ("HIGH", "pump/stop.py:9", "Насос работает без воды.", "", "open"),
            ("MEDIUM", "log/day.py:4", "Дата не пишется.", "", "open"),
        ],
    ),
    "a priority in words goes before the sign of its headline": (
        "# Revisão do moinho\n\n## Achados\n\n### ⚠️ #1: Pedra gira sem grão\n\n"
        "**Arquivo:** `moinho/pedra.rb:30`\n\n**Prioridade:** 🟢 Baixa (depois da safra)\n",
        [("LOW", "moinho/pedra.rb:30", "Pedra gira sem grão", "", "open")],
    ),
    "a document that is headed by the sign for good has its problems still": (
        "# ✅ REVISÃO COMPLETA DO CELEIRO\n\n## 🔧 PROBLEMAS ENCONTRADOS E RESOLVIDOS\n\n"
        "### Problema 1: Versão do motor ❌ → ✅\n**Antes**: Motor 3 com caixa 5 (incompatível)\n"
        "**Solução**: Motor atualizado para 5\n**Arquivo**: celeiro/motor.gradle\n",
        [
            (
                "MEDIUM",
                "celeiro/motor.gradle",
                "Motor 3 com caixa 5 (incompatível)",
                "Motor atualizado para 5",
                "fixed",
            )
        ],
    ),
    "two names with a stroke between them are no path": (
        "# Weinkeller\n\n## 2. Behobene Fehler\n\n### UI/UX\n"
        "- ✅ **Etikett.tsx**: Kontrast verbessert\n\n### CI/CD\n"
        "- ✅ **Presse.yml**: Doppelten Lauf entfernt\n",
        [
            ("MEDIUM", "Etikett.tsx", "Kontrast verbessert", "", "fixed"),
            ("MEDIUM", "Presse.yml", "Doppelten Lauf entfernt", "", "fixed"),
        ],
    ),
    "lines under a label belong to the path of the headline": (
        "# 果园\n\n## 高优先级问题\n\n### 1. 竞争条件 - `harvest/basket.go`\n\n"
        "**位置**: Line 40-44, 71\n\n**问题**: 篮子没有锁。\n",
        [("HIGH", "harvest/basket.go:40-44 harvest/basket.go:71", "篮子没有锁。", "", "open")],
    ),
    "a place in the fix is the place of a finding without another": (
        "# Brewery\n\n## High\n\n### 1. Version of the kettle is old\n\n"
        "**Fix**: `Makefile:7` - set the version to 4.\n",
        [
            (
                "HIGH",
                "Makefile:7",
                "Version of the kettle is old",
                "`Makefile:7` - set the version to 4.",
                "open",
            )
        ],
    ),
    "points below a struck headline tell how it was mended": (
        "# Lighthouse\n\n## CRITICAL issues - all fixed\n\n"
        "1. **~~Lamp key in plain text~~** ✓ FIXED\n   - Moved the key to the vault\n"
        "   - Added a test of the vault\n\n## HIGH issues\n\n"
        "1. **Horn is never tested** - It rusts\n",
        [
            (
                "CRITICAL",
                "",
                "Lamp key in plain text",
                "- Moved the key to the vault\n- Added a test of the vault",
                "fixed",
            ),
            ("HIGH", "", "It rusts", "", "open"),
        ],
    ),
    "text between the numbers of one list belongs to the number before it": (
        "# Canal\n\n## Findings\n\n### High\n\n1. Sluice is not closed at night.\n\n"
        "The `night()` timer is never started.\n\n2. Level is read too late.\n\n"
        "It is read after the gate has moved.\n\n### Low\n\n3. Names of gates are numbers.\n\n"
        "Nobody knows gate 7.\n",
        [
            (
                "HIGH",
                "",
                "Sluice is not closed at night.\n\nThe `night()` timer is never started.",
                "",
                "open",
            ),
            (
                "HIGH",
                "",
                "Level is read too late.\n\nIt is read after the gate has moved.",
                "",
                "open",
            ),
            ("LOW", "", "Names of gates are numbers.\n\nNobody knows gate 7.", "", "open"),
        ],
    ),
    "of what is approved of, only what bears a sign of warning is wrong": (
        "# Bakery review\n\n## Detailed analysis by file\n\n"
        "### ✅ 1. `oven/Heat.java` (NEW) - **EXCELLENT**\n\n**Quality:**\n"
        "- ✅ **Well structured** - one class each\n- ✅ **Proper stop** - no leak in `stop()`\n\n"
        "### ✅ 2. `shop/V3__add_price.sql` (NEW) - **GOOD - CRITICAL FIX**\n\n**Quality:**\n"
        "- ✅ **Safe** - does not fail twice\n\n## Warnings & Recommendations\n\n"
        "### ✅ Low priority\n\n1. **Price is rounded twice**\n   - **Impact:** Totals are off\n"
        "   - **Fix required:** Round once in the till\n   - **Location:** `shop/Till.java:12`\n",
        [
            (
                "LOW",
                "shop/Till.java:12",
                "Price is rounded twice",
                "Round once in the till",
                "open",
            )
        ],
    ),
    "two strokes inside a name are a part of it": (
        "# Dairy\n\n## High\n\n### `milk/V2__cool_tank.sql` drops the tank\n\n"
        "**Fix:** Keep the old tank\n",
        [
            (
                "HIGH",
                "milk/V2__cool_tank.sql",
                "`milk/V2__cool_tank.sql` drops the tank",
                "Keep the old tank",
                "open",
            )
        ],
    ),
    "of a list that mixes signs, what is crossed is wrong too": (
        "# Observatory\n\n## Dome (`dome/turn.go`)\n\n- ✅ Locks are held\n"
        "- ⚠️ Dome is never stopped in a storm\n- ❌ No test of the brake\n"
        "- ✅ Errors are wrapped\n",
        [
            ("MEDIUM", "dome/turn.go", "Dome is never stopped in a storm", "", "open"),
            ("MEDIUM", "dome/turn.go", "No test of the brake", "", "open"),
        ],
    ),
    "a bare name of a script is a place, a product's is none": (
        "# Carousel\n\n## High\n\n### horse.js never stops\n\nIt turns.\n\n"
        "### Node.js is too old\n\n**Fix:** Update it\n",
        [
            ("HIGH", "horse.js", "It turns.", "", "open"),
            ("HIGH", "", "Node.js is too old", "Update it", "open"),
        ],
    ),
    "a part of the program is no folder": (
        "# Ropeway\n\n## Findings\n\n### 1. API\n**Severity:** High\n**File:** Backend\n"
        "**Problem:** Cabins are counted twice.\n",
        [("HIGH", "", "Cabins are counted twice.", "", "open")],
    ),
    "the file before a headline's words is its place": (
        "# Mühle\n\n## 2. 🔴 Kritische Fehler\n\n### 2.1 Mahlwerk.html — Steine doppelt gezählt\n\n"
        "`zaehlen()` (ca. Zeile 74) beginnt bei eins.\n\n| Steine | Grob | Fein |\n|---|---|---|\n"
        "| bis 2 | A | A |\n| über 2 | A | B |\n\n"
        "### 2.2 (Grenzfall) Sieb.html — Maschen zu weit\n\nDas Sieb lässt alles durch.\n",
        [
            (
                "CRITICAL",
                "Mahlwerk.html:74",
                "`zaehlen()` (ca. Zeile 74) beginnt bei eins.",
                "",
                "open",
            ),
            ("CRITICAL", "Sieb.html", "Das Sieb lässt alles durch.", "", "open"),
        ],
    ),
    "an item's own words stay beside what its points name": (
        "# 방앗간 검토\n\n## 개선이 필요한 부분\n\n"
        "1. **거대 모듈**: `Mill.tsx`가 약 500줄이며 책임이 과도합니다.\n"
        "    *   **책임**: 곡물, 물레방아, 창고.\n    *   **문제**: 유지보수가 어렵습니다.\n",
        [
            (
                "MEDIUM",
                "Mill.tsx",
                "`Mill.tsx`가 약 500줄이며 책임이 과도합니다.\n\n유지보수가 어렵습니다.",
                "",
                "open",
            )
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_review_is_read_as_a_person_reads_it(tmp_path: Path, name: str) -> None:
    """Severity, places, problem, fix and status of each finding, and nothing besides."""
    text, expected = CASES[name]
    assert told(read(tmp_path, text)) == expected


ASIDE: dict[str, tuple[str, str, str]] = {
    "a part with the status that all is clear": (
        "# Tram\n\n## Findings\n\n### 1. Brakes\n\n**Status**: ✅ All clear\n\n**Checked**:\n"
        "- `tram/brake.c` - ✅ no leak in it\n- `tram/bell.c` - ✅ never silent\n\n"
        "### 2. Doors shut on feet\n\n**Severity:** High\n\n**Fix:** Add a rail of light\n",
        "1. Brakes",
        "its status says that nothing is wrong",
    ),
    "a part whose brackets say that it is safe": (
        "# Tram\n\n## Findings\n\n### 1. Brakes (VERIFIED SAFE)\n\nAll of `brake.c` was read.\n"
        "\n### 2. Doors shut on feet\n\n**Severity:** High\n\n**Fix:** Add a rail of light\n",
        "1. Brakes (VERIFIED SAFE)",
        "its heading says that these are no findings",
    ),
    "a part that says that none remain": (
        "# Tram\n\n## Findings\n\n### 1. Brakes\n\nNo remaining concrete brake issues.\n\n"
        "### 2. Doors shut on feet\n\n**Severity:** High\n\n**Fix:** Add a rail of light\n",
        "1. Brakes",
        "its words say that nothing is wrong",
    ),
    "a part that says that it has none": (
        "# Tram\n\n## Findings\n\n### 1. Brakes\n\nNo issues found.\n\n"
        "### 2. Doors shut on feet\n\n**Severity:** High\n\n**Fix:** Add a rail of light\n",
        "1. Brakes",
        "its words say that nothing is wrong",
    ),
}


@pytest.mark.parametrize("name", ASIDE)
def test_what_is_said_to_be_good_is_named_as_left(tmp_path: Path, name: str) -> None:
    """The part is no finding, and where it stands and why it was passed is told."""
    text, part, why = ASIDE[name]
    audit = read(tmp_path, text)
    assert [one.title for one in audit.findings] == ["Doors shut on feet"]
    assert (part, why) in [(one.example, one.why) for one in audit.left]


NONE = {
    "principles": "# Werft\n\n## 3. Thesen zum Umbau\n\n### These 1: „Ein Kran ist kein Lager“\n"
    "**Aussage:** Jeder Kran braucht eine Bremse.\n\n**Begründung:**\n- Kräne ohne Bremse fehlen\n"
    "\n**Maßnahmen:**\n- Bremsen prüfen\n- Kräne zählen\n",
    "advice for tests, in a review that found nothing": "# 代码审查\n\n## 结果\n"
    "✅ **检查通过，没有发现问题！**\n\n## 测试建议\n\n### 硬件测试\n1. 连接水泵\n2. 发送停止指令\n"
    "3. 长时间运行\n",
    "orders of what to do when": "# Mine\n\n## Safety recommendations\n\n"
    "### Immediate actions (priority: HIGH)\n\n1. **Shore the old gallery**\n"
    "   - Add posts before each blast\n\n### Short-term actions (priority: LOW)\n\n"
    "2. **Document the lamps**\n   - Update LAMPS.md\n",
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_only_advised_is_no_finding(tmp_path: Path, name: str) -> None:
    """Principles, tests to make and steps to take are no faults of the code."""
    fault = (
        "## Issues\n\n### The lift stops between floors\n**Severity:** High\n**Fix:** Grease it\n"
    )
    alone = [] if "没有发现" in NONE[name] else [("HIGH", "", "The lift stops between floors")]
    found = told(read(tmp_path, f"{NONE[name]}\n{fault if alone else ''}"))
    assert [one[:3] for one in found] == alone


def test_a_word_for_how_to_go_about_it_is_no_fix(tmp_path: Path) -> None:
    """A mode such as ``auto-fix`` and the tests that are needed fill neither fix nor problem."""
    path = tmp_path / "review.json"
    finding = {
        "id": "slip-runs-dry",
        "severity": "warning",
        "file": "slip/dry.ts",
        "line": 8,
        "title": "The slip runs dry at low water",
        "action": "auto-fix",
        "test_or_validation_needed": "Add a test that the slip is wet at every tide of the year.",
    }
    path.write_text(json.dumps({"findings": [finding, {**finding, "line": 30}]}), encoding="utf-8")
    assert told(load_audit(path)) == [
        ("MEDIUM", "slip/dry.ts:8", "The slip runs dry at low water", "", "open"),
        ("MEDIUM", "slip/dry.ts:30", "The slip runs dry at low water", "", "open"),
    ]


def test_a_first_column_without_a_name_holds_the_headlines(tmp_path: Path) -> None:
    """Where no other column is a headline, and each row says something else."""
    text = (
        "# Jetty\n\n## Findings\n\n| | Problem | Severity |\n|---|---|---|\n"
        "| Tickets | No limit of tries in `jetty/sell.go:4` | High |\n"
        "| Ropes | They are tied twice | Low |\n"
    )
    assert [(one.title, one.problem) for one in read(tmp_path, text).findings] == [
        ("Tickets", "No limit of tries in `jetty/sell.go:4`"),
        ("Ropes", "They are tied twice"),
    ]


def test_rows_of_tests_are_read_by_what_came_out(tmp_path: Path) -> None:
    """What was tested is the headline, what came out the problem; what passed is left aside."""
    path = tmp_path / "report.json"
    rows = [
        {"test": "Rope", "result": "Worn by half", "status": "FAIL", "recommendation": "Splice it"},
        {"test": "Bell", "result": "Heard at a mile", "status": "PASS", "recommendation": "None"},
    ]
    path.write_text(json.dumps({"findings": {"harbour": rows}}), encoding="utf-8")
    audit = load_audit(path)
    assert [(one.title, one.problem, one.fix) for one in audit.findings] == [
        ("Rope", "Worn by half", "Splice it")
    ]
    assert [(one.place, one.why) for one in audit.left] == [
        ("findings.harbour[1]", "its status says that it passed: PASS")
    ]


@pytest.mark.parametrize(
    ("label", "verdict"),
    [
        ("Result", "✅ BLOCKED"),
        ("Outcome", "✅ Rejected"),
        ("Ergebnis", "✅ Abgewiesen"),
        ("Resultado", "✅ Bloqueado"),
        ("Verdict", "✔ prevented"),
    ],
)
def test_an_attack_that_was_withstood_is_no_finding(
    tmp_path: Path, label: str, verdict: str
) -> None:
    """A signed result sets a test aside; a result that tells of a fault leaves its finding."""
    tried = (
        "# Toll gate\n\n## Attacks tried\n\n"
        f"### 1. ✅ Old ticket again\n\n**{label}:** {verdict}\n- Error: `TICKET_USED (4)`\n\n"
        "### 2. Ticket of another gate\n\n**Severity:** High\n"
        f"**{label}:** ❌ Accepted\n**File:** `gate/ticket.go:31`\n\nIt opens for any ticket.\n"
    )
    assert [one.title for one in read(tmp_path, tried).findings] == ["Ticket of another gate"]
