"""Advise on mediasoup workers: how many, how full, how watched, and how they come back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.infrastructure import capacity
from mendbook.infrastructure.advisor import Survey
from mendbook.infrastructure.capacity import Capacity
from mendbook.infrastructure.reading import (
    Code,
    absent,
    brief,
    findings_at,
    in_order,
    row,
    where,
)
from mendbook.infrastructure.settings import Setting, Settings, read_settings
from mendbook.infrastructure.values import Reader, Value
from mendbook.model import Advice, AdviceRow, Proposal, Skipped
from mendbook.patches.recipes.workbench.edits import apply, replace
from mendbook.patches.recipes.workbench.functions import inside
from mendbook.patches.recipes.workbench.modules import Module, imported
from mendbook.patches.recipes.workbench.tree import find_all
from mendbook.repository.syntax import (
    FUNCTIONS,
    arguments_of,
    callee_name,
    enclosing_function,
    function_name,
    string_value,
)

TITLE = "Mediasoup Worker Tuning"
COMMANDS = (
    "# Profile the Node.js process beside the workers",
    "node --cpu-prof dist/index.js",
    "# Monitor worker processes and their CPU",
    "ps aux | grep mediasoup-worker",
)
_HOST = 8
"""Cores of the host that targets are worked out for."""
_CPU_TARGET_MS = 30_000
_CPU_PATCH = "infrastructure/workers/001.patch"


def advise(survey: Survey) -> Advice:
    """Return the worker settings that the code has, against the capacity model."""
    code = Code(survey.snapshot)
    settings = read_settings(code)
    reader = Reader(code, settings)
    if not any(code.calls("createWorker")) and not any(code.modules("mediasoup")):
        return Advice(
            "workers",
            TITLE,
            "The code does not use mediasoup, so there is nothing to tune.",
            (),
            not_run=(Skipped("worker settings", "no module mentions mediasoup"),),
        )
    model, notes, not_run = _model(survey, settings)
    proposal = _cpu_proposal(reader)
    rows = (
        _count(survey, reader, model),
        *_limits(survey, reader, model),
        _interval(survey, reader, bool(proposal)),
        *_restarts(survey, reader),
        _server(survey, reader),
        _ports(survey, reader, model),
        _log_level(survey, reader),
    )
    return Advice(
        advisor="workers",
        title=TITLE,
        summary=_summary(model),
        rows=rows,
        notes=notes,
        commands=COMMANDS,
        files={"worker-capacity.csv": capacity.table(model)},
        proposals=(proposal,) if proposal else (),
        not_run=not_run,
    )


def _summary(model: Capacity) -> str:
    return (
        f"A worker carries about {model.consumers} consumers, so a host of {_HOST} cores carries "
        f"{model.workers(_HOST)} workers and {model.listeners(_HOST):,} listeners who hear "
        f"{model.speakers} speakers; a million listeners need "
        f"{model.hosts(1_000_000, _HOST):,} such hosts"
    )


# --- the model ---------------------------------------------------------------------------------


def _model(
    survey: Survey, settings: Settings
) -> tuple[Capacity, tuple[str, ...], tuple[Skipped, ...]]:
    seats = _whole(settings, r"SEAT")
    active = _whole(settings, r"ACTIVE_SPEAKERS|MAX_SPEAKERS|SPEAKERS_FORWARDED")
    places = seats[0] if seats else 8
    measured = capacity.measured_consumers(survey.profiles)
    model = Capacity(
        active[0] if active else places, places, measured or capacity.CONSUMERS_PER_WORKER
    )
    read = [f"{one[1].name} ({one[1].where}) = {one[0]}" for one in (seats, active) if one]
    notes = (
        "Model: workers = cores − 1 (one core for Node.js); listeners per worker = consumers per "
        "worker ÷ speakers heard; hosts = ⌈listeners ÷ (workers × listeners per worker)⌉",
        f"Consumers per worker: {model.consumers}, "
        + (
            f"measured, scaled to {capacity.FULL:.0f} % of a core"
            if measured
            else f"mediasoup's guidance of about 500 ({capacity.SOURCE}); it is for audio with "
            "video, so audio alone may do better: measure before buying hosts"
        ),
        f"Speakers heard: {model.speakers}, seats in a full room: {model.seats} "
        + (f"from {' and '.join(read)}" if read else "(assumed: no setting says it)"),
        *_worked_out(model),
    )
    reason = "the metrics hold no mediasoup_worker_cpu_usage with mediasoup_consumers_active"
    not_run = () if measured else (Skipped("Consumers per worker from measured CPU", reason),)
    return model, notes, not_run


def _worked_out(model: Capacity) -> Iterator[str]:
    for cores in capacity.CORES:
        hosts = ", ".join(
            f"{model.hosts(count, cores):,} for {count:,}" for count in capacity.LISTENERS
        )
        workers = model.workers(cores)
        yield (
            f"{cores} cores: {workers} workers, {workers * model.rooms_per_worker:,} full rooms or "
            f"{model.listeners(cores):,} listeners; hosts by listeners: {hosts}"
        )


def _whole(settings: Settings, pattern: str) -> tuple[int, Setting] | None:
    for setting in settings.matching(pattern):
        default = (setting.default or "").replace("_", "")
        if default.isascii() and default.isdigit() and len(default) < 4 and int(default) > 0:
            return int(default), setting
    return None


# --- how many, how full ------------------------------------------------------------------------


def _count(survey: Survey, reader: Reader, model: Capacity) -> AdviceRow:
    what = "Worker count"
    target = f"fixed by load, at most cores − 1: {model.workers(_HOST)} on {_HOST} cores"
    why = (
        "a worker is one process on one core; os.cpus() counts the host's cores, "
        "whatever a container may use"
    )
    for module, call in reader.code.calls("cpus", "availableParallelism"):
        source = imported(module, call.text().split("(")[0].split(".")[0])
        place, now = _around(module, call, reader.settings)
        worded = re.search("worker", _holder(place).text(), re.IGNORECASE)
        if source is not None and source.specifier in {"os", "node:os"} and worded:
            return row(survey, what, module, place, brief(now), target, why)
    for setting in reader.settings.matching(r"WORKERS$"):
        return _of_setting(what, setting, target, why, _pinned(reader.settings, setting))
    return absent(what, target, why)


def _around(module: Module, call: SgNode, settings: Settings) -> tuple[SgNode, str]:
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


def _limits(survey: Survey, reader: Reader, model: Capacity) -> Iterator[AdviceRow]:
    limits = reader.settings.matching(r"(ROUTERS|ROOMS)_PER_WORKER")
    target = (
        f"benchmark to tune; {model.rooms_per_worker} full rooms by the model "
        f"({model.consumers_per_room} consumers each)"
    )
    for setting in limits:
        enforced = _enforced(reader, setting)
        checked = f"; checked at {enforced}" if enforced else "; no comparison with it found"
        now = brief(setting.shown) + checked
        yield AdviceRow("Routers per worker", setting.where, now, target, _room_why(setting, model))
    if not limits:
        yield absent("Routers per worker", target, "nothing keeps a worker from overload")
    for setting in reader.settings.matching(r"(LISTENERS|CONSUMERS|PEERS)_PER_.*(ROUTER|WORKER)"):
        size = _number_of(setting)
        load = f"{size * model.speakers:,} consumers" if size else "unknown load"
        yield _of_setting(
            "Listeners per router",
            setting,
            f"{model.listeners_per_worker} by the model; benchmark to tune",
            f"at {model.speakers} speakers heard it is {load} on one core, against "
            f"{model.consumers} in the guidance",
        )


def _room_why(setting: Setting, model: Capacity) -> str:
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


def _enforced(reader: Reader, setting: Setting) -> str:
    """Return where the code compares something with ``setting``, or an empty string."""
    words = [setting.name.rsplit("_", 1)[0], "PerWorker", setting.name]
    for module in reader.code.modules(*words):
        for node in in_order(find_all(module.root, "binary_expression")):
            operator = node.field("operator")
            if operator is None or operator.text() not in {">", ">=", "<", "<="}:
                continue
            sides = [side for side in (node.field("left"), node.field("right")) if side is not None]
            if any(reader.value(module, side).setting == setting for side in sides):
                return where(module, node)
    return ""


# --- how watched -------------------------------------------------------------------------------


def _samplings(reader: Reader) -> Iterator[tuple[Module, SgNode, Value]]:
    """Yield each interval that reads a worker's CPU, with its period."""
    for module, usage in reader.code.calls("getResourceUsage"):
        around = enclosing_function(usage)
        name = function_name(around).rsplit(".", 1)[-1] if around is not None else ""
        for timer in in_order(find_all(module.root, "call_expression")):
            given = arguments_of(timer)
            if callee_name(timer) != "setInterval" or len(given) < 2:
                continue
            called = {callee_name(one) for one in find_all(given[0], "call_expression")}
            if name in called or inside(usage, given[0]) or given[0].text().endswith(f".{name}"):
                yield module, timer, reader.value(module, given[1])


