"""Advise on tests: which source files have one, which the plan requires, which must stay."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from mendbook.advice.advisor import Survey
from mendbook.advice.reading import NOT_FOUND, is_built
from mendbook.code.module_text import imports, load
from mendbook.code.modules import resolve
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.code.test_layout import Layout
from mendbook.code.trees import callee_name, is_source
from mendbook.model import Advice, AdviceRow
from mendbook.repository.snapshot import Snapshot

TITLE = "Test Requirements"
FILE = "tests-by-file.json"
_SHOWN = 6
_FOLDERS = 12
_UNSEEN = "a change here breaks unseen"


@dataclass(frozen=True, slots=True)
class Required:
    """A test that the plan requires, and what it is to cover."""

    path: str
    covers: str


REQUIRED = (
    Required("src/domains/room/room.handler.test.ts", "Room lifecycle"),
    Required("src/domains/media/media.handler.test.ts", "Transport/producer/consumer"),
    Required("src/domains/seat/seat.repository.test.ts", "Redis seat operations"),
    Required("src/infrastructure/worker.manager.test.ts", "Worker pool lifecycle"),
    Required("tests/load/socket-stress.test.ts", "10k concurrent connections"),
)
"""The new tests that the plan requires."""
PRESERVED = ("src/socket/schemas.test.ts", "src/utils/rateLimiter.test.ts")
"""The tests that the plan keeps at first."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One source file and the tests that reach it."""

    path: str
    own: str
    """The test file named after it, or an empty string."""
    imported_by: tuple[str, ...]
    """Test files that import it."""


def advise(survey: Survey) -> Advice:
    """Return required and preserved tests, and the files without one, folder by folder."""
    snapshot = survey.snapshot
    units = read_units(snapshot)
    rows = (
        *(_required(snapshot, one, units) for one in REQUIRED),
        *(_preserved(snapshot, path, units) for path in PRESERVED),
        *_folders(survey, units),
    )
    listed = [
        {"file": unit.path, "test": unit.own or None, "imported by": list(unit.imported_by)}
        for unit in units
    ]
    return Advice(
        advisor="tests",
        title=TITLE,
        summary=_summary(snapshot, units),
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


# --- what is there -----------------------------------------------------------------------------


def read_units(snapshot: Snapshot) -> tuple[Unit, ...]:
    """Return every source file that runs, with its tests, in path order."""
    layout = Layout(snapshot)
    reached = _imported_by_tests(snapshot)
    return tuple(
        Unit(path, test if _belongs(layout, test, path, reached) else "", reached.get(path, ()))
        for path in snapshot.files
        if path.startswith("src/") and _runs(snapshot, layout, path)
        for test in (layout.test_file(path, reached.get(path, ())),)
    )


def _belongs(layout: Layout, test: str, unit: str, reached: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether ``test``, found by its name, tests ``unit``: many files are called index."""
    if not layout.exists(test):
        return False
    folder = PurePosixPath(unit).parent.name
    return test in reached.get(unit, ()) or folder in PurePosixPath(test).parts


def _runs(snapshot: Snapshot, layout: Layout, path: str) -> bool:
    """Tell whether ``path`` is production code that does something itself."""
    if not is_source(path) or is_test(path) or is_built(path) or layout.is_barrel(path):
        return False
    module = load(snapshot, path)
    idle = {"import_statement", "comment", "interface_declaration", "type_alias_declaration"}
    statements = module.root.children() if module is not None else []
    for statement in statements:
        declared = statement.field("declaration")
        if (declared or statement).kind() not in idle:
            return True
    return False


def _imported_by_tests(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in snapshot.files:
        module = load(snapshot, path) if is_source(path) and is_test(path) else None
        specifiers = {one.specifier for one in imports(module)} if module is not None else set()
        for specifier in sorted(specifiers):
            target = resolve(snapshot, path, specifier)
            if target is not None:
                found[target] = (*found.get(target, ()), path)
    return found


def _cases(snapshot: Snapshot, path: str) -> int:
    """Return how many cases a test file has: calls of ``it`` and ``test``."""
    module = load(snapshot, path)
    calls = find_all(module.root, "call_expression") if module is not None else []
    return sum(callee_name(call) in {"it", "test"} for call in calls)


# --- rows --------------------------------------------------------------------------------------


def _required(snapshot: Snapshot, required: Required, units: Sequence[Unit]) -> AdviceRow:
    unit = required.path.replace(".test.", ".")
    known = next((one for one in units if one.path == unit), None)
    held = required.path if required.path in snapshot else known.own if known else ""
    if held:
        now = f"{held}, {_counted(_cases(snapshot, held), 'case')}"
        elsewhere = f"; it stands in {held}" if held != required.path else ""
        why = f"covers {required.covers}{elsewhere}"
        return AdviceRow(required.path, f"{held}:1", now, "keep, complete it", why)
    now = f"{NOT_FOUND}; {unit} has no test" if known else NOT_FOUND
    why = "required by the plan"
    if known is None and unit.startswith("src/"):
        why += f"; {unit} is not in the repository, so name the file that does this now"
    return AdviceRow(required.path, "", now, f"covers {required.covers}", why)


def _preserved(snapshot: Snapshot, path: str, units: Sequence[Unit]) -> AdviceRow:
    unit = path.replace(".test.", ".")
    known = next((one for one in units if one.path == unit), None)
    held = path if path in snapshot else known.own if known else ""
    why = "an existing test holds behaviour while code changes"
    if not held:
        return AdviceRow(path, "", NOT_FOUND, "preserve", why)
    now = f"{held}, {_counted(_cases(snapshot, held), 'case')}"
    return AdviceRow(path, f"{held}:1", now, "preserve", why)


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
        yield AdviceRow("other folders", f"{rest[0][1][0].path}:1", now, target, _UNSEEN)


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
        f"{_counted(len(findings), 'finding')} of the audit would be fixed here without a test"
        if findings
        else _UNSEEN
    )
    return AdviceRow(
        what=folder,
        where=f"{without[0].path}:1",
        now=f"{len(without)} of {_counted(len(units), 'file')} without: {', '.join(names)}{more}",
        target="a test file for each, those with findings first",
        why=why,
        findings=tuple(findings)[:_SHOWN],
    )


def _name(unit: Unit) -> str:
    name = PurePosixPath(unit.path).name
    return f"{name} (imported by {unit.imported_by[0]})" if unit.imported_by else name


def _findings_by_file(survey: Survey) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in survey.audit.findings:
        for path in dict.fromkeys(place.path for place in finding.places):
            found.setdefault(path, []).append(finding.id)
    return found


def _summary(snapshot: Snapshot, units: Sequence[Unit]) -> str:
    if not units:
        return "There is no source file below src, so no test could be matched."
    own = len(units) - _bare(units)
    by_path = {unit.path: unit for unit in units}
    missing = 0
    for one in REQUIRED:
        unit = by_path.get(one.path.replace(".test.", "."))
        missing += one.path not in snapshot and not (unit and unit.own)
    verb = "has" if own == 1 else "have"
    return (
        f"{own} of {_counted(len(units), 'source file')} {verb} a test of their own; "
        f"{missing} of the {len(REQUIRED)} tests that the plan requires are missing"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
