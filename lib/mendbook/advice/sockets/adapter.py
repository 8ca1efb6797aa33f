"""What carries packets between instances, and brings a client back to its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.advice.advisor import Survey
from mendbook.advice.production_code import (
    Code,
    bare,
    bound,
    brief,
    literal_argument,
    member,
    where,
)
from mendbook.advice.rows import absent, findings_at, row
from mendbook.advice.values import Reader
from mendbook.code.functions import function_around
from mendbook.code.module_text import Module, imported, imports
from mendbook.code.search import find_all
from mendbook.code.trees import arguments_of, is_source
from mendbook.model import AdviceRow, Citation

ADAPTERS = (
    "@socket.io/redis-adapter",
    "@socket.io/redis-streams-adapter",
    "@socket.io/cluster-adapter",
    "@socket.io/postgres-adapter",
    "@socket.io/mongo-adapter",
    "socket.io-redis",
)
_STICKY = re.compile(
    r"sticky|ip_hash|sessionAffinity|affinity-mode|hash \$remote_addr", re.IGNORECASE
)
_DEPLOYED = re.compile(r"\.(ya?ml|conf|cfg|sh|tf|tpl|toml)$|(^|/)(Dockerfile|Caddyfile)$")


def adapters(survey: Survey, code: Code) -> Iterator[AdviceRow]:
    """Yield each adapter and the two clients that it is given."""
    what = "Adapter"
    target = "keep; a separate Redis for Pub/Sub at scale"
    why = "every packet for several clients is published once and received by every instance"
    present = False
    for module, call in code.calls("createAdapter", "createShardedAdapter"):
        present = True
        callee = call.text().split("(")[0].rsplit(".", 1)[-1]
        source = _package(module, callee)
        package = f" of {source}" if source else ""
        yield row(survey, what, module, call, f"{callee}{package}", target, why)
        yield from _clients(survey, module, call)
    if not present:
        yield absent(what, "@socket.io/redis-adapter, before a second instance is started", why)


def _package(module: Module, name: str) -> str:
    """Return the package that ``name`` is imported or required from, or an empty string."""
    source = imported(module, name)
    if source is not None:
        return source.specifier
    return next((package for package in ADAPTERS if name in bound(module, package)), "")


def _clients(survey: Survey, module: Module, call: SgNode) -> Iterator[AdviceRow]:
    given = [brief(bare(node).text()) for node in arguments_of(call)[:2]]
    if not given:
        return
    others = _other_uses(module, call, given[0])
    shared = f"; the publisher also goes to {', '.join(others)}" if others else ""
    apart = len(set(given)) > 1 and not others
    yield row(
        survey,
        "Adapter clients",
        module,
        call,
        f"{' and '.join(given)}{shared}",
        "keep: two connections of their own" if apart else "two connections of their own",
        "commands that share the publisher's connection wait behind its broadcasts",
    )


def _other_uses(module: Module, adapter: SgNode, client: str) -> list[str]:
    """Return the calls beside ``adapter`` in the same function that are given ``client`` too."""
    scope = function_around(adapter) or module.root
    return list(
        dict.fromkeys(
            f"{call.text().split('(')[0].rsplit('.', 1)[-1]} ({where(module, call)})"
            for call in find_all(scope, "call_expression", "new_expression")
            if call != adapter and client in [bare(one).text() for one in arguments_of(call)]
        )
    )


def sticky(survey: Survey, code: Code, polls: bool) -> AdviceRow:
    """Return where sticky sessions are configured, in code or in files for deployment."""
    what = "Sticky sessions"
    target = (
        "on with several instances, by cookie, at the load balancer"
        if polls
        else "not needed without polling"
    )
    why = "long polling needs every request of a session on one instance, else HTTP 400"
    for module in code.modules("@socket.io/sticky"):
        for one in imports(module):
            if one.specifier == "@socket.io/sticky":
                return row(survey, what, module, one.node, "@socket.io/sticky", target, why)
    for path in code.snapshot.files:
        if is_source(path) or not _DEPLOYED.search(path):
            continue
        for number, line in enumerate(code.snapshot.text(path).splitlines(), 1):
            if _STICKY.search(line) and not line.lstrip().startswith(("#", "//")):
                return AdviceRow(what, Citation(path, number), brief(line), target, why)
    return absent(what, target, why)


def retries(survey: Survey, reader: Reader) -> Iterator[AdviceRow]:
    """Yield how often each Redis client retries a request."""
    what = "maxRetriesPerRequest"
    target = "1–3 on the request path; null only for subscribers"
    why = "with ioredis' default of 20 a request waits through twenty reconnections"
    present = False
    for module, call in reader.code.calls("Redis", "Cluster"):
        options = literal_argument(call) if call.kind() == "new_expression" else None
        value = member(options, what) if options is not None else None
        if value is not None:
            present = True
            read = reader.value(module, value)
            few = read.number is not None and 1 <= read.number <= 3
            ids = findings_at(survey, module, value)
            yield AdviceRow(
                what, where(module, value), read.shown, "keep" if few else target, why, findings=ids
            )
    if not present:
        yield absent(what, target, why)
