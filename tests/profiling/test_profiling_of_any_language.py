"""Profiles, coverage and load tests of other languages than JavaScript, joined to the tree."""

from __future__ import annotations

import contextlib
import cProfile
import gzip
import json
import marshal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.errors import InputError
from mendbook.model import (
    CoveredFile,
    Declaration,
    FindingFacts,
    FunctionHeat,
    Profiles,
    SymbolReferences,
    SymbolStatus,
)
from mendbook.profiling import BINARY_FORMATS, join_heat, load_coverage, load_profiles
from mendbook.profiling.pprof import read_pprof
from mendbook.profiling.pstats import read_pstats
from mendbook.repository import Snapshot

TREE = Snapshot.of(
    {
        "mill/grind.py": "def grind(n):\n    return n\n\n\ndef sieve(n):\n    return grind(n)\n",
        "cmd/mill/main.go": "package main\n",
        "web/app.rb": "",
        "app.py": "",
    }
)


def shares(found: Sequence[FunctionHeat]) -> dict[str, tuple[float, float]]:
    """Return own and total share by file, function and line."""
    return {
        f"{one.file} {one.function} {one.line}": (
            round(one.self_share, 3),
            round(one.total_share, 3),
        )
        for one in found
    }


def load(folder: Path, name: str, content: str | bytes) -> Profiles:
    """Write a measurement and load it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_profiles([path], TREE)


FRAMES = [
    {"name": "sieve", "file": "/srv/mill/grind.py", "line": 5},
    {"name": "grind", "file": "/srv/mill/grind.py", "line": 1},
    {"name": "dumps", "file": "/usr/lib/python3.12/json/__init__.py", "line": 183},
    {"name": "app", "file": "C:\\work\\web\\app.rb", "line": 3},
]
SAMPLED = {
    "type": "sampled",
    "name": "main",
    "unit": "seconds",
    "startValue": 0,
    "endValue": 10,
    "samples": [[0, 1], [0, 1, 1], [0, 2], [3]],
    "weights": [4, 2, 3, 1],
}
EVENTED = {
    "type": "evented",
    "name": "main",
    "unit": "milliseconds",
    "startValue": 0,
    "endValue": 10000,
    "events": [
        {"type": "O", "frame": 0, "at": 0},
        {"type": "O", "frame": 1, "at": 0},
        {"type": "C", "frame": 1, "at": 6000},
        {"type": "O", "frame": 2, "at": 6000},
        {"type": "C", "frame": 2, "at": 9000},
        {"type": "C", "frame": 0, "at": 9000},
        {"type": "O", "frame": 3, "at": 9000},
    ],
}


@pytest.mark.parametrize("profile", [SAMPLED, EVENTED], ids=["sampled", "evented"])
def test_speedscope(profile: dict[str, object], tmp_path: Path) -> None:
    """Samples and events give the same shares; recursion counts once, foreign code is not ours."""
    document = {"shared": {"frames": FRAMES}, "profiles": [profile]}
    found = load(tmp_path, "main.json", json.dumps(document))
    assert shares(found.functions) == {
        "mill/grind.py grind 1": (0.6, 0.6),
        "mill/grind.py sieve 5": (0.0, 0.9),
        "web/app.rb app 3": (0.1, 0.1),
    }
    assert shares(found.files) == {
        "mill/grind.py  None": (0.6, 0.9),
        "web/app.rb  None": (0.1, 0.1),
    }
    (said,) = found.sources
    assert said.startswith("main.json: speedscope, ")
    assert said.endswith(" samples, 10.0 s; 70% of it in the repository's own code")


def test_a_frame_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """One line, not a wrong share."""
    document = {"shared": {"frames": []}, "profiles": [SAMPLED]}
    with pytest.raises(InputError, match=r"a frame that is not in shared\.frames"):
        load(tmp_path, "main.json", json.dumps(document))


def test_what_pythons_own_profiler_writes(tmp_path: Path) -> None:
    """The file of a real run is decoded without being unmarshalled."""
    home = tmp_path / "srv" / "mill"
    home.mkdir(parents=True)
    (home / "grind.py").write_text(
        TREE.text("mill/grind.py").replace("return n", "return sum(range(n))", 1)
    )
    scope: dict[str, Any] = {}
    code = compile((home / "grind.py").read_text(), str(home / "grind.py"), "exec")
    exec(code, scope)  # noqa: S102 - the code above
    profiler = cProfile.Profile()
    profiler.runcall(scope["sieve"], 200_000)
    path = tmp_path / "run.prof"
    profiler.dump_stats(path)
    found = load_profiles([path], TREE)
    names = [(one.file, one.function, one.line) for one in found.functions]
    assert names == [("mill/grind.py", "sieve", 5), ("mill/grind.py", "grind", 1)]
    assert found.functions[0].total_share > 0.5
    assert found.sources[0].startswith("run.prof: cProfile, ")


@given(
    st.dictionaries(
        st.tuples(st.text(max_size=300), st.integers(0, 2**40), st.text(max_size=20)),
        st.tuples(
            st.integers(0, 2**70),
            st.integers(0, 9),
            st.floats(0, 9),
            st.floats(0, 9),
            st.just({("a", 1, "b"): (1, 1, 0.5, 0.5)}),
        ),
    )
)
def test_profiles_are_decoded_as_marshal_would(
    table: dict[tuple[str, int, str], tuple[object, ...]],
) -> None:
    """Whatever names, numbers and references are in them."""
    assert read_pstats("x.prof", marshal.dumps(table), TREE).sources[0].startswith("x.prof")


@given(st.binary(max_size=200))
def test_bytes_that_are_no_profile_are_one_line(raw: bytes) -> None:
    """No crash, whatever they are."""
    for read in (read_pstats, read_pprof):
        for made in (raw, b"{" + raw, gzip.compress(raw)):
            with contextlib.suppress(InputError):
                assert read("x", made, TREE).sources


def varint(value: int) -> bytes:
    """Return a number as protocol buffers have it."""
    out = b""
    while value > 0x7F:
        out, value = out + bytes([value & 0x7F | 0x80]), value >> 7
    return out + bytes([value])


def message(*fields: tuple[int, int | bytes]) -> bytes:
    """Return a message of numbers and of bytes."""
    out = b""
    for number, value in fields:
        if isinstance(value, bytes):
            out += varint(number << 3 | 2) + varint(len(value)) + value
        else:
            out += varint(number << 3) + varint(value)
    return out


STRINGS = ["", "samples", "count", "cpu", "nanoseconds", "example.com/mill.(*Stone).Turn"]
STRINGS += ["/go/src/mill/cmd/mill/main.go", "runtime.mallocgc", "/usr/local/go/src/runtime/m.go"]
PPROF = b"".join(
    [
        message((1, message((1, 1), (2, 2))), (1, message((1, 3), (2, 4)))),
        message((2, message((1, varint(2) + varint(1)), (2, varint(7) + varint(3_000_000))))),
        message((2, message((1, 1), (2, 1), (2, 1_000_000)))),
        message((4, message((1, 1), (4, message((1, 1), (2, 12)))))),
        message((4, message((1, 2), (4, message((1, 2), (2, 99)))))),
        message((5, message((1, 1), (2, 5), (4, 6), (5, 10)))),
        message((5, message((1, 2), (2, 7), (4, 8)))),
        *(message((6, each.encode())) for each in STRINGS),
    ]
)


@pytest.mark.parametrize("raw", [PPROF, gzip.compress(PPROF)], ids=["plain", "gzip"])
def test_pprof(raw: bytes, tmp_path: Path) -> None:
    """The time counts and not the number of samples; inlined and packed as profilers write it."""
    found = load(tmp_path, "cpu.pprof", raw)
    assert shares(found.functions) == {"cmd/mill/main.go Stone.Turn 10": (0.25, 1.0)}
    assert found.sources[0].startswith("cpu.pprof: pprof, 8 samples, 0.0 s; 25% of it")


def test_pprof_of_another_writer(tmp_path: Path) -> None:
    """V8's functions without a name have none here; what counts no samples has stacks."""
    names = ["", "wall", "microseconds", "(anonymous:L#3:C#9)", "/app/mill/stone.js"]
    raw = b"".join(
        [
            message((1, message((1, 1), (2, 2)))),
            message((2, message((1, 1), (2, 4_000)))),
            message((4, message((1, 1), (4, message((1, 1), (2, 3)))))),
            message((5, message((1, 1), (2, 3), (4, 4)))),
            *(message((6, each.encode())) for each in names),
        ]
    )
    found = read_pprof("wall.pb", raw, Snapshot.of({"mill/stone.js": "f()\n"}))
    assert [(one.file, one.function, one.total_ms) for one in found.functions] == [
        ("mill/stone.js", "(anonymous)", 4.0)
    ]
    assert found.sources[0].startswith("wall.pb: pprof, 1 stack, 0.0 s; 100% of it")


