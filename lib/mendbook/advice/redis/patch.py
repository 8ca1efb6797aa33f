"""The patch that lets the configuration name a cluster's and Sentinel's nodes."""

from __future__ import annotations

import re

from mendbook.advice.additions import last_property, with_properties
from mendbook.advice.reading import Code
from mendbook.advice.settings import ENV_EXAMPLE, Schema, Settings
from mendbook.model import Proposal

KEYS = {
    "REDIS_CLUSTER_NODES": "production's cluster, host:port of some of its nodes",
    "REDIS_SENTINEL_NODES": "staging's Sentinels, host:port of each",
}
"""The keys that the tiers need, and what each is for."""


def missing(settings: Settings) -> tuple[str, ...]:
    """Return the keys that the configuration does not know."""
    return tuple(key for key in KEYS if settings.get(key) is None)


def why_not(settings: Settings) -> str:
    """Return why there is no patch although keys are missing."""
    if settings.schema is None:
        return "no z.object over process.env was found"
    return f"the schema of {settings.schema.module.path} leaves no line to add keys below"


def propose(code: Code, settings: Settings) -> Proposal | None:
    """Return the missing keys as optional strings in the schema and in ``.env.example``."""
    keys, schema = missing(settings), settings.schema
    if schema is None or not keys:
        return None
    text = _configured(schema, keys)
    if text is None:
        return None
    edits: dict[str, str | None] = {schema.module.path: text}
    example = code.snapshot.get(ENV_EXAMPLE)
    absent = tuple(key for key in keys if key not in settings.example)
    if example is not None and absent:
        edits[ENV_EXAMPLE] = _exampled(example, absent)
    return Proposal(
        finding_id="",
        source="advisor:redis",
        summary="Let the configuration name Redis cluster and Sentinel nodes",
        edits=edits,
        why="Staging and production need more addresses than one host and port.",
        risk="None while the keys are unset: nothing reads them yet.",
        docs=tuple(f"{path} — {', '.join(keys)}" for path in edits if path == ENV_EXAMPLE),
    )


def _configured(schema: Schema, keys: tuple[str, ...]) -> str | None:
    pairs = [node for node in schema.literal.named_children() if node.kind() == "pair"]
    related = [node for node in pairs if node.text().lstrip("'\"").startswith("REDIS_")]
    after = related[-1] if related else last_property(schema.literal)
    lines = [f"{key}: {_style(schema)}, // host:port, comma-separated" for key in keys]
    return with_properties(schema.module, after, lines) if after is not None else None


def _style(schema: Schema) -> str:
    """Return how the schema spells a string that may be left out."""
    text = schema.literal.text()
    empty = re.search(r"z\.string\(\)\.default\((''|\"\")\)", text)
    return empty[0] if empty and ".optional()" not in text else "z.string().optional()"


def _exampled(example: str, keys: tuple[str, ...]) -> str:
    newline = "\r\n" if "\r\n" in example else "\n"
    lines = example.splitlines(keepends=True)
    related = [n for n, line in enumerate(lines, 1) if re.match(r"[#\s]*REDIS_\w+=", line)]
    at = related[-1] if related else len(lines)
    before = "".join(lines[:at])
    if before and not before.endswith("\n"):
        before += newline
    added = ["# Comma-separated host:port; empty for a single node.", *(f"{key}=" for key in keys)]
    return before + "".join(line + newline for line in added) + "".join(lines[at:])
