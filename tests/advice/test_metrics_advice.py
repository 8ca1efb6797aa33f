from __future__ import annotations

from dataclasses import replace

import pytest

from mendbook.advice import metrics
from mendbook.advice.metrics.prom_client import read
from mendbook.advice.metrics.waiting import waiting
from mendbook.advice.production_code import Code
from mendbook.model import AdviceRow, Citation
from mendbook.policy.platform import Platform, WantedAlert, WantedMetric
from mendbook.repository.snapshot import Snapshot
from surveyed import about, survey

CALLS = Platform(
    "calls",
    ("call-kit",),
    metrics=(
        WantedMetric("socket_connections_total", "Counter", "Sockets", "storms", ("namespace",)),
        WantedMetric("calls_active", "Gauge", "Calls that are open", "the alert reads it"),
        WantedMetric("media_routers_active", "Gauge", "Routers", "they pile up", ("worker_pid",)),
        WantedMetric(
            "transport_created_total",
            "Counter",
            "Transports created",
            "a leak shows",
            ("type",),
            calls=("createWebRtcTransport",),
        ),
        WantedMetric("invoice_queue_size", "Gauge", "Invoices that wait", "the alert reads it"),
        WantedMetric(
            "event_duration_ms",
            "Histogram",
            "Time to handle an event",
            "people wait",
            ("event_type",),
            (1, 2.5, 10),
        ),
        WantedMetric("lights_on", "Gauge", "Lights", "only where there are", code="lighthouse"),
        WantedMetric("mails_sent", "Gauge", "Mails", "with its package", packages=("mailer",)),
    ),
    alerts=(
        WantedAlert("CallsHigh", "calls_active", 100, "1m", "warning", "Many calls", "Add one."),
        WantedAlert(
            "InvoicesWait",
            "invoice_queue_size",
            9,
            "30s",
            "critical",
            "They wait",
            "See.",
            "invoice",
        ),
        WantedAlert("Dark", "lights_on", 0, "1m", "info", "Dark", "Light it."),
    ),
)
METRICS = """\
import { Counter, Gauge as Level, Registry } from "prom-client";

export const registry = new Registry();

export const metrics = {
  sockets: new Level({
    name: "app_socket_connections_total",
    help: "Open sockets",
    registers: [registry],
  }),
  calls: new Level({ name: "app_calls_active", help: "Calls", registers: [registry] }),
  chats: new Counter({
    name: "app_chats",
    help: "Chat messages",
    labelNames: ["room_id"] as const,
    registers: [registry],
  }),
  routers: new Level({
    name: "app_media_routers_per_worker",
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


def test_each_collector_of_the_plan_is_told_as_it_is() -> None:
    """A prefix is allowed; wrong types, missing labels and gauges that nobody sets are named."""
    finding = replace(about("OBS-1", "src/bill.ts"), fix="Add an invoice_queue_size gauge")
    asked = survey(FILES, finding, about("OBS-2", "src/metrics.ts", line=12), platform=CALLS)
    rows = metrics.advise(asked).rows
    by_name = {row.what: row for row in rows}
    assert by_name["socket_connections_total"] == AdviceRow(
        "socket_connections_total",
        Citation("src/metrics.ts", 6),
        "app_socket_connections_total: Gauge, no labels",
        "Counter, label namespace",
        "a Gauge where the plan asks for a Counter; lacks the label namespace; "
        "_total names a Counter, so rate() will be used on it and be wrong",
    )
    assert by_name["calls_active"] == AdviceRow(
        "calls_active",
        Citation("src/metrics.ts", 11),
        "app_calls_active: Gauge, no labels; no code sets it",
        "Gauge, no labels",
        "it reads zero or nothing for ever",
        findings=("OBS-2",),
    )
    assert by_name["transport_created_total"].target == (
        "Counter, label type; set it at src/open.ts:6"
    )
    assert by_name["invoice_queue_size"].findings == ("OBS-1",)
    assert by_name["app_chats"] == AdviceRow(
        "app_chats",
        Citation("src/metrics.ts", 12),
        "Counter, label room_id",
        "correct it",
        "a Counter's name ends in _total by convention; unbounded label room_id: every value is a "
        "new time series that stays in memory until the process ends",
        findings=("OBS-2",),
    )
    assert not {"lights_on", "mails_sent"} & by_name.keys()


@pytest.mark.parametrize(
    ("collector", "where"),
    [
        ("new Gauge({ name: 'media_routers_per_worker', labelNames: ['worker_pid'] })", "a.ts:2"),
        ("new Gauge({ name: 'app_media_routers_active', labelNames: ['worker_pid'] })", "a.ts:2"),
        ("new Gauge({ name: 'media_router_count', labelNames: ['worker_pid'] })", "a.ts:2"),
        ("new Gauge({ name: 'media_routers_closed', labelNames: ['worker_pid'] })", ""),
        ("new Gauge({ name: 'media_routers_active' })", "a.ts:2"),
        ("new Gauge({ name: 'media_routers', labelNames: ['room'] })", ""),
        ("new Counter({ name: 'media_routers_total', labelNames: ['worker_pid'] })", ""),
        ("new Gauge({ name: 'http_routers_active_now', labelNames: ['worker_pid'] })", ""),
    ],
)
def test_one_measure_is_asked_for_once(collector: str, where: str) -> None:
    """The same thing, type and labels is there under another name; two measures are not alike."""
    text = f"import {{ Counter, Gauge }} from 'prom-client';\nconst a = {collector};\na.set(1);\n"
    rows = metrics.advise(survey({"a.ts": text}, platform=CALLS)).rows
    assert [row.spot for row in rows if row.what == "media_routers_active"] == [where]


def test_the_summary_says_which_alerts_would_never_fire() -> None:
    """An alert is silent when its metric is missing, and when nobody sets it."""
    assert metrics.advise(survey(FILES, platform=CALLS)).summary == (
        "3 of the 6 collectors that dashboards and alerts need exist; 1 of them with another "
        "type or other labels; 1 collector grows without bound by a label; CallsHigh, "
        "InvoicesWait could never fire today"
    )


def test_the_patch_registers_what_is_missing_as_the_file_does() -> None:
    """Prefix, quotes, registry and `as const` are the file's; what is there stays untouched."""
    (proposal,) = metrics.advise(survey(FILES, platform=CALLS)).proposals
    text = proposal.edits["src/metrics.ts"]
    assert text is not None
    head, added = text.split("  }),\n\n  transportCreatedTotal", 1)
    assert head == METRICS.replace("Registry }", "Registry, Gauge, Histogram }").removesuffix(
        "  })\n};\n"
    )
    assert added.startswith(
        ': new Counter({\n    name: "app_transport_created_total",\n'
        '    help: "Transports created",\n    labelNames: ["type"] as const,\n'
        "    registers: [registry],\n  }),\n\n"
    )
    assert added.endswith(
        '  eventDurationMs: new Histogram({\n    name: "app_event_duration_ms",\n'
        '    help: "Time to handle an event",\n    labelNames: ["event_type"] as const,\n'
        "    buckets: [1, 2.5, 10],\n    registers: [registry],\n  }),\n};\n"
    )


