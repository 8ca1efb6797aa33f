"""Audits in Markdown as people write them: headings, lists, tables, fields, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from mendbook.errors import InputError
from mendbook.intake import load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.intake.shapes.markdown.heads import read_head
from mendbook.model import Audit, Status

HARBOUR = """\
# Tide clock, second reading

Commit `77ab3c1`. ✅ mended · 🟡 open · ⏸ agreed to leave

| Ref | What | How bad |
|-----|------|---------|
| TC-1 | Moon phase is off by a day | 🔴 Critical |
| TC-2 | Chart is fetched twice | 🟢 Low |

## Serious

### TC-1: Moon phase is off by a day

**Where:** [`clock/moon.ex:31-40`](../clock/moon.ex#L31)
**State:** 🟡

The epoch is taken in local time, so half of the
world sees yesterday's moon.

```elixir
# not a heading
epoch = NaiveDateTime.local_now()
```

**Remedy:** Take the epoch in UTC.

### ~~TC-2: Chart is fetched twice~~

**Where:** `clock/chart.ex`, line 9
**State:** ✅

The view asks for it once more.

## clock/tide.ex

1. **[HIGH] Height is rounded before it is summed** (line 12). Each term loses up to half a unit.
   - Fix: sum first and round once.
2. *[nit]* `Enum.sort/1` runs on a sorted list (line 30).
- [x] `clock/zone.ex:4` — the zone is read at compile time; read it at start. (medium)

## What is fine

- `clock/sun.ex:3` looks wrong (high) and is not.

## Roadmap

1. Take the epoch in UTC.
"""


def read(folder: Path, text: str) -> Audit:
    """Return the audit that ``text`` is read as."""
    path = folder / "reading.md"
    path.write_text(text, encoding="utf-8")
    return load_audit(path)


@pytest.mark.parametrize(
    ("heading", "title", "severity"),
    [
        ("Rope is re-tied by hand (low)", "Rope is re-tied by hand", "LOW"),
        ("Sluice is non-blocking", "Sluice is non-blocking", ""),
        ("Pump runs dry - high", "Pump runs dry", "HIGH"),
        ("Pump runs dry — high", "Pump runs dry", "HIGH"),
    ],
)
def test_a_hyphen_within_a_word_ends_no_title(heading: str, title: str, severity: str) -> None:
    """Only a hyphen that stands apart comes before a severity."""
    head = read_head(heading)
    assert (head.title, head.severity.upper()) == (title, severity)


def test_a_document_is_read_as_a_person_reads_it(tmp_path: Path) -> None:
    """Headings, lists and checkboxes are findings; the summary, praise and plans are not."""
    audit = read(tmp_path, HARBOUR)
    assert audit.commit == "77ab3c1"
    told = [
        (str(f.severity), str(f.status), " ".join(map(shown_place, f.places)), f.origins[0].line)
        for f in audit.findings
    ]
    assert told == [
        ("CRITICAL", "open", "clock/moon.ex:31-40", 12),
        ("LOW", "fixed", "clock/chart.ex:9", 27),
        ("HIGH", "open", "clock/tide.ex:12", 36),
        ("INFO", "open", "clock/tide.ex:30", 38),
        ("MEDIUM", "fixed", "clock/zone.ex:4", 39),
    ]
    first = audit.findings[0]
    assert (first.id, first.title, first.fix) == (
        "TC-1",
        "Moon phase is off by a day",
        "Take the epoch in UTC.",
    )
    assert first.problem == (
        "The epoch is taken in local time, so half of the world sees yesterday's moon."
    )
    assert first.evidence == "# not a heading\nepoch = NaiveDateTime.local_now()"
    assert audit.findings[2].fix == "sum first and round once."


TABLES = """\
# Sundial

## P1

| # | Where | Befund | Vorschlag | Stand |
|---|-------|--------|-----------|-------|
| 1 | `dial/face.c:8`, `dial/rim.c:2` | Der Schatten wird `a\\|b` gerechnet | Einmal rechnen | 🟡 |
| 2 | – | Kein Test deckt den Mittag ab | – | behoben |

## Anzahl

| Stufe | Anzahl |
|-------|--------|
| P1 | 2 |
"""


def test_a_table_in_another_language_is_read_row_by_row(tmp_path: Path) -> None:
    """The heading gives the severity; dashes are empty; counts are no findings."""
    first, second = read(tmp_path, TABLES).findings
    assert (first.severity, [shown_place(place) for place in first.places]) == (
        "HIGH",
        ["dial/face.c:8", "dial/rim.c:2"],
    )
    assert first.problem == "Der Schatten wird `a|b` gerechnet"
    assert (second.places, second.fix, second.status) == ((), "", Status.FIXED)


def test_prose_alone_is_refused_and_nothing_found_is_not(tmp_path: Path) -> None:
    """What holds no finding is refused with what is nearest, unless it says that none was found."""
    with pytest.raises(InputError, match=r"no findings can be told .* prose, which is not read"):
        read(tmp_path, "# Thoughts\n\nThe dial is old. It may need care, some day.\n")
    assert read(tmp_path, "# Review\n\nWe found no issues in the dial.\n").findings == ()
