"""Load tests, scrapes and heap profiles; and the table by which formats are known."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.errors import InputError
from mendbook.model import Measurement, Profiles
from mendbook.profiling import FORMATS, load_profiles
from mendbook.repository import Snapshot

MEASURED = Path(__file__).parent / "measured"
NOTHING = Snapshot.of({})


def load(folder: Path, name: str, content: Any) -> Profiles:  # noqa: ANN401 - any JSON value
    """Write ``content`` (text, or data as JSON) to a file and load it."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return load_profiles([path], NOTHING)


def named(profiles: Profiles) -> dict[str, tuple[float, str]]:
    """Return value and unit by name and labels."""
    return {
        one.name + "".join(f" {key}={value}" for key, value in one.labels.items()): (
            one.value,
            one.unit,
        )
        for one in profiles.measurements
    }


AUTOCANNON = {
    "url": "http://localhost:3030/health",
    "duration": 10.05,
    "connections": 50,
    "errors": 1,
    "timeouts": 2,
    "non2xx": 3,
    "latency": {"average": 4.5, "max": 58, "p50": 4, "p90": 8, "p97_5": 14, "p99": 20, "p99_9": 42},
    "requests": {"average": 9215.1, "total": 92149},
    "throughput": {"average": 2119040},
}


def test_autocannon(tmp_path: Path) -> None:
    """Percentiles, rate, throughput and errors, each with its unit."""
    profiles = load(tmp_path, "load.json", AUTOCANNON)
    where = " url=http://localhost:3030/health"
    assert named(profiles) == {
        f"latency_p50{where}": (4, "ms"),
        f"latency_p90{where}": (8, "ms"),
        f"latency_p97.5{where}": (14, "ms"),
        f"latency_p99{where}": (20, "ms"),
        f"latency_p99.9{where}": (42, "ms"),
        f"latency_mean{where}": (4.5, "ms"),
        f"latency_max{where}": (58, "ms"),
        f"request_rate{where}": (9215.1, "1/s"),
        f"requests{where}": (92149, "requests"),
        f"throughput{where}": (2119040, "bytes/s"),
        f"errors{where}": (1, "requests"),
        f"timeouts{where}": (2, "requests"),
        f"non_2xx{where}": (3, "responses"),
    }
    assert profiles.sources == (
        "load.json: autocannon, 50 connections for 10.05 s on http://localhost:3030/health",
    )


TREND = {"avg": 12.5, "min": 1, "med": 10, "max": 99, "p(90)": 20, "p(95)": 30}
RATE = {"rate": 0.02, "passes": 2, "fails": 98}
COUNT = {"count": 100, "rate": 10.5}
SHARED = {
    "http_req_duration_avg": (12.5, "ms"),
    "http_req_duration_min": (1, "ms"),
    "http_req_duration_med": (10, "ms"),
    "http_req_duration_max": (99, "ms"),
    "http_req_duration_p(90)": (20, "ms"),
    "http_req_duration_p(95)": (30, "ms"),
    "http_reqs_count": (100, "count"),
    "http_reqs_rate": (10.5, "1/s"),
    "http_req_failed_passes": (2, "count"),
    "http_req_failed_fails": (98, "count"),
}


def test_k6_summary_export(tmp_path: Path) -> None:
    """Numbers beside the metric's name; a threshold that is true was crossed."""
    failed = {"value": 0.02, "passes": 2, "fails": 98}
    metrics = {
        "http_req_duration": {**TREND, "thresholds": {"p(95)<20": True, "p(90)<50": False}},
        "http_req_duration{kind:join}": {"avg": 3},
        "http_reqs": COUNT,
        "http_req_failed": failed,
    }
    profiles = load(tmp_path, "summary.json", {"root_group": {}, "metrics": metrics})
    assert named(profiles) == {
        **SHARED,
        "http_req_duration_avg scope=kind:join": (3, "ms"),
        "http_req_duration_threshold rule=p(95)<20": (0, ""),
        "http_req_duration_threshold rule=p(90)<50": (1, ""),
        "http_req_failed_value": (0.02, "share"),
    }
    assert profiles.sources == ("summary.json: k6, 4 metrics, 1 thresholds failed",)


