"""Which routes of a Rails application call an action of a controller, by ``config/routes.rb``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mendbook.model import EntryPoint
from mendbook.repository.snapshot import Snapshot

_ROUTES = re.compile(r"(?:^|/)config/routes(?:\.rb|/.+\.rb)$")
_CONTROLLER = re.compile(r"(?:^|/)app/controllers/(.+)_controller\.rb$")
_VERB = re.compile(
    r"^(get|post|put|patch|delete|match)[\s(]+(?:[\"']([^\"']+)[\"']|:(\w+))\s*(.*)$"
)
_TARGET = re.compile(r"(?:=>|\bto:|:to\s*=>)\s*[\"']([\w/]*)#(\w+)[\"']")
_VIA = re.compile(r":?via\s*(?:=>|:)\s*\[?\s*:(\w+)")
_RESOURCES = re.compile(r"^(resources?)[\s(]+((?::\w+(?:,\s*(?=:\w+(?:,|\s|\)|$)))?)+)(.*)$")
_NAMESPACE = re.compile(r"^namespace[\s(]+[:\"'](\w+)[\"']?(.*)$")
_SCOPE = re.compile(r"^scope\b(.*)$")
_BLOCK = re.compile(r"\bdo\b\s*(?:\|[^|]*\|)?\s*$")
_ACTIONS = {
    "index": ("GET", ""),
    "create": ("POST", ""),
    "new": ("GET", "/new"),
    "edit": ("GET", "/{id}/edit"),
    "show": ("GET", "/{id}"),
    "update": ("PATCH", "/{id}"),
    "destroy": ("DELETE", "/{id}"),
}
_BEFORE = re.compile(
    r"^\s*(?:before_action|around_action|after_action|before_filter)[\s(]+((?::\w+,?\s*)+)(.*)$",
    re.M,
)


@dataclass(frozen=True, slots=True)
class _Level:
    """What a block of the routes gives to those within it."""

    path: str = ""
    module: str = ""
    controller: str = ""
    member: str = ""
    """What stands before a route of one member of a resource: ``/{id}``."""
    nested: str = ""


@dataclass(slots=True)
class _Table:
    by_action: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def add(self, controller: str, action: str, route: str, line: int) -> None:
        """Keep that ``route``, told on ``line``, calls an action."""
        self.by_action.setdefault(f"{controller.strip('/')}#{action}", []).append((route, line))


class Rails:
    """The routes of one snapshot, by controller and action."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def routes_of(self, file: str, name: str) -> Iterator[EntryPoint]:
        """Yield the routes that call ``name`` of a controller, as an action or as a filter."""
        told = _CONTROLLER.search(file)
        if told is None:
            return
        for path, route, line in self._told.get(f"{told[1]}#{name}", ()):
            yield EntryPoint(route, path, line)
        for action in self._filtered(file, name):
            for path, route, line in self._told.get(f"{told[1]}#{action}", ()):
                yield EntryPoint(route, path, line, (name,))

    def _filtered(self, file: str, name: str) -> Iterator[str]:
        """Yield the actions of a controller before which ``name`` runs."""
        text = self._snapshot.text(file)
        actions = re.findall(r"^\s*def (\w+)", text, re.M)
        for match in _BEFORE.finditer(text):
            if name not in re.findall(r":(\w+)", match[1]):
                continue
            only, out = _option(match[2], "only"), _option(match[2], "except")
            yield from (one for one in actions if (not only or one in only) and one not in out)

    @cached_property
    def _told(self) -> Mapping[str, list[tuple[str, str, int]]]:
        by_action: dict[str, list[tuple[str, str, int]]] = {}
        for path in self._snapshot.files:
            if _ROUTES.search(path):
                table = _read(self._snapshot.get(path) or "")
                for action, several in table.by_action.items():
                    by_action.setdefault(action, []).extend((path, *each) for each in several)
        return by_action