COVERAGE = {
    "meta": {"version": "7.6"},
    "files": {
        "/srv/mill/grind.py": {
            "executed_lines": [1, 2, 5],
            "missing_lines": [6],
            "contexts": {"2": ["tests/test_mill.py::test_fine|run", ""], "1": [""]},
        },
        "elsewhere.py": {"executed_lines": [1], "missing_lines": []},
    },
    "totals": {},
}
LCOV = (
    "TN:fine\nSF:/srv/mill/grind.py\nDA:1,1\nDA:2,3\nDA:5,1\nDA:6,0\nend_of_record\n"
    "TN:\nSF:/srv/web/app.rb\nDA:1,0\nend_of_record\n"
)


@pytest.mark.parametrize(
    ("name", "content"), [("coverage.json", json.dumps(COVERAGE)), ("lcov.info", LCOV)]
)
def test_coverage(name: str, content: str, tmp_path: Path) -> None:
    """The share of lines that ran by file, and how many tests ran it."""
    found = load(tmp_path, name, content)
    rows = {(one.name, one.labels["file"]): one.value for one in found.measurements}
    assert rows["line_coverage", "mill/grind.py"] == 0.75
    assert rows["covering_tests", "mill/grind.py"] == 1
    assert {file for _, file in rows} <= {"mill/grind.py", "web/app.rb"}
    assert "of the repository's files" in found.sources[0]


