"""Advise on Redis: three tiers, the keys of the configuration, and what a cluster would refuse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.reading import (
    Code,
    absent,
    brief,
    literal_argument,
    member,
    row,
)
from mendbook.advice.redis import cluster, patch
from mendbook.advice.redis.commands import Command, commands
from mendbook.advice.settings import Settings, read_settings
from mendbook.advice.values import Reader
from mendbook.code.module_text import Module
from mendbook.model import Advice, AdviceRow, Skipped

TITLE = "Redis Topology"
PATCH = "infrastructure/redis/001.patch"
_TIERS = (
    ("Development", "single node", "simple, and what every developer runs"),
    ("Staging", "Sentinel (3 nodes)", "failover is rehearsed before production needs it"),
    (
        "Production",
        "Cluster (6+ nodes)",
        "three primaries share keys and load, each with a replica",
    ),
)


def advise(survey: Survey) -> Advice:
    """Return what Redis is today, what each tier should be, and what stands in the way."""
    code = Code(survey.snapshot)
    settings = read_settings(code)
    sent = commands(Reader(code, settings))
    clients = tuple(_clients(code))
    if not clients and not sent:
        reason = "no module constructs a Redis client or sends it a command"
        summary = "The code does not use Redis, so it has no topology to change."
        return Advice("redis", TITLE, summary, (), not_run=(Skipped("topology", reason),))
    proposal = patch.propose(code, settings)
    refused = tuple(cluster.refused(survey, sent))
    lasting = tuple(cluster.lasting(survey, sent))
    rows = (
        *_topology(survey, clients),
        *_keys(settings, PATCH if proposal is not None else ""),
        *refused,
        *cluster.walks(survey, sent),
        *lasting,
    )
    return Advice(
        advisor="redis",
        title=TITLE,
        summary=_summary(clients, refused, lasting),
        rows=rows,
        notes=_notes(sent, refused),
        proposals=(proposal,) if proposal is not None else (),
        not_run=()
        if proposal is not None or not patch.missing(settings)
        else (Skipped("patch of the configuration", patch.why_not(settings)),),
    )


def _summary(
    clients: Sequence[tuple[Module, SgNode, str]],
    refused: Sequence[AdviceRow],
    lasting: Sequence[AdviceRow],
) -> str:
    now = clients[0][2] if clients else "not constructed in this repository"
    many = len(refused)
    blocked = (
        f"{many} {'operation takes' if many == 1 else 'operations take'} keys without a common "
        "hash tag and would fail on a cluster"
        if many
        else "no operation was found that a cluster would refuse"
    )
    families = len(lasting)
    forever = (
        f"; {families} {'family' if families == 1 else 'families'} of keys written without expiry"
        if families
        else ""
    )
    return f"Redis is {now} today; {blocked}{forever}"


def _notes(sent: Sequence[Command], refused: Sequence[AdviceRow]) -> tuple[str, ...]:
    notes = [
        "On a cluster ioredis sends a pipeline to one node, and refuses keys of different slots "
        "(README of ioredis 5, “Transaction and Pipeline in Cluster Mode”)",
        "Sentinel also needs the name of the group of its primary, the name option of ioredis",
        "A key's time to live is looked for in the same key family anywhere in the code; * stands "
        "for what is only known at run time",
    ]
    if refused:
        notes.append(
            "Changing a key's name moves no data: read both names for one lifetime, or start empty"
        )
    notes.append(f"{len(sent)} commands were read in the code, those inside Lua scripts included")
    return tuple(notes)


def _clients(code: Code) -> Iterator[tuple[Module, SgNode, str]]:
    for module, call in code.calls("Redis", "IORedis", "Cluster", "createClient", "createCluster"):
        text = call.text().split("(")[0]
        made = call.kind() == "new_expression" or text in {"createClient", "createCluster"}
        if not made or "redis" not in module.text.lower():
            continue
        options = literal_argument(call)
        if text.endswith(("Cluster", "createCluster")):
            yield module, call, "a cluster"
        elif options is not None and member(options, "sentinels") is not None:
            yield module, call, "behind Sentinel"
        else:
            yield module, call, "a single instance"


def _topology(survey: Survey, clients: Sequence[tuple[Module, SgNode, str]]) -> Iterator[AdviceRow]:
    for tier, target, why in _TIERS:
        if clients:
            module, call, now = clients[0]
            yield row(survey, tier, module, call, now, target, why)
        else:
            yield absent(tier, target, why)


def _keys(settings: Settings, name: str) -> Iterator[AdviceRow]:
    held = settings.matching(r"^(REDIS|VALKEY)_")
    if held:
        shown = ", ".join(key.name for key in held)
        yield AdviceRow(
            "Validated keys",
            held[0].where,
            shown,
            "these and the two below",
            "one server's address",
        )
    for key, what in patch.KEYS.items():
        known = settings.get(key)
        target = "comma-separated host:port, empty for one node"
        if known is not None:
            yield AdviceRow(key, known.where, brief(known.shown), target, what)
        else:
            yield AdviceRow(key, "", "not found", target, what, patch=name)
    database = settings.get("REDIS_DB")
    if database is not None:
        yield AdviceRow(
            "REDIS_DB",
            database.where,
            brief(database.shown),
            "0, or unset",
            "a cluster has database 0 only; separate by key prefix",
        )
