"""A tool's fix belongs to a text: it is used on that text only, whatever a checkout did to it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mendbook.intake import load_audit, place_fixes, resolve_places
from mendbook.model import OfferedFix, Place, PlaceKind

SOURCE = "import { lamp } from './lamp.js';\n\nvar dim = lamp.level / 2;\nexport { dim };\n"
VAR = SOURCE.index("var dim")


def eslint(folder: Path, source: str, start: int, end: int, text: str) -> Path:
    """Write ESLint's report of one file with one fix."""
    message = {
        "ruleId": "no-var",
        "severity": 2,
        "message": "Unexpected var.",
        "line": 3,
        "column": 1,
        "fix": {"range": [start, end], "text": text},
    }
    path = folder / "eslint.json"
    report = [{"filePath": "lights/dim.js", "messages": [message], "source": source}]
    path.write_text(json.dumps(report), encoding="utf-8")
    return path


def placed(report: Path, texts: dict[str, str]) -> OfferedFix:
    """Return the report's only fix, placed in ``texts``."""
    (finding,) = place_fixes(load_audit(report), texts.get).findings
    (fix,) = finding.offered_fixes
    return fix


def applied(fix: OfferedFix, text: str) -> str:
    """Return ``text`` after ``fix``."""
    assert 0 <= fix.start <= fix.end <= len(text), fix.fault
    return text[: fix.start] + fix.text + text[fix.end :]


def crlf(text: str) -> str:
    """Return ``text`` as a checkout for Windows has it."""
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize("seen", ["plain", "crlf", "bom", "both"])
@pytest.mark.parametrize("held", ["plain", "crlf", "bom", "both"])
def test_a_checkout_may_change_line_ends_and_the_mark(seen: str, held: str, tmp_path: Path) -> None:
    """The fix changes the same three letters, in whatever form tool and commit have the file."""
    forms = {
        "plain": SOURCE,
        "crlf": crlf(SOURCE),
        "bom": f"\ufeff{SOURCE}",
        "both": f"\ufeff{crlf(SOURCE)}",
    }
    # ESLint counts its offsets without the mark
    start = forms[seen].removeprefix("\ufeff").index("var dim")
    fix = placed(
        eslint(tmp_path, forms[seen], start, start + 3, "let"), {"lights/dim.js": forms[held]}
    )
    assert applied(fix, forms[held]) == forms[held].replace("var dim", "let dim")


@pytest.mark.parametrize(
    "other",
    [
        f"// a line more\n{SOURCE}",
        SOURCE.replace("/ 2", "/ 3"),
        SOURCE.replace("  ", " ").replace("\n\n", "\n"),
        "",
    ],
)
def test_a_report_of_another_text_has_no_fix(other: str, tmp_path: Path) -> None:
    """Another commit, a dirty tree or another file of that name: no offset, and one sentence."""
    fix = placed(eslint(tmp_path, SOURCE, VAR, VAR + 3, "let"), {"lights/dim.js": other})
    assert (fix.start, fix.end) == (-1, -1)
    assert fix.fault == "the report is of another text of lights/dim.js"


def test_inserted_lines_end_as_the_files_do(tmp_path: Path) -> None:
    """What a tool saw with plain line ends is inserted with those of the commit, and back."""
    report = eslint(tmp_path, SOURCE, VAR, VAR, "let a = 1;\nlet b = 2;\n")
    text = crlf(SOURCE)
    assert applied(placed(report, {"lights/dim.js": text}), text) == text.replace(
        "var dim", "let a = 1;\r\nlet b = 2;\r\nvar dim"
    )
    report = eslint(tmp_path, text, text.index("var dim"), text.index("var dim"), "let a = 1;\r\n")
    assert applied(placed(report, {"lights/dim.js": SOURCE}), SOURCE) == SOURCE.replace(
        "var dim", "let a = 1;\nvar dim"
    )


def test_the_mark_itself_can_be_what_is_fixed(tmp_path: Path) -> None:
    """ESLint's offset -1 is the byte order mark: a fix from there takes it away."""
    text = f"\ufeff{SOURCE}"
    fix = placed(eslint(tmp_path, text, -1, 0, ""), {"lights/dim.js": text})
    assert applied(fix, text) == SOURCE


# --- SARIF ---------------------------------------------------------------------------------------


