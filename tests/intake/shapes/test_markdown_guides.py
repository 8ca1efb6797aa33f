"""Hold what instructs apart from what reports, and what is told twice or elsewhere together."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import MendbookError
from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.model import Audit, Finding


def read(folder: Path, text: str) -> Audit:
    """Return the audit that a Markdown document is read as."""
    path = folder / "audit.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


def place(finding: Finding) -> str:
    """Return the places of a finding as one text."""
    return " ".join(map(shown_place, finding.places))


RULES = (
    "## Errors\n\n### Never swallow an error\n\n- **Log first** - an error without a log is lost\n"
    "- **Name the gate** in `lock/gate.go`, never a bare number\n\n"
    "| Section | What it covers |\n|---|---|\n| Naming | Clear, meaningful names |\n"
)
GUIDES = {
    "criteria of reviews": f"# Code Review Criteria\n\n{RULES}",
    "a guide behind the name of the project": f"# Lockhouse — Security Review Guide\n\n{RULES}",
    "a German guide": f"# Leitfaden\n\n{RULES}",
    "a Chinese norm": f"# 闸门代码审查规范\n\n{RULES}",
    "a prompt": f"# Prompt: audit the locks\n\n{RULES}",
    "an agent that is told who it is": f"You are a senior auditor of locks.\n\n{RULES}",
    "front matter that sets an agent up": (
        f"---\nname: lock-audit\ndescription: Audits the locks.\n---\n\n# Locks\n\n{RULES}"
    ),
    "a plan of an audit to come": (
        "# Audit plan of the lockhouse\n\n## Division 1: Gates\n\n**Risk level:** High\n\n"
        "Key questions to answer:\n- Is each gate shut before the other opens?\n"
        "- Are levels compared in one unit?\n\n## Risk areas\n\n"
        "1. **Gate levels** — no evidence of a check in `lock/gate.go`.\n"
    ),
}


@pytest.mark.parametrize("name", GUIDES)
def test_a_document_that_instructs_holds_no_findings(name: str, tmp_path: Path) -> None:
    """Steps and rules are refused in one line that says what they are."""
    with pytest.raises(MendbookError, match="the steps and rules of a guide, plan or prompt"):
        read(tmp_path, GUIDES[name])


def test_a_prompt_keeps_the_findings_that_it_tells_in_full(tmp_path: Path) -> None:
    """A row with its own severity and place is one, the rules around it are none."""
    audit = read(
        tmp_path,
        "---\nname: locks\ndescription: What the audit found.\n---\n\n# Lock context guide\n\n"
        "| Rank | ID | Severity | Issue | Module |\n|---|---|---|---|---|\n"
        "| 1 | GATE-1 | High | Both gates open at once | `lock/gate.go:8-11` |\n\n"
        "## Workflow\n\n- Branch naming: `fix/{id}` for each of the errors\n"
        "- Never deploy without a test of `lock/gate.go`\n",
    )
    assert [(one.id, one.severity, place(one)) for one in audit.findings] == [
        ("GATE-1", "HIGH", "lock/gate.go:8-11")
    ]


CAUSES = """# Kelp dryer: why it is slow

## Causes

### Cause 1: Fans are read twice (priority: high)

`dryer/fan.rs` asks every fan again for each rack.

### Cause 2: Racks are weighed one by one (priority: low)

**Impact**
- Forty racks wait for one scale

## Solutions

### Solution 1: Ask the fans once

**Change**
```rust
let speeds = read_all();
```

### Solution 2: Weigh the racks together

Use the floor scale.

## Ranking

| Rank | Solution | Expected effect | Difficulty |
|---|---|---|---|
| 1 | Ask once | half the time | low |
| 2 | Weigh together | a tenth | medium |
| 3 | Both | all of it | high |

## Related files

- `dryer/fan.rs` - asks the fans
- `dryer/scale.rs` - weighs
"""


def test_counted_solutions_are_the_fixes_of_the_causes_they_count_along_with(
    tmp_path: Path,
) -> None:
    """A ranking of them and a list of files are no findings either."""
    audit = read(tmp_path, CAUSES)
    assert [(one.title, one.severity, one.fix) for one in audit.findings] == [
        (
            "Fans are read twice",
            "HIGH",
            "Ask the fans once\n\n**Change**\n\n```\nlet speeds = read_all();\n```",
        ),
        (
            "Racks are weighed one by one",
            "LOW",
            "Weigh the racks together\n\nUse the floor scale.",
        ),
    ]


def test_solutions_that_count_otherwise_are_given_to_nobody(tmp_path: Path) -> None:
    """Two solutions of three causes could be anyone's."""
    text = CAUSES.replace(
        "## Solutions", "### Cause 3: The door is open\n\nHeat is lost at the door.\n\n## Solutions"
    )
    assert [one.fix for one in read(tmp_path, text).findings] == ["", "", ""]


