from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.advice import metrics
from mendbook.advice.collectors import read_collectors
from mendbook.advice.reading import Code
from mendbook.model import AdviceRow, Skipped
from mendbook.repository.snapshot import Snapshot
from surveyed import about, survey

METRICS = """\
import { Counter, Gauge as Level, Registry } from "prom-client";

export const registry = new Registry();

export const metrics = {
  sockets: new Level({
    name: "app_socket_connections_total",
    help: "Open sockets",
    registers: [registry],
  }),
  rooms: new Level({ name: "app_rooms_active", help: "Rooms", registers: [registry] }),
  chats: new Counter({
    name: "app_chats",
    help: "Chat messages",
    labelNames: ["room_id"] as const,
    registers: [registry],
  }),
  routers: new Level({
    name: "app_mediasoup_routers_per_worker",
    help: "Routers",
    labelNames: ["worker_pid"] as const,
    collect() {
      this.reset();
    },
    registers: [registry],
  })
};
"""
USES = """\
import { metrics } from "./metrics.js";

export async function open(router: Router) {
  metrics.sockets.inc();
  metrics.chats.labels("lobby").inc();
  return router.createWebRtcTransport({});
}
"""
FILES = {"src/metrics.ts": METRICS, "src/open.ts": USES}
PATCH = "infrastructure/metrics/001.patch"


def test_each_collector_of_the_plan_is_told_as_it_is() -> None:
    """A prefix is allowed; wrong types, missing labels and gauges that nobody sets are named."""
    finding = replace(about("OBS-1", "src/gift.ts"), fix="Add a gift_buffer_size gauge")
    rows = metrics.advise(survey(FILES, finding, about("OBS-2", "src/metrics.ts", line=12))).rows
    by_name = {row.what: row for row in rows}
    assert by_name["socket_connections_total"] == AdviceRow(
        "socket_connections_total",
        "src/metrics.ts:6",
        "app_socket_connections_total: Gauge, no labels",
        "Counter, label namespace",
        "a Gauge where the plan asks for a Counter; lacks the label namespace; "
        "_total names a Counter, so rate() will be used on it and be wrong",
    )
    assert by_name["rooms_active"] == AdviceRow(
        "rooms_active",
        "src/metrics.ts:11",
        "app_rooms_active: Gauge, no labels; no code sets it",
        "Gauge, no labels",
        "it reads zero or nothing for ever",
        findings=("OBS-2",),
    )
    assert by_name["mediasoup_routers_active"] == AdviceRow(
        "mediasoup_routers_active",
        "",
        "not found",
        "Gauge, label worker_pid",
        "routers by worker show rooms that pile up on one core; similar: "
        "app_mediasoup_routers_per_worker (src/metrics.ts:18), keep one name for one measure",
        patch=PATCH,
    )
    assert by_name["transport_created_total"].target == (
        "Counter, label type; set it at src/open.ts:6"
    )
    assert by_name["gift_buffer_size"].findings == ("OBS-1",)
    assert by_name["app_chats"] == AdviceRow(
        "app_chats",
        "src/metrics.ts:12",
        "Counter, label room_id",
        "correct it",
        "a Counter's name ends in _total by convention; unbounded label room_id: every value is a "
        "new time series that stays in memory until the process ends",
        findings=("OBS-2",),
    )


def test_the_summary_says_which_alerts_would_never_fire() -> None:
    """An alert is silent when its metric is missing, and when nobody sets it."""
    assert metrics.advise(survey(FILES)).summary == (
        "2 of the 10 collectors that dashboards and alerts need exist; 1 of them with another "
        "type or other labels; 1 collector grows without bound by a label; HighWorkerCPU, "
        "RoomCountHigh, GiftBufferBacklog could never fire today"
    )