def sarif(folder: Path, region: dict[str, Any], deleted: dict[str, Any], **run: Any) -> Path:  # noqa: ANN401
    """Write a SARIF report of one result with one fix in ``lights/dim.js``."""
    place = {"uri": "lights/dim.js"}
    result = {
        "ruleId": "no-var",
        "message": {"text": "Use let"},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
        "fixes": [
            {
                "artifactChanges": [
                    {
                        "artifactLocation": place,
                        "replacements": [
                            {"deletedRegion": deleted, "insertedContent": {"text": "let"}}
                        ],
                    }
                ]
            }
        ],
    }
    log = {
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "Lint"}}, "results": [result], **run}],
    }
    path = folder / "lint.sarif"
    path.write_text(json.dumps(log), encoding="utf-8")
    return path


AT = {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 4}


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        (SOURCE, True),
        (crlf(SOURCE), True),
        (SOURCE.replace("lamp.level / 2", "lamp.level  /  2"), True),
        (SOURCE.replace("var dim = lamp", "const off = 0, dim = lamp"), False),
        (f"// a line more\n{SOURCE}", False),
    ],
)
def test_a_quoted_line_is_looked_for_where_it_was(text: str, fits: bool, tmp_path: Path) -> None:
    """The result's snippet must stand on its line, white space aside, before columns are used."""
    region = {"startLine": 3, "snippet": {"text": "var dim = lamp.level / 2;\n"}}
    fix = placed(sarif(tmp_path, region, AT), {"lights/dim.js": text})
    assert (fix.start >= 0) is fits
    assert bool(fix.fault) is not fits


@pytest.mark.parametrize(
    ("artifact", "fits"),
    [
        ({"contents": {"text": crlf(SOURCE)}}, True),
        ({"contents": {"text": SOURCE + "\n"}}, False),
        (
            {
                "hashes": {
                    "sha-256": "62dcfb9e9e3fe02c0d4e4ae3b5b5a1fb2f1f6ccbbe8b4d8cd61ff3a1a1d1f3f4"
                }
            },
            False,
        ),
    ],
)
def test_contents_and_hashes_of_artifacts_are_compared(
    artifact: dict[str, Any], fits: bool, tmp_path: Path
) -> None:
    """A run that keeps its files, or their hashes, says which text its fixes are for."""
    artifacts = [{"location": {"uri": "lights/dim.js"}, **artifact}]
    report = sarif(tmp_path, {"startLine": 3}, AT, artifacts=artifacts)
    assert (placed(report, {"lights/dim.js": SOURCE}).start >= 0) is fits


def test_offsets_of_bytes_and_characters_are_counted(tmp_path: Path) -> None:
    """A region without lines is counted from the beginning of the file, in its unit."""
    text = SOURCE.replace("lamp.js", "lämp💡.js")
    start = text.index("var dim")
    for region, run in (
        ({"byteOffset": len(text[:start].encode()), "byteLength": 3}, {}),
        ({"charOffset": start, "charLength": 3}, {"columnKind": "unicodeCodePoints"}),
        ({"charOffset": start + 1, "charLength": 3}, {"columnKind": "utf16CodeUnits"}),
    ):
        report = sarif(tmp_path, {"startLine": 3}, region, **run)
        assert applied(placed(report, {"lights/dim.js": text}), text) == text.replace("var", "let")
    unclear = sarif(tmp_path, {"startLine": 3}, {"charOffset": start, "charLength": 3})
    assert placed(unclear, {"lights/dim.js": text}).start == -1


@pytest.mark.parametrize("seen", ["plain", "crlf", "mark", "both"])
@pytest.mark.parametrize("held", ["plain", "crlf", "mark", "both"])
def test_an_offset_counts_the_line_ends_of_its_own_checkout(
    seen: str, held: str, tmp_path: Path
) -> None:
    """What it means is what lies in the quoted line, in whichever form the tool had the file."""
    text = "// Öfen\n\nvar heat = 1;\n"
    forms = {
        "plain": text,
        "crlf": crlf(text),
        "mark": f"\ufeff{text}",
        "both": f"\ufeff{crlf(text)}",
    }
    before = forms[seen][: forms[seen].index("var")]
    region = {"byteOffset": len(before.encode()), "byteLength": 3}
    report = sarif(tmp_path, {"startLine": 3, "snippet": {"text": "var heat = 1;"}}, region)
    fix = placed(report, {"lights/dim.js": forms[held]})
    assert applied(fix, forms[held]) == forms[held].replace("var", "let")


def test_columns_do_not_count_the_mark(tmp_path: Path) -> None:
    """The first column of the first line is the one behind a byte order mark."""
    text = "\ufeffvar a = 1;\n"
    region = {"startLine": 1, "startColumn": 1, "endColumn": 4}
    report = sarif(tmp_path, {"startLine": 1}, region, columnKind="unicodeCodePoints")
    assert applied(placed(report, {"lights/dim.js": text}), text) == "\ufefflet a = 1;\n"


