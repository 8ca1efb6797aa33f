"""The collectors that dashboards and alerts need, and beside which calls code sets them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A collector that the plan asks for, and where code would set it."""

    name: str
    type: str
    labels: tuple[str, ...]
    help: str
    calls: tuple[str, ...]
    """Calls beside which it is counted or set."""
    why: str
    buckets: str = ""


WANTED = (
    Wanted(
        "socket_connections_total",
        "Counter",
        ("namespace",),
        "Sockets accepted since the process started",
        (),
        "the rate of connections shows reconnect storms",
    ),
    Wanted(
        "rooms_active",
        "Gauge",
        (),
        "Rooms that are open on this process",
        (),
        "the alert RoomCountHigh reads it",
    ),
    Wanted(
        "mediasoup_workers_active",
        "Gauge",
        (),
        "mediasoup workers that are alive",
        ("createWorker",),
        "a worker that died takes its rooms along",
    ),
    Wanted(
        "mediasoup_routers_active",
        "Gauge",
        ("worker_pid",),
        "mediasoup routers that are open, by worker",
        ("createRouter",),
        "routers by worker show rooms that pile up on one core",
    ),
    Wanted(
        "transport_created_total",
        "Counter",
        ("type",),
        "WebRTC transports created",
        ("createWebRtcTransport", "createPlainTransport"),
        "transports hold ports; created without closed is a leak",
    ),
    Wanted(
        "producer_created_total",
        "Counter",
        ("kind",),
        "Producers created",
        ("produce",),
        "what speakers send",
    ),
    Wanted(
        "consumer_created_total",
        "Counter",
        ("kind",),
        "Consumers created",
        ("consume",),
        "consumers are what loads a worker",
    ),
    Wanted(
        "gift_buffer_size",
        "Gauge",
        (),
        "Gifts that wait to be sent",
        (),
        "the alert GiftBufferBacklog reads it",
    ),
    Wanted(
        "event_processing_duration_ms",
        "Histogram",
        ("event_type",),
        "Time to handle a socket event, in milliseconds",
        (),
        "latency is what listeners notice",
        "[1, 2, 5, 10, 25, 50, 100, 250, 500, 1000]",
    ),
    Wanted(
        "mediasoup_worker_cpu_usage",
        "Gauge",
        ("worker_pid",),
        "CPU time of a mediasoup worker, in percent of one core",
        ("getResourceUsage",),
        "the alert HighWorkerCPU reads it",
    ),
)
"""The nine collectors of the plan, and the one that only its alert names."""
