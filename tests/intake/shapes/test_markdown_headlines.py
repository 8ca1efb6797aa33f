"""Headlines as people number, sign and nest them: which are findings, and what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.intake.shapes.markdown.blocks import plain
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.model import Audit, Severity, Status


def read(tmp_path: Path, text: str) -> Audit:
    """Return the audit that a Markdown text is."""
    path = tmp_path / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("[tide.rs:14](src/moon/tide.rs#L14)", "src/moon/tide.rs:14"),
        ("[`tide.rs`](./src/moon/tide.rs#L14-L20)", "`src/moon/tide.rs`"),
        ("[the tide](src/moon/tide.rs)", "the tide"),
        ("[tide.rs](https://example.org/tide.rs)", "tide.rs"),
        ("[tide.rs](../../other/tide.rs)", "tide.rs"),
        ("[moon.rs](src/moon/tide.rs)", "moon.rs"),
    ],
)
def test_a_link_to_a_file_gives_its_path(written: str, read_as: str) -> None:
    """Where the text is the end of the path, and the path is one of this project."""
    assert plain(written) == read_as


@pytest.mark.parametrize(
    ("written", "severity", "ident", "number"),
    [
        ("一、🔴 仓库中的问题", "🔴", "", ""),
        ("C. Drawers stick", "", "", "C"),
        ("S4. Ropes have no end — **Medium**", "Medium", "S4", ""),
        ("S1. Ropes have no end", "S1", "", ""),
    ],
)
def test_counts_before_a_headline(written: str, severity: str, ident: str, number: str) -> None:
    """Chinese numbers and letters count; ``S4`` before a grade in words is an id, else a rank."""
    head = read_head(written)
    assert (head.severity, head.id, head.number) == (severity, ident, number)


def test_what_is_left_below_what_is_mended_is_open(tmp_path: Path) -> None:
    """A headline of both tells nothing; the ones below it tell."""
    text = (
        "# Review\n\n## Issues found and fixed\n\n### ⚠️ Warnings (1 fixed, 1 remaining)\n\n"
        "#### Fixed\n\n##### 1. Oars are too short\n- **File:** `oar.c:3`\n"
        "- **Issue:** They do not reach.\n\n#### Remaining warnings\n\n"
        "##### 1. Sails are wet\n- **File:** `sail.c:9`\n- **Issue:** Nobody dries them.\n"
    )
    assert [one.status for one in read(tmp_path, text).findings] == [Status.FIXED, Status.OPEN]


def test_ids_of_one_series_are_findings_whatever_stands_below(tmp_path: Path) -> None:
    """A list of places below ``M2`` is a part of it where ``M1`` and ``M3`` are findings."""
    text = (
        "# Review\n\n## Medium issues\n\n"
        "### M1. Lamps burn by day\n- **File:** `lamp.py:4`\n- **Fix:** Read the sun.\n\n"
        "### M2. Names that nothing uses\n- `lamp.py:7` — `wick` is set and never read\n"
        "- `oil.py:9` — `jar` is set and never read\n\n"
        "### M3. Oil is counted twice\n- **File:** `oil.py:2`\n- **Fix:** Count it once.\n"
    )
    found = read(tmp_path, text).findings
    assert [one.id for one in found] == ["M1", "M2", "M3"]
    assert [place.path for place in found[1].places] == ["lamp.py", "oil.py"]


def test_a_graded_headline_may_be_a_list_of_named_points(tmp_path: Path) -> None:
    """*Fix first* is no finding where each point below it begins with its own bold name."""
    text = (
        "# 审查\n\n## 关键问题清单\n\n### 🔴 P0 — 必须优先修复\n\n"
        "1. **烤箱温度无上限**\n   `oven/heat.ts:12` 没有任何检查。\n\n"
        "2. **面团重复称重**\n   `dough/scale.ts:4` 每次都称两遍。\n"
    )
    found = read(tmp_path, text).findings
    assert [(one.title, one.severity) for one in found] == [
        ("烤箱温度无上限", Severity.CRITICAL),
        ("面团重复称重", Severity.CRITICAL),
    ]


def test_parts_below_a_finding_with_fields_are_no_findings(tmp_path: Path) -> None:
    """Headings of where it is so stay in it; one with a grade of its own is another."""
    text = (
        "# Debt\n\n## 🔴 Critical priority\n\n### 1. Names of stops are written out everywhere\n\n"
        "**Issue:** A new stop is a change in forty files.\n\n**Impact:**\n- One is forgotten\n\n"
        "#### Buses (27 places)\n\n- `bus/route.kt:4` names three\n\n"
        "#### Trams\n\n**Files to update:** `tram/line.kt`\n"
    )
    (finding,) = read(tmp_path, text).findings
    assert finding.title == "Names of stops are written out everywhere"
    assert finding.problem.startswith("A new stop")


def test_when_it_is_to_be_done_is_no_grade(tmp_path: Path) -> None:
    """A priority in words yields to the grade of the heading; a grade of its own does not."""
    text = (
        "# Debt\n\n## ⚠️ Medium priority\n\n"
        "### 1. Kites have no tail\n**File:** `kite.cpp:3`\n**Issue:** They turn over.\n"
        "**Fix Priority**: **Future enhancement** (comfort)\n\n"
        "### 2. Strings are thin\n**File:** `string.cpp:8`\n**Issue:** They tear.\n"
        "**Fix Priority**: **Low** (rare)\n"
    )
    assert [one.severity for one in read(tmp_path, text).findings] == [
        Severity.MEDIUM,
        Severity.LOW,
    ]


def test_names_in_code_are_no_fields(tmp_path: Path) -> None:
    """A table of a program's own fields below a heading makes no finding of it."""
    text = (
        "# Bells\n\n## Error events\n\n| Field | Becomes |\n|---|---|\n"
        "| `message` | `summary` |\n| `category` | `kind` |\n| `action` | `action` |\n\n"
        "## Findings\n\n- **High** `bell.go:4` the bell is never rung\n"
    )
    assert len(read(tmp_path, text).findings) == 1


def test_labels_in_russian(tmp_path: Path) -> None:
    """Where, problem and fix as Russian reviewers label them, without bold."""
    text = (
        "# Аудит\n\n## 1. Хранение\n\n### S1. Зерно не взвешивается — **High**\n"
        "- Где: [scale.rb:12](barn/scale.rb) (`weigh`).\n- Проблема: никто не знает вес.\n"
        "- Исправление: взвешивать при приёмке.\n"
    )
    (one,) = read(tmp_path, text).findings
    assert (one.severity, one.places[0].path, one.places[0].line) == (
        Severity.HIGH, "barn/scale.rb", 12
    )  # fmt: skip
    assert one.fix == "взвешивать при приёмке."
