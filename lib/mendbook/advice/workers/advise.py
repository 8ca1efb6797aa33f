"""Advise on mediasoup workers, against a capacity model."""

from __future__ import annotations

from collections.abc import Iterator

from mendbook.advice.advisor import Survey
from mendbook.advice.entry import entry_file
from mendbook.advice.production_code import Code
from mendbook.advice.settings import Setting, Settings, read_settings
from mendbook.advice.values import Reader
from mendbook.advice.workers import capacity, network, pool_size, restarts, watch
from mendbook.advice.workers.capacity import HOST, WorkerCapacity
from mendbook.model import Advice, Skipped

TITLE = "Mediasoup Worker Tuning"
PACKAGE = "mediasoup"
MONITOR = ("# Monitor worker processes and their CPU", "ps aux | grep mediasoup-worker")


def applies(survey: Survey) -> bool:
    """Tell whether production code imports mediasoup."""
    return bool(Code(survey.snapshot).importer(PACKAGE))


def advise(survey: Survey) -> Advice:
    """Return the worker settings that the code has, against the capacity model."""
    code = Code(survey.snapshot)
    settings = read_settings(code)
    reader = Reader(code, settings)
    model, notes, not_run = _model(survey, settings)
    proposal = watch.proposal(reader)
    sizes = capacity.worked_out(model)
    rows = (
        pool_size.count(survey, reader, model),
        *pool_size.limits(reader, model),
        watch.interval(survey, reader, bool(proposal)),
        *restarts.restarts(survey, reader),
        network.server(survey, reader),
        network.ports(survey, reader, model),
        network.log_level(survey, reader),
    )
    return Advice(
        advisor="workers",
        title=TITLE,
        summary=_summary(model),
        rows=rows,
        notes=notes,
        commands=(*_profiling(survey), *MONITOR),
        files={"worker-capacity.csv": capacity.table(sizes)},
        capacity=sizes,
        proposals=(proposal,) if proposal else (),
        not_run=not_run,
    )


def _profiling(survey: Survey) -> tuple[str, ...]:
    entry = entry_file(survey.snapshot) or survey.platform.load.entry
    if not entry:
        return ()
    return ("# Profile the Node.js process beside the workers", f"node --cpu-prof {entry}")


def _summary(model: WorkerCapacity) -> str:
    return (
        f"A worker carries about {model.consumers} consumers, so a host of {HOST} cores carries "
        f"{model.workers(HOST)} workers and {model.listeners(HOST):,} listeners who hear "
        f"{_counted(model.heard, 'source')}; a million listeners need "
        f"{model.hosts(1_000_000, HOST):,} such hosts"
    )


def _model(
    survey: Survey, settings: Settings
) -> tuple[WorkerCapacity, tuple[str, ...], tuple[Skipped, ...]]:
    fed = survey.platform.capacity
    members, heard = _whole(settings, fed.members), _whole(settings, fed.heard)
    places = members[0] if members else 8
    measured = capacity.measured_consumers(survey.profiles, fed.cpu, fed.load)
    model = WorkerCapacity(
        heard[0] if heard else places, places, measured or capacity.CONSUMERS_PER_WORKER
    )
    read = [f"{one[1].name} ({one[1].where}) = {one[0]}" for one in (members, heard) if one]
    notes = (
        "Model: workers = cores − 1 (one core for Node.js); listeners per worker = consumers per "
        "worker ÷ sources heard; hosts = ⌈listeners ÷ (workers × listeners per worker)⌉",
        f"Consumers per worker: {model.consumers}, "
        + (
            f"measured, scaled to {capacity.FULL:.0f} % of a core"
            if measured
            else f"mediasoup's guidance of about 500 ({capacity.SOURCE}); it is for audio with "
            "video, so audio alone may do better: measure before buying hosts"
        ),
        f"Sources that a listener hears: {model.heard}, members of a full room who send: "
        f"{model.members} "
        + (f"from {' and '.join(read)}" if read else "(assumed: no setting says it)"),
        *_worked_out(model),
    )
    reason = (
        f"the metrics hold no {fed.cpu} with {fed.load}"
        if fed.cpu and fed.load
        else "no platform file names the metrics of CPU and of what loads a worker"
    )
    not_run = () if measured else (Skipped("Consumers per worker from measured CPU", reason),)
    return model, notes, not_run


def _worked_out(model: WorkerCapacity) -> Iterator[str]:
    for size in capacity.worked_out(model):
        hosts = ", ".join(f"{needed:,} for {count:,}" for count, needed in size.hosts)
        yield (
            f"{size.cores} cores: {size.workers} workers, {size.full_rooms:,} full rooms or "
            f"{size.listeners:,} listeners; hosts by listeners: {hosts}"
        )


def _whole(settings: Settings, pattern: str) -> tuple[int, Setting] | None:
    for setting in settings.matching(pattern) if pattern else ():
        default = (setting.default or "").replace("_", "")
        if default.isascii() and default.isdigit() and len(default) < 4 and int(default) > 0:
            return int(default), setting
    return None


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