BERTHS = Snapshot.of({"quay/berths.py": "def a():\n    return 1\n", "quay/tide.py": "x = 1\n"})
BY_TEST = {
    "meta": {"format": 3, "show_contexts": True},
    "totals": {},
    "files": {
        "/ci/work/quay/berths.py": {
            "executed_lines": [1, 2],
            "missing_lines": [],
            "contexts": {"1": [""], "2": ["tests/test_b.py::test_a|run", ""]},
        }
    },
}
TRACE = "TN:dawn\nSF:quay/berths.py\nDA:1,1\nDA:2,0\nend_of_record\n"
XML = """<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage><sources><source>/ci/work/quay</source></sources><packages><package><classes>
<class filename="berths.py"><methods/><lines><line number="1" hits="1"/><line number="2" hits="0"/>
</lines></class></classes></package></packages></coverage>
"""


@pytest.mark.parametrize(
    ("name", "content", "lines", "ran", "tests"),
    [
        ("c.json", json.dumps(BY_TEST), {1, 2}, {1, 2}, {2: ("tests/test_b.py::test_a|run",)}),
        ("t.info", TRACE, {1, 2}, {1}, {1: ("dawn",)}),
        ("coverage.xml", XML, {1, 2}, {1}, {}),
    ],
)
def test_which_lines_ran_and_in_which_test(
    name: str, content: str, lines: set[int], ran: set[int],
    tests: dict[int, tuple[str, ...]], tmp_path: Path,
) -> None:  # fmt: skip
    """Paths of another machine and of a source folder lead to the repository's file."""
    path = tmp_path / name
    path.write_text(content)
    (only,) = load_coverage([path], BERTHS)
    assert only == CoveredFile("quay/berths.py", frozenset(lines), frozenset(ran), tests, name)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "b">]><coverage/>', "it defines entities"),
        ('<?xml version="1.0"?><testsuite/>', "a <testsuite> and no <coverage>"),
        ('<?xml version="1.0"?><coverage>', "not XML: no element found"),
    ],
)
def test_what_is_no_cobertura_report_is_refused(content: str, said: str, tmp_path: Path) -> None:
    """An XML file of another sort, or one that could blow up, is no measurement."""
    path = tmp_path / "r.xml"
    path.write_text(content)
    with pytest.raises(InputError, match=said):
        load_coverage([path], BERTHS)


