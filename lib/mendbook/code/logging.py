"""Find the logger that is in scope, and log in its style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code.functions import class_of
from mendbook.code.imports import quote, semicolon
from mendbook.code.module_text import Module
from mendbook.code.search import find_all

_LEVELS = "debug|info|warn|error"
_LOGGER = re.compile(r"^(this\.)?(logger|log)$")


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


def logger_at(module: Module, node: SgNode) -> Logger | None:
    """Return the logger that code at ``node`` can use, judged by how its surroundings log."""
    owner = class_of(node)
    places = [owner, module.root] if owner is not None else [module.root]
    for place in places:
        for call in find_all(place, "call_expression"):
            callee = call.field("function")
            target = callee.field("object") if callee is not None else None
            method = callee.field("property") if callee is not None else None
            if target is None or method is None or not _LOGGER.match(target.text()):
                continue
            if not re.fullmatch(_LEVELS, method.text()):
                continue
            if target.text().startswith("this.") and place is not owner:
                continue
            return Logger(target.text(), _object_first(place), quote(module), semicolon(module))
    return None


def _object_first(place: SgNode) -> bool:
    return any(
        re.match(rf"(this\.)?(logger|log)\.({_LEVELS})\(\s*\{{", call.text())
        for call in find_all(place, "call_expression")
    )