STATUS_TABLE = """# Orchard review

## High

### 1. Frost alarm is silent

**File:** `orchard/frost.py:12`

The horn is never rung.

### 2. Apples are counted before the fall

**File:** `orchard/count.py:3`

Night falls are lost.

## Status of the findings

| # | Original issue | Status now | Notes |
|---|---|---|---|
| 1 | Frost alarm silent | ✅ Fixed | rings at two degrees |
| 2 | Apple count | ❌ Outstanding | after the harvest |
"""


def test_a_table_of_statuses_closes_findings_by_number_and_headline(tmp_path: Path) -> None:
    """What became of a finding may stand in a chapter of its own."""
    audit = read(tmp_path, STATUS_TABLE)
    assert [(one.title, one.status) for one in audit.findings] == [
        ("Frost alarm is silent", "fixed"),
        ("Apples are counted before the fall", "open"),
    ]


def test_a_number_that_stands_for_something_else_closes_nothing(tmp_path: Path) -> None:
    """The headline in the table must speak of the finding."""
    text = STATUS_TABLE.replace("Frost alarm silent", "New ladder")
    assert [one.status for one in read(tmp_path, text).findings] == ["open", "open"]


ENDED = """# Ferry terminal review

## Pages

**Board (`board/page.tsx`):**
- Good: Skeletons while it loads
- Issue: `berthLabel()` waits for "moored" but the server says "tied" (F1, **MEDIUM**)

**Tickets (`tickets/page.tsx`):**
- Good: Prices are checked twice
- Issue: The print button does nothing (F2, **LOW**)

**Clock:** The zone of the quay is written into the page (LOW, F3).
"""


def test_ids_and_grades_in_brackets_at_the_end_make_findings(tmp_path: Path) -> None:
    """Items that say what is good stand beside them."""
    audit = read(tmp_path, ENDED)
    assert [(one.id, one.severity, one.problem) for one in audit.findings] == [
        ("F1", "MEDIUM", '`berthLabel()` waits for "moored" but the server says "tied"'),
        ("F2", "LOW", "The print button does nothing"),
        ("F3", "LOW", "The zone of the quay is written into the page"),
    ]


def test_a_headline_with_id_and_grade_needs_no_text(tmp_path: Path) -> None:
    """A list of nits under headings has a line for each."""
    audit = read(
        tmp_path,
        "# Debt of the beehive\n\n## Nits\n\n"
        "### U1. Hive list is drawn twice (`low`) — ✅ **fixed in spring**\n"
        "### U2. Smoke alarm fires again on each tab (`medium`) — ⏸️ **deferred** (more work than"
        " (we think) it saves)\n",
    )
    assert [(one.id, one.severity, one.status) for one in audit.findings] == [
        ("U1", "LOW", "fixed"),
        ("U2", "MEDIUM", "open"),
    ]


def test_words_behind_the_place_say_what_is_wrong(tmp_path: Path) -> None:
    """``Where`` may be followed by the problem, and name a function behind the path."""
    audit = read(
        tmp_path,
        "# Debt of the mill\n\n### M1. Stone runs dry (`high`)\n"
        "**Where**: `mill/stone.ts:grindDry` — no grain is asked for before the stone turns.\n"
        "**Fix**: Ask the hopper first.\n",
    )
    (finding,) = audit.findings
    assert finding.problem == "no grain is asked for before the stone turns."
    assert place(finding) == "mill/stone.ts"


RECOMMENDED = """# Revisão do farol

## Erros

### 1. A lâmpada não apaga de dia

`farol/lampada.py` (linha ~41) nunca compara a hora.

### 2. O teste do sino passa sem sino

`farol/sino.py` pula o teste quando falta o sino.

## Pontos fortes (manter)

- **`farol/mar.py`** — marés sem erros, bem testado.

## Melhorias recomendadas (prioridade)

### Alta

1. Comparar a hora em `farol/lampada.py`.
2. Falhar em `farol/sino.py` sem sino.
"""


