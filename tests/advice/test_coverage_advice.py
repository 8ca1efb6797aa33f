from __future__ import annotations

import json

from mendbook.advice import tests_advice
from mendbook.model import AdviceRow
from surveyed import about, survey

FILES = {
    "src/domains/room/room.handler.ts": "export const open = () => 1;\n",
    "src/domains/room/room.types.ts": "export interface Room { id: string }\n",
    "src/domains/room/index.ts": 'export * from "./room.handler.js";\n',
    "src/domains/seat/seat.repository.ts": "export const take = () => 1;\n",
    "src/socket/schemas.ts": "export const schema = 1;\n",
    "src/socket/schemas.test.ts": (
        'import { schema } from "./schemas.js";\nimport { open } from "../domains/room/'
        'room.handler.js";\nit("holds", () => {});\ntest("too", () => {});\n'
    ),
    "tests/unit/domains/seat/seat.repository.test.ts": 'it("takes", () => {});\n',
    "src/utils/index.ts": "export const id = () => 1;\n",
    "src/shop/index.ts": "export const buy = () => 1;\n",
    "tests/unit/shop/index.test.ts": 'it("sells", () => {});\n',
}


def test_required_and_preserved_tests_are_told_first() -> None:
    """A required test counts wherever the target keeps it; a file that is gone is said."""
    rows = tests_advice.advise(survey(FILES)).rows
    assert rows[:7] == (
        AdviceRow(
            "src/domains/room/room.handler.test.ts",
            "",
            "not found; src/domains/room/room.handler.ts has no test",
            "covers Room lifecycle",
            "required by the plan",
        ),
        AdviceRow(
            "src/domains/media/media.handler.test.ts",
            "",
            "not found",
            "covers Transport/producer/consumer",
            "required by the plan; src/domains/media/media.handler.ts is not in the repository, "
            "so name the file that does this now",
        ),
        AdviceRow(
            "src/domains/seat/seat.repository.test.ts",
            "tests/unit/domains/seat/seat.repository.test.ts:1",
            "tests/unit/domains/seat/seat.repository.test.ts, 1 case",
            "keep, complete it",
            "covers Redis seat operations; it stands in "
            "tests/unit/domains/seat/seat.repository.test.ts",
        ),
        AdviceRow(
            "src/infrastructure/worker.manager.test.ts",
            "",
            "not found",
            "covers Worker pool lifecycle",
            "required by the plan; src/infrastructure/worker.manager.ts is not in the repository, "
            "so name the file that does this now",
        ),
        AdviceRow(
            "tests/load/socket-stress.test.ts",
            "",
            "not found",
            "covers 10k concurrent connections",
            "required by the plan",
        ),
        AdviceRow(
            "src/socket/schemas.test.ts",
            "src/socket/schemas.test.ts:1",
            "src/socket/schemas.test.ts, 2 cases",
            "preserve",
            "an existing test holds behaviour while code changes",
        ),
        AdviceRow(
            "src/utils/rateLimiter.test.ts",
            "",
            "not found",
            "preserve",
            "an existing test holds behaviour while code changes",
        ),
    )


def test_folders_with_findings_and_no_test_come_first() -> None:
    """Files without a test are grouped by folder, those that the audit names on top."""
    finding = about("RT-1", "src/utils/index.ts")
    rows = tests_advice.advise(survey(FILES, finding)).rows[7:]
    assert rows == (
        AdviceRow(
            "src/utils",
            "src/utils/index.ts:1",
            "1 of 1 file without: index.ts",
            "a test file for each, those with findings first",
            "1 finding of the audit would be fixed here without a test",
            findings=("RT-1",),
        ),
        AdviceRow(
            "src/domains/room",
            "src/domains/room/room.handler.ts:1",
            "1 of 1 file without: room.handler.ts (imported by src/socket/schemas.test.ts)",
            "a test file for each, those with findings first",
            "a change here breaks unseen",
        ),
    )


def test_every_source_file_is_listed_with_its_tests() -> None:
    """Types and barrels need no test; an index is tested by its own folder's test only."""
    found = tests_advice.advise(survey(FILES))
    assert json.loads(found.files["tests-by-file.json"]) == [
        {
            "file": "src/domains/room/room.handler.ts",
            "test": None,
            "imported by": ["src/socket/schemas.test.ts"],
        },
        {
            "file": "src/domains/seat/seat.repository.ts",
            "test": "tests/unit/domains/seat/seat.repository.test.ts",
            "imported by": [],
        },
        {"file": "src/shop/index.ts", "test": "tests/unit/shop/index.test.ts", "imported by": []},
        {
            "file": "src/socket/schemas.ts",
            "test": "src/socket/schemas.test.ts",
            "imported by": ["src/socket/schemas.test.ts"],
        },
        {"file": "src/utils/index.ts", "test": None, "imported by": []},
    ]
    assert found.summary == (
        "3 of 5 source files have a test of their own; 4 of the 5 tests that the plan requires are "
        "missing"
    )


def test_many_folders_are_counted_beyond_the_first() -> None:
    """The table stays short; the rest is one row, and the file lists all."""
    files = {f"src/d{number:02}/a.ts": "export const a = 1;\n" for number in range(15)}
    last = tests_advice.advise(survey(files)).rows[-1]
    assert (last.what, last.now) == ("other folders", "3 files without in 3 further folders")


def test_a_repository_without_sources_says_so() -> None:
    """No source file is not the same as no test missing."""
    found = tests_advice.advise(survey({"README.md": "# x\n"}))
    assert found.summary == "There is no source file below src, so no test could be matched."
    assert found.files == {}
