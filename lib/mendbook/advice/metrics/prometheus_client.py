"""prometheus_client (Python): the collectors that code registers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode, SgRoot

from mendbook.advice.metrics.collector import Collector
from mendbook.advice.production_code import production
from mendbook.code.search import find_all
from mendbook.repository.snapshot import Snapshot

PACKAGE = "prometheus_client"
TYPES = ("Counter", "Gauge", "Histogram", "Summary")


def read(snapshot: Snapshot) -> tuple[Collector, ...]:
    """Return every collector that production code constructs, in file order."""
    texts = {path: snapshot.text(path) for path in production(snapshot) if path.endswith(".py")}
    return tuple(
        collector
        for path, text in texts.items()
        if PACKAGE in text
        for collector in _in_module(path, text, texts)
    )


def _in_module(path: str, text: str, texts: dict[str, str]) -> Iterator[Collector]:
    root = SgRoot(text, "python").root()
    classes = _bound(root)
    calls = sorted(find_all(root, "call"), key=lambda call: call.range().start.index)
    for call in calls:
        callee = call.field("function")
        kind = classes.get(callee.text(), "") if callee is not None else ""
        collector = _collector(path, call, kind, texts) if kind else None
        if collector is not None:
            yield collector


def _bound(root: SgNode) -> dict[str, str]:
    """Return how the module spells each class of the package: spelling to class."""
    spellings: dict[str, str] = {}
    for node in find_all(root, "import_from_statement"):
        module = node.field("module_name")
        if module is None or module.text().split(".")[0] != PACKAGE:
            continue
        for part in node.named_children()[1:]:
            name, _, alias = part.text().partition(" as ")
            if name.strip() in TYPES:
                spellings[(alias or name).strip()] = name.strip()
    for node in find_all(root, "import_statement"):
        for part in node.named_children():
            name, _, alias = part.text().partition(" as ")
            if name.strip() == PACKAGE:
                spellings |= {f"{(alias or name).strip()}.{each}": each for each in TYPES}
    return spellings


def _collector(path: str, call: SgNode, kind: str, texts: dict[str, str]) -> Collector | None:
    given = call.field("arguments")
    plain = [one for one in given.named_children() if one.kind() != "comment"] if given else []
    named = {
        label.text(): value
        for one in plain
        if one.kind() == "keyword_argument"
        and (label := one.field("name")) is not None
        and (value := one.field("value")) is not None
    }
    placed = [one for one in plain if one.kind() != "keyword_argument"]
    first = placed[0] if placed else named.get("name")
    labels = placed[2] if len(placed) > 2 else named.get("labelnames")
    name = _string(first)
    if not name:
        return None
    parts = [_string(named.get(part)) for part in ("namespace", "subsystem")]
    whole = "_".join([*filter(None, parts), name])
    if kind == "Counter":
        whole = f"{whole.removesuffix('_total')}_total"
    key = _key(call)
    return Collector(
        name=whole,
        type=kind,
        labels=tuple(filter(None, map(_string, find_all(labels, "string")))) if labels else (),
        key=key,
        path=path,
        line=call.range().start.line + 1,
        silent=bool(key) and _mentions(key, texts) == 1,
        suffixed=True,
    )


def _string(node: SgNode | None) -> str:
    text = node.text() if node is not None and node.kind() == "string" else ""
    return text.strip("rbu").strip("'\"")


def _key(call: SgNode) -> str:
    holder = call.parent()
    label = holder.field("left") if holder is not None and holder.kind() == "assignment" else None
    return label.text().rpartition(".")[2] if label is not None else ""


def _mentions(key: str, texts: dict[str, str]) -> int:
    word = re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")
    return sum(len(word.findall(text)) for text in texts.values())