def test_k6_handle_summary(tmp_path: Path) -> None:
    """Numbers under ``values``; a threshold says whether it is ok."""
    metrics = {
        "http_req_duration": {
            "type": "trend",
            "contains": "time",
            "values": TREND,
            "thresholds": {"p(95)<20": {"ok": False}},
        },
        "http_reqs": {"type": "counter", "contains": "default", "values": COUNT},
        "http_req_failed": {"type": "rate", "contains": "default", "values": RATE},
        "data_sent": {"type": "counter", "contains": "data", "values": {"count": 9, "rate": 1}},
    }
    profiles = load(tmp_path, "summary.json", {"metrics": metrics, "state": {}})
    assert named(profiles) == {
        **SHARED,
        "http_req_duration_threshold rule=p(95)<20": (0, ""),
        "http_req_failed_rate": (0.02, "share"),
        "data_sent_count": (9, "bytes"),
        "data_sent_rate": (1, "bytes/s"),
    }


def test_k6_versioned_summary(tmp_path: Path) -> None:
    """Metrics in a list under ``results``, and the checks beside them."""
    metrics = [
        {"name": "http_req_duration", "type": "trend", "contains": "time", "values": TREND},
        {"name": "http_reqs", "type": "counter", "contains": "default", "values": COUNT},
        {"name": "http_req_failed", "type": "rate", "contains": "default", "values": RATE},
    ]
    checks = {"checksFailed": {"name": "checks_failed", "type": "rate", "values": {"rate": 0.5}}}
    results = {"metrics": metrics, "checks": {"metrics": checks}}
    profiles = load(tmp_path, "summary.json", {"version": "1.0.0", "results": results})
    assert named(profiles) == {
        **SHARED,
        "http_req_failed_rate": (0.02, "share"),
        "checks_failed_rate": (0.5, "share"),
    }


SCRAPE = r"""# HELP http_request_duration_seconds Time
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{route="/health",le="0.1"} 5
http_request_duration_seconds_bucket{route="/health",le="+Inf"} 7
http_request_duration_seconds_sum{route="/health"} 0.42
http_request_duration_seconds_count{route="/health"} 7 1700000000000

rooms_active 12
process_resident_memory_bytes 1.5e8
gift_flush_ms { room = "a \"b\" \\ c" , } 3
events_total{event="gift:send"} 17642 # {trace_id="x"} 1 1700.5
nothing_yet NaN
unbounded +Inf
"""


def test_prometheus(tmp_path: Path) -> None:
    """Every finite sample with its labels, escapes undone, the unit from the name."""
    profiles = load(tmp_path, "metrics.prom", SCRAPE)
    assert [(one.name, one.labels, one.value, one.unit) for one in profiles.measurements] == [
        (
            "http_request_duration_seconds_bucket",
            {"route": "/health", "le": "0.1"},
            5,
            "count",
        ),
        (
            "http_request_duration_seconds_bucket",
            {"route": "/health", "le": "+Inf"},
            7,
            "count",
        ),
        ("http_request_duration_seconds_sum", {"route": "/health"}, 0.42, "s"),
        ("http_request_duration_seconds_count", {"route": "/health"}, 7, "count"),
        ("rooms_active", {}, 12, ""),
        ("process_resident_memory_bytes", {}, 1.5e8, "bytes"),
        ("gift_flush_ms", {"room": 'a "b" \\ c'}, 3, "ms"),
        ("events_total", {"event": "gift:send"}, 17642, "count"),
    ]
    assert profiles.sources == (
        "metrics.prom: Prometheus scrape, 8 samples of 7 series, 2 without a finite value left out",
    )


@pytest.mark.parametrize("line", ["no value", "x{a=1} 2", "x{a} 1", "1x 2", "x 1_0", "x{a='b'} 1"])
def test_a_line_that_is_no_sample_is_refused(tmp_path: Path, line: str) -> None:
    """The refusal names the line."""
    with pytest.raises(InputError, match=r"metrics.txt: line 2: not a sample of Prometheus"):
        load(tmp_path, "metrics.txt", f"ok 1\n{line}\n")


def test_a_real_heap_profile_names_who_allocates() -> None:
    """Bytes by function, read through the build's source map."""
    sources = {f"src/{path.name}": path.read_text() for path in (MEASURED / "src").glob("*.ts")}
    profiles = load_profiles([MEASURED / "built.heapprofile"], Snapshot.of(sources))
    labels = {"file": "src/index.ts", "function": "handle", "line": "5"}
    assert profiles.measurements == tuple(
        Measurement("built.heapprofile", name, 32800.0, "bytes", labels)
        for name in ("heap_self", "heap_total")
    )
    assert profiles.sources == (
        "built.heapprofile: V8 heap profile, 0.4 MB sampled; "
        "8% allocated in the repository's own code",
    )


