"""CPU profiles: hand-made trees added up by hand, and two that V8 really wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mendbook.errors import InputError
from mendbook.model import FunctionHeat, Profiles
from mendbook.profiling import load_profiles
from mendbook.profiling.calltree import CallTree
from mendbook.repository import Snapshot

MEASURED = Path(__file__).parent / "measured"
SOURCES = Snapshot.of(
    {f"src/{path.name}": path.read_text() for path in (MEASURED / "src").glob("*.ts")}
)
SNAPSHOT = Snapshot.of(
    {
        "src/a.js": "function outer() {}\nfunction inner() {}\nlist.map(() => 1);\n",
        "src/b.js": "export function other() {}\n",
    }
)
A, B = "file:///srv/app/src/a.js", "file:///srv/app/src/b.js"


def node(
    identity: int, name: str, url: str = "", line: int = -1, children: Sequence[int] = ()
) -> dict[str, object]:
    """Return one node of a profile; ``line`` is 0-based as V8 writes it."""
    frame = {"functionName": name, "url": url, "lineNumber": line, "columnNumber": 5}
    return {"id": identity, "callFrame": frame, "hitCount": 1, "children": list(children)}


TREE = [
    node(1, "(root)", children=[2, 8, 9]),
    node(2, "outer", A, 0, [3, 5]),
    node(3, "inner", A, 1, [4]),
    node(4, "inner", A, 1),
    node(5, "other", B, 0, [6, 7]),
    node(6, "outer", A, 0),
    node(7, "", A, 2),
    node(8, "(idle)"),
    node(9, "parse", "node:internal/x", 3),
]


def load(tmp_path: Path, data: Mapping[str, object], snapshot: Snapshot = SNAPSHOT) -> Profiles:
    """Write and load a CPU profile."""
    path = tmp_path / "x.cpuprofile"
    path.write_text(json.dumps(data))
    return load_profiles([path], snapshot)


def shown(heat: Sequence[FunctionHeat]) -> list[tuple[str, str, int | None, float, float]]:
    """Return file, function, line, own and total milliseconds."""
    return [(one.file, one.function, one.line, one.self_ms, one.total_ms) for one in heat]


def test_own_and_total_time_by_function_and_file(tmp_path: Path) -> None:
    """A sample lasts until the next; recursion and a file that calls itself back count once."""
    profiles = load(
        tmp_path,
        {
            "nodes": TREE,
            "startTime": 0,
            "endTime": 100_000,
            "samples": [2, 3, 4, 6, 7, 5, 8, 9],
            "timeDeltas": [0, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 30_000],
        },
    )
    assert shown(profiles.functions) == [
        ("src/a.js", "outer", 1, 20.0, 60.0),
        ("src/b.js", "other", 1, 10.0, 30.0),
        ("src/a.js", "inner", 2, 20.0, 20.0),
        ("src/a.js", "(anonymous)", 3, 10.0, 10.0),
    ]
    assert shown(profiles.files) == [
        ("src/a.js", "", None, 50.0, 60.0),
        ("src/b.js", "", None, 10.0, 30.0),
    ]
    outer = profiles.functions[0]
    assert outer.total_share == pytest.approx(60 / 70)
    assert outer.self_share == pytest.approx(20 / 70)
    assert profiles.sources == (
        "x.cpuprofile: V8 CPU profile, 8 samples over 0.1 s, of which 0.1 s busy; "
        "86% of the busy time in the repository's own code",
    )
    assert profiles.not_run == ()


def test_a_tree_may_be_told_by_parents(tmp_path: Path) -> None:
    """A profile cut out of a trace names each node's parent: the totals are the same."""
    nodes = [
        {"id": number, "callFrame": {"functionName": name, "url": "", "scriptId": "0"}}
        for number, name in ((1, "(root)"), (2, "bake"), (3, "knead"))
    ]
    times = {"startTime": 0, "endTime": 300, "samples": [3, 2, 3], "timeDeltas": [0, 100, 100]}
    down = [{**nodes[0], "children": [2]}, {**nodes[1], "children": [3]}, nodes[2]]
    up = [nodes[0], {**nodes[1], "parent": 1}, {**nodes[2], "parent": 2}]
    assert load(tmp_path, {"nodes": up, **times}) == load(tmp_path, {"nodes": down, **times})


def test_samples_recorded_late_are_put_in_order(tmp_path: Path) -> None:
    """A negative time delta moves a sample back in time and never makes a negative duration."""
    profiles = load(
        tmp_path,
        {
            "nodes": TREE,
            "startTime": 1_000,
            "endTime": 31_000,
            "samples": [2, 5, 3],
            "timeDeltas": [0, 20_000, -10_000],
        },
    )
    own = {one.function: one.self_ms for one in profiles.functions}
    assert own == {"outer": 10.0, "inner": 10.0, "other": 10.0, "(anonymous)": 0.0}


def test_hits_stand_in_for_samples(tmp_path: Path) -> None:
    """A profile without samples shares its time evenly among hits."""
    profiles = load(tmp_path, {"nodes": TREE[:2], "startTime": 0, "endTime": 4_000})
    assert shown(profiles.functions) == [("src/a.js", "outer", 1, 2.0, 2.0)]


