"""Markdown audits that count, verify or plan what they tell elsewhere."""

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


def told(audit: Audit) -> list[tuple[str, str, str, str, str, str]]:
    """Return severity, status, places, headline, problem and fix of each finding."""
    return [
        (
            one.severity,
            one.status,
            " ".join(map(shown_place, one.places)),
            one.title or one.problem,
            one.problem,
            one.fix,
        )
        for one in audit.findings
    ]


DOCUMENTS: dict[str, tuple[str, list[tuple[str, str, str, str, str, str]]]] = {
    "a table that counts bugs which headings tell, and one that they do not": (
        "# Windmill bug list\n"
        "\n"
        "| # | Bug | Severity | File | Fix |\n"
        "|---|---|---|---|---|\n"
        "| 1 | Sails turn without wind | High | `mill/sails.py` | Ask the vane first |\n"
        "| 2 | Brake slips in rain | Medium | `mill/brake.py` | Dry the shoe |\n"
        "| 3 | Stones grind each other | High | `mill/stones.py` | Part them |\n"
        "| 4 | Sacks are counted twice | Low | `mill/sacks.py` | Count at the door |\n"
        "\n"
        "## Bug #1: Sails turn although no wind blows\n"
        "\n"
        "**Problem:** The sails are turned by a stored wind.\n"
        "\n"
        "## Bug #2: The brake slips when it rains\n"
        "\n"
        "**Problem:** Water gets under the shoe.\n"
        "\n"
        "## Bug #3: Stones grind without corn\n"
        "\n"
        "**Problem:** Nothing lifts the upper stone.\n",
        [
            (
                "LOW",
                "open",
                "mill/sacks.py",
                "Sacks are counted twice",
                "Sacks are counted twice",
                "Count at the door",
            ),
            (
                "HIGH",
                "open",
                "mill/sails.py",
                "Sails turn although no wind blows",
                "The sails are turned by a stored wind.",
                "Ask the vane first",
            ),
            (
                "MEDIUM",
                "open",
                "mill/brake.py",
                "The brake slips when it rains",
                "Water gets under the shoe.",
                "Dry the shoe",
            ),
            (
                "HIGH",
                "open",
                "mill/stones.py",
                "Stones grind without corn",
                "Nothing lifts the upper stone.",
                "",
            ),
        ],
    ),
    "headings that are the path of a file and its verdict": (
        "# Puppet stage review\n"
        "\n"
        "## Files\n"
        "\n"
        "### 1. **stage/lamp.gd** ❌ BROKEN\n"
        "\n"
        "**Lines:** 14\n"
        "\n"
        "**Problem:** The lamp is lit before the stage stands.\n"
        "\n"
        "### 2. **stage/curtain.gd** ❌ BROKEN\n"
        "\n"
        "**Lines:** 30-34\n"
        "\n"
        "**Problem:** The curtain falls on the puppets.\n",
        [
            (
                "MEDIUM",
                "open",
                "stage/lamp.gd:14",
                "stage/lamp.gd",
                "The lamp is lit before the stage stands.",
                "",
            ),
            (
                "MEDIUM",
                "open",
                "stage/curtain.gd:30-34",
                "stage/curtain.gd",
                "The curtain falls on the puppets.",
                "",
            ),
        ],
    ),
    "sections that end as verified, and grades behind verdicts": (
        "# Lock gate, second look\n"
        "\n"
        "## Findings\n"
        "\n"
        "### F-1 — The gate opens at flood\n"
        "\n"
        "**CONFIRMED (low).** The float in `lock/float.rs:12` sticks when it freezes.\n"
        "\n"
        "### F-2 — The keeper is not woken\n"
        "\n"
        "The bell in `lock/bell.rs:8` rings once an hour, as was agreed. **Verified.**\n"
        "\n"
        "### F-3 — The paddle leaks\n"
        "\n"
        "**CONFIRMED (high).** The seal in `lock/paddle.rs:40` is cut too short.\n"
        "\n"
        "### F-4 — The chain is slack\n"
        "\n"
        "The chain in `lock/chain.rs:3` was tightened and holds. **No regression.**\n",
        [
            (
                "LOW",
                "open",
                "lock/float.rs:12",
                "The gate opens at flood",
                "**CONFIRMED (low).** The float in `lock/float.rs:12` sticks when it freezes.",
                "",
            ),
            (
                "HIGH",
                "open",
                "lock/paddle.rs:40",
                "The paddle leaks",
                "**CONFIRMED (high).** The seal in `lock/paddle.rs:40` is cut too short.",
                "",
            ),
        ],
    ),
    "a count of each severity": (
        "# 灯塔审查\n"
        "\n"
        "## 统计\n"
        "\n"
        "- 🔴 严重: 2个\n"
        "- 🟡 中等: 5个\n"
        "\n"
        "## 问题\n"
        "\n"
        "### 🔴 1. 灯不亮\n"
        "\n"
        "**位置**: `lamp/light.py:7`\n"
        "\n"
        "**问题**: 灯丝没有检查。\n"
        "\n"
        "**修复**: 每天检查灯丝。\n",
        [
            ("CRITICAL", "open", "lamp/light.py:7", "灯不亮", "灯丝没有检查。", "每天检查灯丝。"),
        ],
    ),
    "immediate actions that are needed, beside findings": (
        "# Bell tower audit\n"
        "\n"
        "## Critical issues\n"
        "\n"
        "### 1. The rope is frayed\n"
        "\n"
        "**File:** `tower/rope.c:5`\n"
        "\n"
        "**Problem:** The rope is never replaced.\n"
        "\n"
        "**Fix:** Replace it each spring.\n"
        "\n"
        "## Immediate actions needed\n"
        "\n"
        "1. **Replace the rope** in `tower/rope.c` before it breaks\n"
        "2. **Warn the ringers** of the missing guard\n",
        [
            (
                "CRITICAL",
                "open",
                "tower/rope.c:5",
                "The rope is frayed",
                "The rope is never replaced.",
                "Replace it each spring.",
            ),
        ],
    ),
}


@pytest.mark.parametrize(("text", "findings"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_stands_twice_is_told_once(
    text: str, findings: list[tuple[str, str, str, str, str, str]], tmp_path: Path
) -> None:
    """Each finding has what the document says of it, and nothing else is one."""
    assert told(read(tmp_path, text)) == findings
