"""Promises of maps, which say how an audit is read, and of choosing what is planned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mendbook.errors import InputError, UsageError
from mendbook.intake import choose_findings, drafted_map, load_audit
from mendbook.intake.shapes.build import shown_place
from mendbook.model import Status

ODD = """\
{"run": {"pages": [{"cards": [
  {"k": "a", "txt": "Rain gauge counts a drop twice", "grade": "A", "pos": ["lib/gauge.ex", 41]},
  {"k": "b", "txt": "Wind is averaged over nothing", "grade": "C", "pos": ["lib/wind.ex", 7]}
]}]}}
"""
MAP = """\
findings: run.pages[].cards[]
fields:
  id: k
  problem: txt
  file: pos[0]
  line: pos[1]
  severity: "grade == 'A' && 'high' || 'low'"
"""
SHEET = "Nr;Spotted;Box\n7;Bow line is not tied at night;ropes.py\n"
SHEET_MAP = "fields: {id: Nr, title: Spotted, file: Box}\n"


def written(folder: Path, name: str, text: str) -> Path:
    """Return a new file of ``text``."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_map_reads_what_nothing_else_tells(tmp_path: Path) -> None:
    """Expressions fill the fields: places out of lists, severities out of grades."""
    audit = load_audit(written(tmp_path, "odd.json", ODD), written(tmp_path, "map.yaml", MAP))
    assert [
        (f.id, str(f.severity), shown_place(f.places[0]), f.problem) for f in audit.findings
    ] == [
        ("a", "HIGH", "lib/gauge.ex:41", "Rain gauge counts a drop twice"),
        ("b", "LOW", "lib/wind.ex:7", "Wind is averaged over nothing"),
    ]
    assert {(one.key, one.field) for one in audit.mapped} >= {
        ("txt", "problem"),
        ("pos[0]", "file"),
    }


def test_a_map_reads_tables_too(tmp_path: Path) -> None:
    """The columns of a table that no one could tell for findings are asked like keys."""
    sheet = written(tmp_path, "sheet.csv", SHEET)
    (finding,) = load_audit(sheet, written(tmp_path, "map.yaml", SHEET_MAP)).findings
    assert (finding.id, finding.title, finding.places[0].path) == (
        "7",
        "Bow line is not tied at night",
        "ropes.py",
    )


def test_a_written_map_reads_the_same_audit(tmp_path: Path) -> None:
    """What is understood without a map is what the map says that is written of it."""
    text = """\
{"checks": [{"ref": "T-1", "how bad": "major", "where": [{"path": "tide.py", "line": 4}],
             "headline": "Tide is added twice", "remedy": "Add it once in the table."},
            {"ref": "T-2", "how bad": "minor", "where": [{"path": "moon.py", "line": 9}],
             "headline": "Moon is read at start", "remedy": "Read it when it is asked for."}]}
"""
    path = written(tmp_path, "checks.json", text)
    said = drafted_map(path)
    assert "findings: 'checks[]'\n" in said
    assert "  severity: '\"how bad\"'  # major\n" in said
    again = load_audit(path, written(tmp_path, "map.yaml", said))
    plain = load_audit(path)
    assert [(f.id, f.severity, f.places, f.title, f.problem, f.fix) for f in again.findings] == [
        (f.id, f.severity, f.places, f.title, f.problem, f.fix) for f in plain.findings
    ]


def test_a_map_is_written_of_what_is_refused(tmp_path: Path) -> None:
    """A shape that cannot be told gets a map of the list that comes nearest, to be filled in."""
    path = written(tmp_path, "grid.json", '{"cells": [{"x": 1, "y": 2}, {"x": 3, "y": 4}]}')
    with pytest.raises(InputError, match=r"--write-map map\.yaml"):
        load_audit(path)
    said = drafted_map(path)
    assert "findings: 'cells[]'\n" in said
    assert "#   x  (1)" in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1]", "not a map: `fields` with an expression for each field is needed"),
        ("fields: {titel: a}", "fields.titel: no such field; did you mean 'title'?"),
        ("fields: {title: 'a['}", "fields.title: not JMESPath"),
        ("fields: {title: 3}", "fields.title: 3 is not an expression"),
        ("fields: {file: a}", "neither title nor problem is given"),
        ("fields: {title: a}\nfinding: b", "unknown key \"finding\"; did you mean 'findings'?"),
        ("fields: {title: a}\nfindings: c[]", "the map finds no list of findings at `c[]`"),
        ("fields: {title: zz}\nfindings: run.pages[].cards[]", "no finding a title or a problem"),
        ("a: [", "line 1: not YAML"),
    ],
)
def test_a_map_that_cannot_be_used_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """One line says what is wrong with a map, and where."""
    path, said = written(tmp_path, "odd.json", ODD), written(tmp_path, "map.yaml", text)
    with pytest.raises(InputError) as refused:
        load_audit(path, said)
    assert message in str(refused.value)


