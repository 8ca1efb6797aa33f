"""Which ports the transports of workers take, and what workers log."""

from __future__ import annotations

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import brief
from mendbook.advice.rows import absent, findings_at, row
from mendbook.advice.values import Reader, Value
from mendbook.advice.workers import capacity
from mendbook.advice.workers.capacity import HOST, WorkerCapacity
from mendbook.model import AdviceRow


def server(survey: Survey, reader: Reader) -> AdviceRow:
    """Return whether transports share the port of a WebRtcServer."""
    what, target = "WebRtcServer", "one for each worker"
    why = "all transports of a worker share one port, so firewalls open few and none run out"
    for module, call in reader.code.calls("createWebRtcServer"):
        return row(survey, what, module, call, "created", target, why)
    return absent(what, target, why)


def ports(survey: Survey, reader: Reader, model: WorkerCapacity) -> AdviceRow:
    """Return the range of RTC ports, and whether it is enough by the model."""
    what = "RTC ports"
    lowest, highest = (_option(reader, key) for key in ("rtcMinPort", "rtcMaxPort"))
    if lowest is None or highest is None:
        option = _option(reader, "portRange")
        if option is not None:
            now = brief(option.text)
            return row(survey, what, option.module, option.node, now, "as the model needs", "")
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
    target = f"at least {needed:,} on {HOST} cores{verdict}"
    why = (
        "one port for each worker and protocol, as transports share a WebRtcServer; the options "
        "are deprecated in mediasoup 3.15 in favour of listenInfos"
        if shared
        else f"without a WebRtcServer each transport takes a port, and a peer has "
        f"{capacity.TRANSPORTS_PER_PEER}; the range is the host's, shared by its workers"
    )
    ids = findings_at(survey, lowest.module, lowest.node)
    return AdviceRow(what, lowest.where, now, target, why, findings=ids)


def _needed(model: WorkerCapacity, shared: bool) -> int:
    if shared:
        return model.workers(HOST)
    return model.listeners(HOST) * capacity.TRANSPORTS_PER_PEER


def _option(reader: Reader, key: str) -> Value | None:
    for module, pair in reader.code.options(key, "mediasoup"):
        value = pair.field("value")
        if value is not None:
            return reader.value(module, value)
    return None


def log_level(survey: Survey, reader: Reader) -> AdviceRow:
    """Return what workers log."""
    what, target = "Worker log level", "warn in production, few logTags"
    why = "every line crosses a pipe to Node.js; debug is for one worker at a time"
    value = _option(reader, "logLevel")
    if value is None:
        return absent(what, target, f"{why}; mediasoup's default is error")
    ids = findings_at(survey, value.module, value.node)
    return AdviceRow(what, value.where, value.shown, target, why, findings=ids)
