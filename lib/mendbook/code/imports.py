"""Add and remove imported names, in the style of the file."""

from __future__ import annotations

from ast_grep_py import SgNode

from mendbook.code.edits import Edit, end, insert, line_end, remove, start
from mendbook.code.module_text import Import, Module, imported, imports, uses
from mendbook.code.search import find_all, find_one


def quote(module: Module) -> str:
    """Return the quote that the module's imports use, or its strings, else a double one."""
    found = module.root.find(kind="string", inside={"kind": "import_statement"})
    found = found or find_one(module.root, "string")
    return found.text()[0] if found is not None else '"'


def semicolon(module: Module) -> str:
    """Return ``;`` when the module ends its statements with one."""
    simple = (
        "import_statement",
        "expression_statement",
        "lexical_declaration",
        "return_statement",
    )
    ended = [node.text().endswith(";") for node in find_all(module.root, *simple)]
    ended += [one.text().endswith(";") for one in module.root.children() if one.field("source")]
    return ";" if not ended or any(ended) else ""


def add_import(module: Module, name: str, specifier: str, type_only: bool = False) -> list[Edit]:
    """Return the edits that import ``name`` from ``specifier``; none when it is there."""
    already = imported(module, name)
    if already is not None and (type_only or not already.type_only):
        return []
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
    return [_new_line(module, line, builtin=specifier.startswith("node:"))]


def _is_type(statement: SgNode) -> bool:
    return any(child.kind() == "type" for child in statement.children())


def _new_line(module: Module, line: str, builtin: bool) -> Edit:
    statements = [node for node in module.root.children() if node.kind() == "import_statement"]
    if not statements:
        return insert(_after_header(module), f"{line}\n")
    if builtin:
        return insert(start(statements[0]), line)
    return insert(line_end(module.text, end(statements[-1])), line)


def _after_header(module: Module) -> int:
    """Return the offset behind a file comment and a shebang, where the first import goes."""
    at = 0
    for node in module.root.children():
        separate = module.text[end(node) :].startswith(("\n\n", "\r\n\r\n"))
        if node.kind() != "hash_bang_line" and not (node.kind() == "comment" and separate):
            break
        at = line_end(module.text, end(node))
        if separate:
            at = line_end(module.text, at)
    return at


def remove_import(module: Module, found: Import) -> Edit:
    """Return the edit that stops importing ``found``; the statement goes with its last name."""
    siblings = [one for one in imports(module) if one.node == found.node]
    if len(siblings) == 1:
        return remove(module.text, found.node, comments=False)
    return cut_from_list(module.text, found.part)


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
    dead = [
        one for one in imports(module) if one.local in names and not uses(module.root, one.local)
    ]
    whole = [
        node
        for node in {one.node for one in dead}
        if all(one in dead for one in imports(module) if one.node == node)
    ]
    return [remove(module.text, node, comments=False) for node in whole] + [
        cut_from_list(module.text, one.part) for one in dead if one.node not in whole
    ]
