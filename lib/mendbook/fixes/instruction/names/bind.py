"""Bind the names that new code uses: import what one module is known to export, or abstain."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mendbook.code.edits import Edit, apply, remove
from mendbook.code.exports import stays_a_module
from mendbook.code.imports import cut_from_list, factories, unused_imports
from mendbook.code.module_text import parse_text
from mendbook.fixes.instruction.abstain import Abstain
from mendbook.fixes.instruction.names.host import is_global
from mendbook.fixes.instruction.names.python_imports import python_import
from mendbook.fixes.instruction.names.scope import names_in
from mendbook.fixes.instruction.names.script_imports import script_import
from mendbook.fixes.instruction.tree.language import Language, language_of, parse
from mendbook.fixes.instruction.tree.syntax import of_kinds, start, text_of
from mendbook.fixes.instruction.writing.packages import bind_packages
from mendbook.repository.snapshot import Snapshot


def bind(
    snapshot: Snapshot,
    path: str,
    before: str,
    after: str,
    said: Mapping[str, str],
) -> str:
    """Return ``after`` with what its new code needs imported, and what it dropped no longer so.

    ``said`` maps names to the modules or files that the fix text gives for them. Raises
    ``Abstain`` where a name is bound nowhere and no single module is known to export it.
    """
    language = language_of(path)
    if language is None:
        return after
    if language.name in {"go", "java"}:
        return bind_packages(snapshot, path, before, after, language)
    spelled, bound = names_in(language, before)
    read, newly = names_in(language, after)
    known = bound | newly
    wanted = [one for one in read if one not in known]
    fresh = [one for one in wanted if one not in spelled or one in said]
    for name in [
        *fresh,
        *(one for one in said if one in read and one not in fresh),
    ]:
        if name in names_in(language, after)[1]:
            continue
        if is_global(name, language) and name not in said:
            continue
        after = _with_import(snapshot, path, after, name, language, said)
    gone = set(spelled) - set(names_in(language, after)[0])
    return _without_imports(path, before, after, gone, language)


def _with_import(
    snapshot: Snapshot,
    path: str,
    text: str,
    name: str,
    language: Language,
    said: Mapping[str, str],
) -> str:
    if language.script:
        return script_import(snapshot, path, text, name, said.get(name, ""))
    if language.python:
        return python_import(snapshot, path, text, name, said.get(name, ""))
    raise Abstain(f"{name} is not declared in {path}")


def _without_imports(path: str, before: str, text: str, gone: set[str], language: Language) -> str:
    """Drop the imports of names that the edit has taken the last use of.

    What exported something stays a module, though its last export has gone: others may import it.
    """
    if language.script:
        if not (taken := gone | factories(parse_text(path, before))):
            return text
        text = apply(text, unused_imports(parse_text(path, text), taken))
        return stays_a_module(before, parse_text(path, text)) if _exports(path, before) else text
    if not gone or not language.python:
        return text
    while (edit := _unused_python(text, gone, language)) is not None:
        text = apply(text, [edit])
    return text


def _exports(path: str, text: str) -> bool:
    root = parse_text(path, text).root
    return any(one.kind() == "export_statement" for one in root.children())


def _unused_python(text: str, gone: set[str], language: Language) -> Edit | None:
    root = parse(language, text)
    listed = re.search(r"__all__\s*=", text) is not None
    for node in of_kinds(root, ("import_statement", "import_from_statement")):
        parts = [
            one
            for one in node.named_children()
            if one.kind() in {"dotted_name", "aliased_import"}
            and start(one) != start(node.field("module_name") or node)
        ]
        for part in parts:
            alias = part.field("alias")
            local = text_of(alias) or part.text().split(".")[0]
            if local not in gone or (listed and f'"{local}"' in text):
                continue
            return (
                remove(text, node, comments=False) if len(parts) == 1 else cut_from_list(text, part)
            )
    return None
