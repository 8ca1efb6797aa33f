"""Send a secret in one header, not in two."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import apply
from mendbook.code.imports import cut_from_list
from mendbook.code.module_text import Module, modules
from mendbook.code.search import find_all
from mendbook.code.test_files import is_test
from mendbook.fixes.reach import targets
from mendbook.fixes.recipe import Change, Example, Recipe, asking
from mendbook.fixes.task import Task


def _rewrite(task: Task) -> Change | str:
    reason = "no request of the file sends one secret in two headers"
    for module in targets(task):
        doubled = [found for one in _headers(module) if (found := _doubled(one)) is not None]
        if not doubled:
            continue
        secret = doubled[0][0]
        keep = _precedent(task, secret, sorted(doubled[0][1]))
        if keep is None:
            reason = f"no other request shows which header the receiver reads {secret} from"
            continue
        edits = [
            cut_from_list(module.text, pair)
            for one in _headers(module)
            if (found := _doubled(one)) is not None and keep in found[1]
            for name, pair in found[1].items()
            if name != keep
        ]
        return Change(
            summary=f"Send {secret} in {keep} alone",
            edits={module.path: apply(module.text, edits)},
            why=f"Another request to the same receiver sends {secret} in {keep} only.",
            risk=f"A receiver that reads {secret} from the other header refuses the call: ask "
            "its owners before this is merged.",
        )
    return reason


def _headers(module: Module) -> list[SgNode]:
    """Return the object literals that are given as ``headers``."""
    return [
        value
        for pair in find_all(module.root, "pair")
        if (label := pair.field("key")) is not None
        and label.text() == "headers"
        and (value := pair.field("value")) is not None
        and value.kind() == "object"
    ]


def _sent(headers: SgNode) -> dict[str, tuple[str, SgNode]]:
    """Return each header's name with the configuration value it carries and its pair."""
    found = {}
    for pair in headers.children():
        label, value = pair.field("key"), pair.field("value")
        if pair.kind() != "pair" or label is None or value is None:
            continue
        secret = re.fullmatch(r"(?:`Bearer \$\{)?([\w.]*\.[A-Z][A-Z0-9_]+)(?:\}`)?", value.text())
        if secret:
            found[label.text().strip("\"'")] = (secret[1], pair)
    return found


def _doubled(headers: SgNode) -> tuple[str, dict[str, SgNode]] | None:
    by_secret: dict[str, dict[str, SgNode]] = {}
    for name, (secret, pair) in _sent(headers).items():
        by_secret.setdefault(secret, {})[name] = pair
    return next(((one, names) for one, names in by_secret.items() if len(names) == 2), None)


def _precedent(task: Task, secret: str, names: list[str]) -> str | None:
    """Return the one of ``names`` that other requests carry the secret in, alone."""
    alone = {
        name
        for module in modules(task.snapshot, secret)
        if not is_test(module.path)
        for headers in _headers(module)
        if _doubled(headers) is None
        for name, (carried, _) in _sent(headers).items()
        if carried == secret and name in names
    }
    return alone.pop() if len(alone) == 1 else None


_CLIENT = """\
export const post = (body: string) =>
  fetch(config.API_URL, {
    headers: {
      Accept: "application/json",
      Authorization: `Bearer ${config.API_KEY}`,
      "X-Internal-Key": config.API_KEY,
    },
    body,
  });
"""
_OTHER = """\
export const check = (token: string) =>
  fetch(config.API_URL, {
    headers: { Authorization: `Bearer ${token}`, "X-Internal-Key": config.API_KEY },
  });
"""
_ASKED = asking("Key sent in two headers", "Remove the redundant one", "src/client.ts", "post")

RECIPE = Recipe(
    name="drop-header",
    message="A secret that is sent twice is logged twice, and nobody knows which one counts.",
    words=r"(redundant|duplicat|twice|both|two).*headers?|headers?.*(redundant|duplicat|twice)",
    rewrite=_rewrite,
    examples=(
        Example(
            "another request shows which header counts",
            _ASKED,
            {"src/client.ts": _CLIENT, "src/check.ts": _OTHER},
            {
                "src/client.ts": _CLIENT.replace(
                    "      Authorization: `Bearer ${config.API_KEY}`,\n", ""
                )
            },
        ),
        Example(
            "without a precedent both stay",
            _ASKED,
            {"src/client.ts": _CLIENT},
            refuses="no other request shows which header",
        ),
    ),
)
