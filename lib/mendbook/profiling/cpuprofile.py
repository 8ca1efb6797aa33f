"""Read a V8 CPU profile (``node --cpu-prof``, Chrome's Profiler domain).

Format: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text, decode
from mendbook.model import FunctionHeat, Profiles, Skipped
from mendbook.profiling.calltree import CallTree
from mendbook.profiling.check_json import shaped
from mendbook.profiling.frame import CallFrame, Frames, Function
from mendbook.repository.snapshot import Snapshot

_IDLE = "(idle)"

MAX_TIME = 1e17
"""Microseconds; more is no time, and sums of it would not be exact."""


class _Node(msgspec.Struct, frozen=True, rename="camel"):
    id: int
    call_frame: CallFrame
    hit_count: int = 0
    children: tuple[int, ...] = ()
    parent: int | None = None
    """As Chrome's traces have it, instead of ``children``."""


class _Profile(msgspec.Struct, frozen=True, rename="camel"):
    nodes: tuple[_Node, ...]
    start_time: float = 0
    end_time: float = 0
    samples: tuple[int, ...] | None = None
    time_deltas: tuple[float, ...] | None = None


def read_cpuprofile(text: Text, snapshot: Snapshot) -> Profiles:
    """Return own and total CPU time by function and by file of the repository, hottest first.

    Shares are of the time in which the process was not idle. Raises ``InputError``.
    """
    profile = shaped(decode(text).data, _Profile, text.path)
    weights = _weights(profile, text.path)
    tree = CallTree.of(_children(profile))
    frames = Frames((node.call_frame for node in profile.nodes), snapshot, Path(text.path).parent)
    functions = {node.id: frames.function(node.call_frame) for node in profile.nodes}
    files = {node: function.file if function else None for node, function in functions.items()}
    idle = sum(
        weights.get(node.id, 0.0)
        for node in profile.nodes
        if node.call_frame.function_name == _IDLE
    )
    busy = sum(weights.values()) - idle
    name = Path(text.path).name
    by_function = tree.sums(weights, functions)
    by_file = tree.sums(
        weights, {node: Function(file, "", 0) if file else None for node, file in files.items()}
    )
    return Profiles(
        functions=_heat(by_function, busy, name),
        files=_heat(by_file, busy, name),
        sources=(_sentence(name, profile, busy, idle, sum(own for own, _ in by_file.values())),),
        not_run=_not_mapped(name, frames.unmapped),
    )


def _children(profile: _Profile) -> dict[int, tuple[int, ...]]:
    """Return each node's children, whichever end of the edge the profile names."""
    edges = {node.id: dict.fromkeys(node.children) for node in profile.nodes}
    for node in profile.nodes:
        if node.parent in edges and node.parent != node.id:
            edges[node.parent][node.id] = None
    return {node: tuple(children) for node, children in edges.items()}


def _weights(profile: _Profile, path: str) -> dict[int, float]:
    """Return microseconds by node id.

    A sample lasts until the next one, as in Chrome's DevTools. Time deltas may be negative, where
    a sample was recorded late: samples are put in order of their time first. Without samples, hits
    share the whole time evenly.
    """
    if not profile.samples:
        hits = sum(node.hit_count for node in profile.nodes)
        per_hit = max(profile.end_time - profile.start_time, 0.0) / hits if hits else 0.0
        return {node.id: node.hit_count * per_hit for node in profile.nodes if node.hit_count}
    with np.errstate(all="ignore"):
        times = profile.start_time + np.cumsum(profile.time_deltas or (), dtype=float)
    if len(times) and max(abs(times.min()), abs(times.max()), abs(profile.end_time)) > MAX_TIME:
        what = "times beyond a thousand years"
        raise Problem(path, "timeDeltas", what, "profile again").refusal()
    times = times[: len(profile.samples)]
    order = np.argsort(times, kind="stable")
    ordered = times[order]
    end = max(profile.end_time, ordered[-1]) if len(ordered) else 0.0
    durations = np.diff(ordered, append=end)
    nodes, places = np.unique(np.array(profile.samples)[order], return_inverse=True)
    lasted = np.bincount(places, weights=durations)
    return dict(zip(nodes.tolist(), lasted.tolist(), strict=True))


def _heat(
    sums: Mapping[Function, tuple[float, float]], busy: float, source: str
) -> tuple[FunctionHeat, ...]:
    heat = [
        FunctionHeat(
            file=function.file,
            function=function.name,
            line=function.line or None,
            self_ms=round(own / 1000, 3),
            total_ms=round(total / 1000, 3),
            self_share=min(own / busy, 1.0) if busy else 0.0,
            total_share=min(total / busy, 1.0) if busy else 0.0,
            source=source,
        )
        for function, (own, total) in sums.items()
    ]
    return tuple(sorted(heat, key=lambda one: (-one.total_ms, one.file, one.function)))


def _sentence(name: str, profile: _Profile, busy: float, idle: float, ours: float) -> str:
    samples = len(profile.samples or ()) or sum(node.hit_count for node in profile.nodes)
    share = f"{ours / busy:.0%}" if busy else "none"
    return (
        f"{name}: V8 CPU profile, {samples:,} samples over {(busy + idle) / 1e6:.1f} s, of which "
        f"{busy / 1e6:.1f} s busy; {share} of the busy time in the repository's own code"
    )


def _not_mapped(name: str, scripts: tuple[str, ...]) -> tuple[Skipped, ...]:
    reason = "no source map beside the profile, beside the script or in the repository"
    return tuple(Skipped(f"{name}: functions of {script}", reason) for script in scripts)
