"""How many workers there are, and how much each takes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import brief, in_order, where
from mendbook.advice.rows import absent, row
from mendbook.advice.settings import Setting, Settings
from mendbook.advice.values import Reader
from mendbook.advice.workers.capacity import HOST, WorkerCapacity
from mendbook.code.module_text import imported
from mendbook.code.search import find_all
from mendbook.code.trees import (
    FUNCTIONS,
)
from mendbook.model import AdviceRow, Citation


def count(survey: Survey, reader: Reader, model: WorkerCapacity) -> AdviceRow:
    """Return how the number of workers is chosen."""
    what = "Worker count"
    target = f"fixed by load, at most cores − 1: {model.workers(HOST)} on {HOST} cores"
    why = (
        "a worker is one process on one core; os.cpus() counts the host's cores, "
        "whatever a container may use"
    )
    for module, call in reader.code.calls("cpus", "availableParallelism"):
        source = imported(module, call.text().split("(")[0].split(".")[0])
        place, now = _around(call, reader.settings)
        worded = re.search("worker", _holder(place).text(), re.IGNORECASE)
        if source is not None and source.specifier in {"os", "node:os"} and worded:
            return row(survey, what, module, place, brief(now), target, why)
    for setting in reader.settings.matching(r"WORKERS$"):
        return _of_setting(what, setting, target, why, _pinned(reader.settings, setting))
    return absent(what, target, why)


def _around(call: SgNode, settings: Settings) -> tuple[SgNode, str]:
    """Return the setting, or the choice between values, that a call of ``cpus`` stands in."""
    for outer in call.ancestors():
        if outer.kind() == "pair":
            label = outer.field("key")
            setting = settings.get(label.text()) if label is not None else None
            if setting is not None:
                return outer, setting.shown + _pinned(settings, setting)
        if outer.kind() == "binary_expression":
            return outer, outer.text()
        if outer.kind() in FUNCTIONS:
            break
    return call, call.text()


def _holder(node: SgNode) -> SgNode:
    """Return the constant or the property that ``node`` is the value of, or ``node`` itself."""
    held = {"variable_declarator", "pair", "assignment_expression"}
    for outer in node.ancestors():
        if outer.kind() in held:
            return outer
        if outer.kind() in FUNCTIONS:
            break
    return node


def _pinned(settings: Settings, setting: Setting) -> str:
    example = settings.example.get(setting.name)
    return f" ({example[0]} in .env.example:{example[1]})" if example and example[0] else ""


def _of_setting(what: str, setting: Setting, target: str, why: str, more: str = "") -> AdviceRow:
    return AdviceRow(what, setting.where, brief(setting.shown) + more, target, why)


def limits(reader: Reader, model: WorkerCapacity) -> Iterator[AdviceRow]:
    """Yield the limits on routers per worker and listeners per router."""
    settings = reader.settings.matching(r"(ROUTERS|ROOMS)_PER_WORKER")
    target = (
        f"benchmark to tune; {model.rooms_per_worker} full rooms by the model "
        f"({model.consumers_per_room} consumers each)"
    )
    for setting in settings:
        enforced = _enforced(reader, setting)
        checked = f"; checked at {enforced}" if enforced else "; no comparison with it found"
        now = brief(setting.shown) + checked
        yield AdviceRow("Routers per worker", setting.where, now, target, _room_why(setting, model))
    if not settings:
        yield absent("Routers per worker", target, "nothing keeps a worker from overload")
    for setting in reader.settings.matching(r"(LISTENERS|CONSUMERS|PEERS)_PER_.*(ROUTER|WORKER)"):
        size = _number_of(setting)
        load = f"{size * model.heard:,} consumers" if size else "unknown load"
        yield _of_setting(
            "Listeners per router",
            setting,
            f"{model.listeners_per_worker} by the model; benchmark to tune",
            f"at {model.heard} sources heard it is {load} on one core, against "
            f"{model.consumers} in the guidance",
        )


def _room_why(setting: Setting, model: WorkerCapacity) -> str:
    size = _number_of(setting)
    if not size:
        return "a router lives on one worker, so on one core"
    return (
        f"{size} full rooms are {size * model.consumers_per_room:,} consumers on one core, "
        f"against {model.consumers}"
    )


def _number_of(setting: Setting) -> int:
    default = (setting.default or "").replace("_", "")
    return int(default) if default.isascii() and default.isdigit() and len(default) < 10 else 0


def _enforced(reader: Reader, setting: Setting) -> Citation | None:
    """Return where the code compares something with ``setting``; None for nowhere."""
    words = [setting.name.rsplit("_", 1)[0], "PerWorker", setting.name]
    for module in reader.code.modules(*words):
        for node in in_order(find_all(module.root, "binary_expression")):
            operator = node.field("operator")
            if operator is None or operator.text() not in {">", ">=", "<", "<="}:
                continue
            sides = [side for side in (node.field("left"), node.field("right")) if side is not None]
            if any(reader.value(module, side).setting == setting for side in sides):
                return where(module, node)
    return None