def test_the_patch_registers_what_is_missing_as_the_file_does() -> None:
    """Prefix, quotes, registry and `as const` are the file's; what is there stays untouched."""
    (proposal,) = metrics.advise(survey(FILES)).proposals
    text = proposal.edits["src/metrics.ts"]
    assert text is not None
    head, added = text.split("  }),\n\n  mediasoupWorkersActive", 1)
    assert head == METRICS.replace("Registry }", "Registry, Gauge, Histogram }").removesuffix(
        "  })\n};\n"
    )
    assert added.startswith(
        ': new Gauge({\n    name: "app_mediasoup_workers_active",\n'
        '    help: "mediasoup workers that are alive",\n    registers: [registry],\n  }),\n\n'
    )
    assert added.endswith(
        '  mediasoupWorkerCpuUsage: new Gauge({\n    name: "app_mediasoup_worker_cpu_usage",\n'
        '    help: "CPU time of a mediasoup worker, in percent of one core",\n'
        '    labelNames: ["worker_pid"] as const,\n    registers: [registry],\n  }),\n};\n'
    )


def test_a_patched_file_needs_no_second_patch() -> None:
    """After the patch every collector of the plan is found under its prefix."""
    (proposal,) = metrics.advise(survey(FILES)).proposals
    text = proposal.edits["src/metrics.ts"]
    assert text is not None
    again = metrics.advise(survey({**FILES, "src/metrics.ts": text}))
    assert again.proposals == ()
    assert [row.now for row in again.rows if row.now == "not found"] == []


def test_top_level_constants_get_constants_beside_them() -> None:
    """Collectors that are exported constants get siblings that are exported constants."""
    written = (
        "import { Counter } from 'prom-client';\n\n"
        "export const gifts = new Counter({\n  name: 'gifts_total',\n  help: 'Gifts',\n});\n"
    )
    (proposal,) = metrics.advise(survey({"src/m.ts": written})).proposals
    text = proposal.edits["src/m.ts"] or ""
    assert text.startswith(
        "import { Counter, Gauge, Histogram } from 'prom-client';\n\n"
        "export const gifts = new Counter({\n  name: 'gifts_total',\n  help: 'Gifts',\n});\n\n"
        "export const socketConnectionsTotal = new Counter({\n"
        "  name: 'socket_connections_total',\n"
        "  help: 'Sockets accepted since the process started',\n"
        "  labelNames: ['namespace'],\n});\n\n"
    )


def test_without_prom_client_nothing_is_offered() -> None:
    """No collector means no alert rules and no patch, each with the reason."""
    found = metrics.advise(survey({"src/a.ts": "export const a = 1;\n"}))
    assert found.summary == (
        "The code registers no prom-client collector, so none of the alerts can fire."
    )
    assert (found.files, found.proposals) == ({}, ())
    assert found.not_run == (
        Skipped(
            "patch of the missing collectors",
            "no prom-client collector stands in an object or a top-level constant",
        ),
        Skipped(
            "alert HighWorkerCPU",
            "no collector mediasoup_worker_cpu_usage, and no patch adds it",
        ),
        Skipped("alert RoomCountHigh", "no collector rooms_active, and no patch adds it"),
        Skipped("alert GiftBufferBacklog", "no collector gift_buffer_size, and no patch adds it"),
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('import * as p from "prom-client";\nconst a = new p.Gauge({ name: "a" });', "Gauge a a"),
        (
            'import p from "prom-client";\nconst o = { b: new p.Summary({ name: "b" }) };',
            "Summary b b",
        ),
        ('import { Gauge as G } from "prom-client";\nnew G({ name: "c" });', "Gauge c "),
        (
            'import { Gauge } from "prom-client";\nclass M { d = new Gauge({ name: "d" }); }',
            "Gauge d d",
        ),
        ('import { Gauge } from "./mine.js"; // prom-client\nnew Gauge({ name: "e" });', ""),
        ('import { Gauge } from "prom-client";\nnew Gauge({ name: title });', ""),
    ],
)
def test_collectors_are_read_however_they_are_imported(source: str, expected: str) -> None:
    """Namespace, default and renamed imports count; another package's Gauge does not."""
    found = read_collectors(Code(Snapshot.of({"src/a.ts": source})))
    assert [f"{one.type} {one.name} {one.key}" for one in found] == ([expected] if expected else [])