CLOSED = """\
{"findings": [
  {"id": "W-1", "severity": "HIGH", "file": "a.go", "problem": "The weir opens too late."},
  {"id": "W-2", "severity": "LOW", "file": "b.go", "problem": "The gate rusts.", "status": "fixed"}
]}
"""


def test_some_findings_are_planned(tmp_path: Path) -> None:
    """The others are named as left aside; an unknown id is refused with the nearest one."""
    audit = load_audit(written(tmp_path, "weir.json", CLOSED))
    chosen = choose_findings(audit, ["w-1"])
    assert [finding.id for finding in chosen.findings] == ["W-1"]
    assert [(one.example, one.why) for one in chosen.left] == [
        ("W-2", "1 left aside: not named with --only")
    ]
    with pytest.raises(UsageError, match=r"--only W-11: .*did you mean 'W-1'"):
        choose_findings(audit, ["W-11"])


def test_closed_findings_are_planned_when_asked(tmp_path: Path) -> None:
    """A finding that the audit calls closed becomes open, and says so."""
    audit = load_audit(written(tmp_path, "weir.json", CLOSED))
    _, gate = choose_findings(audit, include_closed=True).findings
    assert gate.status is Status.OPEN
    assert any("--include-closed" in note.why for note in gate.notes)
    assert choose_findings(audit) == audit


def test_ids_that_differ_in_case_alone_are_two_findings(tmp_path: Path) -> None:
    """Neither is lost; each is chosen by its own spelling, and both by a third."""
    found = [{"id": name, "file": "a.py", "problem": f"It leaks {name}"} for name in ("W-a", "w-A")]
    path = tmp_path / "audit.json"
    path.write_text(json.dumps({"findings": found}))
    audit = load_audit(path)
    assert [each.id for each in choose_findings(audit).findings] == ["W-a", "w-A"]
    assert [each.id for each in choose_findings(audit, ["w-A"]).findings] == ["w-A"]
    assert [each.id for each in choose_findings(audit, ["W-A"]).findings] == ["W-a", "w-A"]


def test_the_rows_of_a_table_are_a_list_that_a_map_asks(tmp_path: Path) -> None:
    """``findings`` chooses among the rows of a table as it does among JSON objects."""
    sheet = written(tmp_path, "sheet.csv", SHEET + "8;Gangway is too steep;gangway.py\n")
    chosen = "findings: \"[?Nr=='8']\"\n" + SHEET_MAP
    (finding,) = load_audit(sheet, written(tmp_path, "map.yaml", chosen)).findings
    assert (finding.id, finding.title) == ("8", "Gangway is too steep")


@pytest.mark.parametrize(
    "text",
    [
        "hull,mast,sail\noak,pine,canvas\n",
        "captain,quay,comment\nAda,4,always leaves with the second tide\n",
    ],
)
def test_a_table_of_other_things_is_refused_with_the_command_for_a_map(
    tmp_path: Path, text: str
) -> None:
    """One line names the columns, and how to write a map; it is never taken for broken JSON."""
    sheet = written(tmp_path, "ships.csv", text)
    with pytest.raises(InputError) as caught:
        load_audit(sheet)
    columns = ", ".join(text.partition("\n")[0].split(","))
    assert str(caught.value) == (
        f"{sheet}: line 1: a table with the columns {columns}, which does not look like findings;"
        " give a column of what is wrong, one of severity and one of the file, or write a map with"
        " mendbook intake FILE --write-map map.yaml"
    )


def test_a_page_of_prose_is_refused_as_a_page(tmp_path: Path) -> None:
    """A Markdown file without headings, lists or tables is no broken JSON."""
    page = written(tmp_path, "log.md", "The ship left with the second tide.\n")
    with pytest.raises(InputError, match=r"no findings can be told in it.*--write-map map\.yaml"):
        load_audit(page)
