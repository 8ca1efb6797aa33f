"""Which modules a file loads in ways that name no name: ``import()``, mocks, globs, folders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ast_grep_py import SgNode

from mendbook.code import trees as syntax
from mendbook.code.references.commonjs import required
from mendbook.code.references.outline import Load
from mendbook.code.references.scope import taken_apart

_MAY_LOAD = (
    # each begins with letters, by which a text is gone through far faster than by a choice of them
    re.compile(r"import(?:(?<!\wimport)(?:\s*\(|Actual)|\.meta\.glob)"),
    re.compile(r"require(?:(?<!\wrequire)(?:\s*\(|Actual)|\.context)"),
)
_MOCK_CALL = re.compile(r"[jv]i?e?s?t?\.\w*[mM]ock\(")
_TYPES = re.compile(r"\bimport\(\s*[\"']([^\"'\n]+)[\"']\s*\)(?:\s*\.\s*([A-Za-z_$][\w$]*))?")
_THEN = re.compile(
    r"\s*\.\s*then\(\s*(?:async\s*)?(?:\(?\s*(\w+)\s*\)?\s*=>\s*\(?\s*(?:\{\s*\w+\s*:\s*)?"
    r"\1\s*\.\s*(\w+)|\(\s*\{([^{}.]*)\}\s*\)\s*=>)"
)
_MOCKS = frozenset({"mock", "doMock", "unmock", "importActual", "requireActual", "requireMock"})
_JOINED = re.compile(r"(?:__dirname|import\.meta\.\w+|process\.cwd\(\))\s*,\s*[\"']([\w./-]+)[\"']")
_READS_FOLDER = re.compile(r"\b(?:readdir\w*|glob\w*|walk\w*|opendir\w*)\b")
_COMPUTED = re.compile(
    r"import\.meta\.glob|require\.context"
    r"|\b(?:import|require)\s*\(\s*(?:/\*.*?\*/\s*)?(?:`[^`]*\$\{|[^\"'`\s/)]|[\"'][^\"'\n]*[\"']\s*\+)"
)
MOCKED = "?"
"""The name of a load that matters only where the file says the wanted name somewhere."""


def may_load(text: str) -> bool:
    """Tell whether ``text`` may load a module otherwise than by an import statement."""
    if any(pattern.search(text) for pattern in _MAY_LOAD):
        return True
    return "ock(" in text and _MOCK_CALL.search(text) is not None


def may_load_many(path: str, text: str) -> bool:
    """Tell whether code may load files by a pattern or a name it makes while it runs."""
    return syntax.holds_code(path) and _COMPUTED.search(text) is not None


def read_loads(root: SgNode, text: str) -> tuple[Load, ...]:
    """Return what the file loads without an import statement; a pattern holds a ``*``."""
    loads = [load for call in syntax.calls_of(root) for load in _loaded(call, text)]
    known = {one.source for one in loads}
    loads += [
        Load(source, name) for source, name in _TYPES.findall(text) if source not in known or name
    ]
    return tuple(dict.fromkeys(loads))


def _loaded(call: SgNode, text: str) -> Iterator[Load]:
    callee = call.field("function")
    given = next(iter(syntax.arguments_of(call)), None)
    if callee is None or given is None:
        return
    named = callee.text()
    if named in {"import", "require"}:
        source = syntax.string_value(given)
        if source is not None:
            yield from (Load(source, name) for name in _taken(call, text))
        else:
            yield from (Load(pattern) for pattern in _patterns(given, text))
    elif named.endswith((".glob", ".globEager")) and named.startswith("import.meta"):
        for one in [given, *given.named_children()]:
            if (pattern := syntax.string_value(one)) and not pattern.startswith("!"):
                yield Load(pattern)
    elif named == "require.context":
        folder = syntax.string_value(given)
        yield from [Load(folder.rstrip("/") + "/**/*")] if folder else []
    elif syntax.callee_name(call) in _MOCKS and (source := syntax.string_value(given)):
        yield Load(source, MOCKED)


def _taken(call: SgNode, text: str) -> Iterator[str]:
    """Yield the names taken from a loaded module, empty when they cannot be told."""
    node, parent = call, call.parent()
    while parent is not None and parent.kind() in syntax.WRAPPERS:
        node, parent = parent, parent.parent()
    kind = parent.kind() if parent is not None else ""
    if parent is None or kind == "expression_statement":
        return
    if kind == "variable_declarator" and required(parent.field("value")):
        yield from _bound(parent)
        return
    name = parent.field("property") if kind == "member_expression" else None
    loads_later = text.startswith("import", call.range().start.index)
    if name is not None and (node.kind() != "call_expression" or not loads_later):
        yield name.text()
        return
    then = _THEN.match(text, call.range().end.index)
    if then is None:
        yield ""
    elif then[2]:
        yield then[2]
    else:
        yield from (part.partition(":")[0].strip() for part in then[3].split(",") if part.strip())


def _bound(declarator: SgNode) -> Iterator[str]:
    """Yield what a pattern takes; a name at the top level is an import of its own."""
    name, statement = declarator.field("name"), declarator.parent()
    home = statement.parent() if statement is not None else None
    if name is None or name.kind() != "object_pattern":
        top = home is not None and home.kind() == "program"
        yield from () if top else ("",)
        return
    for bound in taken_apart(name, declarator):
        yield bound.steps[0].key if bound.steps else ""


def _patterns(given: SgNode, text: str) -> Iterator[str]:
    """Yield the pattern of files that a computed argument may mean."""
    if given.kind() == "template_string" or given.kind() == "binary_expression":
        pattern = _as_pattern(given)
        if pattern.startswith((".", "/", "@", "~", "$", "#")):
            yield pattern
            return
    if _READS_FOLDER.search(text):
        folders = _JOINED.findall(text)
        yield from (f"./{folder.removeprefix('./')}/**/*" for folder in folders)
        if not folders:
            yield "./**/*"


def _as_pattern(given: SgNode) -> str:
    if given.kind() == "template_string":
        pieces, at = [], given.range().start.index + 1
        whole, start = given.text(), given.range().start.index
        for hole in given.named_children():
            if hole.kind() == "template_substitution":
                span = hole.range()
                pieces += [whole[at - start : span.start.index - start], "*"]
                at = span.end.index
        return "".join([*pieces, whole[at - start : -1]])
    parts = [given.field("left"), given.field("right")]
    texts = [syntax.string_value(part) if part is not None else None for part in parts]
    left = _as_pattern(parts[0]) if parts[0] and parts[0].kind() == "binary_expression" else "*"
    return "".join(
        one if one is not None else left if not at else "*" for at, one in enumerate(texts)
    )
