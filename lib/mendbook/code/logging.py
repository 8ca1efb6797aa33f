"""Find the logger that is in scope, and log in its style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.functions import FUNCTIONS, class_of, local_names
from mendbook.code.imports import quote, required, semicolon
from mendbook.code.module_text import Module, imports, modules
from mendbook.code.search import find_all
from mendbook.repository.snapshot import Snapshot

_LEVELS = "debug|info|warn|error"
_LOGGER = re.compile(r"^(this\.|(app|fastify|server|req|request|ctx)\.)?_?(logger|log|LOG)$")


@dataclass(frozen=True, slots=True)
class Logger:
    """A logger as code names it, and whether it takes its object first, as pino does."""

    name: str
    object_first: bool
    mark: str
    semicolon: str

    def line(self, level: str, error: str, message: str) -> str:
        """Return the statement that logs ``message`` with the caught ``error``."""
        said = f"{self.mark}{message}{self.mark}"
        both = f"{{ {error} }}, {said}" if self.object_first else f"{said}, {error}"
        return f"{self.name}.{level}({both if error else said}){self.semicolon}"


def logger_at(module: Module, node: SgNode, snapshot: Snapshot | None = None) -> Logger | None:
    """Return the logger that code at ``node`` can use, judged by how its surroundings log, or None.

    One that the module only imports is called as the other modules of ``snapshot`` call theirs.
    """
    owner = class_of(node)
    places = [owner, module.root] if owner is not None else [module.root]
    for place in places:
        for name in _called(place):
            own = not name.startswith("this.") or place is owner
            if own and _in_scope(module, node, name.partition(".")[0]):
                return Logger(name, _object_first(place), quote(module), semicolon(module))
    name = _bound(module)
    for other in modules(snapshot, f"{name}.") if name and snapshot is not None else ():
        if name in _called(other.root):
            return Logger(name, _object_first(other.root), quote(module), semicolon(module))
    return None


def _bound(module: Module) -> str:
    """Return the logger that the module imports or requires, or nothing."""
    names = [*(one.local for one in imports(module) if not one.type_only), *required(module)]
    return next((one for one in names if _LOGGER.match(one)), "")


def _in_scope(module: Module, node: SgNode, name: str) -> bool:
    """Tell whether ``name`` means the same at ``node``: no other function keeps it to itself."""
    around = [one for one in node.ancestors() if one.kind() in FUNCTIONS]
    if name == "this" or any(name in local_names(one) for one in [*around, *_itself(node)]):
        return True
    owners = [one for one in find_all(module.root, *FUNCTIONS) if name in local_names(one)]
    return not owners or name in {one.local for one in imports(module)} | {*required(module)}


def _itself(node: SgNode) -> list[SgNode]:
    return [node] if node.kind() in FUNCTIONS else []


def _logs(place: SgNode) -> list[SgNode]:
    """Return the calls of loggers in ``place``, in order."""
    calls = []
    for call in find_all(place, "call_expression"):
        callee = call.field("function")
        target = callee.field("object") if callee is not None else None
        method = callee.field("property") if callee is not None else None
        if target is None or method is None or not _LOGGER.match(target.text()):
            continue
        if re.fullmatch(_LEVELS, method.text()):
            calls.append(call)
    return calls


def _called(place: SgNode) -> list[str]:
    """Return the loggers that ``place`` calls, in order."""
    callees = [call.field("function") for call in _logs(place)]
    return [one.text().rpartition(".")[0] for one in callees if one is not None]


def no_logger(module: Module) -> str:
    """Return why there is no logger: none at all, or one that no code shows how to call."""
    name = _bound(module)
    if not name:
        return f"{module.path} has no logger in scope"
    return f"{module.path} imports {name}, but no code shows how it is called"


def _object_first(place: SgNode) -> bool:
    given = [call.field("arguments") for call in _logs(place)]
    return any(one is not None and re.match(r"\(\s*\{", one.text()) for one in given)
