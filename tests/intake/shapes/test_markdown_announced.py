"""Items, tables and headings of Markdown audits that say in their own words what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Audit


def read(folder: Path, text: str) -> Audit:
    """Return the audit that a document is read as from a file."""
    path = folder / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def told(audit: Audit) -> list[tuple[str, str, str, str]]:
    """Return severity, places, headline and fix of each finding."""
    return [
        (one.severity, " ".join(map(shown_place, one.places)), one.title or one.problem, one.fix)
        for one in audit.findings
    ]


FINDINGS: dict[str, tuple[str, list[tuple[str, str, str, str]]]] = {
    "a grade behind a bold name grades the item with its points": (
        "# Bakery\n\n## What's missing ❌\n\n### For the opening\n\n"
        "1. **Oven lock** - HIGH PRIORITY\n   - No child lock\n   - Can't be switched off\n\n"
        "2. **Price tags** - LOW PRIORITY (known)\n   - Written by hand\n   - No barcode\n",
        [("HIGH", "", "Oven lock", ""), ("LOW", "", "Price tags", "")],
    ),
    "a grade behind a dash in German": (
        "# Mühle\n\n## Was noch fehlt\n\n"
        "- **Notbremse** — kritisch\n  - Das Rad hält nicht an\n  - Kein Hebel in Reichweite\n"
        "- **Staubfilter** — gering\n  - Fehlt über der zweiten Stube\n",
        [("CRITICAL", "", "Notbremse", ""), ("LOW", "", "Staubfilter", "")],
    ),
    "files as headlines below a name for what is wrong": (
        "# Ferry\n\n## High severity findings\n\n"
        "1. **The ramp is lowered twice.**\nSeen in `ramp/lower.rs`.\nFix: Keep its state.\n\n"
        "## Design violations\n\n"
        "1. **`deck/main.rs` does everything.**\nIt steers, sells and rings. Split it in three.\n",
        [
            ("HIGH", "ramp/lower.rs", "The ramp is lowered twice.", "Keep its state."),
            ("MEDIUM", "deck/main.rs", "`deck/main.rs` does everything.", "Split it in three"),
        ],
    ),
    "a graded headline that says it all needs no text": (
        "# Tower\n\n## Bells\n\n### Issues\n\n#### HIGH: Clapper hits twice\n"
        "**File**: `bell/clap.go:9`\n\nThe spring is too weak.\n\n"
        "#### LOW: `Rope` in `bell/rope.go` is never used\n\n---\n\n## Stairs\n",
        [
            ("HIGH", "bell/clap.go:9", "Clapper hits twice", ""),
            ("LOW", "bell/rope.go", "`Rope` in `bell/rope.go` is never used", ""),
        ],
    ),
    "fields from the margin with a wide colon end the list above them": (
        "# 果园审查\n\n## 一、严重问题\n\n### 1. 浇水时区不一致\n**位置**：\n"
        "- `water/plan.py` 第33行：`now() + 8`\n- `water/log.py` 第7、9行：同样\n"
        "**问题**：手动计算时区，夏令时会出错。\n**修复**：统一使用 UTC。\n",
        [
            (
                "CRITICAL",
                "water/plan.py:33 water/log.py:7 water/log.py:9",
                "浇水时区不一致",
                "统一使用 UTC。",
            )
        ],
    ),
    "a summary by number in other words grades what it counts": (
        "# Press\n\n## Blockers\n\n### 1. Grapes are weighed wet\n- **File:** `press/weigh.c:4`\n\n"
        "**Fix:** Dry them\n\n## Smaller ones\n\n### 2. Must not cooled\n"
        "- **File:** `press/cool.c:8`\n\n**Fix:** Cool it\n\n"
        "### 3. Casks lack names\n- **File:** `press/cask.c:2`\n\n"
        "**Fix:** Name them\n\n### 4. Pump has one speed\n- **File:** `press/pump.c:1`\n\n"
        "**Fix:** Add another\n\n## Summary\n\n| # | Issue | Severity | Fix type |\n"
        "|---|---|---|---|\n| 1 | Grapes wet on the scale | HIGH | Code change |\n"
        "| 2 | Must stays warm | LOW | Code |\n"
        "| 3 | Unlabelled barrels | LOW | Config |\n| 4 | Pump speed | MEDIUM | Code |\n",
        [
            ("HIGH", "press/weigh.c:4", "Grapes are weighed wet", "Dry them"),
            ("LOW", "press/cool.c:8", "Must not cooled", "Cool it"),
            ("LOW", "press/cask.c:2", "Casks lack names", "Name them"),
            ("MEDIUM", "press/pump.c:1", "Pump has one speed", "Add another"),
        ],
    ),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_what_stands_around_its_words_makes_a_finding(name: str, tmp_path: Path) -> None:
    """Grades behind names, files as headlines, bare headlines and late fields are all read."""
    text, expected = FINDINGS[name]
    assert told(read(tmp_path, text)) == expected


ONE = (
    "# Lighthouse audit\n\n## Findings\n\n### P1: Lamp goes out at midnight\n"
    "**File:** `lamp/timer.py:12`\n\n**Fix:** Count in UTC\n\n"
)
NO_FINDINGS: dict[str, str] = {
    "a table that says how far off others are": (
        "## How others do it\n\n| Capability | Here | Wanted | Gap |\n|---|---|---|---|\n"
        "| Night light | Strong | Required | Low |\n"
        "| Fog horn | Present | Expected | Low, needs a trial |\n"
        "| Remote switch | None | Expected | High |\n"
    ),
    "a grade over the words that nothing was found": (
        "### P0: No shipping blockers found in the night watch\n\nThe lamp and the horn passed.\n"
    ),
    "files that are still to be read": (
        "## Risky parts\n\nFiles worth a later review:\n\n"
        "- `lamp/lens.py`: fragile mounting\n- `horn/air.py`: missing valve, crash on overflow\n"
    ),
    "praise in capitals behind a colon": (
        "### Current watch: STRONG\n\n- **File:** `watch/turn.py:3-40`\n"
        "- **Evidence:** two keepers\n"
    ),
    "commands for the findings that brackets name": (
        "## Commands for the repair (critical + high)\n\n### 1. Count in UTC\n"
        "```bash\n# edit lamp/timer.py\n```\n\n### 2. Clean the lens\n```bash\nmake clean\n```\n"
    ),
    "a verdict with the state of each part": (
        "## ⚖️ Verdict: nearly ready\n\n- ✅ **Lamp:** no faults\n- ⚠️ **Horn:** weak, not tested\n"
    ),
}


@pytest.mark.parametrize("name", NO_FINDINGS)
def test_what_compares_praises_or_announces_is_no_finding(name: str, tmp_path: Path) -> None:
    """Beside one finding nothing else is read as one."""
    expected = [("HIGH", "lamp/timer.py:12", "Lamp goes out at midnight", "Count in UTC")]
    assert told(read(tmp_path, ONE + NO_FINDINGS[name])) == expected


def test_points_with_names_go_on_what_a_colon_announces(tmp_path: Path) -> None:
    """Bold names of points are no labels where the text above them announces these."""
    text = (
        "# Granary\n\n### 1. Two names for one bin\n**Location:** `bin/store.ts:20`\n\n"
        "The bin is called otherwise than all others:\n- **store.ts**: `bin-one`\n"
        "- **All others**: `bin`\n\n**Fix:** Call it `bin`\n"
    )
    (found,) = read(tmp_path, text).findings
    assert found.problem == (
        "The bin is called otherwise than all others:\n\n"
        "- **store.ts**: `bin-one`\n- **All others**: `bin`"
    )


def test_a_name_in_code_and_a_noun_are_no_label(tmp_path: Path) -> None:
    """``the `Mill` class (40 lines) does:`` begins a list of what it does."""
    text = (
        "# Mill\n\n## Medium\n\n### 1. Everything in two classes\n\n"
        "The `Mill` class (40 lines) handles:\n- Grinding\n- Selling\n\n**Fix:** Split it\n"
    )
    (found,) = read(tmp_path, text).findings
    assert found.problem == "The `Mill` class (40 lines) handles:\n\n- Grinding\n- Selling"