LOCUST = (
    "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,"
    "Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,95%,99%\n"
    "GET,/mill,90,1,12,14.5,3,80,512,9.0,0.1,12,40,70\n"
    ",Aggregated,90,1,12,14.5,3,80,512,9.0,0.1,12,40,70\n"
)
STATISTICS = {
    "Total": {"transaction": "Total", "sampleCount": 90, "meanResTime": 14.5, "throughput": 9.0},
    "mill": {"transaction": "mill", "sampleCount": 90, "pct3ResTime": 70.0, "errorCount": 1},
}
AGGREGATE = (
    "Label,# Samples,Average,Median,90% Line,95% Line,99% Line,Min,Max,Error %,Throughput\n"
    "mill,90,14,12,30,40,70,3,80,1.11%,9.0/sec\nTOTAL,90,14,12,30,40,70,3,80,1.11%,9.0/sec\n"
)


JTL = (
    "timeStamp,elapsed,label,responseCode,threadName,success,bytes\n"
    "1000,40,mill,200,Mill 1-1,true,10\n1100,80,mill,500,Mill 1-2,false,10\n"
    "1500,500,oven,200,Mill 1-1,true,10\n"
)


def test_the_log_of_jmeter_s_samples_is_summed_up(tmp_path: Path) -> None:
    """Percentiles are samples that were taken; the rate is over the time from first to last."""
    found = load(tmp_path, "run.jtl", JTL)
    rows = {(one.labels.get("request"), one.name): one.value for one in found.measurements}
    assert found.sources == ("run.jtl: JMeter, 3 samples, 2 requests by name",)
    assert {name: rows["mill", name] for name in ("requests", "errors", "latency_mean",
            "latency_p50", "latency_p99")} == {
        "requests": 2, "errors": 1, "latency_mean": 60, "latency_p50": 40, "latency_p99": 80,
    }  # fmt: skip
    assert (rows[None, "requests"], rows[None, "latency_max"]) == (3, 500)
    assert rows[None, "request_rate"] == 3.0
    with pytest.raises(InputError, match="no samples in it"):
        load(tmp_path, "empty.jtl", JTL.splitlines()[0] + "\n")
    with pytest.raises(InputError, match="not a log of samples"):
        load(tmp_path, "other.jtl", JTL.replace("success", "well"))


def test_a_table_that_is_no_measurement_is_said_to_be_none(tmp_path: Path) -> None:
    """Locust writes its failures beside its requests: they are no broken Prometheus text."""
    table = "Method,Name,Error,Occurrences\nGET,/mill,boom,3\n"
    with pytest.raises(InputError, match="a table of no measurement that is known; give Locust's"):
        load(tmp_path, "mill_failures.csv", table)


@pytest.mark.parametrize(
    ("name", "content", "kind", "wanted"),
    [
        ("mill_stats.csv", LOCUST, "Locust", ("latency_p99", 70.0, "ms", "GET /mill")),
        ("statistics.json", json.dumps(STATISTICS), "JMeter", ("latency_p99", 70.0, "ms", "mill")),
        ("report.csv", AGGREGATE, "JMeter", ("error_rate", 0.0111, "share", "mill")),
    ],
)
def test_load_tests(
    name: str, content: str, kind: str, wanted: tuple[str, float, str, str], tmp_path: Path
) -> None:
    """Rows of the measurements, by request, and without one for all together."""
    found = load(tmp_path, name, content)
    rows = [
        (one.name, round(one.value, 6), one.unit, one.labels.get("request", ""))
        for one in found.measurements
    ]
    assert wanted in rows
    assert ("request_rate", 9.0, "1/s", "") in rows
    assert found.sources == (f"{name}: {kind}, 1 request by name",)


def test_heat_of_any_language_joins_its_findings() -> None:
    """A finding in Python is as hot as its function; one that was not seen is not known."""
    cold = FindingFacts("B", ("app.py",))
    symbol = SymbolReferences(
        "sieve", SymbolStatus.RESOLVED, "syntax", (Declaration("mill/grind.py", 5, 6),)
    )
    hot = FindingFacts("A", ("mill/grind.py",), symbols=(symbol,))
    one = FunctionHeat("mill/grind.py", "sieve", 5, 0, 900, 0.0, 0.9, "x")
    whole = FunctionHeat("mill/grind.py", "", None, 600, 900, 0.6, 0.9, "x")
    first, second = join_heat([hot, cold], Profiles(functions=(one,), files=(whole,)))
    assert first.share == 0.9
    assert second.share is None
    assert second.why == "no profile has seen app.py: not loaded, or never sampled"


def test_binary_formats_are_told_by_name_or_first_bytes() -> None:
    """No two share an end."""
    ends = [suffix for each in BINARY_FORMATS for suffix in each.suffixes]
    assert len(ends) == len(set(ends))