@pytest.mark.parametrize(
    "data",
    [
        {"nodes": [], "startTime": 0},
        {"nodes": TREE, "startTime": 0, "samples": [], "timeDeltas": []},
        {"nodes": TREE, "startTime": 0, "samples": [2, 77], "timeDeltas": [0]},
        {"nodes": TREE, "startTime": 0, "samples": [77, 2], "timeDeltas": [0, 1, 2, 3]},
        {"nodes": TREE, "startTime": 0, "samples": [2**63, -1, 2], "timeDeltas": [0, 1, 2]},
        {"nodes": [node(1, "a", A, 0, [2]), node(2, "b", A, 0, [1, 2])], "startTime": 0},
        {"nodes": [node(1, "a", A, 0, [3]), node(1, "b", A, 0)], "startTime": 0},
    ],
)
def test_a_malformed_tree_is_survived(tmp_path: Path, data: Mapping[str, object]) -> None:
    """Circles, unknown nodes, missing deltas and empty profiles give shares between 0 and 1."""
    profiles = load(tmp_path, data)
    for one in (*profiles.functions, *profiles.files):
        assert 0 <= one.self_share <= one.total_share <= 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"nodes": 3, "startTime": 0}', "nodes: expected array, got int"),
        ('{"nodes": [{"id": "x"}]}', "nodes[0].id: expected int, got str"),
        ('{"startTime": 0}', "object missing required field nodes"),
        ("[]", "expected object, got array"),
        (
            '{"nodes": [], "startTime": 1e308, "samples": [1, 2], "timeDeltas": [1e308, 1]}',
            "timeDeltas: times beyond a thousand years; profile again",
        ),
        ("{", "the file ends too early"),
    ],
)
def test_what_is_no_profile_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    """The refusal names the file, the place and the remedy."""
    path = tmp_path / "bad.cpuprofile"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        load_profiles([path], SNAPSHOT)
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_minified_bundle_is_read_through_the_map_beside_the_profile() -> None:
    """Names and lines are those that were written, whatever the build called them."""
    profiles = load_profiles([MEASURED / "built.cpuprofile"], SOURCES)
    found = {(one.file, one.function, one.line) for one in profiles.functions}
    assert found == {
        ("src/index.ts", "handle", 5),
        ("src/buffer.ts", "enqueue", 11),
        ("src/buffer.ts", "flush", 15),
        ("src/buffer.ts", "(anonymous)", 16),
        ("src/buffer.ts", "(anonymous)", 18),
        ("src/buffer.ts", "weigh", 22),
    }
    total = {one.function: one.total_share for one in profiles.functions}
    assert total["handle"] > total["flush"] > total["weigh"] > 0.3
    assert profiles.not_run == ()


def test_a_bundle_without_its_map_is_named_as_not_read(tmp_path: Path) -> None:
    """Nothing is guessed about a build that cannot be taken apart."""
    path = tmp_path / "built.cpuprofile"
    path.write_bytes((MEASURED / "built.cpuprofile").read_bytes())
    # something else of the repository tells where its root is
    data = json.loads(path.read_text())
    data["nodes"].append(node(9999, "handle", "file:///srv/app/src/index.ts", 4))
    path.write_text(json.dumps(data))
    profiles = load_profiles([path], SOURCES)
    assert [one.what for one in profiles.not_run] == [
        "built.cpuprofile: functions of /srv/app/dist/index.js"
    ]


def test_under_tsx_functions_are_known_by_url_and_name() -> None:
    """A module on one line has no lines worth showing, even where a template breaks it."""
    profiles = load_profiles([MEASURED / "tsx.cpuprofile"], SOURCES)
    found = {(one.file, one.function, one.line) for one in profiles.functions}
    assert found == {
        ("src/index.ts", "(module)", None),
        ("src/index.ts", "handle", None),
        ("src/buffer.ts", "enqueue", None),
        ("src/buffer.ts", "flush", None),
        ("src/buffer.ts", "(anonymous)", None),
        ("src/buffer.ts", "weigh", None),
    }


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[int, list[int]], dict[int, float], dict[int, str | None]]:
    """Draw a tree by parents, with a weight and a key or none for each node."""
    count = draw(st.integers(1, 25))
    children: dict[int, list[int]] = {identity: [] for identity in range(count)}
    for identity in range(1, count):
        children[draw(st.integers(0, identity - 1))].append(identity)
    weights = {identity: float(draw(st.integers(0, 9))) for identity in range(count)}
    keys = {identity: draw(st.sampled_from(["a", "b", "c", None])) for identity in range(count)}
    return children, weights, keys


@given(trees())
def test_totals_are_the_samples_with_the_key_on_their_stack(
    drawn: tuple[dict[int, list[int]], dict[int, float], dict[int, str | None]],
) -> None:
    """By definition: a key's total is the weight of all nodes that have it on their stack."""
    children, weights, keys = drawn
    parent = {child: one for one, below in children.items() for child in below}

    def stack(identity: int) -> set[str | None]:
        above = stack(parent[identity]) if identity in parent else set()
        return above | {keys[identity]}

    expected = {
        key: (
            sum(weights[one] for one in children if keys[one] == key),
            sum(weights[one] for one in children if key in stack(one)),
        )
        for key in set(keys.values()) - {None}
    }
    assert CallTree.of(children).sums(weights, keys) == expected


def test_a_very_deep_stack_is_added_up() -> None:
    """Depth costs no recursion of ours."""
    deep = {identity: [identity + 1] for identity in range(50_000)} | {50_000: []}
    sums = CallTree.of(deep).sums(dict.fromkeys(deep, 1.0), dict.fromkeys(deep, "f"))
    assert sums == {"f": (50_001.0, 50_001.0)}