# --- reports that tell nothing of their text ------------------------------------------------------

MILL = "import re\nimport os\n\nprint(re)\n"


def ruff(folder: Path, *found: tuple[str, tuple[int, int, int, int]]) -> Path:
    """Write Ruff's report: a message, and the rows and columns of what goes, for each."""
    report = [
        {
            "code": "F401",
            "filename": "/home/ci/build/mill/grind.py",
            "message": message,
            "location": {"row": row, "column": column},
            "end_location": {"row": row, "column": column + 3},
            "noqa_row": row,
            "url": "",
            "fix": {
                "applicability": "safe",
                "message": message,
                "edits": [
                    {
                        "content": "",
                        "location": {"row": row, "column": column},
                        "end_location": {"row": end_row, "column": end_column},
                    }
                ],
            },
        }
        for message, (row, column, end_row, end_column) in found
    ]
    path = folder / "ruff.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    return path


UNUSED = "`os` imported but unused"


@pytest.mark.parametrize(
    ("found", "text", "fits"),
    [
        ([(UNUSED, (2, 1, 3, 1))], MILL, True),
        # a line more at the top since: the lines named do not name it
        ([(UNUSED, (1, 1, 2, 1))], MILL, False),
        # a word would be cut in two
        ([("Unused import", (2, 1, 2, 9))], MILL, False),
        # what its neighbour says of the text holds for both
        ([(UNUSED, (2, 1, 3, 1)), ("`sys` imported but unused", (9, 1, 10, 1))], MILL, False),
        # a report from Windows of a file with plain ends counts rows and columns alike
        ([(UNUSED, (2, 1, 3, 1))], crlf(MILL), True),
    ],
)
def test_a_report_without_its_text_must_fit_the_commits(
    found: list[tuple[str, tuple[int, int, int, int]]], text: str, fits: bool, tmp_path: Path
) -> None:
    """It is of this text as far as can be told, or nothing of it is used."""
    findings = load_audit(ruff(tmp_path, *found))
    placed_in = resolve_places(findings.findings, {"mill/grind.py": text}, lambda _: None)
    (fix, *_) = (
        fix
        for finding in place_fixes(
            replace(findings, findings=placed_in), {"mill/grind.py": text}.get
        ).findings
        for fix in finding.offered_fixes
    )
    assert (fix.start >= 0) is fits
    assert fix.fault == ("" if fits else "the report is of another text of mill/grind.py")


def test_an_absolute_path_is_looked_for_in_the_tree(tmp_path: Path) -> None:
    """What a tool's only folder was cut to may be another file; the longest end decides."""
    report = sarif(
        tmp_path,
        {"startLine": 3},
        AT,
        originalUriBaseIds={"DOME": {"uri": "file:///home/ci/observatory/parts/dome/"}},
    )
    data = json.loads(report.read_text("utf-8"))
    (result,) = data["runs"][0]["results"]
    for place in (
        result["locations"][0]["physicalLocation"]["artifactLocation"],
        result["fixes"][0]["artifactChanges"][0]["artifactLocation"],
    ):
        place["uriBaseId"] = "DOME"
    report.write_text(json.dumps(data), encoding="utf-8")
    tree = {"lights/dim.js": SOURCE, "parts/dome/lights/dim.js": SOURCE}
    (finding,) = resolve_places(load_audit(report).findings, tree, tree.get)
    assert [place.path for place in finding.places] == ["parts/dome/lights/dim.js"]
    assert [fix.path for fix in finding.offered_fixes] == ["parts/dome/lights/dim.js"]


@pytest.mark.parametrize("word", ["Backend", "backend"])
def test_one_word_is_a_place_where_the_tree_has_a_folder_of_that_name(
    word: str, tmp_path: Path
) -> None:
    """A part of a program for one audit is a folder for another; the tree knows."""
    report = tmp_path / "audit.json"
    finding = {"id": "B-1", "severity": "low", "file": word, "problem": "It pays twice."}
    report.write_text(json.dumps({"findings": [finding]}))
    audit = load_audit(report)
    for folder, places in ((word, (Place(word, PlaceKind.DIRECTORY),)), ("server", ())):
        tree = {f"{folder}/pay.go": "package pay\n"}
        (found,) = resolve_places(audit.findings, tree, tree.get)
        assert found.places == places
