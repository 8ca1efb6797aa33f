"""Imports: from another module, by the prefix of what is built in."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import insert
from mendbook.fixes.instruction.places.scene import begins_in_quote, touches_quote
from mendbook.fixes.instruction.script.ask import Ask
from mendbook.fixes.instruction.script.place import ITEM, step_edits
from mendbook.fixes.instruction.tree.syntax import (
    of_kinds,
    start,
    string_of,
    text_of,
)
from mendbook.fixes.instruction.work import StepEdits, Work
from mendbook.fixes.instruction.writing.editing import replaced
from mendbook.model import Operation

_NODE = re.compile(
    r"(?:(?:import|load)\b.*?\b(?:with|using|via|by)\s+the\s+|(?:use|add|prefer)\s+(?:the\s+)?)(?"
    r":⟦\d+⟧|node:)\s*"
    r"(?:prefix|protocol|scheme|specifiers?|imports?)?(?:\s+(?:for|to|on|in)\s+(?:the\s+|these\s+"
    r"|all\s+|both\s+)*"
    r"(?:node\.?(?:js)?\s+)?(?:built-?in|core|builtin)?s?\s*(?:imports?|modules?)?)?",
    re.IGNORECASE,
)
_BUILTIN = re.compile(
    r"(?:assert|async_hooks|buffer|child_process|cluster|crypto|dns|events|fs|http|http2|https|"
    r"net|os|path"
    r"|perf_hooks|process|querystring|readline|stream|string_decoder|timers|tls|url|util|v8|vm|"
    r"worker_threads|zlib)"
    r"(?:/promises|/strict|/web)?"
)


def node_prefix(work: Work, ask: Ask) -> StepEdits | None:
    """*Use the `node:` prefix*: on the imports of what Node.js has built in that are quoted."""
    scene = work.scene
    if _NODE.fullmatch(ask.text) is None or "node:" not in ask.written:
        return None
    sources = [
        one
        for held in of_kinds(scene.root, ("import_statement", "call_expression"))
        if held.kind() == "import_statement" or held.text().startswith("require(")
        for one in of_kinds(held, ("string",))
        if touches_quote(scene, held) and _BUILTIN.fullmatch(string_of(one))
    ]
    told = set(re.findall(r"node:([\w/]+)", ask.written))
    if not sources or (told and told != {string_of(one) for one in sources}):
        return None
    edits = [insert(start(one) + 1, "node:") for one in sources]
    adds = [f"{one.text()[0]}node:{one.text()[1:]}" for one in sources]
    return step_edits(scene, Operation.REPLACE, "import what is built in by `node:`", edits, adds)


_FROM = re.compile(
    rf"import\s+(?P<x>{ITEM})\s+from\s+(?P<module>⟦\d+⟧|'[^']*')(?:\s+(?:instead\s+of|rather\s+"
    rf"than|not)\s+(?:from\s+)?(?:⟦\d+⟧|'[^']*'))?",
    re.IGNORECASE,
)


def imported_from(work: Work, ask: Ask) -> StepEdits | None:
    """*Import `readFile` from `node:fs/promises`*: the quoted import has another source."""
    scene = work.scene
    told = _FROM.fullmatch(ask.text)
    if told is None:
        return None
    name, module = ask.code(told["x"]), ask.code(told["module"]).strip("'\"")
    imports = [
        one for one in of_kinds(scene.root, ("import_statement",)) if begins_in_quote(scene, one)
    ]
    clause = of_kinds(imports[0], ("import_clause",)) if len(imports) == 1 else []
    source = imports[0].field("source") if len(imports) == 1 else None
    if not clause or source is None or bound_names(clause[0]) != {name}:
        return None
    if string_of(source) == module or not re.fullmatch(r"[\w@:./-]+", module):
        return None
    mark = source.text()[0]
    text = f"{mark}{module}{mark}"
    said = f"import {name} from {module}"
    return step_edits(
        scene, Operation.REPLACE, said, [replaced(source, text)], [text], [source.text()]
    )


def bound_names(clause: SgNode) -> set[str]:
    """Return the names that an import clause binds."""
    names = set()
    for one in clause.named_children():
        if one.kind() == "identifier":
            names.add(one.text())
        for each in of_kinds(one, ("import_specifier",)):
            names.add(text_of(each.field("alias")) or text_of(each.field("name")))
        if one.kind() == "namespace_import":
            names |= {each.text() for each in one.named_children()}
    return names


IMPORTS = (imported_from, node_prefix)
