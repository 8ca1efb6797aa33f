"""Under which address a router is mounted, so that a route is told whole.

``include_router(berths.router, prefix="/berths")``, ``app.use("/berths", berths)``, Flask's
blueprints, Django's ``include``, Fastify's ``register`` and the global prefix of NestJS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from mendbook.code.references.mounts_python import python_mounts
from mendbook.code.references.mounts_records import ALL, Mount, Router
from mendbook.code.references.mounts_script import script_mounts
from mendbook.code.test_files import is_test
from mendbook.code.trees import is_source
from mendbook.model import EntryPoint
from mendbook.repository.snapshot import Snapshot

_DEEPEST = 8
"""Routers inside one another; more are a circle."""
_FEW = 3
"""Addresses of one router; one that is mounted at more is told without any."""
_CHAIN = 8
"""Lines that a chain of methods is followed upwards."""
_NAMED = re.compile(r"(?:([A-Z]+) )?(/\S*)")
_ON = re.compile(
    r"@?\b(\w+)\s*\.\s*(?:get|post|put|patch|del|delete|options|head|all|route|api_route|websocket"
    r"|register|add_url_rule|add_api_route|add_route)\b"
)
_LIST = re.compile(r"(\w+)\s*(?::[^=]+)?\+?=\s*\[")
_GLOBAL = re.compile(r"\.setGlobalPrefix\(\s*[\"'`]([^\"'`$]+)[\"'`]")
_VERSIONED = re.compile(
    r"\.enableVersioning\(\s*\{(?=[^}]*VersioningType\.URI)"
    r"(?:[^}]*defaultVersion:\s*[\"'`](\w+)[\"'`])?"
)
_CONTROLLER = re.compile(r"@Controller\((?:\s*\{[^}]*?\bversion:\s*[\"'`](\w+)[\"'`])?")


class Mounts:
    """The mounted routers of one snapshot, read when the first route is asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def wholes(self, entry: EntryPoint) -> tuple[EntryPoint, ...]:
        """Return ``entry`` by its whole address, once for each place its router is mounted at."""
        named = _NAMED.fullmatch(entry.name)
        prefixes = self.before(entry.file, entry.line) if named is not None else ()
        return tuple(_under(entry, named, each) for each in prefixes if named) or (entry,)

    def before(self, file: str, line: int) -> tuple[str, ...]:
        """Return each address before a route that is registered at ``line``; empty for none."""
        lines = (self._snapshot.get(file) or "").splitlines()
        if is_source(file) and any("@Controller(" in each for each in lines):
            own = _CONTROLLER.findall("\n".join(lines[:line]))
            return (self._of_nest(own[-1] if own else ""),)
        on = next((match for row in _upward(lines, line) if (match := _ON.search(row))), None)
        router = on[1] if on is not None else _list_around(lines, line)
        return self._above((file, router), 0)

    def _above(self, router: Router, depth: int) -> tuple[str, ...]:
        """Return each address that ``router`` is mounted under; more than a few tell nothing."""
        mounts = self._mounted.get(router) or self._mounted.get((router[0], ALL), [])
        if not mounts or depth > _DEEPEST or any(each.parent == router for each in mounts):
            return ("",)
        told = tuple(
            dict.fromkeys(
                above + each.prefix
                for each in mounts
                for above in self._above(each.parent, depth + 1)
            )
        )
        return told if len(told) <= _FEW else ("",)

    @cached_property
    def _mounted(self) -> dict[Router, list[Mount]]:
        mounted: dict[Router, list[Mount]] = {}
        for each in (*python_mounts(self._snapshot), *script_mounts(self._snapshot)):
            known = mounted.setdefault(each.router, [])
            if each not in known:
                known.append(each)
        return mounted

    def _of_nest(self, version: str) -> str:
        """Return what NestJS puts before a controller's path: global prefix and version.

        The ``version`` of the controller goes before that of all; neither counts unless versions
        stand in addresses.
        """
        prefix, versioned = self._nest
        told = (version or versioned[1]) if versioned is not None else ""
        parts = [prefix.strip("/"), f"v{told}" if told else ""]
        return "".join(f"/{part}" for part in parts if part)

    @cached_property
    def _nest(self) -> tuple[str, re.Match[str] | None]:
        """The global prefix, and how versions were switched on."""
        texts = list(self._starting())
        prefix = next((match[1] for each in texts if (match := _GLOBAL.search(each))), "")
        return prefix, next((match for each in texts if (match := _VERSIONED.search(each))), None)

    def _starting(self) -> Iterator[str]:
        for path in self._snapshot.files:
            if is_source(path) and not is_test(path):
                text = self._snapshot.get(path) or ""
                if "NestFactory" in text:
                    yield text


def _under(entry: EntryPoint, named: re.Match[str], before: str) -> EntryPoint:
    """Return ``entry`` with an address before its path."""
    if not before:
        return entry
    path = f"{before}{'' if named[2] == '/' else named[2]}"
    return replace(entry, name=f"{named[1]} {path}" if named[1] else path, mounted=before)


def _upward(lines: list[str], line: int) -> Iterator[str]:
    """Yield the line of a registration, and what a chain of methods above it begins with."""
    joined = ""
    for row in reversed(lines[max(0, line - _CHAIN) : line] if 0 < line <= len(lines) else []):
        joined = f"{row.rstrip()}{joined}"
        yield joined
        if not joined.lstrip().startswith("."):
            return
        joined = joined.lstrip()


def _list_around(lines: list[str], line: int) -> str:
    """Return the list of routes that ``line`` stands in, as Django has them; else ``ALL``."""
    for row in reversed(lines[:line]):
        if match := _LIST.match(row):
            return ALL if match[1] == "urlpatterns" else match[1]
        if row.startswith("]"):
            return ALL
    return ALL