def _interval(survey: Survey, reader: Reader, patched: bool) -> AdviceRow:
    what, target = "CPU update interval", "30 s at scale"
    why = "each reading is a request to every worker; an alert over 5 minutes needs no more"
    for module, timer, period in _samplings(reader):
        now = period.setting.shown if period.setting else _milliseconds(period)
        return AdviceRow(
            what=what,
            where=period.where,
            now=now,
            target=target,
            why=why,
            patch=_CPU_PATCH if patched else "",
            findings=findings_at(survey, module, timer),
        )
    return absent(what, target, "worker CPU is not sampled, so a full worker cannot be seen")


def _milliseconds(value: Value) -> str:
    return f"{value.number / 1000:g} s" if value.number is not None else brief(value.text)


def _cpu_proposal(reader: Reader) -> Proposal | None:
    for _, _, period in _samplings(reader):
        plain = period.node.kind() == "number" and period.setting is None
        if plain and period.number is not None and period.number < _CPU_TARGET_MS:
            text = apply(period.module.text, [replace(period.node, "30_000")])
            return Proposal(
                finding_id="",
                source="advisor:workers",
                summary="Sample worker CPU every 30 seconds",
                edits={period.module.path: text},
                why="Each sample asks every worker; alerts look at minutes.",
                risk="A worker's CPU is seen up to 30 seconds late.",
            )
    return None


