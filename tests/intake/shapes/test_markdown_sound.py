"""Parts of Markdown audits that passed, that describe, or that say what to do about others."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.intake import load_audit
from mendbook.model import Audit, Severity


def read(tmp_path: Path, text: str) -> Audit:
    """Return the audit that a Markdown text is."""
    path = tmp_path / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


FINDING = "### [LOW] Lamp burns by day\n**File:** `lamp.ex:3`\nThe sun is never asked.\n\n"


@pytest.mark.parametrize(
    "heading", ["## 2. Locks — OK", "## ✅ Passed with remarks", "## 3. Keys (Good)"]
)
def test_a_graded_finding_below_a_sound_part_is_one(tmp_path: Path, heading: str) -> None:
    """What its author graded counts more than the verdict over the part."""
    below = "- **[LOW]** `gate/lock.ex:4` — The bolt is too short.\n"
    found = read(tmp_path, f"# Audit\n\n{heading}\n\n{below}").findings
    assert [(one.severity, one.places[0].path) for one in found] == [
        (Severity.LOW, "gate/lock.ex")
    ]  # fmt: skip


def test_refuted_findings_stay_refuted(tmp_path: Path) -> None:
    """A grade below *False positives* opens nothing again."""
    text = f"# Audit\n\n{FINDING}## False positives\n\n- **[HIGH]** `gate/lock.ex:4` — No bolt.\n"
    assert [one.title for one in read(tmp_path, text).findings] == ["Lamp burns by day"]


def test_a_status_at_the_end_closes_the_whole_part(tmp_path: Path) -> None:
    """But not where another heading of the part has a status of its own."""
    part = (
        "## 1. Broken locks\n\n### What is in place\n\n- **Bolts**: Nobody opens without a key\n\n"
        "### Rules\n\n```toml\nlock = true\n```\n\n**Status:** COMPLIANT\n\n"
    )
    assert len(read(tmp_path, f"# Audit\n\n{part}{FINDING}").findings) == 1
    other = (
        "## 2. Lamps\n\n### Harbour\n**Severity:** High\n**File:** `lamp.ex:9`\n\nIt is broken.\n\n"
        "### Jetty\n\n**Status:** PASS\n"
    )
    assert [one.places[0].line for one in read(tmp_path, f"# Audit\n\n{other}").findings] == [9]


def test_numbered_parts_that_describe_are_no_findings(tmp_path: Path) -> None:
    """Words that nothing was found, and numbers with gaps between them, tell of no fault."""
    text = (
        "# Review of the ferry\n\n## 1) Assessment\n\nThe `deck/` is in order, as known.\n\n"
        "## 2) Inventory\n\n### 2.1 Boats\n\n`boats.csv` lists the boats and the year of each.\n\n"
        "### 2.2 Records\n\n`log/` was read; no anomalies and no merge conflicts were seen.\n\n"
        "## 6) Gaps/risks\n\n"
        "- **[HIGH]** `deck/rail.ex:4` — the rail is missing.\n"
    )
    found = read(tmp_path, text).findings
    assert [one.places[0].path for one in found] == ["deck/rail.ex"]


def test_recommendations_below_findings_are_their_fixes(tmp_path: Path) -> None:
    """As many go one by one; others go where their words do; the rest is named."""
    text = (
        "# Review\n\n## 🔴 Security concerns\n\n### Tickets\n\n**Issues:**\n"
        "- Tickets are stored without encryption\n- No limit for tries of a code\n\n"
        "**Recommendations:**\n- Encrypt what is stored\n- Count the tries\n\n"
        "### Crew\n\n**Issues:**\n- Passwords of the crew are written to the log\n"
        "- No second factor at the gangway\n- Missing roles for stokers\n\n"
        "**Recommendations:**\n- Keep passwords out of the log of the crew\n- Paint the hull\n"
    )
    audit = read(tmp_path, text)
    assert [one.fix for one in audit.findings] == [
        "Encrypt what is stored", "Count the tries",
        "Keep passwords out of the log of the crew", "", "",
    ]  # fmt: skip
    assert "1 line of what to do" in " ".join(one.why for one in audit.left)


def test_wishes_among_wishes_are_no_findings(tmp_path: Path) -> None:
    """A plan of which one entry has a word for a fault stays a plan."""
    text = (
        "# Audit\n\n## Locks\n\nAll is well with the locks.\n\n**Status:** COMPLIANT\n\n"
        "## Recommendations for the future\n\n### Later\n"
        "1. **Drill**: Plan a drill for each year\n2. **Bug hunt**: Think about a hunt for bugs\n"
        "3. **Training**: Teach the crew about the locks\n"
    )
    assert not read(tmp_path, text).findings