def test_a_deep_heap_profile_is_read_and_a_bottomless_one_refused(tmp_path: Path) -> None:
    """V8 records 128 frames; what nests a million deep is refused in one line."""

    def nested(depth: int) -> str:
        frame = '{"callFrame":{"functionName":"f","url":"file:///x/a.js"},"selfSize":1,"children":['
        return '{"head":' + frame * depth + "]}" * depth + "}"

    assert load(tmp_path, "x.heapprofile", nested(128)).sources
    with pytest.raises(InputError, match="nested too deep; measure again with --heap-prof"):
        load(tmp_path, "y.heapprofile", nested(100_000))


EXAMPLES = {
    "V8 CPU profile": {"nodes": [], "startTime": 0, "endTime": 0},
    "V8 heap profile": {"head": {"callFrame": {}, "children": []}},
    "autocannon": AUTOCANNON,
    "k6": {"metrics": {"vus": {"value": 1}}},
    "Prometheus": "up 1\n",
    "speedscope": {"shared": {"frames": []}, "profiles": []},
    "coverage.py": {"meta": {}, "files": {}, "totals": {}},
    "lcov": "SF:src/a.ts\nDA:1,1\n",
    "Cobertura": '<?xml version="1.0" ?>\n<coverage></coverage>\n',
    "Locust": "Type,Name,Request Count,50%\nGET,/,1,2\n",
    "JMeter": {"Total": {"sampleCount": 1}},
}


def test_the_table_of_formats_is_complete(tmp_path: Path) -> None:
    """Each format is known by its suffixes and by its content, whatever the file is called."""
    assert {known.name for known in FORMATS} == set(EXAMPLES)
    others = {("Label,# Samples,",), ("timeStamp,elapsed,",)}  # JMeter's, of which one stands here
    for known in (each for each in FORMATS if each.begins[:1] not in others):
        for number, end in enumerate((*known.suffixes, ".json", "")):
            if known.name == "Prometheus" and end == ".json":
                continue
            (said,) = load(tmp_path, f"{number}{end}", EXAMPLES[known.name]).sources
            assert known.name in said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.json", {"other": 1}, "no measurement that is known; give one of: V8 CPU profile, V8"),
        ("x.json", {"metrics": {}}, "metrics: no k6 metrics in it; write it with k6 run --summary"),
        ("x.json", {**AUTOCANNON, "latency": 3}, "latency: expected object, got int; measure"),
        ("x.json", "{", "byte 1: the file ends too early"),
        ("x.heapprofile", "{", "not JSON; measure again with --heap-prof"),
        ("x.heapprofile", {"head": 3}, "head: expected object, got int"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path,
    name: str,
    content: Any,  # noqa: ANN401 - any JSON value
    said: str,
) -> None:
    """The refusal names the file, the place and what to do."""
    with pytest.raises(InputError) as caught:
        load(tmp_path, name, content)
    assert str(caught.value).startswith(f"{tmp_path / name}: {said}")
    assert "\n" not in str(caught.value)


def test_several_files_are_one_set_of_profiles(tmp_path: Path) -> None:
    """Measurements stand in the order of the files, whatever their formats."""
    (tmp_path / "a.prom").write_text("up 1\n")
    (tmp_path / "b.json").write_text(json.dumps(AUTOCANNON))
    profiles = load_profiles([tmp_path / "a.prom", tmp_path / "b.json"], NOTHING)
    assert [said.partition(":")[0] for said in profiles.sources] == ["a.prom", "b.json"]
    assert profiles.functions == profiles.files == ()


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(max_size=5), below),
    max_leaves=12,
)


@given(json_values, st.sampled_from([key for known in FORMATS for key in known.keys]), st.data())
def test_any_json_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, value: object, key: str, data: st.DataObject
) -> None:
    """No content, however odd, ends in anything but profiles or a refusal."""
    others = data.draw(st.sampled_from(list(EXAMPLES.values())))
    content = {**others, key: value} if isinstance(others, dict) else {key: value}
    with contextlib.suppress(InputError):
        load(tmp_path_factory.mktemp("any"), "x.json", content)