def _read(text: str) -> _Table:
    table = _Table()
    levels = [_Level()]
    joined = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        bare = re.sub(r"(^|\s)#\s.*$", "", raw).strip()
        joined = f"{joined} {bare}".strip()
        if bare.endswith(","):
            continue
        line, joined = joined, ""
        inner = _level(line, levels[-1], table, number)
        if line == "end":
            levels = levels[:-1] or [_Level()]
        elif _BLOCK.search(line):
            levels.append(inner)
    return table


def _level(line: str, level: _Level, table: _Table, number: int) -> _Level:
    """Note the routes of ``line``, and return what holds within a block that it begins."""
    if told := _VERB.match(line):
        _note(told, level, table, number)
    elif told := _NAMESPACE.match(line):
        return _Level(f"{level.path}/{told[1]}", f"{level.module}{told[1]}/")
    elif told := _SCOPE.match(line):
        where = re.search(r"(?:^|path:)\s*[(\s]*[\"':]/?([\w/:-]+)[\"']?", told[1])
        module = re.search(r"module:\s*[\"':](\w+)", told[1])
        path = f"{level.path}/{where[1]}" if where is not None else level.path
        return _Level(path, f"{level.module}{module[1]}/" if module is not None else level.module)
    elif told := _RESOURCES.match(line):
        return _resources(told, level, table, number)
    elif re.match(r"member\b", line):
        return _Level(level.path + level.member, level.module, level.controller)
    elif re.match(r"collection\b", line):
        return _Level(level.path, level.module, level.controller)
    return level


def _note(told: re.Match[str], level: _Level, table: _Table, number: int) -> None:
    verb, path, rest = told[1], told[2] or told[3], told[4]
    target = _TARGET.search(rest)
    via = _VIA.search(rest)
    shown = (via[1] if via is not None and via[1] != "all" else "") if verb == "match" else verb
    plain = re.sub(r"\(\.:format\)|\.:format", "", path).strip("/")
    whole = f"{level.path}{level.member}/{plain}".rstrip("/") or "/"
    route = f"{shown.upper()} {whole}".strip()
    if target is not None:
        table.add(f"{level.module}{target[1] or level.controller}", target[2], route, number)
    elif level.controller:
        own = re.search(r"\baction:\s*[\"':](\w+)", rest)
        table.add(level.module + level.controller, own[1] if own else plain, route, number)
    elif plain.count("/") == 1 and "redirect" not in rest and ":" not in plain:
        controller, _, action = plain.partition("/")
        table.add(level.module + controller, action, route, number)


def _resources(told: re.Match[str], level: _Level, table: _Table, number: int) -> _Level:
    one = told[1] == "resource"
    only, out = _option(told[3], "only"), _option(told[3], "except")
    inner = level
    for name in re.findall(r":(\w+)", told[2]):
        own = re.search(r"\bpath:\s*[\"']/?([\w/-]+)[\"']", told[3])
        controller = re.search(r"\bcontroller:\s*[\"':]([\w/]+)", told[3])
        path = f"{level.path}{level.nested or level.member}/{own[1] if own else name}"
        target = controller[1] if controller else (f"{name}s" if one else name)
        for action, (verb, ending) in _ACTIONS.items():
            if (only and action not in only) or action in out or (one and action == "index"):
                continue
            at = ending.replace("/{id}", "") if one else ending
            table.add(level.module + target, action, f"{verb} {path}{at}", number)
        inner = _Level(
            path,
            level.module,
            target,
            "" if one else "/{id}",
            "" if one else f"/{{{name.rstrip('s')}_id}}",
        )
    return inner


def _option(text: str, name: str) -> set[str]:
    """Return the actions that an option lists: ``only: [:index, :show]``, ``%i[index show]``."""
    match = re.search(
        rf"\b{name}:\s*(\[[^\]]*\]|%i\[[^\]]*\]|:\w+)|:{name}\s*=>\s*(\[[^\]]*\]|:\w+)", text
    )
    if match is None:
        return set()
    return set(re.findall(r"\w+", (match[1] or match[2]).removeprefix("%i")))