# --- how they come back ------------------------------------------------------------------------


def _restarts(survey: Survey, reader: Reader) -> Iterator[AdviceRow]:
    target = "1 s, 2 s, 4 s, capped, with jitter; the count reset after a stable run"
    why = "workers that die together must not come back together, nor stay away for good"
    for module, handler in _deaths(reader.code):
        scopes = _reached(module, handler)
        waits = list(dict.fromkeys(_waits(reader, module, scopes)))
        if not waits:
            yield row(
                survey,
                "Worker restart backoff",
                module,
                handler,
                "no wait before a restart",
                target,
                why,
            )
        for place, shown, node in waits:
            ids = findings_at(survey, module, node)
            yield AdviceRow("Worker restart backoff", place, shown, target, why, findings=ids)
        yield _retries(survey, reader, module, scopes)
        return
    yield absent("Worker restart backoff", target, "nothing listens for a worker's death")


def _deaths(code: Code) -> Iterator[tuple[Module, SgNode]]:
    for module, call in code.calls("on", "once"):
        given = arguments_of(call)
        if len(given) > 1 and string_value(given[0]) == "died":
            yield module, call


def _reached(module: Module, start: SgNode) -> list[SgNode]:
    """Return ``start`` and the functions of its module that it calls, directly or not."""
    named: dict[str, SgNode] = {}
    for node in find_all(module.root, *sorted(FUNCTIONS)):
        if name := function_name(node).rsplit(".", 1)[-1]:
            named.setdefault(name, node)
    reached, waiting = [start], [start]
    while waiting:
        for call in find_all(waiting.pop(), "call_expression"):
            found = named.get(callee_name(call))
            if found is not None and found not in reached:
                reached.append(found)
                waiting.append(found)
    return reached


def _waits(
    reader: Reader, module: Module, scopes: list[SgNode]
) -> Iterator[tuple[str, str, SgNode]]:
    timers = [
        call
        for scope in scopes
        for call in find_all(scope, "call_expression")
        if callee_name(call) == "setTimeout" and len(arguments_of(call)) > 1
    ]
    for timer in in_order(list(dict.fromkeys(timers))):
        value = reader.value(module, arguments_of(timer)[1])
        if value.node.kind() == "array":
            waits = [reader.value(value.module, one) for one in value.node.named_children()]
            yield value.where, ", ".join(map(_milliseconds, waits)), timer
        else:
            shown = value.setting.shown if value.setting else _milliseconds(value)
            unit = " ms" if value.number is None else ""
            yield value.where, shown + unit, timer


