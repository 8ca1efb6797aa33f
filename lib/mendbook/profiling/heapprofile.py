"""Read a V8 sampling heap profile (``node --heap-prof``).

Format: https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from mendbook.intake.problem import Problem
from mendbook.intake.reader import Text
from mendbook.model import Measurement, Profiles, Skipped
from mendbook.profiling.calltree import CallTree
from mendbook.profiling.check_json import misshapen
from mendbook.profiling.frame import CallFrame, Frames, Function
from mendbook.repository.snapshot import Snapshot


class _Node(msgspec.Struct, frozen=True, rename="camel"):
    call_frame: CallFrame
    self_size: float = 0
    children: tuple[_Node, ...] = ()


class _Profile(msgspec.Struct, frozen=True, rename="camel"):
    head: _Node


def read_heapprofile(text: Text, snapshot: Snapshot) -> Profiles:
    """Return bytes allocated and still alive, by function of the repository, largest first.

    Own bytes are ``heap_self``, with all that was called from there ``heap_total``. Raises
    ``InputError``.
    """
    nodes: list[_Node] = []
    children: dict[int, list[int]] = {}
    stack = [(_decoded(text).head, -1)]
    while stack:
        node, parent = stack.pop()
        children[len(nodes)] = []
        if parent >= 0:
            children[parent].append(len(nodes))
        stack += [(child, len(nodes)) for child in node.children]
        nodes.append(node)
    sizes = {index: node.self_size for index, node in enumerate(nodes)}
    frames = Frames((node.call_frame for node in nodes), snapshot, Path(text.path).parent)
    functions = {index: frames.function(node.call_frame) for index, node in enumerate(nodes)}
    sums = CallTree.of(children).sums(sizes, functions)
    name = Path(text.path).name
    whole = sum(sizes.values())
    ours = sum(own for own, _ in sums.values())
    share = f"{ours / whole:.0%}" if whole else "none"
    return Profiles(
        measurements=_measured(sums, name),
        sources=(
            f"{name}: V8 heap profile, {whole / 1e6:.1f} MB sampled; {share} allocated in the "
            "repository's own code",
        ),
        not_run=tuple(
            Skipped(f"{name}: functions of {script}", "no source map was found for it")
            for script in frames.unmapped
        ),
    )


def _decoded(text: Text) -> _Profile:
    # every stack frame nests two levels: more than the reader of audits lets through
    try:
        return msgspec.json.decode(text.text, type=_Profile)
    except msgspec.ValidationError as error:
        raise misshapen(error, text.path) from error
    except (msgspec.DecodeError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else "not JSON"
        raise Problem(text.path, "", what, "measure again with --heap-prof").refusal() from error


def _measured(sums: dict[Function, tuple[float, float]], source: str) -> tuple[Measurement, ...]:
    ordered = sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    return tuple(
        Measurement(source, name, size, "bytes", _labels(function))
        for function, (own, total) in ordered
        for name, size in (("heap_self", own), ("heap_total", total))
        if size > 0
    )


def _labels(function: Function) -> dict[str, str]:
    line = {"line": str(function.line)} if function.line else {}
    return {"file": function.file, "function": function.name, **line}