def test_a_patched_file_needs_no_second_patch() -> None:
    """After the patch every collector of the plan is found under its prefix."""
    (proposal,) = metrics.advise(survey(FILES, platform=CALLS)).proposals
    text = proposal.edits["src/metrics.ts"]
    assert text is not None
    again = metrics.advise(survey({**FILES, "src/metrics.ts": text}, platform=CALLS))
    assert again.proposals == ()
    assert [row.now for row in again.rows if row.now == "not found"] == []


def test_without_a_platform_the_collectors_are_told_as_they_are() -> None:
    """Nothing is asked for, no alert is written, and what is wrong by itself is still said."""
    found = metrics.advise(survey(FILES))
    assert found.summary == (
        "The code registers 4 collectors; 1 collector grows without bound by a label; no code "
        "sets app_calls_active"
    )
    assert [(row.what, row.target) for row in found.rows] == [
        ("app_socket_connections_total", "correct it"),
        ("app_calls_active", "set it, or remove it"),
        ("app_chats", "correct it"),
        ("app_media_routers_per_worker", "keep"),
    ]
    assert (found.files, found.proposals, found.not_run, found.commands) == ({}, (), (), ())


WAITS = {
    "a queue of Redis": (
        'import { Redis } from "ioredis";\nconst redis = new Redis();\n'
        'redis.rpush("invoices:open", "1");\nredis.lpop("invoices:open");\n',
        "src/a.ts:3",
        True,
    ),
    "a list in memory": (
        "export class InvoiceBuffer {\n  open: string[] = [];\n"
        "  add(one: string) {\n    this.open.push(one);\n  }\n}\n",
        "src/a.ts:4",
        False,
    ),
    "a broker": (
        'import { Queue } from "bullmq";\nexport const q = new Queue("invoices");\n',
        "src/a.ts:2",
        True,
    ),
    "another list": ("export const all: string[] = [];\nall.push('a');\n", "", False),
}


@pytest.mark.parametrize(("text", "where", "shared"), WAITS.values(), ids=WAITS.keys())
def test_where_items_wait_is_read_from_code(text: str, where: str, shared: bool) -> None:
    """What becomes of a backlog with the process follows from where it waits."""
    asked = survey({"src/a.ts": text}, platform=CALLS)
    found = waiting(asked, Code(asked.snapshot), "(?i)invoice")
    assert (found and (found.shared, str(found.where))) == ((shared, where) if where else None)


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
        ("const { Gauge } = require('prom-client');\nnew Gauge({ name: 'f' });", "Gauge f "),
        ("const p = require('prom-client');\nconst g = new p.Gauge({ name: 'g' });", "Gauge g g"),
        ('import { Gauge } from "./mine.js"; // prom-client\nnew Gauge({ name: "e" });', ""),
        ('import { Gauge } from "prom-client";\nnew Gauge({ name: title });', ""),
    ],
)
def test_collectors_are_read_however_they_are_imported(source: str, expected: str) -> None:
    """Namespace, default and renamed imports count; another package's Gauge does not."""
    found = read(Code(Snapshot.of({"src/a.ts": source})))
    assert [f"{one.type} {one.name} {one.key}" for one in found] == ([expected] if expected else [])


WORKER = """\
from prometheus_client import Counter, Gauge as Level
import prometheus_client as prom

done = Counter("jobs_done", "Jobs done", ["queue"])
waiting = Level(name="jobs_waiting", documentation="Jobs", namespace="render")
slow = prom.Histogram("job_seconds", "Time of a job", labelnames=("job_id",))


def run(job):
    done.labels(job.queue).inc()
    waiting.set(1)
"""


def test_python_collectors_are_read_as_prometheus_shows_them() -> None:
    """Aliases, keywords and namespaces count; the library itself appends _total to a Counter."""
    found = metrics.advise(survey({"worker/metrics.py": WORKER, "tests/test_a.py": WORKER}))
    assert [(row.what, row.spot, row.now, row.target) for row in found.rows] == [
        (
            "job_seconds",
            "worker/metrics.py:6",
            "Histogram, label job_id; no code sets it",
            "correct it",
        ),
        ("jobs_done_total", "worker/metrics.py:4", "Counter, label queue", "keep"),
        ("render_jobs_waiting", "worker/metrics.py:5", "Gauge, no labels", "keep"),
    ]
