"""How a finding's ``file`` is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.intake.places import read_places
from mendbook.model import Place, PlaceKind

FILE, DIRECTORY, PATTERN, OUTSIDE = PlaceKind

A = Place("src/a.ts")
CASES: dict[str, list[Place]] = {
    "src/a.ts": [A],
    "`src/a.ts`": [A],
    "./src/a.ts": [A],
    "src/x/../a.ts": [A],
    "src\\a.ts": [A],
    "`src/a.ts`, function `board`": [A],
    "src/a.ts, class Ferry, line 80": [Place("src/a.ts", line=80)],
    "src/a.ts; method Ferry.board()": [A],
    "src/a.ts:80": [Place("src/a.ts", line=80)],
    "src/a.ts:80:5": [Place("src/a.ts", line=80)],
    "src/a.ts:57-60": [Place("src/a.ts", line=57, end_line=60)],
    "src/a.ts:60–57": [Place("src/a.ts", line=57, end_line=60)],
    "src/a.ts:80,95": [Place("src/a.ts", line=80), Place("src/a.ts", line=95)],
    "src/a.ts#L10-L20": [Place("src/a.ts", line=10, end_line=20)],
    "src/a.ts lines 3-4": [Place("src/a.ts", line=3, end_line=4)],
    'src/a.ts lines 3–4 (id "sail"): width 5, height 6': [Place("src/a.ts", line=3, end_line=4)],
    "src/a.ts:7 (const mast = 3;) used at lines 30-31": [
        Place("src/a.ts", line=7),
        Place("src/a.ts", line=30, end_line=31),
    ],
    "src/a.ts (line 80)": [Place("src/a.ts", line=80)],
    "src/a.ts:0": [A],
    "src/a.ts(2,17)": [Place("src/a.ts", line=2)],
    "src/a.ts(2)": [Place("src/a.ts", line=2)],
    "File: src/a.ts": [A],
    "see `src/a.ts:7`": [Place("src/a.ts", line=7)],
    "Billing service src/a.ts:7": [Place("src/a.ts", line=7)],
    "src/a.ts vs src/b.ts": [A, Place("src/b.ts")],
    "src/a.ts:3→src/b.ts:9": [Place("src/a.ts", line=3), Place("src/b.ts", line=9)],
    "src/a.ts + sub/b.ts": [A, Place("src/sub/b.ts", written="sub/b.ts")],
    "src/a.ts + b.ts": [A, Place("src/b.ts", written="b.ts")],
    "src/x/ + b.ts": [Place("src/x/", DIRECTORY), Place("src/x/b.ts", written="b.ts")],
    "src/a.ts:80 + src/b.ts:57-60": [
        Place("src/a.ts", line=80),
        Place("src/b.ts", line=57, end_line=60),
    ],
    "src/a.ts, tests/a.test.ts and package.json": [
        A,
        Place("tests/a.test.ts"),
        Place("package.json"),
    ],
    "src/auth/": [Place("src/auth/", DIRECTORY)],
    "src/domains/media": [Place("src/domains/media", DIRECTORY)],
    ".github": [Place(".github", DIRECTORY)],
    ".env.example": [Place(".env.example")],
    "Dockerfile": [Place("Dockerfile")],
    "src/all/": [Place("src/all/", DIRECTORY)],
    "tests/x/* (missing)": [Place("tests/x/*", PATTERN, said_missing=True)],
    "src/**/*.ts": [Place("src/**/*.ts", PATTERN)],
    "src/{a,b}.ts": [Place("src/{a,b}.ts", PATTERN)],
    "src/routes/[id].ts": [Place("src/routes/[id].ts")],
    "src/socket/index.ts (disconnect handler)": [Place("src/socket/index.ts")],
    "https://github.com/o/r/blob/main/src/a.ts#L3": [Place("src/a.ts", line=3)],
    "/etc/passwd": [Place("/etc/passwd", OUTSIDE)],
    "../../etc/passwd": [Place("../../etc/passwd", OUTSIDE)],
    "src/../../x": [Place("src/../../x", OUTSIDE)],
    "C:\\x\\a.ts": [Place("C:/x/a.ts", OUTSIDE)],
    "~/a.ts": [Place("~/a.ts", OUTSIDE)],
    "file:///etc/passwd": [Place("file:///etc/passwd", OUTSIDE)],
    "N/A": [],
    "": [],
    "Multiple files": [],
    "entire codebase": [],
}


@pytest.mark.parametrize("written", CASES)
def test_a_place_is_understood_as_a_person_means_it(written: str) -> None:
    """Every way of naming a place that real audits use gives the places it means."""
    assert read_places(written).places == tuple(CASES[written])


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("src/a.ts", ()),
        ("src/a.ts:80", ("line 80",)),
        ("src/a.ts + sub/b.ts", ("2 places", "relative to the first's folder")),
        ("tests/x/* (missing)", ("the audit says that it does not exist",)),
        ("../a.ts", ("outside the repository: not looked at",)),
        ("src/a.ts:0", ("lines count from 1",)),
        ("Multiple files", ("no place is named by 'Multiple files'",)),
        ("x" * 2000, ("too long to be a path",)),
    ],
)
def test_what_was_normalised_is_said(written: str, why: tuple[str, ...]) -> None:
    """Each step away from what was written has its reason; a plain path has none."""
    assert read_places(written).why == why


@given(st.text("ab./\\:*~+,;# ()-0L{}`\n\0é", max_size=30))
def test_no_place_leads_out_of_the_repository_unseen(written: str) -> None:
    """A place that is not marked as outside is a relative path without a step upwards."""
    for place in read_places(written).places:
        if place.kind is not OUTSIDE:
            assert not place.path.startswith("/")
            assert ".." not in place.path.split("/")
