"""Add and remove imported names, in the style of the file."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, insert, line_end, merged, remove, replace, start
from mendbook.code.functions import pattern_names
from mendbook.code.header import code_start
from mendbook.code.module_text import Import, Module, imported, imports, parse_text, uses
from mendbook.code.search import find_all, find_one

_MODULE = {"import_statement", "export_statement"}
_REQUIRE = re.compile(r"""\brequire\(\s*(["'`])([^"'`]+)\1\s*\)""")
_COMMONJS = re.compile(
    r"""\brequire\(|\bmodule\.exports\b|^exports\.|\b__dirname\b|^["']use strict["']""",
    re.MULTILINE,
)
_FACTORIES = {"React", "h", "jsx", "Fragment", "Preact", "createElement"}
"""What tags may be made with: no identifier shows that a tag uses it."""


def quote(module: Module) -> str:
    """Return the quote that the module's imports use, or its strings, else a double one."""
    literal = module.root.find(kind="string", inside={"kind": "import_statement"})
    literal = literal or find_one(module.root, "string")
    return literal.text()[0] if literal is not None else '"'


def semicolon(module: Module) -> str:
    """Return ``;`` when the module ends most of its statements with one."""
    simple = (
        "import_statement",
        "expression_statement",
        "lexical_declaration",
        "return_statement",
    )
    ended = [node.text().endswith(";") for node in find_all(module.root, *simple)]
    ended += [one.text().endswith(";") for one in module.root.children() if one.field("source")]
    return ";" if 2 * sum(ended) >= len(ended) else ""


def add_import(module: Module, name: str, specifier: str, type_only: bool = False) -> list[Edit]:
    """Return the edits that import ``name`` from ``specifier``; none when it is there.

    A CommonJS module requires it. A name that is imported as a type only becomes a value.
    """
    if is_commonjs(module):
        return [] if type_only else _add_require(module, name, specifier)
    already = imported(module, name)
    if already is not None and (type_only or not already.type_only):
        return []
    if already is not None:
        return _as_value(module, already)
    beside = next(
        (
            one
            for one in reversed(imports(module))
            if one.specifier == specifier
            and one.part.kind() == "import_specifier"
            and _is_type(one.node) == type_only
        ),
        None,
    )
    if beside is not None:
        return [insert(end(beside.part), f", {name}")]
    mark, word = quote(module), "import type" if type_only else "import"
    line = f"{word} {{ {name} }} from {mark}{specifier}{mark}{semicolon(module)}\n"
    statements = [node for node in module.root.children() if node.kind() == "import_statement"]
    return [_new_line(module, statements, line, builtin=specifier.startswith("node:"))]


def add_import_statement(module: Module, statement: str) -> list[Edit]:
    """Return the edits that put an import, as it is written out, below the others.

    None where every name that it binds is imported. It gets the quotes and the end that the
    module's imports have.
    """
    told = imports(parse_text(module.path, statement))
    if not told or all(imported(module, one.local) is not None for one in told):
        return []
    mark = quote(module)
    text = re.sub(r"['\"]([^'\"]+)['\"]", lambda match: f"{mark}{match[1]}{mark}", statement)
    line = f"{text.strip().rstrip(';')}{semicolon(module)}\n"
    statements = [node for node in module.root.children() if node.kind() == "import_statement"]
    return [_new_line(module, statements, line, builtin=False)]


def is_commonjs(module: Module) -> bool:
    """Tell whether ``module`` loads others with ``require``, as its own text shows."""
    suffix = module.path.rpartition(".")[2]
    if suffix in {"ts", "mts", "cts", "tsx", "mjs"}:
        return False
    if any(one.kind() in _MODULE for one in module.root.children()):
        return False
    return suffix == "cjs" or _COMMONJS.search(module.text) is not None


def required(module: Module) -> dict[str, str]:
    """Return the specifier of each name that a top-level ``require`` binds."""
    specifiers: dict[str, str] = {}
    for node in _requires(module):
        for one in find_all(node, "variable_declarator"):
            label, value = one.field("name"), one.field("value")
            loaded = _REQUIRE.search(value.text()) if value is not None else None
            if label is not None and loaded is not None:
                specifiers |= dict.fromkeys(pattern_names(label), loaded[2])
    return specifiers


def _requires(module: Module) -> list[SgNode]:
    kinds = {"lexical_declaration", "variable_declaration"}
    return [
        node
        for node in module.root.children()
        if node.kind() in kinds and _REQUIRE.search(node.text())
    ]


def _add_require(module: Module, name: str, specifier: str) -> list[Edit]:
    if name in required(module):
        return []
    statements = _requires(module)
    for node in statements:
        pattern = find_one(node, "object_pattern")
        loaded = _REQUIRE.search(node.text())
        members = pattern.named_children() if pattern is not None else []
        if loaded is not None and loaded[2] == specifier and members:
            return [insert(end(members[-1]), f", {name}")]
    mark = quote(module)
    line = f"const {{ {name} }} = require({mark}{specifier}{mark}){semicolon(module)}\n"
    return [_new_line(module, statements, line, builtin=specifier.startswith("node:"))]


def _as_value(module: Module, type_import: Import) -> list[Edit]:
    """Return the edits that make a name which is imported as a type a value, too."""
    for child in type_import.part.children():
        if child.kind() == "type":
            return [Edit(start(child), end(child) + 1, "")]
    mark, name = quote(module), type_import.imported
    local = name if name == type_import.local else f"{name} as {type_import.local}"
    names = f"{{ {local} }}" if name not in {"default", "*"} else type_import.part.text()
    line = f"import {names} from {mark}{type_import.specifier}{mark}{semicolon(module)}"
    siblings = [one for one in imports(module) if one.node == type_import.node]
    if len(siblings) == 1:
        return [replace(type_import.node, line)]
    below = insert(line_end(module.text, end(type_import.node)), line + "\n")
    return [cut_from_list(module.text, type_import.part), below]


def _is_type(statement: SgNode) -> bool:
    return any(child.kind() == "type" for child in statement.children())


def _new_line(module: Module, statements: list[SgNode], line: str, builtin: bool) -> Edit:
    if not statements:
        at = code_start(module)
        lead = "\n" if at and module.text[at - 1] not in "\n\ufeff" else ""
        gap = "" if not module.text[at:].strip() else "\n"
        return insert(at, f"{lead}{line}{gap}")
    if builtin:
        return insert(start(statements[0]), line)
    at = line_end(module.text, end(statements[-1]))
    return insert(at, line if module.text[:at].endswith("\n") else f"\n{line}")


def cut_from_list(text: str, part: SgNode) -> Edit:
    """Remove one element of a comma-separated list, with one of its commas and its line."""
    first, last = start(part), end(part)
    comma = part.next()
    if comma is not None and comma.kind() == ",":
        last = end(comma)
        rest = text[last:]
        blanks = len(rest) - len(rest.lstrip(" \t"))
        own_line = rest[blanks : blanks + 1] in {"\n", "\r"}
        if own_line and not text[text.rfind("\n", 0, first) + 1 : first].strip():
            return Edit(text.rfind("\n", 0, first) + 1, line_end(text, last), "")
        return Edit(first, last + blanks, "")
    before = part.prev()
    if before is not None and before.kind() == ",":
        return Edit(start(before), last, "")
    return Edit(first, last, "")


def unused_imports(module: Module, names: set[str]) -> list[Edit]:
    """Return the edits that drop those of ``names`` which the module no longer uses."""
    kept = factories(module)
    dead = [
        one
        for one in imports(module)
        if one.local in names - kept and not uses(module.root, one.local)
    ]
    whole = [
        node
        for node in {one.node for one in dead}
        if all(one in dead for one in imports(module) if one.node == node)
    ]
    edits = [remove(module.text, node, comments=False) for node in whole]
    for node in {one.node for one in dead if one.node not in whole}:
        every = [one.part for one in imports(module) if one.node == node]
        gone = [one.part for one in dead if one.node == node]
        edits += _cut_parts(module.text, every, gone)
    return merged(edits)


def _cut_parts(text: str, every: list[SgNode], gone: list[SgNode]) -> list[Edit]:
    """Return the edits that take ``gone`` out of the list ``every``; runs of neighbours go at once.

    A list in braces that loses all its parts beside a default import goes with its braces.
    """
    listed = [part for part in every if part.kind() == "import_specifier"]
    apart = [cut_from_list(text, part) for part in gone if part not in listed]
    leaving = [part for part in listed if part in gone]
    if leaving and len(leaving) == len(listed):
        braces = leaving[0].parent()
        return [*apart, *([cut_from_list(text, braces)] if braces is not None else [])]
    edits: list[Edit] = []
    for at, part in enumerate(listed):
        if part not in gone or (at and listed[at - 1] in gone):
            continue
        last = at
        while last + 1 < len(listed) and listed[last + 1] in gone:
            last += 1
        if last == at:
            edits.append(cut_from_list(text, part))
        elif last + 1 < len(listed):
            edits.append(Edit(start(part), start(listed[last + 1]), ""))
        else:
            edits.append(Edit(end(listed[at - 1]), end(listed[last]), ""))
    return [*apart, *edits]


def factories(module: Module) -> set[str]:
    """Return the names that the module's tags may be made with; none where it has no tags."""
    tags = ("jsx_element", "jsx_self_closing_element", "jsx_fragment")
    if not any(find_one(module.root, kind) for kind in tags):
        return set()
    pragma = re.findall(r"@jsx(?:Frag)?\s+([\w$]+)", module.text)
    return _FACTORIES | set(pragma)
