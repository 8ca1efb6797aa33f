"""Advise on mediasoup workers, against a capacity model."""

from __future__ import annotations

from collections.abc import Iterator

from mendbook.advice.advisor import Survey
from mendbook.advice.reading import (
    Code,
)
from mendbook.advice.settings import Setting, Settings, read_settings
from mendbook.advice.values import Reader
from mendbook.advice.workers import capacity, load, network, restarts, watch
from mendbook.advice.workers.capacity import HOST, Capacity
from mendbook.model import Advice, Skipped

TITLE = "Mediasoup Worker Tuning"
COMMANDS = (
    "# Profile the Node.js process beside the workers",
    "node --cpu-prof dist/index.js",
    "# Monitor worker processes and their CPU",
    "ps aux | grep mediasoup-worker",
)


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
    proposal = watch.proposal(reader)
    rows = (
        load.count(survey, reader, model),
        *load.limits(survey, reader, model),
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
        commands=COMMANDS,
        files={"worker-capacity.csv": capacity.table(model)},
        proposals=(proposal,) if proposal else (),
        not_run=not_run,
    )


def _summary(model: Capacity) -> str:
    return (
        f"A worker carries about {model.consumers} consumers, so a host of {HOST} cores carries "
        f"{model.workers(HOST)} workers and {model.listeners(HOST):,} listeners who hear "
        f"{model.speakers} speakers; a million listeners need "
        f"{model.hosts(1_000_000, HOST):,} such hosts"
    )


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