def _retries(survey: Survey, reader: Reader, module: Module, scopes: list[SgNode]) -> AdviceRow:
    what, target = "Worker restart retries", "count reset after a stable run; alert on the last"
    why = "a worker that gave up is capacity lost until somebody restarts the process"
    for scope in scopes:
        for name in in_order(find_all(scope, "identifier", "property_identifier")):
            if re.fullmatch(r"MAX_?\w*(RETR|ATTEMPT|RESTART)\w*", name.text(), re.IGNORECASE):
                value = reader.value(module, _whole_name(name))
                if value.number is not None:
                    now = value.setting.shown if value.setting else f"{value.number:g}"
                    ids = findings_at(survey, value.module, value.node)
                    return AdviceRow(what, value.where, now, target, why, findings=ids)
    for scope in scopes:
        for node in in_order(find_all(scope, "subscript_expression")):
            value = reader.value(module, node)
            if value.node.kind() == "array":
                count = len(value.node.named_children())
                ids = findings_at(survey, module, node)
                return AdviceRow(what, value.where, f"{count}", target, why, findings=ids)
    return absent(what, target, why)


def _whole_name(name: SgNode) -> SgNode:
    parent = name.parent()
    return parent if parent is not None and parent.kind() == "member_expression" else name


# --- ports and logs ----------------------------------------------------------------------------


def _server(survey: Survey, reader: Reader) -> AdviceRow:
    what, target = "WebRtcServer", "one for each worker"
    why = "all transports of a worker share one port, so firewalls open few and none run out"
    for module, call in reader.code.calls("createWebRtcServer"):
        return row(survey, what, module, call, "created", target, why)
    return absent(what, target, why)


def _ports(survey: Survey, reader: Reader, model: Capacity) -> AdviceRow:
    what = "RTC ports"
    lowest, highest = (_option(reader, key) for key in ("rtcMinPort", "rtcMaxPort"))
    if lowest is None or highest is None:
        found = _option(reader, "portRange")
        if found is not None:
            now = brief(found.text)
            return row(survey, what, found.module, found.node, now, "as the model needs", "")
        return absent(what, "a range that the firewall opens", "mediasoup takes 10000–59999")
    first, last = lowest.number, highest.number
    now = f"{lowest.shown}; {highest.shown}"
    shared = any(reader.code.calls("createWebRtcServer"))
    needed = _needed(model, shared)
    verdict = ""
    if first is not None and last is not None:
        count = int(last - first) + 1
        now = f"{int(first)}–{int(last)}: {count:,} ports ({lowest.shown}; {highest.shown})"
        verdict = "; enough" if count >= needed else "; too few"
    target = f"at least {needed:,} on {_HOST} cores{verdict}"
    why = (
        "one port for each worker and protocol, as transports share a WebRtcServer; the options "
        "are deprecated in mediasoup 3.15 in favour of listenInfos"
        if shared
        else f"without a WebRtcServer each transport takes a port, and a peer has "
        f"{capacity.TRANSPORTS_PER_PEER}; the range is the host's, shared by its workers"
    )
    ids = findings_at(survey, lowest.module, lowest.node)
    return AdviceRow(what, lowest.where, now, target, why, findings=ids)


def _needed(model: Capacity, shared: bool) -> int:
    if shared:
        return model.workers(_HOST)
    return model.listeners(_HOST) * capacity.TRANSPORTS_PER_PEER


def _option(reader: Reader, key: str) -> Value | None:
    for module, pair in reader.code.options(key, "mediasoup"):
        value = pair.field("value")
        if value is not None:
            return reader.value(module, value)
    return None


def _log_level(survey: Survey, reader: Reader) -> AdviceRow:
    what, target = "Worker log level", "warn in production, few logTags"
    why = "every line crosses a pipe to Node.js; debug is for one worker at a time"
    value = _option(reader, "logLevel")
    if value is None:
        return absent(what, target, f"{why}; mediasoup's default is error")
    ids = findings_at(survey, value.module, value.node)
    return AdviceRow(what, value.where, value.shown, target, why, findings=ids)