def test_recommended_improvements_repeat_the_findings_above(tmp_path: Path) -> None:
    """In Portuguese as in English; what is to be kept is no finding."""
    audit = read(tmp_path, RECOMMENDED)
    assert [(one.title, place(one)) for one in audit.findings] == [
        ("A lâmpada não apaga de dia", "farol/lampada.py:41"),
        ("O teste do sino passa sem sino", "farol/sino.py"),
    ]


def test_a_list_of_what_functions_do_is_no_list_of_findings(tmp_path: Path) -> None:
    """A name of code and an order are what it does, where no findings are expected."""
    audit = read(
        tmp_path,
        "# Review of the pier\n\n## Parts\n\n#### `Crane` (`pier/crane.cc`)\n"
        "- `LiftBox` — read the weight and call `Swing`.\n- `Swing` — turn to the quay.\n\n"
        "## Bugs\n\n### 2.1 Crane swings while it lifts **[FIXED]**\n"
        "`pier/crane.cc:90` starts both."
        " **Applied fix:** wait for the hook.\n",
    )
    assert [(one.title, one.status) for one in audit.findings] == [
        ("Crane swings while it lifts", "fixed")
    ]


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Gate is open (priority: high)", "high"),
        ("闸门常开（优先级：高）", "高"),
        ("수문이 열려 있음 (우선순위: 높음)", "높음"),
        ("Tor steht offen (Schweregrad: hoch)", "hoch"),
        ("La porte reste ouverte (gravité : majeure)", "majeure"),
    ],
)
def test_brackets_may_name_the_scale_before_the_grade(title: str, severity: str) -> None:
    """The name of the scale is no part of the grade."""
    assert read_head(title).severity == severity


@pytest.mark.parametrize(
    "opening",
    [
        "You will work through this task in seven roles.",
        "# Lock audit system\n\nAll talk is in files.\n\nYou are operating as part of a team.",
        "Du bist eine erfahrene Prüferin von Schleusen.",
        "Eres un auditor de esclusas.",
        "你是一名闸门审查员。",
    ],
)
def test_a_text_that_tells_its_reader_who_they_are_is_a_prompt(
    opening: str, tmp_path: Path
) -> None:
    """In whatever paragraph of its first ones, and in whatever language."""
    text = f"{opening}\n\n## Security (CRITICAL)\n\nDetect:\n- Gates without a key\n- Lost levels\n"
    with pytest.raises(MendbookError, match="the steps and rules of a guide, plan or prompt"):
        read(tmp_path, text)


CONFORMANCE = """# Conformance of the bridge — spring

## Overall assessment

The bridge is built well. Most faults are small, none lets a ship through a closed gate.

**Overall: 8/10**

## Phases

### Phase 1 — Piers: PASS (one step filed)
- *Load is measured*: `bridge/load.py:9` raises on an unknown unit, no error is lost.

## Findings

1. **The manual says "no barrier yet"** while one has stood since May. **FIXED** (rewritten).
2. **Order of the lamps had no test** despite a known bug. **FIXED**: a test by day and night.
3. **The horn was an unused dependency**, planned for fog. **FIXED**: removed.
4. **The log of openings cannot name a ship** — **FILED**: missing in two places.

## Addendum — 2031-05-02, same day: finding 4 CLOSED (D27)

The log names ships in `bridge/log.py`; a missing name raises an error.
"""


def test_numbered_headlines_below_findings_are_findings(tmp_path: Path) -> None:
    """The verdict, phases that passed and what was added later are none."""
    audit = read(tmp_path, CONFORMANCE)
    assert [one.title for one in audit.findings] == [
        'The manual says "no barrier yet"',
        "Order of the lamps had no test",
        "The horn was an unused dependency",
        "The log of openings cannot name a ship",
    ]


def test_bold_words_that_are_a_status_are_no_headline(tmp_path: Path) -> None:
    """What is resolved is told after them."""
    audit = read(
        tmp_path,
        "# Lamp mapping\n\n## Gaps\n\n### 1. Lamp numbers (HIGH)\n\n"
        "**Issue**: No list of the numbers is published.\n\n"
        "**Documentation Gap:**\n- ✅ **RESOLVED**: Numbers come from the maker's own list\n",
    )
    assert [(one.title, one.severity) for one in audit.findings] == [("Lamp numbers", "HIGH")]


def test_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    """A hidden file of the root is not completed by one in a folder that is named too."""
    audit = read(
        tmp_path,
        "# Keys\n\n## High\n\n### 1. Keys are in the repository\n\n**File:** `.env`\n\n"
        "`.env` and `gate/.env` hold real keys.\n",
    )
    assert audit.findings[0].places[0].path == ".env"
