"""Advise on tests: which source files have one, which the plan requires, which must stay."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from mendbook.advice.advisor import Survey
from mendbook.advice.rows import NOT_FOUND
from mendbook.advice.tests.units import Unit, cases, read_units
from mendbook.model import Advice, AdviceRow, Citation
from mendbook.policy.platform import WantedTest
from mendbook.repository.snapshot import Snapshot

TITLE = "Test Requirements"
FILE = "tests-by-file.json"
_SHOWN = 6
_FOLDERS = 12


def applies(survey: Survey) -> bool:
    """Tell whether there is source whose tests can be told by name, or tests are required."""
    return bool(survey.platform.tests or read_units(survey.snapshot))


def advise(survey: Survey) -> Advice:
    """Return required and preserved tests, and the files without one, folder by folder."""
    snapshot = survey.snapshot
    units = read_units(snapshot)
    rows = (
        *(_required(snapshot, one, units) for one in survey.platform.tests),
        *(_preserved(snapshot, path, units) for path in survey.platform.preserved),
        *_folders(survey, units),
    )
    listed = [
        {"file": unit.path, "test": unit.own or None, "imported by": list(unit.imported_by)}
        for unit in units
    ]
    return Advice(
        advisor="tests",
        title=TITLE,
        summary=_summary(survey, units),
        rows=rows,
        notes=(
            "A test file belongs to a source file by its name; tests that only import a file are "
            "named as such",
            "Files that only pass on other files' exports or declare types need no test and are "
            "left out",
            "Which pull request brings which test is in the PR patch plan and in each remediation",
            f"Every source file and its tests are listed in {FILE}",
        ),
        files={FILE: json.dumps(listed, indent=2) + "\n"} if listed else {},
    )


# --- rows --------------------------------------------------------------------------------------


def _required(snapshot: Snapshot, required: WantedTest, units: Sequence[Unit]) -> AdviceRow:
    unit = required.path.replace(".test.", ".")
    known = next((one for one in units if one.path == unit), None)
    held = required.path if required.path in snapshot else known.own if known else ""
    if held:
        now = f"{held}, {_counted(cases(snapshot, held), 'case')}"
        elsewhere = f"; it stands in {held}" if held != required.path else ""
        why = f"covers {required.covers}{elsewhere}"
        return AdviceRow(required.path, Citation(held, 1), now, "keep, complete it", why)
    now = f"{NOT_FOUND}; {unit} has no test" if known else NOT_FOUND
    why = "required by the plan"
    if known is None and unit.startswith("src/"):
        why += f"; {unit} is not in the repository, so name the file that does this now"
    return AdviceRow(required.path, None, now, f"covers {required.covers}", why)


def _preserved(snapshot: Snapshot, path: str, units: Sequence[Unit]) -> AdviceRow:
    unit = path.replace(".test.", ".")
    known = next((one for one in units if one.path == unit), None)
    held = path if path in snapshot else known.own if known else ""
    why = "an existing test holds behaviour while code changes"
    if not held:
        return AdviceRow(path, None, NOT_FOUND, "preserve", why)
    now = f"{held}, {_counted(cases(snapshot, held), 'case')}"
    return AdviceRow(path, Citation(held, 1), now, "preserve", why)


def _folders(survey: Survey, units: Sequence[Unit]) -> Iterator[AdviceRow]:
    """Yield a row for each folder with files without a test: most findings, then most files."""
    by_folder: dict[str, list[Unit]] = {}
    for unit in units:
        folder = str(PurePosixPath(unit.path).parent)
        by_folder.setdefault(folder, []).append(unit)
    named = _findings_by_file(survey)

    def urgency(item: tuple[str, list[Unit]]) -> tuple[int, int, str]:
        bare = [unit for unit in item[1] if not unit.own]
        return -sum(len(named.get(unit.path, ())) for unit in bare), -len(bare), item[0]

    open_ones = sorted((item for item in by_folder.items() if _bare(item[1])), key=urgency)
    for folder, held in open_ones[:_FOLDERS]:
        yield _folder(folder, held, named)
    rest = open_ones[_FOLDERS:]
    if rest:
        files = _counted(sum(_bare(held) for _, held in rest), "file")
        now = f"{files} without in {_counted(len(rest), 'further folder')}"
        target = f"a test file for each; the files are in {FILE}"
        why = _unseen([unit for _, held in rest for unit in held if not unit.own])
        yield AdviceRow("other folders", Citation(rest[0][1][0].path, 1), now, target, why)


def _unseen(without: Sequence[Unit]) -> str:
    """Say how many of the files without a test of their own not even another's test imports."""
    unseen = sum(not unit.imported_by for unit in without)
    if not unseen:
        return "only tests of other files import what is here"
    return f"no test imports {unseen} of {_counted(len(without), 'file')} here"


def _bare(units: Sequence[Unit]) -> int:
    return sum(not unit.own for unit in units)


def _folder(folder: str, units: Sequence[Unit], named: Mapping[str, Sequence[str]]) -> AdviceRow:
    without = sorted(
        (unit for unit in units if not unit.own),
        key=lambda unit: (-len(named.get(unit.path, ())), unit.path),
    )
    names = [_name(unit) for unit in without[:_SHOWN]]
    more = f" and {len(without) - _SHOWN} more" if len(without) > _SHOWN else ""
    findings = dict.fromkeys(name for unit in without for name in named.get(unit.path, ()))
    why = (
        f"{_counted(len(findings), 'finding')} of the audit in files without a test of their own"
        if findings
        else _unseen(without)
    )
    return AdviceRow(
        what=folder,
        where=Citation(without[0].path, 1),
        now=f"{len(without)} of {_counted(len(units), 'file')} without: {', '.join(names)}{more}",
        target="a test file for each, those with findings first",
        why=why,
        findings=tuple(findings)[:_SHOWN],
    )


def _name(unit: Unit) -> str:
    name = PurePosixPath(unit.path).name
    return f"{name} (imported by {unit.imported_by[0]})" if unit.imported_by else name


def _findings_by_file(survey: Survey) -> dict[str, list[str]]:
    by_file: dict[str, list[str]] = {}
    for finding in survey.audit.findings:
        for path in dict.fromkeys(place.path for place in finding.places):
            by_file.setdefault(path, []).append(finding.id)
    return by_file


def _summary(survey: Survey, units: Sequence[Unit]) -> str:
    if not units:
        return "There is no source file that runs, so no test could be matched."
    own = len(units) - _bare(units)
    alone = own == 1
    said = (
        f"{own} of {_counted(len(units), 'source file')} {'has' if alone else 'have'} a test of "
        f"{'its' if alone else 'their'} own"
    )
    required = survey.platform.tests
    if not required:
        return said
    by_path = {unit.path: unit for unit in units}
    missing = 0
    for one in required:
        unit = by_path.get(one.path.replace(".test.", "."))
        missing += one.path not in survey.snapshot and not (unit and unit.own)
    return f"{said}; {missing} of the {len(required)} tests that the plan requires are missing"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
