"""Advise on Redis: three tiers, the keys of the configuration, and what a cluster would refuse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import Code, brief, literal_argument, member, where
from mendbook.advice.redis import cluster, growth
from mendbook.advice.redis.commands import Command, commands
from mendbook.advice.rows import absent, row
from mendbook.advice.settings import Settings, read_settings
from mendbook.advice.values import Reader
from mendbook.code.module_text import Module
from mendbook.model import Advice, AdviceRow

TITLE = "Redis Topology"
_WRITES_DOWN = "in the code that builds the client"


def applies(survey: Survey) -> bool:
    """Tell whether production code constructs a Redis client or sends it a command."""
    code = Code(survey.snapshot)
    return any(_clients(code)) or bool(commands(Reader(code, read_settings(code))))


def advise(survey: Survey) -> Advice:
    """Return what Redis is today, what each tier should be, and what stands in the way.

    What only a cluster refuses is told where the platform wants a cluster, or has one.
    """
    code = Code(survey.snapshot)
    settings = read_settings(code)
    sent = commands(Reader(code, settings))
    clients = tuple(_clients(code))
    clustered = bool(survey.platform.tiers) or any("cluster" in now for *_, now in clients)
    refused = tuple(cluster.refused(survey, sent)) if clustered else ()
    growing = tuple(growth.rows(survey, sent))
    return Advice(
        advisor="redis",
        title=TITLE,
        summary=_summary(clients, clustered, refused, growing),
        rows=(
            *_topology(survey, clients),
            *_keys(survey, settings, clients, clustered),
            *refused,
            *cluster.walks(survey, sent, clustered),
            *growing,
        ),
        notes=_notes(sent, clustered, refused),
    )


def _summary(
    clients: Sequence[tuple[Module, SgNode, str]],
    clustered: bool,
    refused: Sequence[AdviceRow],
    growing: Sequence[AdviceRow],
) -> str:
    now = clients[0][2] if clients else "not constructed in this repository"
    parts = [f"Redis is {now} today"]
    many = len(refused)
    if many:
        parts.append(
            f"{many} {'operation takes' if many == 1 else 'operations take'} keys without a common "
            "hash tag and would fail on a cluster"
        )
    elif clustered:
        parts.append("no operation was found that a cluster would refuse")
    families = len(growing)
    if families:
        parts.append(
            f"{families} {'family' if families == 1 else 'families'} of keys can only grow"
        )
    return "; ".join(parts)


def _notes(
    sent: Sequence[Command], clustered: bool, refused: Sequence[AdviceRow]
) -> tuple[str, ...]:
    notes = [
        "A key's time to live is looked for in the same key family anywhere in the code; * stands "
        "for what is only known at run time",
        f"{len(sent)} commands were read in the code, those inside Lua scripts included",
    ]
    if clustered:
        notes += [
            "On a cluster ioredis sends a pipeline to one node, and refuses keys of different "
            "slots (README of ioredis 5, “Transaction and Pipeline in Cluster Mode”)",
            "Sentinel also needs the name of the group of its primary, the name option of ioredis",
        ]
    if refused:
        notes.append(
            "Changing a key's name moves no data: read both names for one lifetime, or start empty"
        )
    return tuple(notes)


def _clients(code: Code) -> Iterator[tuple[Module, SgNode, str]]:
    for module, call in code.calls("Redis", "IORedis", "Cluster", "createClient", "createCluster"):
        text = call.text().split("(")[0]
        constructs = call.kind() == "new_expression" or text in {"createClient", "createCluster"}
        if not constructs or "redis" not in module.text.lower():
            continue
        options = literal_argument(call)
        if text.endswith(("Cluster", "createCluster")):
            yield module, call, "a cluster"
        elif options is not None and member(options, "sentinels") is not None:
            yield module, call, "behind Sentinel"
        else:
            yield module, call, "a single instance"


def _topology(survey: Survey, clients: Sequence[tuple[Module, SgNode, str]]) -> Iterator[AdviceRow]:
    for tier in survey.platform.tiers:
        if clients:
            module, call, now = clients[0]
            yield row(survey, tier.name, module, call, now, tier.target, tier.why)
        else:
            yield absent(tier.name, tier.target, tier.why)


def _keys(
    survey: Survey,
    settings: Settings,
    clients: Sequence[tuple[Module, SgNode, str]],
    clustered: bool,
) -> Iterator[AdviceRow]:
    """Yield the settings there are, and those that the platform asks for.

    One that nothing reads changes nothing: it is to come with the code that builds the client.
    """
    wanted = survey.platform.wanted("redis")
    held = settings.matching(r"^(REDIS|VALKEY)_")
    if held and wanted:
        shown = ", ".join(key.name for key in held)
        target = f"these and {', '.join(one.name for one in wanted)}"
        yield AdviceRow("Validated keys", held[0].where, shown, target, "one server's address")
    built = f" ({where(*clients[0][:2])})" if clients else ""
    for one in wanted:
        known = settings.get(one.name)
        if known is not None:
            yield AdviceRow(one.name, known.where, brief(known.shown), one.form, one.why)
        else:
            target = f"{one.form}; read it {_WRITES_DOWN}{built} in the same change"
            yield absent(one.name, target, one.why)
    database = settings.get("REDIS_DB")
    if database is not None and clustered:
        yield AdviceRow(
            "REDIS_DB",
            database.where,
            brief(database.shown),
            "0, or unset",
            "a cluster has database 0 only; separate by key prefix",
        )
