"""Where a file adds to a module of another: ``declare module './x' { interface Name … }``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.file_facts import facts_by_file
from mendbook.code.search import find_all
from mendbook.repository.snapshot import Snapshot

_MAY_ADD = re.compile(r"\bdeclare\s+(?:module\s*[\"']|global\b)")


@dataclass(frozen=True, slots=True)
class Addition:
    """A block of code that adds to what a module exports, or to the global scope."""

    source: str
    """The module as the block spells it; empty for the global scope."""
    line: int
    """The line, from 1, where the block spells the name that was asked for."""


def adding_files(snapshot: Snapshot) -> Collection[str]:
    """Return the source files that may add to a module or to the global scope, in order."""
    return facts_by_file(snapshot, _may_add).keys()


def _may_add(path: str, text: str) -> bool:
    return syntax.is_source(path) and _MAY_ADD.search(text) is not None


def additions(root: SgNode, name: str) -> Iterator[Addition]:
    """Yield each block of the file ``root`` that adds to a module and spells ``name`` in it.

    Inside such a block the module's own names mean something without an import, so a use counts
    as much as a declaration that is merged with the module's.
    """
    for block in find_all(root, "ambient_declaration"):
        source = _source_of(block)
        spelled = find_all(block, "identifier", "type_identifier", regex=f"^{re.escape(name)}$")
        if source is not None and spelled:
            yield Addition(source, spelled[0].range().start.line + 1)


def _source_of(block: SgNode) -> str | None:
    """Return the module that the block adds to, "" for the global scope, None for another."""
    if any(child.kind() == "global" for child in block.children()):
        return ""
    for child in block.named_children():
        if child.kind() in {"module", "internal_module"}:
            return syntax.string_value(child.field("name"))
    return None
