"""Hold what audits are published with, beside their findings, and what a person makes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit


def read(folder: Path, written: object) -> Audit:
    """Return the audit that a document, or JSON data, is read as from a file."""
    name, text = ("a.md", written) if isinstance(written, str) else ("a.json", json.dumps(written))
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def told(audit: Audit) -> list[tuple[str, str, str, str]]:
    """Return severity, places, problem and fix of each finding."""
    return [
        (one.severity, " ".join(map(shown_place, one.places)), one.problem, one.fix)
        for one in audit.findings
    ]


ROW = {"title": "Gondola door opens in motion", "severity": "high", "file": "lift/door.go"}
JSON: dict[str, tuple[dict[str, object], tuple[str, str, str, str]]] = {
    "what is observed is wrong, what is expected gives way to a fix": (
        {
            "observed": "The door unlocks at half a metre a second.",
            "expected": "The door stays locked until the cabin stands.",
            "fix_action": "Read the speed before the lock is released",
        },
        (
            "HIGH",
            "lift/door.go",
            "The door unlocks at half a metre a second.",
            "Read the speed before the lock is released",
        ),
    ),
    "what is expected is the fix where nothing else is": (
        {
            "observed": "The door unlocks at half a metre a second.",
            "expected": "Keep the door locked until the cabin stands.",
        },
        (
            "HIGH",
            "lift/door.go",
            "The door unlocks at half a metre a second.",
            "Keep the door locked until the cabin stands.",
        ),
    ),
    "what triggers a fault is no description of it": (
        {"trigger": "Press the button between two pylons on the way up."},
        ("HIGH", "lift/door.go", "Gondola door opens in motion", ""),
    ),
    "a score is no line": (
        {"priority_score": 18},
        ("HIGH", "lift/door.go", "Gondola door opens in motion", ""),
    ),
    "words beside a path give its line before they name another file": (
        {"location": "unlock handler L78-96 (relies on lift/speed.go read L19-22)"},
        ("HIGH", "lift/door.go:78-96", "Gondola door opens in motion", ""),
    ),
    "a pattern that was searched for is no path": (
        {"pattern": "open\\s*$"},
        ("HIGH", "lift/door.go", "Gondola door opens in motion", ""),
    ),
}


@pytest.mark.parametrize("name", JSON)
def test_a_key_means_what_a_person_takes_it_for(name: str, tmp_path: Path) -> None:
    """Observed and expected, triggers, scores, patterns and words around lines are told apart."""
    more, expected = JSON[name]
    others = [
        {**ROW, **more, "title": f"Bell {number} is silent", "file": f"lift/bell{number}.go"}
        | ({"priority_score": 7 * number + 9} if "priority_score" in more else {})
        for number in (1, 2)
    ]
    assert told(read(tmp_path, {"findings": [{**ROW, **more}, *others]}))[0] == expected


def test_a_risk_in_words_is_the_problem_where_nothing_else_is(tmp_path: Path) -> None:
    """A list of risks, each with its mitigation, says what is wrong and what to do."""
    risks = [
        {
            "risk": "The spare cable is older than its guarantee",
            "probability": "high",
            "mitigation": "Order a new cable",
        },
        {
            "risk": "The night crew has no key of the engine room",
            "probability": "low",
            "mitigation": "Cut a second key",
        },
    ]
    assert told(read(tmp_path, {"residual_risks": risks})) == [
        ("MEDIUM", "", "The spare cable is older than its guarantee", "Order a new cable"),
        ("MEDIUM", "", "The night crew has no key of the engine room", "Cut a second key"),
    ]


DOCUMENTS: dict[str, tuple[str, list[tuple[str, str, str, str]]]] = {
    "a path in back ticks before the point of a sentence": (
        "# Hives\n\n## Findings\n\n### H-1 — Scales drift at night\n\n"
        "**Severity:** HIGH. **File:** `hive/scale.rs:52-54`.\n\n"
        "The zero is never read again.\n\n**Fix:** Read the zero each hour.\n",
        [
            (
                "HIGH",
                "hive/scale.rs:52-54",
                "The zero is never read again.",
                "Read the zero each hour.",
            )
        ],
    ),
    "lines in brackets behind a path, in a language of its own": (
        "# Včely\n\n## 1. Váhy\n\n### 1.1 Váha sa v noci posúva\n"
        "- **Súbor:** `hive/scale.rs` (riadok 52–54)\n- Nula sa už nikdy nečíta.\n"
        "- **Návrh:** Čítať nulu každú hodinu.\n",
        [("MEDIUM", "hive/scale.rs:52-54", "Nula sa už nikdy nečíta.", "Čítať nulu každú hodinu.")],
    ),
    "a severity in brackets inside a heading, with a count behind it": (
        "# Apiary list\n\n## 2. Honey room (P0) - 1 item\n\n"
        "| # | Issue | File | Fix |\n|---|---|---|---|\n"
        "| 01 | Lid sensor is inverted | room/lid.ts | Swap the two pins |\n",
        [("CRITICAL", "room/lid.ts", "Lid sensor is inverted", "Swap the two pins")],
    ),
    "a word for the severity says more than the sign before it": (
        "# Bienen\n\n## ⚠️ HOCH (vor dem Winter beheben)\n\n### 1. Futter wird doppelt gezählt\n\n"
        "**Problem:** Jeder Besuch zählt zweimal.\n\n**Lösung:** Besuche nach Nummer zählen.\n",
        [("HIGH", "", "Jeder Besuch zählt zweimal.", "Besuche nach Nummer zählen.")],
    ),
    "a heading of id and severity alone, its headline bold below": (
        "# Apiário\n\n## Achados\n\n### MEL-SEC-001 — Critical | A08\n\n"
        "**Porta da colmeia abre sem verificação**\n\n- **Arquivo:** `hive/gate.py`\n"
        "- **Risco:** Qualquer visitante podia abrir a porta\n"
        "- **Correção:** Verificar a chave do visitante.\n",
        [
            (
                "CRITICAL",
                "hive/gate.py",
                "Porta da colmeia abre sem verificação",
                "Verificar a chave do visitante.",
            )
        ],
    ),
    "what has passed, and a table that grades all that was looked at": (
        "# Hive security\n\n## Findings\n\n### ✅ PASSED - No Critical Vulnerabilities\n\n"
        "#### 1. Gate codes\n**Status**: ✅ PASS\n**Risk**: N/A\n\n"
        "- No codes in `gate/codes.ts`\n\n"
        "### Recommendations - Low\n\n#### 1. Open window\n**Severity**: LOW\n\n"
        "**Issue**: The window of `room/air.ts` never closes\n\n**Fix**: Close it at dusk\n\n"
        "## Attack surface\n\n| Endpoint | Risk | Notes |\n|---|---|---|\n"
        "| `/weigh` | LOW | Returns a static list |\n| `/health` | NONE | Takes no input |\n",
        [("LOW", "room/air.ts", "The window of `room/air.ts` never closes", "Close it at dusk")],
    ),
    "lists that a label opens are parts of the finding around them": (
        "# Imkerei\n\n## 🔴 KRITISCH - Ohne Wirkung\n\n### 1. Alarm-Anlage\n\n"
        "**Anzeige:** ✅ vorhanden\n\n**Widerspruch:**\n- Der Knopf ruft `ring()` auf\n"
        "- Die Glocke bleibt stumm\n\n**Impact:**\n- Niemand hört den Alarm\n"
        "- Das Protokoll bleibt leer\n\n**Lösung:** Glocke anschließen\n",
        [("CRITICAL", "", "Der Knopf ruft `ring()` auf", "Glocke anschließen")],
    ),
    "measurements below a grade are no findings": (
        "# Weighing\n\n## 🟠 Performance: weighing hangs\n\n### Measured timings\n\n"
        "| Command | Time | Notes |\n|---|---|---|\n| `weigh all` | 5.7s | waits for the scale |\n"
        "| `weigh one` | 0.4s | fast, no scale is asked |\n\n"
        "## 🟡 Wording\n\n### 1. `weigh` says “sold” for “weighed”\n\n"
        "The word is wrong in `weigh/say.py:3`.\n",
        [("MEDIUM", "weigh/say.py:3", "The word is wrong in `weigh/say.py:3`.", "")],
    ),
    "a graded finding whose list names the files it concerns": (
        "# Apiary\n\n## ⚠️ Issues\n\n#### **MEDIUM: Raw sums in labels**\n\n**Files with sums:**\n"
        "- `label/big.tsx` (3 times) - safe\n- `label/small.tsx` - review needed\n\n"
        "**Recommendation:** Round sums before they are printed\n",
        [
            (
                "MEDIUM",
                "label/big.tsx",
                "`label/small.tsx` - review needed",
                "Round sums before they are printed",
            )
        ],
    ),
    "a section that says that there is nothing": (
        "# Mill\n\n## Reliability\n\n### 5.1 Sluice gate ✅\n\n**File:** `mill/gate.ts`\n\n"
        "- opens when the wheel stands\n\n### 5.2 Wheel brake\n\n**No major issues found**. The"
        " brake in `mill/brake.ts` is tested.\n\n### 5.3 Flour scale (MODERATE - MILL-22)\n\n"
        "The scale in `mill/scale.ts:8` is never zeroed.\n",
        [("MEDIUM", "mill/scale.ts:8", "The scale in `mill/scale.ts:8` is never zeroed.", "")],
    ),
    "a column of problems that holds ids": (
        "# 磨坊\n\n## 1. 齿轮\n\n| 问题 | 严重性 | 描述 |\n|---|---|---|\n"
        "| **G1-001** | 🔴 高 | 齿轮没有上油，`mill/oil.ts` 从未被调用 |\n"
        "| **G1-002** | 🟡 中 | 水闸的状态未保存 |\n",
        [
            ("HIGH", "mill/oil.ts", "齿轮没有上油，`mill/oil.ts` 从未被调用", ""),
            ("MEDIUM", "", "水闸的状态未保存", ""),
        ],
    ),
    "what a heading should hold is no severity": (
        "# Mill tests\n\n## Available helpers (What Tests SHOULD Use)\n\n"
        "| Helper | Location | Purpose |\n|---|---|---|\n"
        "| `grain()` | `tests/grain.py` | A sack of grain for each kind of mill |\n\n"
        "## Findings\n\n### 1. Tests weigh by hand\n\n**Severity:** LOW\n\n"
        "`tests/scale.py:4` does not use the helper.\n",
        [("LOW", "tests/scale.py:4", "`tests/scale.py:4` does not use the helper.", "")],
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_as_a_person_reads_it(name: str, tmp_path: Path) -> None:
    """Severities, places and fixes come from where a person finds them, and nothing is added."""
    text, expected = DOCUMENTS[name]
    found = told(read(tmp_path, text))
    assert [one[:2] + one[3:] for one in found] == [one[:2] + one[3:] for one in expected]
    for (_, _, problem, _), (_, _, wanted, _) in zip(found, expected, strict=True):
        assert wanted in problem


def test_a_description_of_what_is_there_holds_no_findings(tmp_path: Path) -> None:
    """Headings and tables that say nothing of a fault are left aside with the reason."""
    text = (
        "# Full look at the ferry desk\n\n## 2. Routes of the desk\n\n### 2.1 Main route\n"
        "The desk calls `desk/route.py` for the timetable and shows it.\n\n### 2.2 Flow\n"
        "The page asks `desk/page.py` and the answer is drawn.\n\n## 3. Tables\n\n"
        "| Element | File |\n|---|---|\n| Timetable of the summer | `desk/summer.py` |\n\n"
        "### 3.1 Berths after a storm\n"
        "The berth in `desk/berth.py:4` is never freed after a storm.\n"
    )
    audit = read(tmp_path, text)
    assert [one.title for one in audit.findings] == ["Berths after a storm"]
    assert any("nothing in them says that something is wrong" in one.why for one in audit.left)


def test_a_list_of_ids_of_letters_repeats_the_findings_below(tmp_path: Path) -> None:
    """``BUG-QK: …`` in a summary is the finding that its own heading tells in full."""
    text = (
        "# Tide\n\n**New in this pass:**\n- BUG-QK: `tide()` reads the wrong harbour (HIGH)\n\n"
        "### BUG-QK: `tide()` reads the wrong harbour\n\n**Severity: HIGH**\n"
        "**Files:** `sea/tide.sql:7`\n\nThe first row wins.\n\n**Fix:** Ask by name.\n"
    )
    audit = read(tmp_path, text)
    assert [one.id for one in audit.findings] == ["BUG-QK"]
    assert told(audit) == [("HIGH", "sea/tide.sql:7", "The first row wins.", "Ask by name.")]


def test_areas_with_a_stroke_between_them_are_no_paths(tmp_path: Path) -> None:
    """``Login/Access`` is an area; ids in the column of problems are ids."""
    rows = [
        {"area": "Build/Tooling", "observed": "The build fails on Windows", "severity": "high"},
        {"area": "Desk/Access", "observed": "The desk lets anybody in", "severity": "low"},
    ]
    assert [(one.category, one.places) for one in read(tmp_path, rows).findings] == [
        ("Build/Tooling", ()),
        ("Desk/Access", ()),
    ]
